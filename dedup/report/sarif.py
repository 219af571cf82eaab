"""``sarif``: SARIF 2.1.0, for code scanning and editors.

See https://docs.oasis-open.org/sarif/sarif/v2.1.0/. What is accepted is left out.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING
from urllib.parse import quote

from dedup.model import Relation
from dedup.report.relations import relation_meaning
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedup.report.findings import Finding, Place
    from dedup.report.records import Record

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_RULES = list(Relation)


def pieces(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield one log with one run: a result per pair, with the other text as related location."""
    rules = [
        {
            "id": relation.value,
            "shortDescription": {"text": _sentence(str(relation_meaning(relation)))},
        }
        for relation in _RULES
    ]
    driver = {"name": "dedup", "semanticVersion": VERSION, "rules": rules}
    run: Record = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in findings],
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _result(finding: Finding) -> Record:
    related = {
        "id": 1,
        "message": {"text": "the text that it repeats"},
        **_location(finding.other),
    }
    return {
        "ruleId": finding.relation.value,
        "ruleIndex": _RULES.index(finding.relation),
        "level": finding.level,
        "message": {"text": _sound(finding.text)},
        "locations": [_location(finding.here)],
        "relatedLocations": [related],
        "partialFingerprints": {"dedupTexts/v1": finding.fingerprint},
    }


def _location(place: Place) -> Record:
    """Return a location; a path is a URI of the bytes that it has on disk."""
    path = place.path.replace(os.sep, "/")
    artifact: Record = {"uri": quote(os.fsencode(path))}
    if not os.path.isabs(path):  # noqa: PTH117  no file system is asked
        artifact["uriBaseId"] = "%SRCROOT%"
    return {"physicalLocation": {"artifactLocation": artifact, "region": {"startLine": place.line}}}


def _sound(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")

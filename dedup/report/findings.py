"""What tools that annotate code are told: a place, what it duplicates, and how grave that is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dedup.checked import Verdict
from dedup.match.consequences import consequences
from dedup.report.names import decimal
from dedup.report.relations import dropped_line
from dedup.source.compression import split_suffixes
from dedup.source.units import FIRST_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.checked import CheckResult
    from dedup.model import DocumentInfo, Pair, Relation, ScanResult

Level = Literal["error", "warning"]
#: Records whose place is a line of their file.
_LINED = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class Place:
    """A path relative to the root, with a line from 1."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A document that another one repeats.

    ``text`` says so in a line, in English. ``fingerprint`` depends on the two texts and their
    relation alone, so that renaming a file does not make a finding new.
    """

    level: Level
    relation: Relation
    here: Place
    other: Place
    text: str
    fingerprint: str


def of_check(result: CheckResult) -> Iterator[Finding]:
    """Yield what nobody has accepted, what fails before what warns."""
    infos = result.documents
    for verdict in (Verdict.FAILS, Verdict.WARNS):
        level: Level = "error" if verdict is Verdict.FAILS else "warning"
        for match in (each for document in result.checked for each in document.new):
            if match.verdict is verdict:
                yield _finding(match.pair, infos[match.pair.a], infos[match.pair.b], level)


def of_scan(result: ScanResult) -> Iterator[Finding]:
    """Yield each dropped document with the kept one."""
    leads_to = consequences(result.settings)
    for cluster in result.clusters:
        for pair in cluster.drop:
            level: Level = "error" if leads_to[pair.relation].check == "fail" else "warning"
            infos = result.documents
            yield _finding(pair, infos[pair.a], infos[pair.b], level)


def _finding(pair: Pair, a: DocumentInfo, b: DocumentInfo, level: Level) -> Finding:
    told = "\n".join([*sorted((a.hash, b.hash)), pair.relation.value])
    text = dropped_line(
        pair.relation,
        dropped=a.id,
        kept=b.id,
        similarity=decimal(pair.evidence.exact_similarity, 2),
    )
    fingerprint = hashlib.blake2b(told.encode(), digest_size=16).hexdigest()
    return Finding(level, pair.relation, _place(a), _place(b), str(text), fingerprint)


def _place(info: DocumentInfo) -> Place:
    path = info.path or info.id
    lined = split_suffixes(path)[0] in _LINED and 0 < info.place < FIRST_UNIT
    return Place(path, info.place if lined else 1)

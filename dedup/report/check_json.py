"""``json`` of a check: one object, with every match."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dedup.checked import Verdict
from dedup.report.records import Record, pair_record, path_value, place, run_record, safe_id
from dedup.report.records import skip_record as skipped_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.checked import (
        AcceptedCopies,
        AcceptedPair,
        AllowRule,
        CheckedDocument,
        CheckedMatch,
        CheckResult,
    )
    from dedup.model import Skipped


def pieces(result: CheckResult) -> Iterator[str]:
    """Yield a check as one JSON object."""
    yield json.dumps(_whole(result), ensure_ascii=False, indent=2) + "\n"


def _whole(result: CheckResult) -> Record:
    change = result.change
    run = run_record(result.settings)
    run.pop("type")
    return {
        "run": run,
        "checked": [_document(each, result) for each in result.checked],
        "skipped": [_skipped(each) for each in result.skipped],
        "elsewhere": [_skipped(each) for each in result.elsewhere],
        "baseline": path_value(result.baseline),
        "change": change and {"added": change.added, "removed": change.removed},
        "stale": [_entry(each) for each in result.stale],
        "allowed": [{**_rule(rule), "pairs": count} for rule, count in result.allowed],
        "summary": {
            "checked": len(result.checked),
            "compared": result.compared,
            **{str(verdict): result.count(verdict) for verdict in Verdict},
        },
    }


def _document(document: CheckedDocument, result: CheckResult) -> Record:
    return {
        "id": safe_id(document.id),
        **place(result.documents[document.id]),
        "matches": [_match(each) for each in document.matches],
    }


def _match(match: CheckedMatch) -> Record:
    pair = pair_record(match.pair)
    kept = {name: value for name, value in pair.items() if name not in {"type", "a"}}
    return {"verdict": str(match.verdict), "reason": match.reason, **kept}


def _skipped(skipped: Skipped) -> Record:
    record = skipped_record(skipped)
    record.pop("type")
    return record


def _entry(entry: AcceptedPair | AcceptedCopies) -> Record:
    return {name: getattr(entry, name) for name in entry.__slots__}


def _rule(rule: AllowRule) -> Record:
    return {"between": list(rule.between), "same_stem": rule.same_stem, "reason": rule.reason}

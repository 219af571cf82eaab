"""``json``: one object with the records of ``jsonl`` grouped by what they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dedup.report.records import Record, comparison_record, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.model import Comparison, ScanResult

#: Where the records of a type go; run and summary occur once.
_GROUPS = {"cluster": "clusters", "pair": "pairs", "document": "documents", "skip": "skipped"}


def pieces(result: ScanResult) -> Iterator[str]:
    """Yield the scan as one JSON object."""
    groups: dict[str, list[Record]] = {name: [] for name in _GROUPS.values()}
    single: dict[str, Record] = {}
    for record in records(result):
        kind = str(record.pop("type"))
        if kind in _GROUPS:
            groups[_GROUPS[kind]].append(record)
        else:
            single[kind] = record
    yield _dumped({"run": single["run"], **groups, "summary": single["summary"]})


def comparison_pieces(comparison: Comparison) -> Iterator[str]:
    """Yield a comparison as one JSON object."""
    yield _dumped(comparison_record(comparison))


def _dumped(value: Record) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

"""``json``: one object with the records of ``jsonl`` grouped by what they are."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING

from dedup.report.comparison_records import comparison_record
from dedup.report.sequence import ScanRecords
from dedup.report.singles import Layout, single_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.model import Comparison, ScanResult
    from dedup.report.records import Record

#: Where the records of a type go, in their order; run and summary occur once.
_GROUPS = {
    "cluster": "clusters",
    "family": "families",
    "pair": "pairs",
    "borderline": "borderline",
    "shared": "shared",
    "parts": "parts",
    "document": "documents",
    "skip": "skipped",
}


def pieces(result: ScanResult) -> Iterator[str]:
    """Yield the scan as one JSON object, record by record."""
    waiting = ""  # what stands on a line that is not at its end
    for part in _parts(result):
        lines, end, rest = (waiting + part).rpartition("\n")
        yield lines + end
        waiting = rest


def _parts(result: ScanResult) -> Iterator[str]:
    told = ScanRecords(result)
    found = ((str(record["type"]), _own(record)) for record in told.begin())
    singles = (("document", text) for text in single_texts(told.singles(), _IN_GROUP))
    rest = ((str(record["type"]), _own(record)) for record in told.end())
    kinds = [*_GROUPS]
    at = 0  # the group that is open, or comes next
    open_ = False
    for kind, text in chain(found, singles, rest):
        if kind == "run":
            yield f'{{\n  "run": {text}'
            continue
        while at < len(kinds) and kinds[at] != kind:
            yield _end(_GROUPS[kinds[at]], begun=open_)
            at, open_ = at + 1, False
        if kind == "summary":
            yield f',\n  "summary": {text}\n}}\n'
            continue
        yield (",\n    " if open_ else f',\n  "{_GROUPS[kind]}": [\n    ') + text
        open_ = True


def _end(group: str, *, begun: bool) -> str:
    """Return what ends a group, or all of one that is empty."""
    return "\n  ]" if begun else f',\n  "{group}": []'


def _own(record: Record) -> str:
    """Return a record as it stands in the object, without its type."""
    kind = record.pop("type")
    return _indented(record, 4 if kind in _GROUPS else 2)


def _indented(record: Record, width: int) -> str:
    """Return a record as it stands in an object: no line of it begins inside a string."""
    return json.dumps(record, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * width)


_IN_GROUP = Layout("{\n      ", ": ", ",\n      ", "\n    }", _own)


def comparison_pieces(comparison: Comparison) -> Iterator[str]:
    """Yield a comparison as one JSON object."""
    yield _dumped(comparison_record(comparison))


def _dumped(value: Record) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

"""``jsonl``: one record a line; what later commands read back."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from dedup.report.records import Record, compact
from dedup.report.sequence import ScanRecords
from dedup.report.singles import Layout, single_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.model import ScanResult


def pieces(result: ScanResult) -> Iterator[str]:
    """Yield each record as one line of compact JSON."""
    told = ScanRecords(result)
    singles = single_texts(told.singles(), _LINE)
    return chain(map(_line, told.begin()), singles, map(_line, told.end()))


def _line(record: Record) -> str:
    return compact(record) + "\n"


_LINE = Layout('{"type":"document",', ":", ",", "}\n", _line)

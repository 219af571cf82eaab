"""``jsonl``: one record a line; what later commands read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.report.records import compact, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.model import ScanResult


def pieces(result: ScanResult) -> Iterator[str]:
    """Yield each record as one line of compact JSON."""
    for record in records(result):
        yield compact(record) + "\n"

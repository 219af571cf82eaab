"""``jsonl``: one record a line; what later commands read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dedup.report.records import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.model import ScanResult

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pieces(result: ScanResult) -> Iterator[str]:
    """Yield each record as one line of compact JSON."""
    for record in records(result):
        yield _encoded(record) + "\n"

"""The date of a record, as ISO 8601, from whatever its field holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from dedup.text.metadata.dates import parse_date

#: Seconds since the epoch beyond this are milliseconds: as seconds, they would be after 5138.
_SECONDS = 10**11
#: Fewer digits are a date: 20241231.
_EPOCH_DIGITS = 9


def date_of(value: Any) -> str | None:
    """Return the date that a value means; None where it means none.

    Numbers are seconds or milliseconds since the epoch; texts are ISO 8601, such numbers, or
    dates as Chinese pages write them.
    """
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        return _written(value.strip())
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return _epoch(value) if number else None


def _written(text: str) -> str | None:
    if text.isdigit() and text.isascii() and len(text) >= _EPOCH_DIGITS:
        return _epoch(int(text))
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return parse_date(text)
    return found.date().isoformat() if len(text) <= len("2024-12-31") else found.isoformat()


def _epoch(value: float) -> str | None:
    seconds = value / 1000 if abs(value) >= _SECONDS else value
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return None

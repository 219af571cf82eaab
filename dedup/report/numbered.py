"""Where a document stands in its file, as the records of the machine formats say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.model import Skipped
from dedup.source.units import FIRST_UNIT, record_of, unit_of

if TYPE_CHECKING:
    from dedup.engine.singles import Single
    from dedup.model import DocumentInfo


def numbered(document: DocumentInfo | Single | Skipped) -> dict[str, object]:
    """Return the numbers of a record, unit and lines; nothing for what is the whole file."""
    stands: dict[str, object] = {"place": document.place} if document.place else {}
    if document.place >= FIRST_UNIT:
        stands |= {"record": record_of(document.place), "unit": unit_of(document.place)}
    if not isinstance(document, Skipped) and document.lines:
        stands["lines"] = list(document.lines)
    return stands

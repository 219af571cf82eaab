"""Where a document stands in its file, as the records of the machine formats say it."""

from __future__ import annotations

from dedup.model import DocumentInfo, Skipped
from dedup.source.units import FIRST_UNIT, record_of, unit_of


def numbered(document: DocumentInfo | Skipped) -> dict[str, object]:
    """Return the numbers of a record, unit and lines; nothing for what is the whole file."""
    stands: dict[str, object] = {"place": document.place} if document.place else {}
    if document.place >= FIRST_UNIT:
        stands |= {"record": record_of(document.place), "unit": unit_of(document.place)}
    if isinstance(document, DocumentInfo) and document.lines:
        stands["lines"] = list(document.lines)
    return stands

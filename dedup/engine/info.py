"""What is known of one document that was just sketched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.engine.columns import dated
from dedup.model import DocumentInfo

if TYPE_CHECKING:
    from dedup.engine.local import Sketched
    from dedup.model import Document
    from dedup.settings import Settings


def document_info(
    document: Document, sketched: Sketched, i: int, settings: Settings
) -> DocumentInfo:
    """Return what is known of the document sketched as number ``i`` of a batch."""
    sketches, found = sketched.sketches, sketched.found[i]
    date, date_kind, others = dated(document, found, settings)
    return DocumentInfo(
        id=document.id,
        path=document.path,
        hash=sketched.hashes[i].tobytes().hex(),
        kept=int(sketches.kept[i]),
        whole_kept=int(sketches.whole_kept[i]),
        tokens=int(sketches.tokens[i]),
        set_aside=bool(sketches.set_aside[i]),
        found=found,
        encoding=document.encoding,
        confidence=document.confidence,
        date=date,
        date_kind=date_kind,
        other_dates=others,
        place=document.place,
        score=document.score,
        lines=document.lines,
        sections=document.sections,
    )

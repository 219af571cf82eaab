"""The parts of single documents that are boilerplate, for showing them; a scan keeps no such."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.boilerplate import boilerplate_of
from dedup.model import Fact, Role, SetAside
from dedup.sketch.aside import NONE_LISTED, asides, listed_hashes
from dedup.sketch.batch import TextBatch
from dedup.sketch.pieces import batch_pieces
from dedup.text import social
from dedup.text.markup import outside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.boilerplate import Boilerplate
    from dedup.model import DocumentInfo
    from dedup.settings import Settings
    from dedup.text.markup import Span

KIND = "shared-passage"


def with_shared_parts(
    infos: Sequence[DocumentInfo], texts: Sequence[str], settings: Settings
) -> list[DocumentInfo]:
    """Return what is known of documents, with their boilerplate among the parts found."""
    listed = listed_hashes(settings)
    if not listed.size or settings.keep_metadata:
        return list(infos)
    seen = [social.rest(text) if settings.social else text for text in texts]
    batch = TextBatch.from_texts(seen)
    found = []
    both = zip(asides(seen, batch, NONE_LISTED), asides(seen, batch, listed), strict=True)
    for info, text, (without, beside) in zip(infos, seen, both, strict=True):
        spans = outside(beside.spans, without.spans)
        parts = list(_parts(text, spans, boilerplate_of(settings.boilerplate)))
        if parts:
            others = info.found if info.set_aside else ()
            every = sorted((*others, *parts), key=lambda part: part.start)
            found.append(replace(info, found=tuple(every), set_aside=True))
        else:
            found.append(info)
    return found


def _parts(text: str, spans: Sequence[Span], listed: Boilerplate) -> Iterator[SetAside]:
    documents = {each.hash: each.documents for each in listed.passages}
    for start, end in spans:
        piece = text[start:end]
        if not piece.strip():
            continue
        within = batch_pieces(TextBatch.from_texts([piece])).hashes.tolist()
        most = max((documents.get(each, 0) for each in within), default=0)
        facts = (Fact("documents", str(most)),) if most else ()
        line = text.count("\n", 0, start) + 1
        last = line + piece.count("\n")
        yield SetAside(start, end, line, last, Role.BOILERPLATE, KIND, piece, facts)

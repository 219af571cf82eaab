"""Everything known of the documents of a scan after sketching, in keep order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.local import sketch_documents
from dedup.match.keep import KeepOrder
from dedup.messages import message
from dedup.model import DocumentInfo, Role, Skipped
from dedup.sketch.batch import SketchBatch
from dedup.sketch.kernel import kept_text
from dedup.text.metadata import choose_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.engine.local import Sketched, Unread
    from dedup.model import Document
    from dedup.progress import Progress
    from dedup.settings import Settings


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in keep order, collapsed to units of equal compared text.

    ``unit[i]`` numbers document i's unit, in order of the units' first documents, and is a row of
    ``sketches``; ``whole[i]`` likewise numbers whole kept texts.
    """

    infos: list[DocumentInfo]
    unit: list[int]
    whole: list[int]
    sketches: SketchBatch
    skipped: list[Skipped]
    characters: int


class _Gathering:
    """Collects sketches as they come; repeated compared texts keep no sketch of their own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.infos: list[DocumentInfo] = []
        self.compared: list[bytes] = []
        self.whole: list[bytes] = []
        self.rows: dict[bytes, int] = {}
        self.sketches: list[SketchBatch] = []
        self.skipped: list[Skipped] = []
        self.characters = 0

    def add(self, documents: list[Document], sketched: Sketched) -> None:
        new = []
        sketches = sketched.sketches
        self.skipped += sketched.skipped
        for i, document in enumerate(documents):
            self.characters += len(document.text)
            if not sketches.tokens[i]:
                self.skipped.append(_no_text(document))
                continue
            compared = sketches.compared_hash[i].tobytes()
            self.infos.append(document_info(document, sketched, i, self.settings))
            self.compared.append(compared)
            self.whole.append(sketches.whole_hash[i].tobytes())
            if compared not in self.rows:
                self.rows[compared] = len(self.rows)
                new.append(i)
        if len(new) < len(sketches):
            sketches = sketches.take(np.array(new, dtype=np.int64))
        self.sketches.append(sketches)

    def corpus(self, num_perm: int) -> Corpus:
        order = KeepOrder(self.settings)
        ranked = sorted(range(len(self.infos)), key=lambda i: order.key(self.infos[i]))
        units = _numbered(self.compared[i] for i in ranked)
        rows = np.array([self.rows[compared] for compared in units], dtype=np.int64)
        wholes = _numbered(self.whole[i] for i in ranked)
        return Corpus(
            [self.infos[i] for i in ranked],
            [units[self.compared[i]] for i in ranked],
            [wholes[self.whole[i]] for i in ranked],
            SketchBatch.concatenate(self.sketches, num_perm, rows),
            self.skipped,
            self.characters,
        )


def gather_corpus(
    documents: Iterable[Document | Unread], settings: Settings, num_perm: int, progress: Progress
) -> Corpus:
    """Read and sketch all documents; texts without a kept character are skipped as ``no-text``."""
    gathering = _Gathering(settings)
    for batch, sketched in sketch_documents(documents, settings, num_perm):
        gathering.add(batch, sketched)
        progress.advance(len(batch) + len(sketched.skipped))
    return gathering.corpus(num_perm)


def folded_title(info: DocumentInfo) -> str:
    """Return the kept text of the titles that were set aside, "" where there are none."""
    titles = [part.text for part in info.found if part.role is Role.TITLE]
    return kept_text("\n".join(titles)) if titles and info.set_aside else ""


def _numbered(keys: Iterable[bytes]) -> dict[bytes, int]:
    numbers: dict[bytes, int] = {}
    for key in keys:
        numbers.setdefault(key, len(numbers))
    return numbers


def _no_text(document: Document) -> Skipped:
    return Skipped(document.id, document.path, "no-text", message("it holds no text to compare"))


def document_info(
    document: Document, sketched: Sketched, i: int, settings: Settings
) -> DocumentInfo:
    """Return what is known of the document sketched as number ``i`` of a batch."""
    sketches, found = sketched.sketches, sketched.found[i]
    chosen = choose_date(found)
    date, date_kind = chosen.date, chosen.kind
    if date is None and settings.date_from == "mtime" and document.mtime is not None:
        date, date_kind = datetime.fromtimestamp(document.mtime, UTC).isoformat(), "mtime"
    return DocumentInfo(
        id=document.id,
        path=document.path,
        hash=sketched.hashes[i],
        kept=int(sketches.kept[i]),
        whole_kept=int(sketches.whole_kept[i]),
        tokens=int(sketches.tokens[i]),
        set_aside=bool(sketches.set_aside[i]),
        found=found,
        encoding=document.encoding,
        confidence=document.confidence,
        date=date,
        date_kind=date_kind,
        other_dates=tuple(chosen.others),
    )

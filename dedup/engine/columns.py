"""The columns of a segment: what is kept of each document once it is sketched.

See ``docs/formats.md``. Text is not among them, but for the lines that were set aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup.engine.record import packed_info, plain_info
from dedup.match.keep import instant
from dedup.messages import message
from dedup.model import Role, Skipped
from dedup.sketch.bands import all_band_keys
from dedup.sketch.estimate import estimates
from dedup.sketch.kernel import kept_text
from dedup.text.metadata import choose_date
from dedup.text.shingle import distinct, token_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.engine.local import Batch, Sketched
    from dedup.model import Document, SetAside
    from dedup.settings import Settings
    from dedup.sketch.bands import Banding
    from dedup.sketch.batch import SketchBatch

#: What a document without a date has in the column of dates, or without a score in that of scores.
UNDATED = UNSCORED = np.nan


@dataclass(frozen=True, slots=True)
class BatchColumns:
    """The columns of the documents of a batch that hold tokens, before a segment is made of them.

    Beside those of a segment: ``bands``, uint32, shape (bands, n), the bucket of each document; and
    ``passages``, uint64, fingerprints above the position of whose they are, which has the low 16
    bits. There are none where no document holds tokens. ``count`` is how many documents there were
    in all, and ``skipped`` what was no document or holds none.
    """

    columns: dict[str, NDArray[Any]]
    count: int
    skipped: list[Skipped]

    def __len__(self) -> int:
        return len(self.columns["kept"]) if self.columns else 0


@dataclass(frozen=True, slots=True)
class ColumnMaker:
    """Makes columns of a batch, in a worker; ``numbers`` and ``names`` are of the shards."""

    settings: Settings
    banding: Banding
    numbers: tuple[int, ...]
    names: tuple[str, ...]

    def __call__(self, shard: int, batch: Batch) -> BatchColumns:
        """Return the columns of a batch of a shard."""
        documents, sketched = batch
        skipped = [*sketched.skipped, *_without_text(batch)]
        count = len(documents) + len(sketched.skipped)
        rows = np.flatnonzero(sketched.sketches.tokens)
        if not rows.size:
            return BatchColumns({}, count, skipped)
        columns = _of_sketches(sketched, rows, self.banding)
        columns["shard"] = np.full(rows.size, self.numbers[shard], dtype=np.uint32)
        columns |= self._of_documents(self.names[shard], documents, sketched, rows.tolist())
        if self.settings.keep_by is not None:
            scores = (documents[row].score for row in rows.tolist())
            plain = [UNSCORED if each is None else each for each in scores]
            columns["score"] = np.array(plain, dtype=np.float64)
        return BatchColumns(columns, count, skipped)

    def _of_documents(
        self, shard: str, documents: Sequence[Document], sketched: Sketched, rows: list[int]
    ) -> dict[str, NDArray[Any]]:
        """Return the columns that are made one document at a time."""
        chosen, founds = [documents[row] for row in rows], [sketched.found[row] for row in rows]
        titles = np.zeros(len(rows), dtype=np.uint64)
        clutter = np.zeros(len(rows), dtype=np.uint32)
        dates = np.full(len(rows), UNDATED)
        plain = [plain_info(document, shard) for document in chosen]
        infos: list[bytes] = []
        by_file = self.settings.date_from == "mtime"
        for at, (document, found, info) in enumerate(zip(chosen, founds, plain, strict=True)):
            if info is not None and not (found or document.date is not None or by_file):
                infos.append(info)
                continue
            when = dated(document, found, self.settings)
            infos.append(packed_info(document, found, when, shard))
            if found:
                clutter[at] = sum(
                    part.last_line - part.line + 1 for part in found if part.role is not Role.TITLE
                )
                if sketched.sketches.set_aside[rows[at]]:
                    titles[at] = title_hash(found)
            if when[0] is not None:
                dates[at] = instant(when[0])
        ids = [document.id.encode("utf-8", "surrogatepass") for document in chosen]
        return {
            "place": np.array([document.place for document in chosen], dtype=np.int64),
            "characters": np.array([len(document.text) for document in chosen], dtype=np.uint32),
            "title": titles,
            "clutter": clutter,
            "date": dates,
            **_ragged("id", ids),
            **_ragged("info", infos),
        }


def _of_sketches(
    sketched: Sketched, rows: NDArray[np.int64], banding: Banding
) -> dict[str, NDArray[Any]]:
    """Return the columns that are taken from the sketches of rows."""
    sketches = sketched.sketches
    signatures = sketches.signatures[rows]
    passages, counts = _packed_passages(sketches, rows)
    return {
        "text_hash": sketched.hashes[rows],
        "compared_hash": sketches.compared_hash[rows],
        "whole_hash": sketches.whole_hash[rows],
        "kept": sketches.kept[rows].astype(np.uint32),
        "whole_kept": sketches.whole_kept[rows].astype(np.uint32),
        "tokens": sketches.tokens[rows].astype(np.uint32),
        "set_aside": sketches.set_aside[rows].astype(np.uint8),
        "estimate": estimates(signatures),
        "bands": all_band_keys(signatures, banding),
        "passage_count": counts,
        "passages": passages,
    }


def _without_text(batch: Batch) -> list[Skipped]:
    documents, sketched = batch
    nothing = message("it holds no text to compare")
    return [
        Skipped(document.id, document.path, "no-text", nothing)
        for document, tokens in zip(documents, sketched.sketches.tokens.tolist(), strict=True)
        if not tokens
    ]


def _packed_passages(
    sketches: SketchBatch, rows: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Return the distinct fingerprints of rows, each above its row's position, and their counts.

    The positions take the low 16 bits.
    """
    position = np.zeros(len(sketches), dtype=np.uint64)
    position[rows] = np.arange(rows.size, dtype=np.uint64)
    owners = np.repeat(position, np.diff(sketches.passage_offsets))
    packed = distinct((sketches.passages.astype(np.uint64) << np.uint64(16)) | owners)
    owned = (packed & np.uint64(0xFFFF)).astype(np.int64)
    return packed, np.bincount(owned, minlength=rows.size).astype(np.uint32)


def dated(
    document: Document, found: Sequence[SetAside], settings: Settings
) -> tuple[str | None, str | None, tuple[Any, ...]]:
    """Return a document's ISO date, its kind, and the other dates that its text states."""
    chosen = choose_date(found)
    if document.date is not None:
        return document.date, "record", chosen.others
    if chosen.date is None and settings.date_from == "mtime" and document.mtime is not None:
        when = datetime.fromtimestamp(document.mtime, UTC).isoformat()
        return when, "mtime", chosen.others
    return chosen.date, chosen.kind, chosen.others


def title_hash(found: Sequence[SetAside]) -> int:
    """Return the hash of the folded titles, 0 where there are none."""
    titles = [part.text for part in found if part.role is Role.TITLE]
    folded = kept_text("\n".join(titles)) if titles else ""
    return token_hash(folded) or 1 if folded else 0


def _ragged(name: str, pieces: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    return {
        f"{name}_bytes": np.frombuffer(b"".join(pieces), dtype=np.uint8),
        f"{name}_ends": np.cumsum([len(piece) for piece in pieces], dtype=np.uint32),
    }

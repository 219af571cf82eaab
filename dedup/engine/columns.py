"""The columns of a segment: what is kept of each document once it is sketched.

See ``docs/formats.md``. Text is not among them, but for the lines that were set aside.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup.engine.record import packed_info
from dedup.match.keep import instant
from dedup.model import Role
from dedup.sketch.bands import band_keys
from dedup.sketch.estimate import estimates
from dedup.sketch.kernel import kept_text
from dedup.text.metadata import choose_date
from dedup.text.shingle import distinct, token_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.engine.local import Sketched
    from dedup.model import Document, SetAside
    from dedup.settings import Settings
    from dedup.sketch.bands import Banding
    from dedup.sketch.batch import SketchBatch

#: What :func:`dated` returns of a document without dates.
_NO: tuple[None, None, tuple[Any, ...]] = (None, None, ())
#: What a document without a date has in the column of dates, or without a score in that of scores.
UNDATED = UNSCORED = np.nan


class SegmentBuilder:
    """Gathers sketched documents until they are made a segment of."""

    def __init__(self, settings: Settings, banding: Banding) -> None:
        self._settings = settings
        self._banding = banding
        self._batches: list[dict[str, NDArray[Any]]] = []
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(
        self, shard: tuple[int, str], documents: Sequence[Document], sketched: Sketched
    ) -> None:
        """Add those documents of a batch that hold tokens; ``shard`` is its number and name."""
        sketches = sketched.sketches
        rows = np.flatnonzero(sketches.tokens)
        if not rows.size:
            return
        passages, counts = _packed_passages(sketches, rows, self._size)
        self._size += rows.size
        signatures = sketches.signatures[rows]
        bands, values = self._banding.bands, self._banding.rows
        columns: dict[str, NDArray[Any]] = {
            "shard": np.full(rows.size, shard[0], dtype=np.uint32),
            "text_hash": sketched.hashes[rows],
            "compared_hash": sketches.compared_hash[rows],
            "whole_hash": sketches.whole_hash[rows],
            "kept": sketches.kept[rows].astype(np.uint32),
            "whole_kept": sketches.whole_kept[rows].astype(np.uint32),
            "tokens": sketches.tokens[rows].astype(np.uint32),
            "set_aside": sketches.set_aside[rows].astype(np.uint8),
            "estimate": estimates(signatures),
            "bands": np.stack([band_keys(signatures, band, values) for band in range(bands)]),
            "passage_count": counts,
            "passages": passages,
        }
        columns |= self._of_documents(shard[1], documents, sketched, rows.tolist())
        if self._settings.keep_by is not None:
            scores = (documents[row].score for row in rows.tolist())
            plain = [UNSCORED if each is None else each for each in scores]
            columns["score"] = np.array(plain, dtype=np.float64)
        self._batches.append(columns)

    def _of_documents(
        self, shard: str, documents: Sequence[Document], sketched: Sketched, rows: list[int]
    ) -> dict[str, NDArray[Any]]:
        """Return the columns that are made one document at a time."""
        chosen, founds = [documents[row] for row in rows], [sketched.found[row] for row in rows]
        titles = np.zeros(len(rows), dtype=np.uint64)
        clutter = np.zeros(len(rows), dtype=np.uint32)
        dates = np.full(len(rows), UNDATED)
        infos = []
        for at, (document, found) in enumerate(zip(chosen, founds, strict=True)):
            when = dated(document, found, self._settings) if found or self._dated(document) else _NO
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

    def _dated(self, document: Document) -> bool:
        """Tell whether a document may have a date that its text does not state."""
        return document.date is not None or self._settings.date_from == "mtime"

    def finish(self) -> dict[str, NDArray[Any]]:
        """Return the columns of the segment, and begin another."""
        batches, self._batches, self._size = self._batches, [], 0
        columns: dict[str, NDArray[Any]] = {}
        for name in batches[0]:
            parts = [batch[name] for batch in batches]
            if name.endswith("_ends"):
                parts = _shifted(parts)
            columns[name] = np.concatenate(parts, axis=1 if name == "bands" else 0)
        columns["band_keys"], columns["band_documents"] = sorted_bands(columns.pop("bands"))
        passages = np.sort(columns["passages"])
        columns["passages"] = (passages >> np.uint64(16)).astype(np.uint32)
        columns["passage_documents"] = passages.astype(np.uint16)
        return columns


def _packed_passages(
    sketches: SketchBatch, rows: NDArray[np.int64], base: int
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Return the distinct fingerprints of rows, each above its row's position, and their counts.

    The positions go on from ``base`` and take the low 16 bits.
    """
    position = np.zeros(len(sketches), dtype=np.uint64)
    position[rows] = np.arange(base, base + rows.size, dtype=np.uint64)
    owners = np.repeat(position, np.diff(sketches.passage_offsets))
    packed = distinct((sketches.passages.astype(np.uint64) << np.uint64(16)) | owners)
    owned = (packed & np.uint64(0xFFFF)).astype(np.int64) - base
    return packed, np.bincount(owned, minlength=rows.size).astype(np.uint32)


def sorted_bands(keys: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """Return the keys of each band sorted, and whose they are; those of equal ones ascend.

    Key and document are sorted as one number, which takes a fifth of the time of ``argsort``.
    """
    documents = np.empty(keys.shape, dtype=np.uint16)
    numbers = np.arange(keys.shape[1], dtype=np.uint64)
    for band, of_band in enumerate(keys):
        packed = (of_band.astype(np.uint64) << np.uint64(16)) | numbers
        packed.sort()
        keys[band] = packed >> np.uint64(16)
        documents[band] = packed.astype(np.uint16)
    return keys, documents


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


def _shifted(ends: Sequence[NDArray[np.uint32]]) -> list[NDArray[np.uint32]]:
    """Let the ends of each batch go on where the last one stopped."""
    shifted, base = [], 0
    for part in ends:
        shifted.append(part + np.uint32(base))
        base += int(part[-1])
    return shifted

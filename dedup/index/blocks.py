"""Blocks: what is known of some documents that follow each other, and their texts, compressed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup.index.blobs import compressed, damaged, decompressed, sealed, unsealed
from dedup.model import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

#: Bytes of encoded text, and documents, after which a block is full.
BLOCK_BYTES = 96 << 10
BLOCK_DOCUMENTS = 128
_HASH_BYTES = 16
_OTHER = b"\xff"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the lookup needs of the documents of a block, one row each.

    ``estimates``: uint64, shape (n, words); ``passages``: uint16, shape (n,), how many passage
    fingerprints each has; ``hashes``: uint8, shape (n, 16), of the decoded texts.
    """

    estimates: NDArray[np.uint64]
    passages: NDArray[np.uint16]
    hashes: NDArray[np.uint8]

    def pack(self) -> bytes:
        """Return the columns one after the other."""
        columns = (self.estimates.astype("<u8"), self.passages.astype("<u2"), self.hashes)
        return sealed(b"".join(column.tobytes() for column in columns))


def unpack_numbers(blob: object, documents: int, words: int, name: str) -> Numbers:
    """Return the numbers of a block of so many documents."""
    raw = unsealed(blob, name)
    ends = np.cumsum([8 * words * documents, 2 * documents, _HASH_BYTES * documents]).tolist()
    if len(raw) != ends[-1]:
        raise damaged(name)
    return Numbers(
        np.frombuffer(raw, dtype="<u8", count=words * documents).reshape(documents, words),
        np.frombuffer(raw, dtype="<u2", count=documents, offset=ends[0]),
        np.frombuffer(raw, dtype=np.uint8, offset=ends[1]).reshape(documents, _HASH_BYTES),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document beside its text, and how many bytes that takes."""

    id: str
    path: str | None
    place: int
    encoding: str | None
    confidence: float
    mtime: float | None
    date: str | None
    score: float | None
    size: int

    def document(self, text: str) -> Document:
        """Return the document with its text."""
        return Document(
            self.id,
            text,
            self.path,
            self.encoding,
            self.confidence,
            self.mtime,
            self.place,
            self.date,
            self.score,
        )


def known_of(document: Document, size: int) -> Known:
    """Return what is known of a document whose text takes ``size`` bytes."""
    return Known(
        document.id,
        document.path,
        document.place,
        document.encoding,
        document.confidence,
        document.mtime,
        document.date,
        document.score,
        size,
    )


def pack_known(documents: Sequence[Known]) -> bytes:
    """Return what is known of documents; the usual values take least."""
    rows = [
        [
            each.id,
            0 if each.path == each.id else each.path,
            each.place,
            each.encoding,
            each.confidence,
            each.mtime,
            each.date,
            each.score,
            each.size,
        ]
        for each in documents
    ]
    columns = list(zip(*rows, strict=True))
    return compressed(json.dumps(columns, separators=(",", ":")).encode())


def unpack_known(blob: object, documents: int, name: str) -> list[Known]:
    """Return what is known of the documents of a block."""
    raw = decompressed(blob, name)
    try:
        columns = json.loads(raw)
        if len(columns) != len(_TYPES) or {len(column) for column in columns} != {documents}:
            raise damaged(name)
        return [_known(row, name) for row in zip(*columns, strict=True)]
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged(name) from error


_TEXT_OR_NOT, _NUMBER_OR_NOT = (str, type(None)), (int, float, type(None))
#: What each column holds.
_TYPES: tuple[tuple[type, ...], ...] = (
    (str,), (str, int, type(None)), (int,), _TEXT_OR_NOT, (int, float),
    _NUMBER_OR_NOT, _TEXT_OR_NOT, _NUMBER_OR_NOT, (int,),
)  # fmt: skip


def _known(row: Sequence[Any], name: str) -> Known:
    if not all(isinstance(value, types) for value, types in zip(row, _TYPES, strict=True)):
        raise damaged(name)
    doc_id, path, *rest = row
    if rest[-1] < 0:
        raise damaged(name)
    return Known(doc_id, doc_id if isinstance(path, int) else path, *rest)


def encoded(text: str) -> bytes:
    """Return a text as bytes: GB18030, in which Chinese is shorter and compresses better.

    What it cannot hold, lone surrogates, is in UTF-8 behind a byte that no GB18030 begins with.
    """
    try:
        return text.encode("gb18030")
    except UnicodeEncodeError:
        return _OTHER + text.encode("utf-8", "surrogatepass")


def split_texts(
    raw: bytes, documents: Sequence[Known], rows: Sequence[int], name: str
) -> list[str]:
    """Return the texts of some documents of a block, which stand one after the other in ``raw``."""
    ends = list(accumulate((each.size for each in documents), initial=0))
    if ends[-1] != len(raw):
        raise damaged(name)
    try:
        return [_decoded(raw[ends[row] : ends[row + 1]]) for row in rows]
    except UnicodeDecodeError as error:
        raise damaged(name) from error


def _decoded(raw: bytes) -> str:
    if raw.startswith(_OTHER):
        return raw[len(_OTHER) :].decode("utf-8", "surrogatepass")
    return raw.decode("gb18030")

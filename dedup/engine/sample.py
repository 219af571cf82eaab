"""The documents that boilerplate is learned from: a bounded sample, chosen by content."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.sketch.shared import SampledPieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Documents, and pieces of all of them, that are held at most: about 40 MB.
MOST_DOCUMENTS, MOST_PIECES = 20_000, 2_000_000
#: Characters of texts that are kept with them, so that few are read again: up to 50 MB.
MOST_CHARACTERS = 24 << 20
#: Pieces of one document that count: these many first and last ones.
MOST_OF_ONE = 2_000


class Place(NamedTuple):
    """Where a document of the sample is: the number of its shard, and its place there."""

    shard: int
    place: int


@dataclass(frozen=True, slots=True)
class SampledDocument:
    """A document by the hash of its text; ``hashes`` and ``places`` are of its pieces.

    ``places`` are where they start and end; ``size`` counts its characters.
    """

    text_hash: int
    where: Place
    size: int
    hashes: NDArray[np.uint64]
    places: NDArray[np.int32]


class Sample:
    """The documents with the least text hashes, as many of them as there is room for.

    What it holds in the end depends on what was offered, not on the order; of equal texts, whose
    pieces are the same, it holds one.
    """

    def __init__(self, documents: int = MOST_DOCUMENTS, pieces: int = MOST_PIECES) -> None:
        self._held: dict[int, SampledDocument] = {}
        self._texts: dict[int, str] = {}
        self._heap: list[int] = []
        self._most = documents
        self._room = pieces
        self._room_for_texts = MOST_CHARACTERS
        self._bound: int | None = None

    def wants(self, text_hash: int) -> bool:
        """Tell whether a text with this hash would be taken."""
        return text_hash not in self._held and (self._bound is None or text_hash < self._bound)

    def wanted(self, hashes: NDArray[np.uint8]) -> list[tuple[int, int]]:
        """Return those that would be taken of text hashes, shape (n, 16): row and number."""
        rows = np.arange(len(hashes))
        if self._bound is not None:
            first = np.ascontiguousarray(hashes[:, :8]).view(">u8")[:, 0]
            rows = np.flatnonzero(first <= np.uint64(self._bound >> 64))
        numbers = [int.from_bytes(each.tobytes()) for each in hashes[rows]]
        found = zip(rows.tolist(), numbers, strict=True)
        return [(row, number) for row, number in found if self.wants(number)]

    def offer(self, document: SampledDocument, text: str | None = None) -> None:
        """Take a document, if it is wanted, and its text, if there is room; others may go."""
        if not self.wants(document.text_hash):
            return
        self._held[document.text_hash] = document
        heapq.heappush(self._heap, -document.text_hash)
        self._room -= document.hashes.size
        if text is not None and len(text) <= self._room_for_texts:
            self._room_for_texts -= len(text)
            self._texts[document.text_hash] = text
        while len(self._held) > self._most or self._room < 0:
            last = -heapq.heappop(self._heap)
            self._room += self._held.pop(last).hashes.size
            self._room_for_texts += len(self._texts.pop(last, ""))
            self._bound = last

    def __len__(self) -> int:
        return len(self._held)

    def documents(self) -> list[SampledDocument]:
        """Return the documents in order of their text hashes."""
        return [self._held[each] for each in sorted(self._held)]

    def text(self, document: SampledDocument) -> str | None:
        """Return the text of a document of the sample, where it was kept."""
        return self._texts.get(document.text_hash)


def clipped(
    hashes: NDArray[np.uint64], places: NDArray[np.int32]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return the pieces of a document that count, of which nothing else is held."""
    if hashes.size > 2 * MOST_OF_ONE:
        hashes = np.concatenate([hashes[:MOST_OF_ONE], hashes[-MOST_OF_ONE:]])
        places = np.concatenate([places[:MOST_OF_ONE], places[-MOST_OF_ONE:]])
        return hashes, places
    return hashes.copy(), places.copy()


def pieces_of(documents: list[SampledDocument]) -> SampledPieces:
    """Return the pieces of documents, one document after the other."""
    counts = [document.hashes.size for document in documents]
    places = np.concatenate(
        [np.empty((0, 2), dtype=np.int32), *(document.places for document in documents)]
    ).astype(np.int64)
    return SampledPieces(
        np.concatenate([np.empty(0, np.uint64), *(document.hashes for document in documents)]),
        np.repeat(np.arange(len(documents)), counts),
        places[:, 0],
        places[:, 1],
        np.array([document.size for document in documents], dtype=np.int64),
    )

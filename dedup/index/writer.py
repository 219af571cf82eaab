"""Adds sketched documents to an index: gathers them until they make a segment."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from dedup.index import blocks
from dedup.index.blobs import MOST_BYTES, compressed
from dedup.index.blocks import Known, Numbers
from dedup.index.file import transaction
from dedup.index.lookup import numbers_with_ids
from dedup.index.pages import entries_of
from dedup.index.segment_merge import merge_segments
from dedup.index.segments import id_key, passage_keys, whole_keys
from dedup.sketch.bands import all_band_keys
from dedup.sketch.estimate import estimates
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from numpy.typing import NDArray

    from dedup.index.contents import Contents
    from dedup.index.sources import Source
    from dedup.model import Document
    from dedup.sketch.batch import SketchBatch

#: Documents, and bytes of their compressed texts and of fingerprints, that make a segment.
SEGMENT_DOCUMENTS = 1 << 16
SEGMENT_BYTES = 96 << 20


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A block whose texts are being compressed."""

    known: list[Known]
    numbers: Numbers
    texts: Future[bytes]


class Writer:
    """Adds documents; a context manager, which writes what is left when it ends well.

    ``renamed`` gives a document whose id is taken another one, or raises. Each segment is one
    transaction with the sources that it completes.
    """

    def __init__(self, contents: Contents, renamed: Callable[[Known], str]) -> None:
        self._contents = contents
        self._renamed = renamed
        self._pool = ThreadPoolExecutor(1)
        self._next = contents.next_number()
        self._first = self._next
        self._waiting: list[_Waiting] = []
        self._open: list[tuple[Known, bytes]] = []
        self._open_numbers: list[Numbers] = []
        self._open_bytes = 0
        self._bands: list[NDArray[np.uint32]] = []
        self._wholes: list[NDArray[np.uint32]] = []
        self._passages: list[NDArray[np.uint64]] = []
        self._runs: list[list[int]] = []
        self._sources: dict[int, Source] = {}
        self._reached: tuple[int, int] | None = None
        self._bytes = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what is left, unless something went wrong."""
        try:
            if kind is None:
                self.flush()
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def add(
        self,
        documents: Sequence[Document],
        sketches: SketchBatch,
        hashes: NDArray[np.uint8],
        sources: Sequence[int],
        *,
        reached: int = 0,
    ) -> None:
        """Add the documents of a batch, each with the number of its source.

        ``hashes`` are those of the decoded texts; uint8, shape (n, 16). ``reached`` is the place
        up to which the last of these sources was read, where that is a file of records.
        """
        if not documents:
            return
        signatures = sketches.signatures
        counts = np.diff(sketches.passage_offsets)
        base = self._next - self._first
        self._bands.append(all_band_keys(signatures, self._contents.banding))
        self._wholes.append(whole_keys(sketches.whole_hash))
        repeated = np.repeat(np.arange(base, base + len(documents), dtype=np.uint32), counts)
        packed = distinct(entries_of(passage_keys(sketches.passages), repeated))
        self._passages.append(packed)
        counts = np.bincount(packed.astype(np.uint32) - base, minlength=len(documents))
        numbers = Numbers(
            estimates(signatures),
            np.minimum(counts, 0xFFFF).astype(np.uint16),
            hashes,
        )
        self._bytes += self._bands[-1].nbytes + packed.nbytes
        self._add_texts(documents, numbers)
        for source in sources:
            self._in_run(source)
        self._reached = (sources[-1], reached) if reached else None
        if self._next - self._first >= SEGMENT_DOCUMENTS or self._bytes >= SEGMENT_BYTES:
            self.flush()

    def put(self, source: Source) -> None:
        """Note a source, or that all documents of it are added."""
        self._sources[source.number] = source

    def flush(self) -> None:
        """Write what was added as a segment, and merge segments where they are many."""
        self._close_block()
        contents = self._contents
        documents = self._next - self._first
        known = self._with_own_ids() if documents else []
        with contents.segments.changed(), transaction(contents.connection):
            if documents:
                self._write_documents(known)
                contents.segments.write(self._first, documents, self._sizes(), self._entries(known))
            contents.sources.put(self._sources.values())
            if self._reached is not None:
                contents.sources.reach(*self._reached)
        self._forget()
        merge_segments(contents)

    def _add_texts(self, documents: Sequence[Document], numbers: Numbers) -> None:
        start = 0
        # without texts a block is a row among others: of half a page it would waste the rest
        most = blocks.BLOCK_BYTES if self._contents.with_text else blocks.BLOCK_BYTES // 2
        for at, document in enumerate(documents):
            raw = blocks.encoded(document.text)
            self._open.append((blocks.known_of(document, len(raw)), raw))
            self._open_bytes += len(raw)
            if self._open_bytes >= most or (len(self._open) >= blocks.BLOCK_DOCUMENTS):
                self._open_numbers.append(_part(numbers, start, at + 1))
                start = at + 1
                self._close_block()
        if start < len(documents):
            self._open_numbers.append(_part(numbers, start, len(documents)))
        self._next += len(documents)

    def _close_block(self) -> None:
        if not self._open:
            return
        raw = b"".join(text for _, text in self._open) if self._contents.with_text else b""
        numbers = Numbers(
            np.concatenate([each.estimates for each in self._open_numbers]),
            np.concatenate([each.passages for each in self._open_numbers]),
            np.concatenate([each.hashes for each in self._open_numbers]),
        )
        known = [known for known, _ in self._open]
        self._waiting.append(_Waiting(known, numbers, self._pool.submit(compressed, raw)))
        self._bytes += len(raw) // 2
        self._open, self._open_numbers, self._open_bytes = [], [], 0

    def _in_run(self, source: int) -> None:
        if self._runs and self._runs[-1][2] == source:
            self._runs[-1][1] += 1
        else:
            first = self._runs[-1][0] + self._runs[-1][1] if self._runs else self._first
            self._runs.append([first, 1, source])

    def _with_own_ids(self) -> list[Known]:
        """Return what is known of the documents, each with an id that no other one has."""
        known = [each for waiting in self._waiting for each in waiting.known]
        taken = set(numbers_with_ids(self._contents, [each.id for each in known]))
        seen: set[str] = set()
        for at, each in enumerate(known):
            if each.id in taken or each.id in seen:
                known[at] = replace(each, id=self._renamed(each))
            seen.add(known[at].id)
        return known

    def _write_documents(self, known: Sequence[Known]) -> None:
        rows, at = [], 0
        for waiting in self._waiting:
            size = len(waiting.known)
            packed = blocks.pack_known(known[at : at + size])
            rows.append(
                (self._first + at, size, waiting.numbers.pack(), packed, waiting.texts.result())
            )
            at += size
        connection = self._contents.connection
        connection.executemany("INSERT INTO blocks VALUES (?, ?, ?, ?, ?)", rows)
        connection.executemany("INSERT INTO runs VALUES (?, ?, ?)", self._runs)

    def _sizes(self) -> tuple[int, int]:
        return self._next - self._first, sum(map(len, self._passages))

    def _entries(self, known: Sequence[Known]) -> Callable[[int], list[NDArray[np.uint64]]]:
        layout = self._contents.segments.layout
        every = np.arange(self._next - self._first, dtype=np.uint32)

        def entries(table: int) -> list[NDArray[np.uint64]]:
            if table == layout.passages:
                return [np.concatenate([np.empty(0, np.uint64), *self._passages])]
            if table == layout.ids:
                keys = np.fromiter((id_key(k.id) for k in known), np.uint32, len(known))
            elif table == layout.wholes:
                keys = np.concatenate(self._wholes)
            else:
                keys = np.concatenate([bands[table] for bands in self._bands])
            return [entries_of(keys, every)]

        return entries

    def _forget(self) -> None:
        self._first = self._next
        self._waiting, self._bands, self._wholes, self._passages = [], [], [], []
        self._runs, self._sources, self._reached, self._bytes = [], {}, None, 0


def too_long(document: Document) -> bool:
    """Tell whether a text is too long for an index."""
    return len(document.text) * 4 > MOST_BYTES


def _part(numbers: Numbers, start: int, end: int) -> Numbers:
    return Numbers(
        numbers.estimates[start:end], numbers.passages[start:end], numbers.hashes[start:end]
    )

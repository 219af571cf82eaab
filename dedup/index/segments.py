"""Segments: immutable entries of the documents of a range of numbers, merged as they get many.

A segment has several tables of entries, each with keys of 32 bits: one of each band; one of the
hashes of ids, one of the hashes of whole kept texts, and one of passage fingerprints, of which a
document has several.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from dedup.index import pages
from dedup.index.blobs import damaged
from dedup.match.candidates import HOT_BUCKET, HOT_FIRST

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

#: Documents that a segment may have, and be merged to.
MOST_DOCUMENTS = 1 << 24
#: Segments of about one size that are merged to one.
TOGETHER = 4
_PAGE_BITS, _TABLE_BITS = 24, 16
#: Passage fingerprints are minima, so small ones are many: an odd factor spreads them.
_SPREAD = 0x9E3779B1
#: From which share of the pages on all of them are read one after the other.
_DENSE = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """Which table of a segment holds what, for so many bands."""

    bands: int

    @property
    def ids(self) -> int:
        """Hashes of ids."""
        return self.bands

    @property
    def wholes(self) -> int:
        """Hashes of whole kept texts."""
        return self.bands + 1

    @property
    def passages(self) -> int:
        """Fingerprints of passages."""
        return self.bands + 2

    @property
    def tables(self) -> range:
        """All tables."""
        return range(self.bands + 3)


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment: documents ``first`` to before ``first + documents``."""

    number: int
    first: int
    documents: int
    bits: int
    passage_bits: int
    pages: int

    @property
    def width(self) -> int:
        """Bytes of a document in its pages."""
        return pages.document_bytes(self.documents)


def id_key(doc_id: str) -> int:
    """Return the key of an id."""
    raw = doc_id.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=4).digest(), "big")


def whole_keys(hashes: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return the keys of hashes of whole kept texts; uint32, shape (n,)."""
    keys: NDArray[np.uint32] = np.ascontiguousarray(hashes[:, :4]).view(">u4").ravel()
    return keys.astype(np.uint32)


def passage_keys(fingerprints: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the keys of passage fingerprints, one to one."""
    mixed = (fingerprints ^ (fingerprints >> np.uint32(16))) * np.uint32(_SPREAD)
    spread: NDArray[np.uint32] = mixed ^ (mixed >> np.uint32(15))
    return spread


class Segments:
    """The segments of an index."""

    def __init__(self, connection: sqlite3.Connection, layout: Layout, name: str) -> None:
        self.layout = layout
        self._connection = connection
        self._name = name
        self._all = self._read()

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def refresh(self) -> None:
        """Read anew which segments there are."""
        self._all = self._read()

    @contextmanager
    def changed(self) -> Iterator[None]:
        """Read anew which segments there are where what is done within comes to nothing."""
        try:
            yield
        except BaseException:
            self.refresh()
            raise

    def find(self, table: int, key: int) -> tuple[list[int], int]:
        """Return the documents with a key, oldest first, and how many too many have it."""
        found: list[int] = []
        for segment in self._all:
            bits = self._bits(segment, table)
            row = self._connection.execute(
                "SELECT entries FROM pages WHERE number = ?",
                (_page(segment, table, key >> (32 - bits)),),
            ).fetchone()
            if row is not None:
                these = pages.find(row[0], key, bits, segment.width, self._name)
                found += [segment.first + each for each in these]
        hot = len(found) > HOT_BUCKET
        return (found[:HOT_FIRST], len(found) - HOT_FIRST) if hot else (found, 0)

    def find_all(
        self, table: int, keys: NDArray[np.uint32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the pairs of positions in ``keys`` and documents with that key, as two arrays."""
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        positions, documents = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for segment in self._all:
            for entries in self._entries(segment, table, ordered):
                known, owners = _without_hot(*entries)
                low = np.searchsorted(ordered, known, side="left")
                times = np.searchsorted(ordered, known, side="right") - low
                total = int(times.sum())
                begins = np.repeat(np.cumsum(times) - times, times)
                at = np.repeat(low, times) + np.arange(total) - begins
                positions.append(order[at])
                documents.append(np.repeat(owners.astype(np.int64) + segment.first, times))
        return np.concatenate(positions), np.concatenate(documents)

    def _entries(
        self, segment: Segment, table: int, wanted: NDArray[np.uint32]
    ) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.uint32]]]:
        """Yield the entries of all pages in which sorted keys may be."""
        bits = self._bits(segment, table)
        if len(wanted) * _DENSE >= 1 << bits:
            yield self.entries(segment, table)
            return
        numbers = np.unique(wanted >> np.uint32(32 - bits) if bits else wanted * np.uint32(0))
        for page in numbers.tolist():
            row = self._connection.execute(
                "SELECT entries FROM pages WHERE number = ?", (_page(segment, table, page),)
            ).fetchone()
            if row is not None:
                yield pages.unpack([(page, row[0])], bits, segment.width, self._name)

    def entries(
        self, segment: Segment, table: int
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Return all keys of a table, sorted, and whose they are; uint32."""
        bits = self._bits(segment, table)
        rows = self._connection.execute(
            "SELECT number, entries FROM pages WHERE number BETWEEN ? AND ? ORDER BY number",
            (_page(segment, table, 0), _page(segment, table, (1 << _PAGE_BITS) - 1)),
        )
        low = (1 << _PAGE_BITS) - 1
        found = ((number & low, blob) for number, blob in rows)
        return pages.unpack(found, bits, segment.width, self._name)

    def write(
        self,
        first: int,
        documents: int,
        sizes: tuple[int, int],
        entries: Callable[[int], tuple[NDArray[np.uint32], NDArray[np.uint32]]],
    ) -> Segment:
        """Write a segment; ``entries`` returns those of a table, ``sizes`` are about how many.

        They are of a band, and of passages. The caller has begun a transaction.
        """
        number = max((each.number for each in self._all), default=0) + 1
        segment = Segment(
            number, first, documents, pages.page_bits(sizes[0]), pages.page_bits(sizes[1]), 0
        )
        written = 0
        for table in self.layout.tables:
            packed = pages.pack(*entries(table), self._bits(segment, table), segment.width)
            rows = [(_page(segment, table, page), blob) for page, blob in packed]
            written += len(rows)
            self._connection.executemany("INSERT INTO pages VALUES (?, ?)", rows)
        row = (number, first, documents, segment.bits, segment.passage_bits, written)
        self._connection.execute("INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?)", row)
        self.refresh()
        return Segment(*row)

    def pages_of(self, segment: Segment) -> int:
        """Return how many pages there are of a segment."""
        low, high = _all_pages(segment.number)
        row = self._connection.execute(
            "SELECT count(*) FROM pages WHERE number >= ? AND number < ?", (low, high)
        ).fetchone()
        return int(row[0])

    def copy(self, other: Segments, base: int) -> None:
        """Take over the segments of another index, whose documents get numbers from ``base`` on.

        The caller has begun a transaction.
        """
        number = max((each.number for each in self._all), default=0)
        for segment in other:
            number += 1
            low, high = _all_pages(segment.number)
            shift = _all_pages(number)[0] - low
            rows = other._connection.execute(
                "SELECT number, entries FROM pages WHERE number >= ? AND number < ?", (low, high)
            )
            self._connection.executemany(
                "INSERT INTO pages VALUES (?, ?)", ((page + shift, blob) for page, blob in rows)
            )
            self._connection.execute(
                "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?)",
                (
                    number, segment.first + base, segment.documents,
                    segment.bits, segment.passage_bits, segment.pages,
                ),
            )  # fmt: skip
        self.refresh()

    def remove(self, segment: Segment) -> None:
        """Remove a segment and its pages."""
        low, high = _all_pages(segment.number)
        self._connection.execute("DELETE FROM pages WHERE number >= ? AND number < ?", (low, high))
        self._connection.execute("DELETE FROM segments WHERE number = ?", (segment.number,))
        self.refresh()

    def to_merge(self) -> list[Segment]:
        """Return neighbours that are to be one segment; none where all is well.

        Segments of one size class are merged when there are :data:`TOGETHER` of them, so a
        document is written again as often as the logarithm of the number of documents.
        """
        run: list[Segment] = []
        for segment in reversed(self._all):
            if run and _size_class(segment) > max(map(_size_class, run)):
                if len(run) >= TOGETHER:
                    break
                run = []
            run.append(segment)
        if len(run) < TOGETHER:
            return []
        run.reverse()
        total = run[-1].first + run[-1].documents - run[0].first
        return run if total <= MOST_DOCUMENTS else []

    def merge(self, run: list[Segment], gone: NDArray[np.int64]) -> Segment:
        """Make one segment of neighbours, without the documents that are gone."""
        first = run[0].first
        documents = run[-1].first + run[-1].documents - first

        def entries(table: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
            parts = [self.entries(segment, table) for segment in run]
            for segment in run:  # what this frees takes what comes next
                self._connection.execute(
                    "DELETE FROM pages WHERE number BETWEEN ? AND ?",
                    (_page(segment, table, 0), _page(segment, table, (1 << _PAGE_BITS) - 1)),
                )
            keys = np.concatenate([keys for keys, _ in parts])
            owners = np.concatenate(
                [own + np.uint32(s.first - first) for s, (_, own) in zip(run, parts, strict=True)]
            )
            there = ~np.isin(owners, gone - first) if gone.size else slice(None)
            return keys[there], owners[there]

        sizes = (
            sum(self._entry_count(segment, 0) for segment in run),
            sum(self._entry_count(segment, self.layout.passages) for segment in run),
        )
        merged = self.write(first, documents, sizes, entries) if documents else run[0]
        for segment in run:
            self.remove(segment)
        return merged

    def _entry_count(self, segment: Segment, table: int) -> int:
        row = self._connection.execute(
            "SELECT sum(length(entries)) FROM pages WHERE number BETWEEN ? AND ?",
            (_page(segment, table, 0), _page(segment, table, (1 << _PAGE_BITS) - 1)),
        ).fetchone()
        width = pages.key_bytes(self._bits(segment, table)) + segment.width
        return int(row[0] or 0) // width

    def _bits(self, segment: Segment, table: int) -> int:
        return segment.passage_bits if table == self.layout.passages else segment.bits

    def _read(self) -> list[Segment]:
        rows = self._connection.execute(
            "SELECT number, first, documents, bits, passage_bits, pages FROM segments "
            "ORDER BY first"
        ).fetchall()
        found = [Segment(*row) for row in rows]
        if not all(_sound(each) for each in found):
            raise damaged(self._name)
        return found


def _sound(segment: Segment) -> bool:
    return (
        0 < segment.number < 1 << 22
        and segment.first >= 0
        and 0 <= segment.documents <= MOST_DOCUMENTS
        and 0 <= segment.bits <= pages.MOST_BITS
        and 0 <= segment.passage_bits <= pages.MOST_BITS
    )


def _without_hot(
    keys: NDArray[np.uint32], owners: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Leave only the oldest documents of keys that very many have."""
    starts = np.flatnonzero(np.diff(keys.astype(np.int64), prepend=-1))
    sizes = np.diff([*starts.tolist(), len(keys)])
    if sizes.max(initial=0) <= HOT_BUCKET:
        return keys, owners
    rank = np.arange(len(keys)) - np.repeat(starts, sizes)
    there = (rank < HOT_FIRST) | np.repeat(sizes <= HOT_BUCKET, sizes)
    return keys[there], owners[there]


def _size_class(segment: Segment) -> int:
    return max(0, segment.documents.bit_length() - 10) // 2


def _all_pages(number: int) -> tuple[int, int]:
    """Return the first page of a segment, and that of the next one."""
    return number << (_PAGE_BITS + _TABLE_BITS), (number + 1) << (_PAGE_BITS + _TABLE_BITS)


def _page(segment: Segment, table: int, page: int) -> int:
    return (segment.number << (_PAGE_BITS + _TABLE_BITS)) | (table << _PAGE_BITS) | page

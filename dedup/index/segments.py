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
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

#: Documents that a segment may have, and be merged to.
MOST_DOCUMENTS = 1 << 24
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
class Looked:
    """What a look-up found: pairs of ``positions`` in the keys and ``documents``; int64, (n,) each.

    ``hot`` keys have more documents than are compared, of which the oldest are here;
    ``left_out`` is how many pairs that leaves out.
    """

    positions: NDArray[np.int64]
    documents: NDArray[np.int64]
    hot: int = 0
    left_out: int = 0


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
        self.name = name
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

    def find(self, table: int, key: int, oldest: int = HOT_FIRST) -> tuple[list[int], int]:
        """Return the documents with a key, oldest first, and how many too many have it.

        Of a hot one it is so many of the ``oldest``.
        """
        found: list[int] = []
        for segment in self._all:
            bits = self._bits(segment, table)
            row = self._connection.execute(
                "SELECT entries FROM pages WHERE number = ?",
                (_page(segment, table, key >> (32 - bits)),),
            ).fetchone()
            if row is not None:
                these = pages.find(row[0], key, bits, segment.width, self.name)
                found += [segment.first + each for each in these]
        hot = len(found) > HOT_BUCKET
        return (found[:oldest], len(found) - oldest) if hot else (found, 0)

    def find_all(self, table: int, keys: NDArray[np.uint32], oldest: int = HOT_FIRST) -> Looked:
        """Return the pairs of positions in ``keys``, one or more, and documents with that key.

        Of a hot key it is so many of the ``oldest``.
        """
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        unique, first, times = np.unique(ordered, return_index=True, return_counts=True)
        total = np.zeros(len(unique), dtype=np.int64)
        ranks, documents = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for segment in self._all:
            for known, owners in self._entries(segment, table, unique):
                if not len(known):
                    continue
                start = int(np.searchsorted(unique, known[0]))
                stop = int(np.searchsorted(unique, known[-1], side="right"))
                wanted = unique[start:stop]
                low = np.searchsorted(known, wanted)
                count = np.searchsorted(known, wanted, side="right") - low
                total[start:stop] += count
                few = np.minimum(count, HOT_BUCKET + 1)  # more than these tell nothing
                ranks.append(np.repeat(np.arange(start, stop), few))
                begins = np.repeat(np.cumsum(few) - few - low, few)
                documents.append(owners[np.arange(len(begins)) - begins] + np.int64(segment.first))
        rank, found = np.concatenate(ranks), np.concatenate(documents)
        by_key = np.argsort(rank, kind="stable")
        rank, found = rank[by_key], found[by_key]
        hot = total > HOT_BUCKET
        kept = ~hot[rank] | (_nth(rank) < oldest)
        rank, found = rank[kept], found[kept]
        begins = np.repeat(np.cumsum(times[rank]) - times[rank], times[rank])
        at = np.repeat(first[rank], times[rank]) + np.arange(len(begins)) - begins
        left_out = int((times[hot] * (total[hot] - oldest)).sum())
        return Looked(order[at], np.repeat(found, times[rank]), int(hot.sum()), left_out)

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
                found = pages.unpack([(page, row[0])], bits, segment.width, self.name)
                yield pages.parts_of(found)

    def entries(
        self, segment: Segment, table: int
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Return all keys of a table, sorted, and whose they are; uint32."""
        return pages.parts_of(self.part(segment, table, 0, 0))

    def part(self, segment: Segment, table: int, cut: int, number: int) -> NDArray[np.uint64]:
        """Return the entries of a table whose keys have ``number`` as their highest ``cut`` bits.

        uint64, sorted; see :func:`~dedup.index.pages.entries_of`.
        """
        bits = self._bits(segment, table)
        rows = self._connection.execute(
            "SELECT number, entries FROM pages WHERE number BETWEEN ? AND ? ORDER BY number",
            self._page_range(segment, table, cut, number),
        )
        low = (1 << _PAGE_BITS) - 1
        found = pages.unpack(
            ((page & low, blob) for page, blob in rows), bits, segment.width, self.name
        )
        return found[found >> np.uint64(64 - cut) == number] if cut > bits else found

    def _page_range(self, segment: Segment, table: int, cut: int, number: int) -> tuple[int, int]:
        """Return the first and the last page that may hold keys with these highest bits."""
        more = self._bits(segment, table) - cut
        if more < 0:
            first = last = number >> -more
        else:
            first, last = number << more, ((number + 1) << more) - 1
        return _page(segment, table, first), _page(segment, table, last)

    def write(
        self,
        first: int,
        documents: int,
        sizes: tuple[int, int],
        entries: Callable[[int], Iterable[NDArray[np.uint64]]],
    ) -> Segment:
        """Write a segment; ``entries`` returns those of a table, ``sizes`` are about how many.

        They are of a band, and of passages. Entries may come in parts, by the highest bits of
        their keys. The caller has begun a transaction.
        """
        number = max((each.number for each in self._all), default=0) + 1
        segment = Segment(
            number, first, documents, pages.page_bits(sizes[0]), pages.page_bits(sizes[1]), 0
        )
        written = 0
        for table in self.layout.tables:
            for part in entries(table):
                packed = pages.pack(part, self._bits(segment, table), segment.width)
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

    def clear(self, segment: Segment, table: int, cut: int, number: int) -> None:
        """Remove the pages of :meth:`part`, but one that has other keys, too."""
        if self._bits(segment, table) >= cut:
            self._connection.execute(
                "DELETE FROM pages WHERE number BETWEEN ? AND ?",
                self._page_range(segment, table, cut, number),
            )

    def count(self, segment: Segment, table: int) -> int:
        """Return how many entries a table has."""
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
            raise damaged(self.name)
        return found


def _sound(segment: Segment) -> bool:
    return (
        0 < segment.number < 1 << 22
        and segment.first >= 0
        and 0 <= segment.documents <= MOST_DOCUMENTS
        and 0 <= segment.bits <= pages.MOST_BITS
        and 0 <= segment.passage_bits <= pages.MOST_BITS
    )


def _nth(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return which of its equals each value of a sorted array is, from 0."""
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    sizes = np.diff([*starts.tolist(), len(ordered)])
    return np.arange(len(ordered)) - np.repeat(starts, sizes)


def _all_pages(number: int) -> tuple[int, int]:
    """Return the first page of a segment, and that of the next one."""
    return number << (_PAGE_BITS + _TABLE_BITS), (number + 1) << (_PAGE_BITS + _TABLE_BITS)


def _page(segment: Segment, table: int, page: int) -> int:
    return (segment.number << (_PAGE_BITS + _TABLE_BITS)) | (table << _PAGE_BITS) | page

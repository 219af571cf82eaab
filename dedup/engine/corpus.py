"""Everything known of the documents of a scan after sketching, in keep order, as arrays."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup.engine.columns import UNSCORED
from dedup.engine.order import keep_order
from dedup.engine.record import confidence_of, found_in, head_of, unpacked_info
from dedup.match.candidates import FEW
from dedup.model import DocumentInfo
from dedup.text.encoding import LOW_CONFIDENCE
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.model import SetAside
    from dedup.settings import Settings
    from dedup.sketch.segments import Segment


#: Fingerprints of passages that are read together, about: forty bytes each while they are sorted.
PASSAGES_TOGETHER = 1 << 20
#: Ids that are made together.
_TOGETHER = 1 << 14


class Table:
    """The columns of all segments, one document after the other, in the order of reading.

    ``shards`` are the names of the shards that the documents came from. ``known`` are the segments
    of what is known already, whose shards are those from number ``first_known`` on: its documents
    are those from row ``new`` on.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        shards: Sequence[str],
        *,
        known: Sequence[Segment] = (),
        first_known: int = 0,
    ) -> None:
        self.new = sum(segment.rows("kept") for segment in segments)
        self.segments: Sequence[Segment] = (*segments, *known)
        self.shards = shards
        self.scored = any("score" in segment.columns for segment in self.segments)
        self._first_known = first_known
        self._columns: dict[str, NDArray[Any]] = {}
        self._raw: dict[str, tuple[memoryview, NDArray[Any]]] = {}
        self._renamed: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self["kept"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a column, which stays in memory."""
        if name not in self._columns:
            self._columns[name] = self.read(name)
        return self._columns[name]

    def read(self, name: str) -> NDArray[Any]:
        """Return a column, which is read again each time."""
        parts = [_column(segment, name) for segment in self.segments]
        if name.endswith("_ends"):
            bases = np.cumsum([0, *(int(part[-1]) for part in parts)], dtype=np.int64)
            parts = [part + base for part, base in zip(parts, bases.tolist(), strict=False)]
        whole = np.concatenate(parts) if parts else np.empty(_SHAPES.get(name, 0), dtype=np.uint64)
        if name == "shard":
            whole[self.new :] += self._first_known
        return whole

    def id(self, row: int) -> str:
        """Return the id of a document."""
        renamed = self._renamed.get(row) if self._renamed else None
        return renamed or self._bytes("id", row).decode("utf-8", "surrogatepass")

    def hash(self, row: int) -> str:
        """Return the hash of a document's text, hexadecimal."""
        raw: bytes = self["text_hash"][row].tobytes()
        return raw.hex()

    def ids(self, start: int = 0, stop: int | None = None) -> list[str]:
        """Return the ids of rows from ``start`` on, of all if nothing else is said."""
        return [*self._each_id(start, len(self) if stop is None else stop)]

    def known_rows(self, ids: Collection[str]) -> list[int]:
        """Return the rows of known documents with these ids."""
        if not ids:
            return []
        known = enumerate(self._each_id(self.new, len(self)), self.new)
        return [row for row, each in known if each in ids]

    def path(self, row: int) -> str | None:
        """Return the path of a document."""
        shard = self.shards[self["shard"].item(row)]
        return head_of(self._bytes("info", row), self.id(row), shard).path

    def info(self, row: int) -> DocumentInfo:
        """Return what is known of a document."""
        doc_id = self.id(row)
        return DocumentInfo(
            id=doc_id,
            hash=self.hash(row),
            kept=self["kept"].item(row),
            whole_kept=self["whole_kept"].item(row),
            tokens=self["tokens"].item(row),
            set_aside=bool(self["set_aside"].item(row)),
            score=self._score(row),
            known=row >= self.new,
            **self._unpacked(row, doc_id),
        )

    def found(self, row: int) -> tuple[SetAside, ...]:
        """Return the parts of a document that were found."""
        return found_in(self._bytes("info", row))

    def packed(self, rows: NDArray[np.int64]) -> list[bytes]:
        """Return what is known of documents as segments have it; see `dedup.engine.record`."""
        raw, ends = self._raw.get("info") or self._raw_of("info")
        starts = np.where(rows > 0, ends[rows - 1], 0)
        bounds = zip(starts.tolist(), ends[rows].tolist(), strict=True)
        return [raw[start:end].tobytes() for start, end in bounds]

    def scores(self, rows: Sequence[int]) -> list[float | None]:
        """Return the scores of documents; None for one that has none."""
        return [self._score(row) for row in rows] if self.scored else [None] * len(rows)

    def repeated(self) -> list[int]:
        """Return the documents whose id another one of their side has too, in order."""
        hashes = np.fromiter(map(hash, self._each_id(0, len(self))), np.int64, len(self))
        found = _twice(hashes)
        times = Counter((row < self.new, self.id(row)) for row in found)
        return [row for row in found if times[row < self.new, self.id(row)] > 1]

    def on_both_sides(self) -> list[int]:
        """Return the known documents whose id a new one has too, in order."""
        if self.new in (0, len(self)):
            return []
        return self.known_rows({*self._each_id(0, self.new)})

    def record_place(self, row: int) -> tuple[str, int] | None:
        """Return path and place of a document that is a record of a file; None for others."""
        fields = self._unpacked(row, self.id(row))
        return (fields["path"], fields["place"]) if "place" in fields else None

    def rename(self, row: int, doc_id: str) -> None:
        """Give a document another id from now on."""
        self._renamed[row] = doc_id

    def unsure(self) -> Iterator[DocumentInfo]:
        """Yield the documents whose encoding is a guess, in order of their ids."""
        sizes = np.diff(self["info_ends"], prepend=0)
        rows = np.flatnonzero(sizes > 1).tolist()
        low = [row for row in rows if confidence_of(self._bytes("info", row)) < LOW_CONFIDENCE]
        unsure = [self.info(row) for row in low]
        yield from sorted(unsure, key=lambda info: info.id)

    def load(self) -> None:
        """Read what a result needs, so that the segments can go."""
        for name in (*_KEPT, "score") if self.scored else _KEPT:
            self[name]
        self.segments = ()

    def band_keys(self, bands: int) -> Iterator[NDArray[np.uint32]]:
        """Yield the bucket of each document, band after band; uint32, shape (n,)."""
        if len(self) <= FEW:
            yield from self._band_keys_of_few(bands)
            return
        of_row = np.empty(len(self), dtype=np.uint32)
        for band in range(bands):
            this = slice(band, band + 1)
            base = 0
            for segment in self.segments:
                rows = segment.documents("band_documents", this)[0].astype(np.int64)
                of_row[base + rows] = segment.column("band_keys", this)[0]
                base += len(rows)
            yield of_row

    def _band_keys_of_few(self, bands: int) -> NDArray[np.uint32]:
        """Return the buckets of all documents at once; uint32, shape (bands, n)."""
        of_row = np.empty((bands, len(self)), dtype=np.uint32)
        base = 0
        for segment in self.segments:
            rows = segment.column("band_documents").astype(np.int64) + base
            np.put_along_axis(of_row, rows, segment.column("band_keys"), axis=1)
            base += segment.rows("kept")
        return of_row

    def passages(self) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.int64]]]:
        """Yield passage fingerprints and whose they are, in ranges of values that ascend."""
        total = sum(segment.rows("passages") for segment in self.segments)
        cuts = np.linspace(0, 1 << 32, max(1, -(-total // PASSAGES_TOGETHER)) + 1)[1:-1]
        bounds = []
        for segment in self.segments:
            inner = np.searchsorted(segment.column("passages"), cuts.astype(np.uint32))
            bounds.append([0, *inner.tolist(), segment.rows("passages")])
        for at in range(len(cuts) + 1):
            values = [np.empty(0, dtype=np.uint32)]
            rows = [np.empty(0, dtype=np.int64)]
            base = 0
            for segment, ends in zip(self.segments, bounds, strict=True):
                these = slice(ends[at], ends[at + 1])
                values.append(segment.column("passages", these))
                rows.append(segment.documents("passage_documents", these).astype(np.int64) + base)
                base += segment.rows("kept")
            yield np.concatenate(values), np.concatenate(rows)

    def _each_id(self, first: int, stop: int) -> Iterator[str]:
        """Yield the ids of rows, many of which are made at once."""
        raw, ends = self._raw.get("id") or self._raw_of("id")
        for start in range(first, stop, _TOGETHER):
            some = ends[start : min(start + _TOGETHER, stop)]
            low = int(ends[start - 1]) if start else 0
            whole = bytes(raw[low : some[-1]])
            bounds = pairwise([0, *(some - low).tolist()])
            if whole.isascii():  # a character is a byte
                text = whole.decode("ascii")
                ids = [text[a:b] for a, b in bounds]
            else:
                ids = [whole[a:b].decode("utf-8", "surrogatepass") for a, b in bounds]
            if self._renamed:
                ids = [self._renamed.get(row, doc_id) for row, doc_id in enumerate(ids, start)]
            yield from ids

    def _score(self, row: int) -> float | None:
        """Return the score of a document; None where it has none, or nobody asked for scores."""
        score = float(self["score"][row]) if self.scored else UNSCORED
        return None if math.isnan(score) else score

    def _unpacked(self, row: int, doc_id: str) -> dict[str, Any]:
        shard = self.shards[self["shard"].item(row)]
        fields = unpacked_info(self._bytes("info", row), doc_id, shard)
        if fields["path"] == shard:  # elsewhere a place depends on what else was read
            fields["place"] = self["place"].item(row)
        return fields

    def _bytes(self, name: str, row: int) -> bytes:
        raw, ends = self._raw.get(name) or self._raw_of(name)
        return raw[ends.item(row - 1) if row else 0 : ends.item(row)].tobytes()

    def _raw_of(self, name: str) -> tuple[memoryview, NDArray[Any]]:
        whole = np.ascontiguousarray(self[f"{name}_bytes"])
        found = self._raw[name] = whole.data, self[f"{name}_ends"]
        return found


#: Columns that a result is made from.
_KEPT = (
    "id_bytes", "id_ends", "info_bytes", "info_ends", "text_hash", "shard", "place",
    "kept", "whole_kept", "tokens", "set_aside",
)  # fmt: skip
_SHAPES = dict.fromkeys(("compared_hash", "whole_hash", "text_hash"), (0, 16)) | {
    "estimate": (0, 1)
}


class Corpus:
    """Documents in keep order, collapsed to units of equal compared text.

    A document's *number* is its position in keep order, and all arrays go by it:

    - ``unit``: int64, shape (n,), numbers units in order of their first documents; ``whole``
      likewise numbers whole kept texts, and ``text`` decoded texts;
    - ``title``: uint64, shape (n,), the hash of the folded title set aside, 0 for none;
    - ``row``: int64, shape (n,), where :class:`Table` has the document;
    - ``first``: int64, shape (units,), the first document of each unit.

    What is known already comes first: the ``known`` documents, and the ``known_units`` that they
    are of.
    """

    def __init__(self, table: Table, settings: Settings) -> None:
        self.table = table
        order = keep_order(table, settings)
        is_new = order < table.new
        self.row = np.concatenate([order[~is_new], order[is_new]])
        self.known = len(table) - table.new
        self.unit, self.first = _numbered(table["compared_hash"][self.row])
        self.whole, self.first_of_whole = _numbered(table.read("whole_hash")[self.row])
        self.text, _ = _numbered(table["text_hash"][self.row])
        self.known_units = int(np.searchsorted(self.first, self.known))
        self.title: NDArray[np.uint64] = table["title"][self.row]
        self.info = lru_cache(4096)(self._info)

    def __len__(self) -> int:
        return len(self.row)

    @property
    def characters(self) -> int:
        """Characters of all decoded texts that are new."""
        return int(self.table["characters"][: self.table.new].sum())

    @property
    def collapsed(self) -> int:
        """How many new documents have the compared text of another one."""
        return len(self) - self.known - (len(self.first) - self.known_units)

    def id(self, number: int) -> str:
        """Return the id of a document."""
        return self.table.id(int(self.row[number]))

    def found(self, number: int) -> tuple[SetAside, ...]:
        """Return the parts of a document that were found: those its information has."""
        return self.table.found(int(self.row[number]))

    def hash(self, number: int) -> str:
        """Return the hash of a document's text, hexadecimal."""
        return self.table.hash(int(self.row[number]))

    def band_keys(self, bands: int) -> Iterator[NDArray[np.uint32]]:
        """Yield the bucket of each unit, band after band; uint32, shape (units,)."""
        rows = self.row[self.first]
        for keys in self.table.band_keys(bands):
            yield keys[rows]

    def passages(self) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.uint32]]]:
        """Yield the passage fingerprints of units, and whose they are, in ranges of values.

        It is what :func:`~dedup.match.passage_candidates.passage_candidates` takes.
        """
        none = np.uint32(0xFFFFFFFF)
        unit = np.full(len(self), none)
        unit[self.row[self.first]] = np.arange(len(self.first), dtype=np.uint32)
        for values, rows in self.table.passages():
            units = unit[rows]
            yield values[units != none], units[units != none]

    def passage_counts(self) -> NDArray[np.int64]:
        """Return how many distinct passage fingerprints each unit has; int64, shape (units,)."""
        counts = self.table.read("passage_count")[self.row[self.first]]
        whole: NDArray[np.int64] = counts.astype(np.int64, copy=False)
        return whole

    def estimates(self) -> NDArray[np.uint64]:
        """Return the estimate of each unit; uint64, shape (units, words)."""
        estimates: NDArray[np.uint64] = self.table.read("estimate")[self.row[self.first]]
        return estimates

    def _info(self, number: int) -> DocumentInfo:
        return self.table.info(int(self.row[number]))


def _column(segment: Segment, name: str) -> NDArray[Any]:
    if name == "score" and name not in segment.columns:  # nobody asked for scores then
        return np.full(segment.rows("kept"), UNSCORED)
    column: NDArray[Any] = segment.column(name)
    return column


def _twice(hashes: NDArray[np.int64]) -> list[int]:
    """Return where a value stands that stands elsewhere, too."""
    ordered = np.sort(hashes)
    twice = distinct(ordered[1:][ordered[1:] == ordered[:-1]])
    return list(np.flatnonzero(np.isin(hashes, twice)).tolist()) if twice.size else []


def _numbered(hashes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number equal hashes in order of their first rows; return the numbers, and those rows."""
    halves = np.ascontiguousarray(hashes).view(np.uint64).reshape(-1, 2)
    order = np.argsort(halves[:, 0].copy())  # a tenth of the time that both halves take
    leads = _leads(halves[order, 0])
    if (_leads(halves[order, 1]) & ~leads).any():  # only half of them is equal
        order = np.lexsort((halves[:, 1], halves[:, 0]))
        leads = _leads(halves[order, 0]) | _leads(halves[order, 1])
    starts = np.flatnonzero(leads)
    lead = np.minimum.reduceat(order, starts) if starts.size else order
    rank = np.empty(lead.size, dtype=np.int64)
    rank[np.argsort(lead)] = np.arange(lead.size)
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = rank[np.cumsum(leads) - 1]
    return numbers, np.sort(lead)


def _leads(ordered: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Tell which values differ from the one before."""
    leads = np.ones(len(ordered), dtype=np.bool_)
    leads[1:] = ordered[1:] != ordered[:-1]
    return leads

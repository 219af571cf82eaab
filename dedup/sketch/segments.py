"""Segments: the one persistent form of sketches, immutable, versioned and self-describing.

A segment holds named columns of fixed type for some documents. Resuming a scan, an index, and
another engine read and write the same bytes; ``docs/formats.md`` gives the layout. It never
holds code: a reader takes numbers and shapes from the header and checks each against the size
of the segment before it reads.
"""

from __future__ import annotations

import json
import math
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup.errors import FormatError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

MAGIC = b"DEDUPSEG"
FORMAT = 1
#: Most documents of a segment; so a document's number takes 16 bits.
SEGMENT_DOCUMENTS = 1 << 16

_ALIGN = 64
#: Magic, format, length of the header, checksum of the header.
_FIXED = 24
#: Most dimensions of a column.
_MOST_DIMENSIONS = 4
#: What a column may hold: unsigned integers, floats, little-endian.
_TYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "<i8", "<f8"})


@dataclass(frozen=True, slots=True)
class _Column:
    dtype: str
    shape: tuple[int, ...]
    offset: int
    checksum: int

    @property
    def row_bytes(self) -> int:
        return int(np.dtype(self.dtype).itemsize) * math.prod(self.shape[1:])

    @property
    def size(self) -> int:
        return self.row_bytes * self.shape[0]


def pack(header: Mapping[str, object], columns: Mapping[str, NDArray[Any]]) -> Iterator[bytes]:
    """Yield the bytes of a segment in pieces: ``header`` is plain JSON, ``columns`` are arrays.

    Each column starts at a multiple of 64 bytes, little-endian, row after row. Raises ``TypeError``
    for a type that no segment holds.
    """
    plain = {name: _little(column) for name, column in columns.items()}
    described: dict[str, list[object]] = {}
    offset = 0
    for name, column in plain.items():
        described[name] = [column.dtype.str, list(column.shape), offset, zlib.crc32(column.data)]
        offset = _aligned(offset + column.nbytes)
    packed = json.dumps(
        {**header, "columns": described}, ensure_ascii=True, sort_keys=True, separators=(",", ":")
    ).encode()
    start = _aligned(_FIXED + len(packed))
    yield b"".join(
        (
            MAGIC,
            FORMAT.to_bytes(4, "little"),
            len(packed).to_bytes(8, "little"),
            zlib.crc32(packed).to_bytes(4, "little"),
            packed,
            bytes(start - _FIXED - len(packed)),
        )
    )
    for column in plain.values():
        yield column.tobytes()
        yield bytes(_aligned(column.nbytes) - column.nbytes)


class Segment:
    """A segment that is there: ``read(start, stop)`` returns that range of its ``size`` bytes.

    Raises :class:`~dedup.errors.FormatError` for what is no segment, is of a newer format, is
    cut short or damaged. Columns are read when they are asked for, whole or some of their rows.
    """

    def __init__(self, read: Callable[[int, int], bytes], size: int, name: str) -> None:
        self._read = read
        self._name = name
        self.header, self._columns = self._parse(size)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._columns)

    def column(self, name: str, rows: slice = slice(None)) -> NDArray[Any]:
        """Return a column, or the rows ``start:stop`` of it; checked when it is read whole."""
        if name not in self._columns:
            raise self._damaged()
        found = self._columns[name]
        first, last, _ = rows.indices(found.shape[0])
        start = found.offset + first * found.row_bytes
        raw = self._read(start, start + (last - first) * found.row_bytes)
        if len(raw) != (last - first) * found.row_bytes:
            raise self._damaged()
        if last - first == found.shape[0] and zlib.crc32(raw) != found.checksum:
            raise self._damaged()
        return np.frombuffer(raw, dtype=found.dtype).reshape(last - first, *found.shape[1:])

    def documents(self, name: str, rows: slice = slice(None)) -> NDArray[Any]:
        """Return a column of positions of documents, each of which is one of the segment's."""
        found = self.column(name, rows)
        if found.size and int(found.max()) >= self.rows("kept"):
            raise self._damaged()
        return found

    def rows(self, name: str) -> int:
        """Return how many rows a column has."""
        if name not in self._columns:
            raise self._damaged()
        return self._columns[name].shape[0]

    def verify(self) -> None:
        """Read every column; raises :class:`~dedup.errors.FormatError` where one is damaged."""
        for name in self._columns:
            self.column(name)

    def _parse(self, size: int) -> tuple[dict[str, Any], dict[str, _Column]]:
        fixed = self._read(0, _FIXED)
        if len(fixed) < _FIXED or not fixed.startswith(MAGIC):
            raise FormatError(message("{name} is not a segment", name=self._name))
        version = int.from_bytes(fixed[8:12], "little")
        if version != FORMAT:
            raise FormatError(
                message(
                    "{name} has format {found}, and this version reads {known}",
                    name=self._name,
                    found=version,
                    known=FORMAT,
                )
            )
        length = int.from_bytes(fixed[12:20], "little")
        if length > size - _FIXED:
            raise self._damaged()
        packed = self._read(_FIXED, _FIXED + length)
        if len(packed) != length or zlib.crc32(packed) != int.from_bytes(fixed[20:24], "little"):
            raise self._damaged()
        try:
            header = json.loads(packed)
            columns = _columns(header.pop("columns"), _aligned(_FIXED + length), size)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise self._damaged() from error
        return header, columns

    def _damaged(self) -> FormatError:
        return FormatError(message("{name} is damaged", name=self._name))


def _columns(described: dict[str, Any], start: int, size: int) -> dict[str, _Column]:
    """Return the columns; raises one of several errors unless they fill the segment exactly."""
    columns = {name: _column(each, start, size) for name, each in described.items()}
    end = start
    for column in sorted(columns.values(), key=lambda column: (column.offset, column.size)):
        if column.offset != end:
            raise ValueError(described)
        end = _aligned(column.offset + column.size)
    if end != size:
        raise ValueError(described)
    return columns


def _column(described: Any, start: int, size: int) -> _Column:
    dtype, shape, offset, checksum = described
    if dtype not in _TYPES or not 1 <= len(shape) <= _MOST_DIMENSIONS:
        raise ValueError(described)
    if not all(type(number) is int for number in (*shape, offset, checksum)):
        raise ValueError(described)
    # no count above the size of the segment, though another one were 0
    if min(shape) < 0 or max(shape) > size or offset < 0:
        raise ValueError(described)
    return _Column(dtype, tuple(shape), start + offset, checksum)


def _little(column: NDArray[Any]) -> NDArray[Any]:
    plain = np.ascontiguousarray(column)
    plain = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
    if plain.dtype.str not in _TYPES:
        raise TypeError(f"no column of a segment has the type {plain.dtype}")
    return plain


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN

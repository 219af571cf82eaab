"""Rows of a segment as Arrow tables, and columns of a segment from such rows.

Everything but bands and passages, which go other ways, travels as one row a document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

#: Numbers of a document, by the names that a segment has for them, as it has them.
_NUMBERS: Mapping[str, Any] = {
    "characters": np.uint32,
    "whole_kept": np.uint32,
    "kept": np.uint32,
    "tokens": np.uint32,
    "set_aside": np.uint8,
    "title": np.uint64,
    "clutter": np.uint32,
    "date": np.float64,
    "score": np.float64,
}
_HASHES = ("text_hash", "whole_hash", "compared_hash")
_BYTES = ("id", "info")

#: What a document is on its way: Spark's types, by name.
DOCUMENT_SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.binary()) for name in (*_BYTES, *_HASHES)),
        *(
            pa.field(name, pa.float64() if kind is np.float64 else pa.int64())
            for name, kind in _NUMBERS.items()
        ),
    ]
)
DOCUMENT_COLUMNS = tuple(DOCUMENT_SCHEMA.names)


def rows_of(columns: Mapping[str, NDArray[Any]]) -> dict[str, pa.Array]:
    """Return the columns of a segment as Arrow arrays of one row a document."""
    found: dict[str, pa.Array] = {}
    for name in _BYTES:
        found[name] = binary_array(columns[f"{name}_bytes"], columns[f"{name}_ends"])
    for name in _HASHES:
        size = len(columns[name])
        raw = np.ascontiguousarray(columns[name]).reshape(-1)
        found[name] = binary_array(raw, np.arange(16, 16 * size + 1, 16))
    size = len(columns["kept"])
    for name, kind in _NUMBERS.items():
        if name not in columns:
            found[name] = pa.array(np.full(size, np.nan))
        elif kind is np.float64:
            found[name] = pa.array(columns[name])
        else:
            found[name] = pa.array(columns[name].astype(np.uint64).view(np.int64))
    return found


def binary_array(raw: NDArray[np.uint8], ends: NDArray[Any]) -> pa.Array:
    """Return pieces of bytes, one after the other, as an Arrow array; nothing is copied twice."""
    offsets = np.concatenate([[0], ends]).astype(np.int32)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(raw))]
    return pa.Array.from_buffers(pa.binary(), len(ends), buffers)


class Rows:
    """Documents that came as rows, with the methods of a segment that a table needs.

    ``shard`` is 0 for all of them, and ``place`` their position.
    """

    def __init__(self, rows: pa.Table, *, scored: bool) -> None:
        size = rows.num_rows
        columns: dict[str, NDArray[Any]] = {
            "shard": np.zeros(size, dtype=np.uint32),
            "place": np.arange(size, dtype=np.int64),
        }
        for name in _BYTES:
            pieces = [each.as_py() or b"" for each in rows.column(name)]
            columns[f"{name}_bytes"] = np.frombuffer(b"".join(pieces), dtype=np.uint8)
            columns[f"{name}_ends"] = np.cumsum([len(each) for each in pieces], dtype=np.uint32)
        for name in _HASHES:
            joined = b"".join(each.as_py() for each in rows.column(name))
            columns[name] = np.frombuffer(joined, dtype=np.uint8).reshape(-1, 16)
        for name, kind in _NUMBERS.items():
            if name == "score" and not scored:
                continue
            values = rows.column(name).to_numpy()
            if kind is np.float64:
                columns[name] = values.astype(np.float64)
            else:
                columns[name] = values.view(np.uint64).astype(kind)
        self._columns = columns

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._columns)

    def column(self, name: str, rows: slice = slice(None)) -> NDArray[Any]:
        """Return a column, or some rows of it."""
        return self._columns[name][rows]

    def rows(self, name: str) -> int:
        """Return how many rows a column has."""
        return len(self._columns[name])

"""Pass one in Spark's Python workers: texts in, one row of sketches a document out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pyarrow as pa

from dedup.engine.columns import ColumnMaker
from dedup.engine.corpus import Table
from dedup.engine.local import BATCH_CHARACTERS, BATCH_DOCUMENTS, BatchSketcher
from dedup.engine.order import order_keys
from dedup.engine.spark.rows import DOCUMENT_SCHEMA, binary_array, rows_of
from dedup.model import Document
from dedup.sketch.bands import banding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.engine.local import Sketched
    from dedup.engine.spark.shipped import Shipped
    from dedup.settings import Settings

#: What pass one makes of each document: ``skipped`` is why it is left out, and everything else is
#: null then. ``key`` orders documents by the keep policy, as bytes; ``bands`` are its buckets.
SKETCH_SCHEMA = pa.schema(
    [
        pa.field("id", pa.binary()),
        pa.field("skipped", pa.string()),
        pa.field("key", pa.binary()),
        pa.field("bands", pa.list_(pa.int64())),
        pa.field("passages", pa.list_(pa.int64())),
        pa.field("passage_count", pa.int64()),
        pa.field("estimate", pa.binary()),
        *(field for field in DOCUMENT_SCHEMA if field.name != "id"),
    ]
)
DateOf: TypeAlias = "Callable[[object], str | None]"
_NO_TEXT, _NOT_A_TEXT = "no-text", "not-a-text"


@dataclass(frozen=True, slots=True)
class Source:
    """The columns that pass one reads, in this order; None where there is no such column."""

    date: bool = False
    score: bool = False
    path: bool = False


class Sketching:
    """The function for ``mapInArrow``: sketches the texts of each batch with the native kernel.

    Its input has the columns ``id`` and ``text``, and of ``date``, ``score`` and ``path`` those
    that ``source`` says. ``date_of`` makes an ISO date of what stands in ``date``.
    """

    def __init__(self, shipped: Shipped, source: Source, date_of: DateOf) -> None:
        self._shipped = shipped
        self._source = source
        self._date_of = date_of

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield rows of :data:`SKETCH_SCHEMA`."""
        settings = self._shipped.settings()
        chosen = banding(settings.threshold, settings.recall)
        sketch = BatchSketcher(settings, chosen.num_perm)
        for batch in batches:
            for documents, missing in _pieces(batch, self._source, self._date_of):
                found = sketch([document.text for document in documents])
                yield from _rows(documents, found, missing, settings)


def _rows(
    documents: list[Document], sketched: Sketched, missing: Sequence[str], settings: Settings
) -> Iterator[pa.RecordBatch]:
    empty = np.flatnonzero(sketched.sketches.tokens == 0).tolist()
    left_out = [(documents[at].id, _NO_TEXT) for at in empty]
    left_out += [(doc_id, _NOT_A_TEXT) for doc_id in missing]
    if left_out:
        yield _skipped(left_out)
    if len(empty) == len(documents):
        return
    chosen = banding(settings.threshold, settings.recall)
    columns = ColumnMaker(settings, chosen, (0,), ("",))(0, (documents, sketched)).columns
    yield pa.RecordBatch.from_pydict(_of(columns, settings), schema=SKETCH_SCHEMA)


def _of(columns: dict[str, NDArray[Any]], settings: Settings) -> dict[str, pa.Array]:
    size = len(columns["kept"])
    bands = columns["bands"].astype(np.int64)
    bands |= np.arange(len(bands), dtype=np.int64)[:, None] << 32
    values = columns["passages"] >> np.uint64(16)
    owners = (columns["passages"] & np.uint64(0xFFFF)).astype(np.int64)
    ordered = np.argsort(owners, kind="stable")
    estimates = np.ascontiguousarray(columns["estimate"]).view(np.uint8).reshape(-1)
    width = estimates.size // size
    return {
        **rows_of(columns),
        "skipped": pa.nulls(size, pa.string()),
        "key": pa.array(_keys(columns, settings), pa.binary()),
        "bands": _lists(bands.T.reshape(-1), np.full(size, len(bands))),
        "passages": _lists(values[ordered].astype(np.int64), columns["passage_count"]),
        "passage_count": pa.array(columns["passage_count"].astype(np.int64)),
        "estimate": binary_array(estimates, np.arange(width, width * size + 1, width)),
    }


def _keys(columns: dict[str, NDArray[Any]], settings: Settings) -> list[bytes]:
    table = Table([_Columns(columns)], [""])  # type: ignore[list-item]
    return packed_keys(order_keys(table, settings), table.ids())


def packed_keys(keys: Sequence[NDArray[Any]], ids: Sequence[str]) -> list[bytes]:
    """Return keys of a total order as bytes that sort alike: numbers first, then the id."""
    parts = [_sortable(key) for key in keys]
    size = len(ids)
    joined = np.concatenate(parts, axis=1) if parts else np.empty((size, 0), dtype=np.uint8)
    return [
        row.tobytes() + doc_id.encode("utf-8", "surrogatepass")
        for row, doc_id in zip(joined, ids, strict=True)
    ]


def _sortable(key: NDArray[Any]) -> NDArray[np.uint8]:
    """Return numbers as big-endian bytes that sort as they do; shape (n, 8)."""
    sign = np.uint64(1 << 63)
    if key.dtype.kind == "f":
        bits = (key.astype(np.float64) + 0.0).view(np.uint64)  # -0.0 becomes 0.0
        bits = np.where(bits & sign, ~bits, bits | sign)
    elif key.dtype.kind in "ib":
        bits = key.astype(np.int64).view(np.uint64) ^ sign
    else:
        bits = key.astype(np.uint64)
    return np.ascontiguousarray(bits.astype(">u8")).view(np.uint8).reshape(-1, 8)


class _Columns:
    """The columns of a segment that is not packed, with the methods that a table needs."""

    def __init__(self, columns: dict[str, NDArray[Any]]) -> None:
        self.columns = tuple(columns)
        self._columns = columns

    def column(self, name: str, rows: slice = slice(None)) -> NDArray[Any]:
        return self._columns[name][rows]

    def rows(self, name: str) -> int:
        return len(self._columns[name])


def _pieces(
    batch: pa.RecordBatch, source: Source, date_of: DateOf
) -> Iterator[tuple[list[Document], list[str]]]:
    """Yield the documents of a batch in pieces that the kernel likes, and the ids of nulls."""
    documents: list[Document] = []
    missing: list[str] = []
    characters = 0
    for row in _documents(batch, source, date_of):
        if isinstance(row, str):
            missing.append(row)
            continue
        documents.append(row)
        characters += len(row.text)
        if characters >= BATCH_CHARACTERS or len(documents) >= BATCH_DOCUMENTS:
            yield documents, missing
            documents, missing, characters = [], [], 0
    if documents or missing:
        yield documents, missing


def _documents(batch: pa.RecordBatch, source: Source, date_of: DateOf) -> Iterator[Document | str]:
    """Yield documents; of one whose text is null, the id."""
    size = batch.num_rows
    named = dict(zip(batch.schema.names, batch.columns, strict=True))
    dates = named["date"].to_pylist() if source.date else [None] * size
    scores = named["score"].to_pylist() if source.score else [None] * size
    paths = named["path"].to_pylist() if source.path else [None] * size
    ids, texts = named["id"].to_pylist(), named["text"].to_pylist()
    for doc_id, text, date, score, path in zip(ids, texts, dates, scores, paths, strict=True):
        if text is None:
            yield doc_id
        else:
            yield Document(doc_id, text, path, date=date and date_of(date), score=score)


def _skipped(left_out: Sequence[tuple[str, str]]) -> pa.RecordBatch:
    size = len(left_out)
    columns: dict[str, pa.Array] = {
        field.name: pa.nulls(size, field.type) for field in SKETCH_SCHEMA
    }
    ids = [doc_id.encode("utf-8", "surrogatepass") for doc_id, _ in left_out]
    columns["id"] = pa.array(ids, pa.binary())
    columns["skipped"] = pa.array([reason for _, reason in left_out])
    return pa.RecordBatch.from_pydict(columns, schema=SKETCH_SCHEMA)


def _lists(values: NDArray[np.int64], sizes: NDArray[Any]) -> pa.Array:
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(values))

"""Pass two in Spark's Python workers: what pairs share, from their texts, by the local engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from dedup.engine.related import Counted, Replaced
from dedup.engine.spark.parts_of_corpus import counted
from dedup.engine.spark.rows import DOCUMENT_COLUMNS, DOCUMENT_SCHEMA
from dedup.replacement import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.engine.spark.shipped import Shipped

#: A pair of units, by the numbers of their first documents, and what was counted for it.
COUNTED_SCHEMA = pa.schema(
    [
        pa.field("a", pa.int64()),
        pa.field("b", pa.int64()),
        pa.field("counts", pa.list_(pa.int64())),
        pa.field("replaced", pa.list_(pa.int64())),
        pa.field("filled", pa.string()),
    ]
)


class Evidence:
    """The function for ``mapInArrow`` on pairs with both documents and their texts.

    Rows are ``a``, ``b`` and two structures, each with the columns of a document and ``text``.
    """

    def __init__(self, shipped: Shipped) -> None:
        self._shipped = shipped

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield rows of :data:`COUNTED_SCHEMA`, of all pairs that share something."""
        settings = self._shipped.settings()
        for batch in batches:
            if not batch.num_rows:
                continue
            a, b = batch.column("a").to_numpy(), batch.column("b").to_numpy()
            numbers, firsts = np.unique(np.concatenate([a, b]), return_index=True)
            both = pa.concat_arrays([batch.column("doc_a"), batch.column("doc_b")])
            documents = both.take(pa.array(firsts))
            rows = pa.Table.from_arrays(
                [documents.field(name) for name in DOCUMENT_COLUMNS], schema=DOCUMENT_SCHEMA
            )
            texts = documents.field("text").to_pylist()
            pairs = np.searchsorted(numbers, np.column_stack((a, b)))
            found, order = counted(rows, texts, pairs, settings)
            named = np.column_stack((a, b))[order]
            yield packed_counted(Counted(named, found.counts, found.replaced))


def packed_counted(found: Counted) -> pa.RecordBatch:
    """Return pairs and what was counted for them as rows of :data:`COUNTED_SCHEMA`."""
    filled = found.replaced.filled
    columns = [
        pa.array(found.pairs[:, 0]),
        pa.array(found.pairs[:, 1]),
        _fixed_lists(found.counts),
        _fixed_lists(found.replaced.counts),
        pa.array(
            [json.dumps(filled[row]) if row in filled else None for row in range(len(found.pairs))],
            pa.string(),
        ),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=COUNTED_SCHEMA)


def counted_of(rows: pa.Table) -> Counted:
    """Return what :func:`packed_counted` made rows of, sorted by the pairs."""
    a, b = rows.column("a").to_numpy(), rows.column("b").to_numpy()
    order = np.lexsort((b, a))
    counts = _matrix(rows.column("counts"), 3)[order]
    replaced = _matrix(rows.column("replaced"), len(FIELDS))[order].astype(np.int32)
    said = rows.column("filled").to_pylist()
    filled = {
        at: tuple((x, y) for x, y in json.loads(said[row]))
        for at, row in enumerate(order.tolist())
        if said[row] is not None
    }
    return Counted(np.column_stack((a, b))[order], counts, Replaced(replaced, filled))


def _fixed_lists(values: NDArray[Any]) -> pa.Array:
    size, width = values.shape
    offsets = pa.array(np.arange(0, size * width + 1, width, dtype=np.int32))
    return pa.ListArray.from_arrays(offsets, pa.array(values.astype(np.int64).reshape(-1)))


def _matrix(column: pa.ChunkedArray, width: int) -> NDArray[np.int64]:
    flat = column.combine_chunks().flatten().to_numpy()
    matrix: NDArray[np.int64] = flat.reshape(-1, width)
    return matrix

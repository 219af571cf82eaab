"""Whole components decided in Spark's Python workers, by the local engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa

from dedup.engine.matching import Matching
from dedup.engine.parts import parts_of
from dedup.engine.related import Counted
from dedup.engine.spark.evidence import counted_of
from dedup.engine.spark.parts_of_corpus import Again, corpus_of
from dedup.engine.spark.rows import DOCUMENT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedup.engine.spark.shipped import Shipped
    from dedup.model import Parts

#: What components come to: rows of several kinds. Of a ``pair``, ``a`` and ``b`` are the ids;
#: of a ``member``, ``a`` is in the cluster for which ``b`` is kept (itself, for the kept one);
#: of a ``family`` or ``parts``, only ``record`` is set. ``record`` is JSON, as a saved result has
#: it; of a kept member, the reason.
DECIDED_SCHEMA = pa.schema(
    [
        pa.field("kind", pa.string()),
        pa.field("a", pa.string()),
        pa.field("b", pa.string()),
        pa.field("relation", pa.string()),
        pa.field("similarity", pa.float64()),
        pa.field("cluster", pa.string()),
        pa.field("record", pa.string()),
    ]
)
_ROWS = 4096
Row: TypeAlias = tuple[
    str, str | None, str | None, str | None, float | None, str | None, str | None
]

#: What makes rows of pairs, clusters, families and parts, as a result has them.
RowsOf: TypeAlias = "Callable[[Matching, Sequence[Parts]], Iterator[Row]]"


class Deciding:
    """The function for ``applyInArrow`` on documents and counted pairs of the same components."""

    def __init__(self, shipped: Shipped, rows_of: RowsOf) -> None:
        self._shipped = shipped
        self._rows_of = rows_of

    def __call__(self, documents: pa.Table, pairs: pa.Table) -> pa.Table:
        """Return rows of :data:`DECIDED_SCHEMA`."""
        return pa.Table.from_batches(self._decided(documents, pairs), schema=DECIDED_SCHEMA)

    def _decided(self, documents: pa.Table, pairs: pa.Table) -> Iterator[pa.RecordBatch]:
        # by the number of a document, pairs name the unit that it is the first of
        settings = self._shipped.settings()
        documents = documents.sort_by("number")
        numbers = documents.column("number").to_numpy()
        corpus = corpus_of(documents.select(list(DOCUMENT_COLUMNS)), settings)
        found = counted_of(pairs)
        units = corpus.unit[np.searchsorted(numbers, found.pairs)]
        renamed = Counted(units, found.counts, found.replaced)
        texts = documents.column("text").to_pylist()  # of those that may be parts or their wholes
        parts = parts_of(corpus, renamed, [Again(texts)], settings)
        rows: list[Row] = []
        for each in self._rows_of(Matching(corpus, renamed, settings), parts):
            rows.append(each)
            if len(rows) == _ROWS:
                yield _batch(rows)
                rows = []
        if rows:
            yield _batch(rows)


def _batch(rows: list[Row]) -> pa.RecordBatch:
    columns = [
        pa.array([row[at] for row in rows], kind.type) for at, kind in enumerate(DECIDED_SCHEMA)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=DECIDED_SCHEMA)

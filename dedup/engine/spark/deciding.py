"""Whole components decided in Spark's Python workers, by the local engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
import pyarrow as pa

from dedup.engine.matching import Matching
from dedup.engine.parts import parts_of
from dedup.engine.related import Counted
from dedup.engine.spark.evidence import counted_of
from dedup.engine.spark.parts_of_corpus import Again, corpus_of
from dedup.engine.spark.rows import DOCUMENT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.engine.corpus import Corpus
    from dedup.engine.spark.shipped import Shipped
    from dedup.messages import Message
    from dedup.model import Family, Pair, Parts
    from dedup.settings import Settings

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


class RowsOf(Protocol):
    """What makes rows of pairs, clusters, families and parts, as a result has them."""

    def all(self, matching: Matching, parts: Sequence[Parts]) -> Iterator[Row]:
        """Yield the rows of some components."""

    def pair(self, kind: str, pair: Pair, cluster: str | None = None) -> Row:
        """Return the row of a pair, or of the ``member`` that its first document is."""

    def kept(self, doc_id: str, cluster: str, reason: Message) -> Row:
        """Return the row of the member that is kept."""

    def family(self, family: Family) -> Row:
        """Return the row of a family of templates."""

    def parts(self, parts: Parts) -> Row:
        """Return the row of a document that others make up."""


class Deciding:
    """The function for ``applyInArrow`` on documents and counted pairs of the same components."""

    def __init__(self, shipped: Shipped, rows_of: RowsOf) -> None:
        self._shipped = shipped
        self._rows_of = rows_of

    def __call__(self, documents: pa.Table, pairs: pa.Table) -> pa.Table:
        """Return rows of :data:`DECIDED_SCHEMA`."""
        return pa.Table.from_batches(self._decided(documents, pairs), schema=DECIDED_SCHEMA)

    def _decided(self, documents: pa.Table, pairs: pa.Table) -> Iterator[pa.RecordBatch]:
        settings = self._shipped.settings()
        corpus, renamed, parts = _read(documents, pairs, settings)
        rows: list[Row] = []
        for each in self._rows_of.all(Matching(corpus, renamed, settings), parts):
            rows.append(each)
            if len(rows) == _ROWS:
                yield batch_of(rows, DECIDED_SCHEMA)
                rows = []
        if rows:
            yield batch_of(rows, DECIDED_SCHEMA)


class MadeUp:
    """The function for ``applyInArrow`` on some documents that others may make up, and these.

    Documents and pairs are such as :class:`Deciding` takes; only parts are told.
    """

    def __init__(self, shipped: Shipped, rows_of: RowsOf) -> None:
        self._shipped = shipped
        self._rows_of = rows_of

    def __call__(self, documents: pa.Table, pairs: pa.Table) -> pa.Table:
        """Return rows of :data:`DECIDED_SCHEMA`."""
        _, _, parts = _read(documents, pairs, self._shipped.settings())
        rows = [self._rows_of.parts(each) for each in parts]
        return pa.Table.from_batches([batch_of(rows, DECIDED_SCHEMA)])


def _read(
    documents: pa.Table, pairs: pa.Table, settings: Settings
) -> tuple[Corpus, Counted, Sequence[Parts]]:
    """Return documents, what was counted for their pairs, and which of them others make up."""
    # by the number of a document, pairs name the unit that it is the first of
    documents = documents.sort_by("number")
    numbers = documents.column("number").to_numpy()
    corpus = corpus_of(documents.select(list(DOCUMENT_COLUMNS)), settings)
    found = counted_of(pairs)
    units = corpus.unit[np.searchsorted(numbers, found.pairs)]
    renamed = Counted(units, found.counts, found.replaced)
    texts = documents.column("text").to_pylist()  # of those that may be parts or their wholes
    return corpus, renamed, parts_of(corpus, renamed, [Again(texts)], settings)


def batch_of(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """Return rows as a batch."""
    columns = [pa.array([row[at] for row in rows], kind.type) for at, kind in enumerate(schema)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)

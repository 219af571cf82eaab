"""What is told of components that no task holds, pair by pair, in Spark's Python workers.

A whole component is told of by :mod:`dedup.engine.spark.deciding`; here each task has some of its
pairs, clusters or families, with the documents that these concern.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from dedup.engine.corpus import Table
from dedup.engine.matching import CLUSTER_ID_BYTES, Matching
from dedup.engine.related import KINDS, Counted, Related
from dedup.engine.spark.deciding import DECIDED_SCHEMA, batch_of
from dedup.engine.spark.evidence import counted_of
from dedup.engine.spark.rows import DOCUMENT_COLUMNS, DOCUMENT_SCHEMA, Rows
from dedup.match.families import families
from dedup.match.keep import KeepOrder
from dedup.messages import message
from dedup.model import Family, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.engine.spark.deciding import RowsOf
    from dedup.engine.spark.shipped import Shipped
    from dedup.model import DocumentInfo, Pair
    from dedup.settings import Settings

#: Units that match, by their first documents: ``kind`` is a relation; ``drops`` says whether it is
#: one for which a document may be dropped, ``smaller`` which has fewer shingles, and ``shingles``
#: how many that has.
RELATED_SCHEMA = pa.schema(
    [
        pa.field("a", pa.int64()),
        pa.field("b", pa.int64()),
        pa.field("kind", pa.string()),
        pa.field("drops", pa.bool_()),
        pa.field("smaller", pa.int64()),
        pa.field("shingles", pa.int64()),
        pa.field("similarity", pa.float64()),
    ]
)
#: Rows as they are decided, with ``number`` and ``stands`` of a document that is dropped.
TOLD_SCHEMA = pa.schema(
    [*DECIDED_SCHEMA, pa.field("number", pa.int64()), pa.field("stands", pa.int64())]
)
CLUSTER_SCHEMA = pa.schema([pa.field("stands", pa.int64()), pa.field("name", pa.string())])
#: Pairs of templates: those of a family have its smallest unit, and ``best`` is its example.
FAMILY_SCHEMA = pa.schema(
    [
        pa.field("a", pa.int64()),
        pa.field("b", pa.int64()),
        pa.field("family", pa.int64()),
        pa.field("spare", pa.bool_()),
        pa.field("best", pa.bool_()),
    ]
)


class Relating:
    """The function for ``mapInArrow`` on counted pairs: those that have a relation, and which."""

    def __init__(self, shipped: Shipped) -> None:
        self._shipped = shipped

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield rows of :data:`RELATED_SCHEMA`."""
        settings = self._shipped.settings()
        for batch in batches:
            related = Related(counted_of(pa.Table.from_batches([batch])), settings)
            pairs, counts = related.found.pairs, related.found.counts
            turned = (counts[:, 1] > counts[:, 2]).astype(np.int64)
            columns = [
                pa.array(pairs[:, 0]),
                pa.array(pairs[:, 1]),
                pa.array([KINDS[kind].value for kind in related.kind.tolist()], pa.string()),
                pa.array(related.drops),
                pa.array(pairs[np.arange(len(pairs)), turned]),
                pa.array(counts[:, 0] + counts[:, 1:].min(axis=1, initial=1 << 62)),
                pa.array(related.found.similarity),
            ]
            yield pa.RecordBatch.from_arrays(columns, schema=RELATED_SCHEMA)


class Pairs:
    """The function for ``mapInArrow`` on pairs of documents that match: what is told of them.

    Of the documents ``x`` and ``y``, the first before the other, rows have the numbers, those of
    the first documents of their units and wholes (``unit_x`` …), a structure of their columns
    (``doc_x``), and what was counted for the units, if they are different. ``gone`` is which
    of them is dropped for the other, null for neither. Rows with ``members`` are examples of
    families, which have these ids and ``size`` pairs.
    """

    def __init__(self, shipped: Shipped, rows_of: RowsOf) -> None:
        self._shipped = shipped
        self._rows_of = rows_of

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield rows of :data:`TOLD_SCHEMA`."""
        settings = self._shipped.settings()
        for batch in batches:
            if batch.num_rows:
                yield batch_of(list(self._told(batch, settings)), TOLD_SCHEMA)

    def _told(self, batch: pa.RecordBatch, settings: Settings) -> Iterator[tuple[Any, ...]]:
        documents = _Listed(batch, settings)
        matching = Matching(documents, documents.counted, settings)
        given = batch.select(["x", "y", "gone", "members", "size"]).to_pylist()
        for row, (x, y) in zip(given, documents.of_rows.tolist(), strict=True):
            first, second = (x, y) if documents.id(x) < documents.id(y) else (y, x)
            pair = matching.pair(first, second)
            if row["members"] is not None:
                ids = sorted(each.decode("utf-8", "surrogatepass") for each in row["members"])
                yield (*self._rows_of.family(Family(tuple(ids), row["size"], pair)), None, None)
                continue
            yield (*self._rows_of.pair("pair", pair), None, None)
            if row["gone"] is not None:
                gone, stands = (x, y) if row["gone"] == row["x"] else (y, x)
                other = row["y"] if row["gone"] == row["x"] else row["x"]
                member = self._member(matching.pair(gone, stands))
                yield (*member, row["gone"], other)

    def _member(self, pair: Pair) -> tuple[Any, ...]:
        return self._rows_of.pair("member", pair)


class _Listed:
    """The documents of some pairs, in keep order; see :class:`~dedup.engine.matching.Documents`.

    ``of_rows`` are the two of each pair, int64, shape (m, 2).
    """

    known = 0

    def __init__(self, batch: pa.RecordBatch, settings: Settings) -> None:
        column = {name: batch.column(name) for name in batch.schema.names}
        given = np.concatenate([column["x"].to_numpy(), column["y"].to_numpy()])
        numbers, rows, of_rows = np.unique(given, return_index=True, return_inverse=True)
        self.of_rows: NDArray[np.int64] = of_rows.reshape(2, -1).T
        self._table = _table([column["doc_x"], column["doc_y"]], rows, settings)
        firsts, self.unit = _ranks(column, "unit", rows)
        _, self.whole = _ranks(column, "whole", rows)
        hashes = np.ascontiguousarray(self._table["text_hash"]).view("V16").reshape(-1)
        _, self.text = np.unique(hashes, return_inverse=True)
        self.title: NDArray[np.uint64] = self._table["title"]
        self.first = np.searchsorted(self.unit, np.arange(len(firsts)))  # unused for pairs
        self.first_of_whole = self.first
        counted = pa.Table.from_batches([batch]).filter(column["counts"].is_valid())
        found = counted_of(counted.select(["a", "b", "counts", "replaced", "filled"]))
        units = np.searchsorted(firsts, found.pairs)
        self.counted = Counted(units, found.counts, found.replaced)
        self._numbers = numbers

    def id(self, number: int) -> str:
        return self._table.id(number)

    def hash(self, number: int) -> str:
        digest: str = self._table["text_hash"][number].tobytes().hex()
        return digest

    def info(self, number: int) -> DocumentInfo:
        return self._table.info(number)


def _ranks(
    column: dict[str, pa.Array], name: str, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first documents of units in their order, and the place among these of each."""
    both = np.concatenate([column[f"{name}_{side}"].to_numpy() for side in ("x", "y")])
    firsts, ranks = np.unique(both[rows], return_inverse=True)
    return firsts, ranks


def _table(documents: list[pa.Array], rows: NDArray[np.int64], settings: Settings) -> Table:
    """Return documents, which came as structures, as a table of these rows."""
    taken = pa.concat_arrays(documents).take(pa.array(rows))
    columns = pa.Table.from_arrays(
        [taken.field(name) for name in DOCUMENT_COLUMNS], schema=DOCUMENT_SCHEMA
    )
    return Table([Rows(columns, scored=settings.keep_by is not None)], [""])  # type: ignore[list-item]


def cluster_names(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the name of each cluster; the function for ``mapInArrow``.

    Rows are ``stands``, ``text_hash`` and ``id`` of all members, sorted by these. A name is what
    the local engine makes of the list of all members, which is never held.
    """
    now: int | None = None
    digest = hashlib.blake2b(digest_size=CLUSTER_ID_BYTES)
    found: list[tuple[int, str]] = []
    for batch in batches:
        columns = [batch.column(name).to_pylist() for name in ("stands", "text_hash", "id")]
        for stands, text_hash, doc_id in zip(*columns, strict=True):
            if stands != now and now is not None:
                digest.update(b"]")
                found.append((now, digest.hexdigest()))
            begins = stands != now
            if begins:
                now, digest = stands, hashlib.blake2b(b"[", digest_size=CLUSTER_ID_BYTES)
            member = repr((text_hash.hex(), doc_id.decode("utf-8", "surrogatepass")))
            digest.update(b"" if begins else b", ")
            digest.update(member.encode("utf-8", "surrogatepass"))
        yield _clusters(found)
        found = []
    if now is not None:
        digest.update(b"]")
        yield _clusters([(now, digest.hexdigest())])


def _clusters(found: list[tuple[int, str]]) -> pa.RecordBatch:
    columns = [pa.array([stands for stands, _ in found], pa.int64())]
    columns.append(pa.array([name for _, name in found], pa.string()))
    return pa.RecordBatch.from_arrays(columns, schema=CLUSTER_SCHEMA)


class Reasons:
    """The function for ``mapInArrow`` on kept documents: the rows that say why they stay.

    Rows are ``name``, of the cluster, ``doc``, a structure, ``next``, that of the next member in
    keep order that is not part of it, or null, and ``inside``, whether any is.
    """

    def __init__(self, shipped: Shipped, rows_of: RowsOf) -> None:
        self._shipped = shipped
        self._rows_of = rows_of

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield rows of :data:`DECIDED_SCHEMA`."""
        settings = self._shipped.settings()
        order = KeepOrder(settings)
        for batch in batches:
            size = batch.num_rows
            if not size:
                continue
            following = batch.column("next")
            rows = np.arange(size, dtype=np.int64)
            kept = _table([batch.column("doc")], rows, settings)
            others = np.flatnonzero(following.is_valid().to_numpy(zero_copy_only=False))
            after = _table([following], others, settings)
            where = {row: at for at, row in enumerate(others.tolist())}
            names, inside = (batch.column(each).to_pylist() for each in ("name", "inside"))
            made = []
            for row in range(size):
                runner_up = after.info(where[row]) if row in where else None
                if runner_up is None and inside[row]:
                    reason = message("what is dropped for it is part of it")
                else:
                    reason = order.reason(kept.info(row), runner_up)
                made.append(self._rows_of.kept(kept.id(row), names[row], reason))
            yield batch_of(made, DECIDED_SCHEMA)


def families_of(pairs: pa.Table) -> pa.Table:
    """Return the pairs of some families, rows of :data:`FAMILY_SCHEMA`.

    ``pairs`` has ``a``, ``b`` and ``similarity`` of templates, of all that are connected.
    """
    pairs = pairs.sort_by([("a", "ascending"), ("b", "ascending")])
    units = np.column_stack([pairs.column(name).to_numpy() for name in ("a", "b")])
    similarity = pairs.column("similarity").to_numpy()
    found = families(units, similarity)
    size = len(units)
    family = np.full(size, -1, dtype=np.int64)
    best = np.zeros(size, dtype=np.bool_)
    for members, rows in zip(found.members, found.rows, strict=True):
        family[rows] = members[0]
        best[rows[np.lexsort((rows, -similarity[rows]))[0]]] = True
    columns = [
        pa.array(units[:, 0]),
        pa.array(units[:, 1]),
        pa.array(family, mask=family < 0),
        pa.array(found.spare),
        pa.array(best),
    ]
    return pa.Table.from_arrays(columns, schema=FAMILY_SCHEMA)


CONTAINED = Relation.CONTAINED.value
TEMPLATE = Relation.TEMPLATE.value

"""Boilerplate learned on Spark: from the documents, and by the code, of the local engine.

The sample is the documents with the least text hashes. Each task keeps the least of its own, and
one task learns from the least of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyspark.sql import functions as sf
from pyspark.sql.pandas.types import from_arrow_schema

from dedup.boilerplate import EMPTY, Boilerplate
from dedup.engine.boilerplate import is_learned
from dedup.engine.sample import MOST_DOCUMENTS
from dedup.model import Document
from dedup.progress import NO_PROGRESS
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import text_hashes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from pyspark.sql import DataFrame

    from dedup.engine.spark.shipped import Shipped
    from dedup.settings import Settings

HASHED_SCHEMA = pa.schema([pa.field("hash", pa.binary()), pa.field("text", pa.string())])
#: Of a corpus with many documents those with the least hashes are asked for, half as many again as
#: the sample takes; and four times as many each time that these are not enough.
MORE, AGAIN = 1.5, 4.0
#: The list that was learned; null where there were fewer texts than a full sample has.
LIST_SCHEMA = pa.schema([pa.field("list", pa.string())])


def with_boilerplate(settings: Settings, texts: DataFrame, shipped: Shipped) -> Settings:
    """Return the settings with the boilerplate of ``texts``, where a scan would learn it."""
    if not is_learned(settings):
        return settings
    given = texts.select("text")
    share = min(1.0, MORE * MOST_DOCUMENTS / max(1, given.count()))
    while True:
        asked = given.mapInArrow(_least_hashes(share), from_arrow_schema(HASHED_SCHEMA))
        sample = asked.dropDuplicates(["hash"]).orderBy("hash").limit(MOST_DOCUMENTS)
        learning = _learning(shipped, share < 1.0)
        rows = sample.groupBy(sf.lit(0).alias("one")).applyInArrow(
            learning, from_arrow_schema(LIST_SCHEMA)
        )
        found = [row["list"] for row in rows.collect()]
        if share == 1.0 or (found and found[0] is not None):
            break
        share = min(1.0, share * AGAIN)  # many texts are equal
    learned = Boilerplate.parse(found[0], "boilerplate") if found else EMPTY
    return settings.with_values(boilerplate=learned) if learned else settings


def _least_hashes(share: float) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function for ``mapInArrow`` that finds the least hashes below a share of all."""
    below = None if share == 1.0 else int(share * (1 << 64)).to_bytes(8) + bytes(8)
    return lambda batches: least_hashes(batches, below)


def least_hashes(
    batches: Iterator[pa.RecordBatch], below: bytes | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield the texts with the least hashes, each once: as many as a sample has at most.

    With ``below`` only hashes less than that count.
    """
    held: dict[bytes, str] = {}
    bound = below
    for batch in batches:
        column = batch.column(0).drop_null()
        if not len(column):
            continue
        hashes = text_hashes(_batch_of(column))
        for row in _up_to(hashes, bound):
            text_hash = hashes[row].tobytes()
            if bound is None or text_hash < bound:
                held.setdefault(text_hash, column[row].as_py())
        if len(held) > 2 * MOST_DOCUMENTS:
            held, bound = _least(held)
    held, _ = _least(held)
    if held:
        arrays = [pa.array(list(held), pa.binary()), pa.array(list(held.values()), pa.string())]
        yield from pa.Table.from_arrays(arrays, schema=HASHED_SCHEMA).to_batches(1000)


def _batch_of(column: pa.Array) -> TextBatch:
    """Return texts that lie in a column, none of them null; they are not copied."""
    column = column.cast(pa.large_string())
    _, ends, held = column.buffers()
    offsets = np.frombuffer(ends, dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    raw = np.frombuffer(held or b"", dtype=np.uint8)[offsets[0] : offsets[-1]]
    none = np.zeros(len(offsets), dtype=np.int64)
    return TextBatch(raw, offsets - offsets[0], np.empty((0, 2), dtype=np.int64), none)


def _up_to(hashes: NDArray[np.uint8], bound: bytes | None) -> list[int]:
    """Return the rows whose hashes are below a bound, judged by their first eight bytes."""
    if bound is None:
        return list(range(len(hashes)))
    first = np.ascontiguousarray(hashes[:, :8]).view(">u8").reshape(-1)
    return np.flatnonzero(first <= np.uint64(int.from_bytes(bound[:8]))).tolist()


def _least(held: dict[bytes, str]) -> tuple[dict[bytes, str], bytes | None]:
    ordered = sorted(held)
    kept = ordered[:MOST_DOCUMENTS]
    bound = kept[-1] if len(ordered) > MOST_DOCUMENTS else None
    return {each: held[each] for each in kept}, bound


def learn(texts: list[str], settings: Settings) -> Boilerplate:
    """Return what a scan of these texts learns."""
    from dedup.engine.held import Holding
    from dedup.engine.learning import glean, learned
    from dedup.engine.shards import Texts

    shards = [Texts([Document(str(at), text) for at, text in enumerate(texts)])]
    holding = Holding(shards, room=0)
    return learned(glean(shards, settings, holding, NO_PROGRESS), shards, settings)


def _learning(shipped: Shipped, full: bool):  # type: ignore[no-untyped-def]
    def learning(rows: pa.Table) -> pa.Table:
        if full and rows.num_rows < MOST_DOCUMENTS:
            return pa.Table.from_pydict({"list": [None]}, schema=LIST_SCHEMA)
        found = learn(rows.column("text").to_pylist(), shipped.settings())
        return pa.Table.from_pydict({"list": [found.text()]}, schema=LIST_SCHEMA)

    return learning

"""How fast texts become rows of sketches on one core: here, in Arrow batches, and from Parquet."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import corpora

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession

#: MB of text that are sketched in turn; more says nothing else.
MOST_MB = 100


def here(texts: list[str]) -> float:
    """Return the seconds in which the local engine sketches texts with one worker."""
    from dedup.engine.gather import gather
    from dedup.engine.shards import Texts
    from dedup.engine.store import Store
    from dedup.model import Document
    from dedup.progress import NO_PROGRESS
    from dedup.settings import Settings
    from dedup.sketch.bands import banding

    settings = Settings(jobs=1)
    documents = [Document(str(at), text) for at, text in enumerate(texts)]
    begun = time.perf_counter()
    with Store() as store:
        chosen = banding(settings.threshold, settings.recall)
        gather([Texts(documents)], settings, chosen, store, NO_PROGRESS)
    return time.perf_counter() - begun


def in_arrow(texts: list[str]) -> float:
    """Return the seconds of the function that Spark's workers call, without Spark."""
    import pyarrow as pa

    from dedup.engine.spark.shipped import Shipped
    from dedup.engine.spark.sketching import Sketching, Source
    from dedup.settings import Settings
    from dedup.source.dates import date_of

    ids = pa.array([str(at) for at in range(len(texts))])
    table = pa.Table.from_arrays([ids, pa.array(texts)], ["id", "text"])
    batches = table.to_batches(10_000)  # spark.sql.execution.arrow.maxRecordsPerBatch
    begun = time.perf_counter()
    for _ in Sketching(Shipped.of(Settings()), Source(), date_of)(iter(batches)):
        pass
    return time.perf_counter() - begun


def from_parquet(spark: SparkSession, path: Path) -> float:
    """Return the seconds in which Spark reads texts from Parquet and sketches them."""
    from pyspark.sql.pandas.types import from_arrow_schema

    from dedup.engine.spark.shipped import Shipped
    from dedup.engine.spark.sketching import SKETCH_SCHEMA, Sketching, Source
    from dedup.settings import Settings
    from dedup.source.dates import date_of

    sketching = Sketching(Shipped.of(Settings()), Source(), date_of)
    begun = time.perf_counter()
    made = spark.read.parquet(str(path)).mapInArrow(sketching, from_arrow_schema(SKETCH_SCHEMA))
    made.write.format("noop").mode("overwrite").save()
    return time.perf_counter() - begun


def write_parquet(texts: list[str], path: Path) -> None:
    """Write texts with ids, in row groups such as Spark makes tasks of."""
    import pyarrow as pa
    from pyarrow import parquet

    ids = pa.array([f"{at:09}" for at in range(len(texts))])
    table = pa.Table.from_arrays([ids, pa.array(texts)], ["id", "text"])
    parquet.write_table(table, path, row_group_size=5_000)


def sketching(spark: SparkSession, texts: list[str], folder: Path, rounds: int) -> dict[str, Any]:
    """Measure the three ways to sketch in turn; medians of MB a second."""
    texts = texts[: max(1, int(len(texts) * min(1.0, MOST_MB * 1e6 / corpora.size(texts))))]
    path = folder / "sketching.parquet"
    write_parquet(texts, path)
    megabytes = corpora.size(texts) / 1e6
    ways = {
        "local engine": lambda: here(texts),
        "inside Arrow": lambda: in_arrow(texts),
        "from Parquet": lambda: from_parquet(spark, path),
    }
    for way in ways.values():
        way()
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            rates[name].append(megabytes / way())
    middle = {name: sorted(each)[len(each) // 2] for name, each in rates.items()}
    return {"megabytes": megabytes, "rates": middle}

"""A bucket that holds a tenth of all documents does not hold up one task."""

from __future__ import annotations

import statistics
import time

import pytest
from spark_cluster import tasks

from dedup.match.candidates import HOT_FIRST
from dedup.settings import Settings
from dedup.sketch.bands import banding

pytestmark = pytest.mark.slow

DOCUMENTS = 60_000
PARTS = 8


def skewed(spark):
    """Return documents of which each tenth has one band in common, and nothing else."""
    from pyspark.sql import functions as sf

    chosen = banding(0.6, 0.99)
    words = -(-chosen.num_perm // 32)
    number = sf.col("id")
    bands = [
        sf.when((number % 10 == 0) & sf.lit(band == 0), sf.lit(7)).otherwise(
            sf.xxhash64(number, sf.lit(band)).bitwiseAND(0x7FFFFFFF)
        )
        + (band << 32)
        for band in range(chosen.bands)
    ]
    passages = [sf.xxhash64(number, sf.lit(-n)).bitwiseAND(0xFFFFFFFFFFFF) for n in (1, 2, 3)]
    equal = sf.repeat(sf.lit("\0"), words * 8).cast("binary")
    return spark.range(0, DOCUMENTS, 1, PARTS).select(
        number.alias("number"),
        sf.array(*bands).alias("bands"),
        sf.array(*passages).alias("passages"),
        sf.lit(3).cast("bigint").alias("passage_count"),
        equal.alias("estimate"),
    )


def test_no_task_has_a_bucket_to_itself(spark, spark_folder, monkeypatch):
    from pyspark.sql import functions as sf

    from dedup.engine.spark import run
    from dedup.engine.spark.buckets import Bands

    chosen = banding(0.6, 0.99)
    monkeypatch.setattr(run, "BUCKETS_A_TASK", DOCUMENTS * chosen.bands // PARTS)
    stages = run.Stages(Settings(threshold=0.6), spark.sparkContext)
    stages.totals["documents"] = DOCUMENTS
    rows = skewed(spark).select(sf.explode("bands").alias("key"), "number")
    before = {task.stage for task in tasks(spark_folder)}
    found = stages._pairs(rows, DOCUMENTS * chosen.bands, Bands(), "bands")
    counted = found.groupBy(sf.spark_partition_id()).count().collect()
    assert stages.totals["bands_hot"] == 1
    hot = DOCUMENTS // 10
    of_the_bucket = HOT_FIRST * hot - HOT_FIRST * (HOT_FIRST + 1) // 2
    made = [row["count"] for row in counted]
    assert of_the_bucket <= sum(made) < of_the_bucket + 200  # some keys are equal by chance
    # the pairs of the bucket are dealt out to as many tasks as there are
    dealt = [count for count in made if count >= 1000]
    assert len(dealt) == PARTS
    assert max(dealt) <= 3 * statistics.median(dealt)
    time.sleep(2)  # the event log is written by a thread of its own
    # and the task that sorts it has not three times as many rows as others
    sorting = [t.read for t in tasks(spark_folder) if t.stage not in before and t.read > 1000]
    assert len(sorting) >= PARTS
    assert max(sorting) <= 3 * statistics.median(sorting)
    stages.release()

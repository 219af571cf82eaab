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
#: Tasks that take less say nothing: starting them and reading their clock takes as long.
LEAST_MS = 300


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


def test_no_task_waits_for_a_bucket(spark, spark_folder, monkeypatch):
    from dedup.engine.spark import run

    monkeypatch.setattr(run, "BUCKETS_A_TASK", DOCUMENTS * 34 // PARTS)
    stages = run.Stages(Settings(threshold=0.6), spark.sparkContext)
    documents = stages.keep(skewed(spark))
    stages.totals["documents"] = documents.count()
    units = documents.select("number", documents.number.alias("unit"))
    before = {task.stage for task in tasks(spark_folder)}
    found = stages.candidates(documents, units)
    hot = DOCUMENTS // 10
    of_the_bucket = HOT_FIRST * hot - HOT_FIRST * (HOT_FIRST + 1) // 2
    assert of_the_bucket <= found.count() < of_the_bucket + 200  # some keys are equal by chance
    assert stages.totals["bands_hot"] == 1
    time.sleep(2)  # the event log is written by a thread of its own
    by_stage: dict[int, list[int]] = {}
    for task in tasks(spark_folder):
        if task.stage not in before:
            by_stage.setdefault(task.stage, []).append(task.took)
    told = 0
    for times in by_stage.values():
        slowest, median = max(times), statistics.median(times)
        if len(times) >= PARTS and slowest >= LEAST_MS:
            assert slowest <= 3 * max(median, LEAST_MS / 3), sorted(times)
            told += 1
    assert told
    stages.release()

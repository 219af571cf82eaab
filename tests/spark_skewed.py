"""Documents of which each tenth falls into one bucket, and how long the tasks take on them."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from dedup.settings import Settings
from dedup.sketch.bands import banding

SETTINGS = Settings(threshold=0.6)
CHOSEN = banding(SETTINGS.threshold, SETTINGS.recall)


def skewed(spark, documents, parts):
    """Return sketches of which each tenth has one band in common, and nothing else."""
    from pyspark.sql import functions as sf

    words = -(-CHOSEN.num_perm // 32)
    number = sf.col("id")
    bands = [
        sf.when((number % 10 == 0) & sf.lit(band == 0), sf.lit(7)).otherwise(
            sf.xxhash64(number, sf.lit(band)).bitwiseAND(0x7FFFFFFF)
        )
        + (band << 32)
        for band in range(CHOSEN.bands)
    ]
    passages = [sf.xxhash64(number, sf.lit(-n)).bitwiseAND(0xFFFFFFFFFFFF) for n in (1, 2, 3)]
    equal = sf.repeat(sf.lit("\0"), words * 8).cast("binary")
    return spark.range(0, documents, 1, parts).select(
        number.alias("number"),
        sf.array(*bands).alias("bands"),
        sf.array(*passages).alias("passages"),
        sf.lit(3).cast("bigint").alias("passage_count"),
        equal.alias("estimate"),
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """The tasks of a stage: how many, and the median and the slowest in seconds."""

    stage: int
    tasks: int
    median: float
    slowest: float


def spreads(found, least):
    """Return the stages of these tasks that have at least so many, in their order."""
    stages: dict[int, list[int]] = {}
    for task in found:
        stages.setdefault(task.stage, []).append(task.took)
    return [
        Spread(stage, len(each), statistics.median(each) / 1000, max(each) / 1000)
        for stage, each in sorted(stages.items())
        if len(each) >= least
    ]

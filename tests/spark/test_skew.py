"""A bucket that holds a tenth of all documents does not hold up one task."""

from __future__ import annotations

import statistics
import time

import pytest
from spark_cluster import tasks
from spark_skewed import CHOSEN, SETTINGS, skewed, spreads

from dedup.match.candidates import HOT_FIRST

pytestmark = pytest.mark.slow

DOCUMENTS = 60_000
PARTS = 8


@pytest.fixture
def stages(spark, monkeypatch):
    """Return the stages of a run on so many documents, whose buckets go to so many tasks."""
    from dedup.engine.spark import run

    monkeypatch.setattr(run, "BUCKETS_A_TASK", DOCUMENTS * CHOSEN.bands // PARTS)
    made = run.Stages(SETTINGS, spark.sparkContext)
    made.totals["documents"] = DOCUMENTS
    yield made
    made.release()


def test_no_task_has_a_bucket_to_itself(spark, spark_folder, stages):
    from pyspark.sql import functions as sf

    from dedup.engine.spark.buckets import Bands

    rows = skewed(spark, DOCUMENTS, PARTS).select(sf.explode("bands").alias("key"), "number")
    before = {task.stage for task in tasks(spark_folder)}
    _, found = stages._pairs(rows, DOCUMENTS * CHOSEN.bands, Bands(), "bands")
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


@pytest.mark.parametrize("copies", [100_000, 150])
def test_no_task_has_the_pairs_of_the_first_ones_to_itself(
    spark, spark_folder, stages, monkeypatch, copies
):
    from dedup.engine.spark import run

    monkeypatch.setattr(run, "BUSY", 1_000)
    monkeypatch.setattr(run, "COPIES", copies)  # so many estimates are copied at most
    spark.conf.set("spark.sql.shuffle.partitions", str(PARTS))
    firsts = skewed(spark, DOCUMENTS, PARTS).persist()
    firsts.count()
    before = {task.stage for task in tasks(spark_folder)}
    found = stages._by_bands(firsts, DOCUMENTS)
    hot = DOCUMENTS // 10
    expected = HOT_FIRST * hot - HOT_FIRST * (HOT_FIRST + 1) // 2
    assert expected <= found.count() < expected + 200  # all estimates are equal
    spark.conf.set("spark.sql.shuffle.partitions", "4")
    time.sleep(2)
    run_since = [task for task in tasks(spark_folder) if task.stage not in before]
    # tasks of a moment say nothing: what they take is what it takes to start one
    told = [each for each in spreads(run_since, PARTS) if each.slowest >= 1.0]
    assert all(each.slowest <= 3 * each.median for each in told), told
    firsts.unpersist()

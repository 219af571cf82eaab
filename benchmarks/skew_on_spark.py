"""How long the slowest task takes where one bucket holds a tenth of all documents.

    python benchmarks/skew_on_spark.py [--documents 400000] [--cores 2] [--parts 16] [--json FILE]

Sketches are made such that each tenth document falls into one bucket, as of a page that was copied
with changes; from them candidates are made, in ``--parts`` tasks a stage. Of each stage with so
many tasks, from Spark's event log: the median and the slowest of them, and how many times as long
this one took. A first run warms up and is not told.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # spark_skewed, spark_cluster


def candidates(
    spark: SparkSession, folder: Path, documents: int, parts: int
) -> tuple[int, set[int]]:
    """Make candidates of skewed sketches; return how many, and what stages there were before."""
    from spark_cluster import tasks
    from spark_skewed import CHOSEN, SETTINGS, skewed

    from dedup.engine.spark import run

    run.BUCKETS_A_TASK = documents * CHOSEN.bands // parts
    stages = run.Stages(SETTINGS, spark.sparkContext)
    stages.totals["documents"] = documents
    firsts = skewed(spark, documents, parts).persist()
    firsts.count()
    time.sleep(2)  # the event log is written by a thread of its own
    before = {task.stage for task in tasks(folder)}
    made = stages._by_bands(firsts, documents).count()  # noqa: SLF001 - what is measured
    stages.release()
    firsts.unpersist()
    return made, before


def skew(spark: SparkSession, folder: Path, documents: int, parts: int) -> dict[str, Any]:
    """Return the stages with the median and the slowest of their tasks, in seconds."""
    from spark_cluster import tasks
    from spark_skewed import spreads

    candidates(spark, folder, documents // 10, parts)
    made, before = candidates(spark, folder, documents, parts)
    time.sleep(2)
    found = spreads([task for task in tasks(folder) if task.stage not in before], parts)
    stages = [
        {
            "tasks": each.tasks,
            "median": each.median,
            "slowest": each.slowest,
            "times": each.slowest / max(each.median, 0.001),
        }
        for each in found
    ]
    return {"documents": documents, "candidates": made, "stages": stages}


def main() -> None:
    """Measure, and print what was found."""
    from spark import session

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=400_000)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--parts", type=int, default=16)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        made = session(options.cores, Path(scratch))
        found = skew(made, Path(scratch), options.documents, options.parts)
        made.stop()
    print(json.dumps(found, indent=2))
    if options.json is not None:
        options.json.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""A job for spark-submit: rows of Parquet or JSON lines in, those that stay out.

    spark-submit examples/spark/job.py INPUT OUTPUT [--text text] [--id id] [--work-dir DIR]
        [--threshold 0.6]

INPUT and OUTPUT are whatever Spark reads and writes: folders here, hdfs://, s3a://. Below OUTPUT
come ``kept``, ``dropped``, ``pairs`` and ``clusters``, as Parquet. README.md says how to pack the
Python environment that executors need.
"""

import argparse

from pyspark.sql import SparkSession

from dedup import Settings
from dedup.spark import find_duplicates

parser = argparse.ArgumentParser(description="Drop near-duplicates on Spark.")
parser.add_argument("input")
parser.add_argument("output")
parser.add_argument("--text", default="text")
parser.add_argument("--id", default="id")
parser.add_argument("--work-dir")
parser.add_argument("--threshold", type=float)
given = parser.parse_args()

spark = SparkSession.builder.appName("dedup").getOrCreate()
if given.input.rstrip("/").endswith((".jsonl", ".json", ".jsonl.gz")):
    rows = spark.read.json(given.input)
else:
    rows = spark.read.parquet(given.input)

settings = Settings() if given.threshold is None else Settings(threshold=given.threshold)
found = find_duplicates(
    rows, text=given.text, id=given.id, settings=settings, work_dir=given.work_dir
)
for name in ("kept", "dropped", "pairs", "clusters"):
    getattr(found, name).write.parquet(f"{given.output}/{name}")
print(f"{found.totals['documents']} documents, {found.totals['dropped']} dropped")
found.release()
spark.stop()

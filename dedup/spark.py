"""Near-duplicates on Apache Spark, for who has a session: :func:`find_duplicates`.

It needs ``pip install zh-dedup[spark]``: PySpark 4 and Java 17. The answers are those of
:func:`dedup.scan` on the same documents; ``docs/spark.md`` says how, and what it costs.
"""

from dedup.app.spark_extra import require_spark

require_spark()

from dedup.app.spark_find import SparkResult, find_duplicates  # noqa: E402
from dedup.app.spark_index import build_index, query_index  # noqa: E402

__all__ = ["SparkResult", "build_index", "find_duplicates", "query_index"]

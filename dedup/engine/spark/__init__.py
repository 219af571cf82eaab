"""The same stages on Apache Spark: see ``docs/spark.md`` and :mod:`dedup.spark`.

What decides anything is the code of the local engine, called on parts of the corpus that do not
depend on each other. Here is only what brings those parts together.
"""

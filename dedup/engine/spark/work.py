"""Sketches that stay in a folder that Spark can write, for the next run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyspark.errors import AnalysisException
from pyspark.sql import functions as sf

from dedup.errors import UsageError
from dedup.messages import message
from dedup.settings import DEFINITION_VERSION

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from dedup.settings import Settings


class WorkFolder:
    """Sketches and what they were made of: rows by count and hash, settings by fingerprint."""

    def __init__(self, path: str, settings: Settings) -> None:
        self._sketches = f"{path}/sketches"
        self._stamp = f"{path}/made-of"
        self._settings = settings

    def sketches(self, made: DataFrame, texts: DataFrame) -> DataFrame:
        """Return the sketches, from the folder where they are whole and of these rows.

        Raises :class:`~dedup.errors.UsageError` where the folder holds those of others.
        """
        spark = texts.sparkSession
        wanted = self._of(texts)
        found = _read(spark, self._stamp)
        if found is not None and found != wanted:
            raise UsageError(
                message("{folder} holds the work of another run", folder=self._sketches),
                hint=message("name an empty folder, or remove it"),
            )
        if found is None:
            made.write.mode("overwrite").parquet(self._sketches)
            # the stamp comes last: without it the sketches are not whole, and made again
            line = spark.createDataFrame([(wanted,)], "value string")
            line.coalesce(1).write.mode("overwrite").text(self._stamp)
        return spark.read.parquet(self._sketches)

    def _of(self, texts: DataFrame) -> str:
        total = sf.sum(sf.xxhash64(*texts.columns).cast("decimal(38,0)"))
        row = texts.agg(sf.count("*").alias("n"), total.alias("h")).collect()[0]
        made_of = {
            "fingerprint": self._settings.fingerprint(),
            "definitions": DEFINITION_VERSION,
            "keep": [self._settings.keep, self._settings.keep_by, self._settings.keep_under],
            "source_order": list(self._settings.source_order),
            "rows": int(row["n"]),
            "hash": str(row["h"]),
        }
        return json.dumps(made_of, ensure_ascii=False, sort_keys=True)


def _read(spark: SparkSession, path: str) -> str | None:
    try:
        rows = spark.read.text(path).collect()
    except AnalysisException:  # there is no such folder
        return None
    return str(rows[0]["value"]) if len(rows) == 1 else None

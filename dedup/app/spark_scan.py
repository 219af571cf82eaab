"""A scan on Spark from paths to folders: what Spark reads in, what it writes out."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as sf

from dedup.app.spark_find import find_duplicates
from dedup.errors import OutputError, PathError, UsageError
from dedup.messages import message
from dedup.report.records import run_record
from dedup.source.compression import split_suffixes
from dedup.source.fields import BETWEEN, fields_of, no_guess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame

    from dedup.settings import Settings
    from dedup.source.fields import Fields
    from dedup.source.reading import Reading

#: Formats of records that Spark reads and writes, by the suffix of files.
_FORMATS = {
    ".jsonl": "json",
    ".ndjson": "json",
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
}
_TEXT, _ID, _DATE, _SCORE = "_dedup_text", "_dedup_id", "_dedup_date", "_dedup_score"


@dataclass(frozen=True, slots=True)
class SparkJob:
    """Where a scan on Spark takes place: the master, and the folders of output and work."""

    master: str | None
    output: str
    work_dir: str | None = None


def scan_on_spark(
    paths: Sequence[str], settings: Settings, reading: Reading, job: SparkJob
) -> dict[str, int]:
    """Scan files of records with Spark, write what was found below ``job.output``, return totals.

    In the folder are ``pairs``, ``clusters``, ``families``, ``parts``, ``kept``, ``dropped`` and
    ``skipped``, in the format of the input, and ``run``, which says what made them. Raises
    :class:`~dedup.errors.UsageError` for input that has no format of records, or of several.
    """
    suffix = _suffix(paths, reading)
    with warnings.catch_warnings():
        # of the versions of pandas and pyarrow, which are no matter of who scans
        warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
        return _scan(paths, settings, reading, job, suffix)


def _scan(
    paths: Sequence[str], settings: Settings, reading: Reading, job: SparkJob, suffix: str
) -> dict[str, int]:
    spark = _session(job.master)
    if _is_there(spark, job.output):
        raise OutputError(
            message("{path} is there already", path=job.output),
            hint=message("name one that is not there yet: -o DIR"),
        )
    for path in paths:
        if not _is_there(spark, path):
            raise PathError(message("no such file or folder: {path}", path=path))
    rows = _read(spark, list(paths), suffix)
    fields = fields_of(rows.columns, reading)
    if fields is None:
        raise UsageError(no_guess(rows.columns))
    if fields.id is None:
        raise UsageError(
            message("on Spark every record needs an id of its own"),
            hint=message("name the field that has it: --id-field FIELD"),
        )
    given = _with_fields(rows, fields)
    found = find_duplicates(
        given,
        text=_TEXT,
        id=_ID,
        settings=settings,
        date=_DATE if fields.date else None,
        score=_SCORE if fields.score else None,
        work_dir=job.work_dir,
    )
    own = [name for name in given.columns if name.startswith("_dedup_")]
    frames = {
        "pairs": found.pairs,
        "clusters": found.clusters,
        "families": found.families,
        "parts": found.parts,
        "kept": found.kept.drop(*own),
        "dropped": found.dropped.drop(*own),
        "skipped": found.skipped,
    }
    for name, frame in frames.items():
        _write(frame, f"{job.output}/{name}", suffix)
    made_by = {**run_record(found.settings), "totals": found.totals}  # with what was learned
    line = json.dumps(made_by, ensure_ascii=False)
    spark.createDataFrame([(line,)], "value string").coalesce(1).write.text(f"{job.output}/run")
    found.release()
    return found.totals


def _session(master: str | None) -> SparkSession:
    builder: SparkSession.Builder = SparkSession.builder.appName("dedup")
    if master is not None:
        builder = builder.master(master)
    return builder.getOrCreate()


def _is_there(spark: SparkSession, path: str) -> bool:
    """Tell whether a path, or one that a pattern stands for, is there, wherever Spark reads."""
    gateway: Any = spark.sparkContext._jvm  # noqa: SLF001 - the only way to Hadoop's file systems
    hadoop = spark.sparkContext._jsc.hadoopConfiguration()  # noqa: SLF001
    named = gateway.org.apache.hadoop.fs.Path(path)
    found = named.getFileSystem(hadoop).globStatus(named)
    return found is not None and len(found) > 0


def _suffix(paths: Sequence[str], reading: Reading) -> str:
    if reading.format is not None and reading.format != "text":
        return f".{reading.format}"
    suffixes = {split_suffixes(path)[0] for path in paths}
    if len(suffixes) == 1 and (found := suffixes.pop()) in _FORMATS:
        return found
    raise UsageError(
        message("Spark reads files of records of one format: JSONL, CSV, TSV or Parquet"),
        hint=message("say which where the names do not: --format parquet"),
    )


def _read(spark: SparkSession, paths: list[str], suffix: str) -> DataFrame:
    if suffix == ".parquet":
        return spark.read.parquet(*paths)
    if _FORMATS[suffix] == "json":
        return spark.read.json(paths)
    between = "\t" if suffix == ".tsv" else ","
    return spark.read.csv(paths, header=True, sep=between, multiLine=True, escape='"')


def _write(frame: DataFrame, path: str, suffix: str) -> None:
    writer = frame.write
    if suffix == ".parquet":
        writer.parquet(path)
    elif _FORMATS[suffix] == "json":
        writer.json(path, ignoreNullFields=False)
    else:
        writer.csv(path, header=True, sep="\t" if suffix == ".tsv" else ",", escape='"')


def _with_fields(rows: DataFrame, fields: Fields) -> DataFrame:
    """Return the rows with the fields that are read, under names of our own."""
    columns = [_field(path) for path in fields.text]
    text = columns[0] if len(columns) == 1 and "*" not in fields.text[0] else None
    if text is None:
        joined = sf.concat_ws(BETWEEN, *columns)  # passes over nulls, and joins arrays
        text = sf.when(joined != "", joined)
    rows = rows.withColumn(_TEXT, text.cast("string")).withColumn(_ID, _field(fields.id or ""))
    if fields.date:
        rows = rows.withColumn(_DATE, _field(fields.date))
    if fields.score:
        rows = rows.withColumn(_SCORE, _field(fields.score))
    return rows


def _field(path: str) -> Column:
    """Return a column by a path: ``meta.url``; ``messages.*.content`` is an array."""
    names = [f"`{name}`" for name in path.split(".") if name != "*"]
    return sf.col(".".join(names))

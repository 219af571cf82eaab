"""Near-duplicates among the rows of a data frame; see :mod:`dedup.spark`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as sf
from pyspark.sql.pandas.types import from_arrow_schema

from dedup.app.spark_columns import column_of, columns_of
from dedup.app.spark_rows import ResultRows
from dedup.engine.spark.learning import with_boilerplate
from dedup.engine.spark.run import Stages
from dedup.engine.spark.shipped import Shipped
from dedup.engine.spark.sketching import SKETCH_SCHEMA, Sketching, Source
from dedup.engine.spark.work import WorkFolder
from dedup.errors import UsageError
from dedup.messages import message
from dedup.settings import Settings
from dedup.source.dates import date_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


@dataclass(frozen=True, slots=True)
class SparkResult:
    """What was found, as data frames, none of which is collected.

    - ``pairs``: ``a``, ``b`` (ids, the smaller first), ``relation``, ``similarity``, and
      ``record``, the pair with its evidence as JSON, as a saved result has it;
    - ``clusters``: ``cluster``, ``id`` of a member, ``keep`` (the id of the one that stays, the
      same as ``id`` for that one), ``relation``, ``similarity``, ``reason`` (why it stays, in
      English, on its own row);
    - ``families``: families of templates, as JSON;
    - ``parts``: documents that others make up together, as JSON;
    - ``kept``: the rows of the input that stay, with all their columns;
    - ``dropped``: those that do not, with ``duplicate_of``, ``similarity`` and ``relation``;
    - ``skipped``: ``id`` and ``reason`` of rows that were not compared, which stay;
    - ``totals``: numbers by name, as in the summary of a scan.

    The frames rest on what Spark keeps for them, until :meth:`release`.
    """

    settings: Settings
    pairs: DataFrame
    clusters: DataFrame
    families: DataFrame
    parts: DataFrame
    kept: DataFrame
    dropped: DataFrame
    skipped: DataFrame
    totals: dict[str, int]
    _stages: Stages

    def release(self) -> None:
        """Let go what Spark keeps for the frames, which cannot be used afterwards."""
        self._stages.release()


def find_duplicates(  # noqa: PLR0913
    df: DataFrame,
    text: str = "text",
    id: str = "id",  # noqa: A002 - what people call it
    settings: Settings | None = None,
    *,
    date: str | None = None,
    score: str | None = None,
    path: str | None = None,
    work_dir: str | None = None,
) -> SparkResult:
    """Find the near-duplicates among the rows of ``df``.

    ``text`` and ``id`` name columns; ids are taken as strings and must differ. ``date``, ``score``
    and ``path`` name columns that the keep policy asks for: a date for ``newest`` and ``oldest``,
    a number for ``keep_by``, a path for ``keep_under`` and ``source_order``. With ``work_dir``, a
    folder that Spark can write, sketches stay there, and are used again by a run of the same
    settings on the same rows.

    Raises :class:`~dedup.errors.UsageError` for a column that is missing or of another type, and
    for ids that are null or not unique.
    """
    chosen = settings or Settings()
    names = {"id": id, "text": text, "date": date, "score": score, "path": path}
    texts = columns_of(df, names)
    stages = Stages(chosen, df.sparkSession.sparkContext)
    with stages.named("learn"):
        stages.settings = with_boilerplate(chosen, texts, Shipped.of(chosen))
    with stages.named("sketch"):
        sketches = _sketches(stages, texts, names, work_dir)
        documents = stages.documents(sketches)
        repeated = stages.repeated_id(documents)
    if repeated is not None:
        raise UsageError(
            message("two documents have the id {id}", id=repeated),
            hint=message("give every document an id of its own"),
        )
    with stages.named("collapse"):
        units = stages.units(documents)
    with stages.named("candidates"):
        candidates = stages.candidates(documents, units)
    with stages.named("evidence"):
        given = stages.texts(candidates, documents, texts)
        counted = stages.evidence(candidates, given)
    with stages.named("decide"):
        decided = stages.decided((documents, units, given), counted, ResultRows())
        return _result(df, id, sketches, decided, stages)


def _sketches(
    stages: Stages, texts: DataFrame, names: dict[str, str | None], work_dir: str | None
) -> DataFrame:
    source = Source(
        *(names[name] is not None for name in ("date", "score", "path")),
    )
    sketching = Sketching(Shipped.of(stages.settings), source, date_of)
    made = texts.mapInArrow(sketching, from_arrow_schema(SKETCH_SCHEMA))
    if work_dir is None:
        return stages.keep(made)
    return WorkFolder(work_dir, stages.settings).sketches(made, texts)


def _result(
    df: DataFrame, doc_id: str, sketches: DataFrame, decided: DataFrame, stages: Stages
) -> SparkResult:
    skipped = sketches.where("skipped is not null").select(
        sf.col("id").cast("string").alias("id"), sf.col("skipped").alias("reason")
    )
    members = decided.where("kind = 'member'").select(
        "cluster",
        sf.col("a").alias("id"),
        sf.col("b").alias("keep"),
        "relation",
        "similarity",
        sf.col("record").alias("reason"),
    )
    gone = members.where("id <> keep").select(
        sf.col("id").alias("_id"), sf.col("keep").alias("duplicate_of"), "similarity", "relation"
    )
    own = column_of(df, doc_id).cast("string")
    return SparkResult(
        settings=stages.settings,
        pairs=decided.where("kind = 'pair'").select("a", "b", "relation", "similarity", "record"),
        clusters=members,
        families=decided.where("kind = 'family'").select("record"),
        parts=decided.where("kind = 'parts'").select("record"),
        kept=df.join(gone.select("_id"), own == sf.col("_id"), "left_anti"),
        dropped=df.join(gone, own == sf.col("_id")).drop("_id"),
        skipped=skipped,
        totals=stages.finish(decided, skipped),
        _stages=stages,
    )

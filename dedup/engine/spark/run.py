"""The stages one after the other, on data frames."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyspark import StorageLevel
from pyspark.sql import functions as sf
from pyspark.sql.pandas.types import from_arrow_schema

from dedup.engine.spark.buckets import (
    PAIR_SCHEMA,
    PIECE_SCHEMA,
    Bands,
    Passages,
    Plausible,
    pairs_of_pieces,
)
from dedup.engine.spark.decision import Decision
from dedup.engine.spark.evidence import COUNTED_SCHEMA, Evidence
from dedup.engine.spark.numbering import collapsed, numbered
from dedup.engine.spark.rows import DOCUMENT_COLUMNS
from dedup.engine.spark.shipped import Shipped
from dedup.engine.spark.wanted import Wanted
from dedup.match.passage_candidates import OF, SHARED
from dedup.sketch.bands import banding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark import SparkContext
    from pyspark.sql import DataFrame

    from dedup.engine.spark.deciding import RowsOf
    from dedup.settings import Settings

#: Rows that a task takes: of documents with their sketches, of buckets, of decided documents.
DOCUMENTS_A_TASK = 100_000
BUCKETS_A_TASK = 4_000_000
DECIDED_A_TASK = 50_000
#: Pairs of one document above which they are dealt out; the deals there are at most, and how many
#: copies of such documents there are at most.
BUSY = 10_000
MOST_DEALS, COPIES = 1_000, 100_000

_DESCRIPTION = "spark.job.description"


@dataclass
class Stages:
    """The stages of one run on the cluster of ``context``; totals are gathered here."""

    settings: Settings
    context: SparkContext
    totals: dict[str, int] = field(default_factory=dict)
    kept_frames: list[DataFrame] = field(default_factory=list)
    cut_frames: list[DataFrame] = field(default_factory=list)

    @contextmanager
    def named(self, stage: str) -> Iterator[None]:
        """Give the jobs of a stage its name, where Spark shows them."""
        before = self.context.getLocalProperty(_DESCRIPTION)
        self.context.setLocalProperty(_DESCRIPTION, f"dedup: {stage}")
        try:
            yield
        finally:
            self.context.setLocalProperty(_DESCRIPTION, before)  # type: ignore[arg-type]

    def keep(self, frame: DataFrame) -> DataFrame:
        """Let a frame be computed once; what a lost executor held is computed again.

        It lies on disk: it is read a few times, in order, and what Spark holds in memory it reads
        back from disk in whole blocks, for which a small heap has no room beside the texts.
        """
        held = frame.persist(StorageLevel.DISK_ONLY)
        self.kept_frames.append(held)
        return held

    def cut(self, frame: DataFrame) -> DataFrame:
        """Compute a frame now, and forget how: plans that refer to plans grow without bound.

        It lies in the folder for checkpoints, where the session has one, and else on two executors.
        """
        if frame.sparkSession.sparkContext.getCheckpointDir() is not None:
            return frame.checkpoint()
        held = frame.localCheckpoint(storageLevel=StorageLevel.DISK_ONLY_2)
        self.cut_frames.append(held)
        return held

    def release(self) -> None:
        """Let all such frames go; what comes from them cannot be computed any more.

        Spark drops those that were cut when its driver collects garbage, which may be never.
        """
        for frame in self.kept_frames:
            frame.unpersist()
        for frame in self.cut_frames:
            plan: Any = frame._jdf.queryExecution().analyzed()  # noqa: SLF001 - has no other handle
            plan.rdd().unpersist(False)
        self.kept_frames.clear()
        self.cut_frames.clear()

    def documents(self, sketches: DataFrame) -> DataFrame:
        """Number the documents that hold text, in keep order."""
        found = sketches.where("skipped is null").drop("skipped")
        counted = found.agg(sf.count("*").alias("n"), sf.sum("passage_count").alias("passages"))
        size, passages = (int(each or 0) for each in counted.collect()[0])
        self.totals |= {"documents": size, "passages": passages}
        return numbered(found, self._partitions(size, DOCUMENTS_A_TASK), self.keep)

    def repeated_id(self, documents: DataFrame) -> str | None:
        """Return an id that two documents have; None where all differ."""
        hashed = documents.select(sf.xxhash64("id").alias("hash"))
        twice = hashed.groupBy("hash").count().where("count > 1").select("hash").limit(1000)
        if not twice.count():
            return None
        same = documents.select("id", sf.xxhash64("id").alias("hash")).join(twice, "hash")
        found = same.groupBy("id").count().where("count > 1").orderBy("id").limit(1).collect()
        return bytes(found[0]["id"]).decode("utf-8", "replace") if found else None

    def finish(self, decided: DataFrame, skipped: DataFrame) -> dict[str, int]:
        """Return the totals, with those of what was decided."""
        counts = decided.agg(
            sf.count_if(sf.expr("kind = 'pair'")).alias("pairs"),
            sf.count_if(sf.expr("kind = 'member' and a <> b")).alias("dropped"),
            sf.count_if(sf.expr("kind = 'member' and a = b")).alias("clusters"),
            sf.count_if(sf.expr("kind = 'family'")).alias("families"),
            sf.count_if(sf.expr("kind = 'parts'")).alias("parts"),
        )
        self.totals |= {name: int(n) for name, n in counts.collect()[0].asDict().items()}
        self.totals["skipped"] = skipped.count()
        return self.totals

    def units(self, documents: DataFrame) -> DataFrame:
        """Return ``number``, ``unit`` and ``whole`` of all documents: firsts of equal texts."""
        slim = documents.select("number", "compared_hash", "whole_hash")
        both = collapsed(collapsed(slim, "compared_hash", "unit"), "whole_hash", "whole")
        return self.cut(both.select("number", "unit", "whole"))

    def candidates(self, documents: DataFrame, units: DataFrame) -> DataFrame:
        """Return the pairs of units worth computing, ``a`` and ``b`` by their first documents."""
        copies = units.where("unit <> number").select("number")
        firsts = documents.join(copies, "number", "left_anti")
        size = self.totals["documents"]
        by_bands = self._by_bands(firsts, size)
        by_passages = self._by_passages(firsts, size)
        found = self.cut(by_bands.union(by_passages).distinct())
        self.totals["candidates"] = found.count()
        return found

    def texts(self, candidates: DataFrame, documents: DataFrame, texts: DataFrame) -> DataFrame:
        """Return ``number`` and ``doc``, with its text, of the documents among candidates.

        ``texts`` has ``id`` and ``text``.
        """
        either = candidates.select(sf.explode(sf.array("a", "b")).alias("number"))
        wanted = Wanted(self.cut)
        rows = documents.select("number", *DOCUMENT_COLUMNS)
        rows = wanted.numbers(rows, either, self.totals["documents"])
        named = rows.withColumn("_id", sf.col("id").cast("string"))
        given = texts.select(sf.col("id").alias("_id"), "text")
        given = wanted.ids(given, named.select("_id"), 2 * self.totals["candidates"])
        return self.keep(
            named.join(given, "_id").select(
                "number", sf.struct(*DOCUMENT_COLUMNS, "text").alias("doc")
            )
        )

    def evidence(self, candidates: DataFrame, held: DataFrame) -> DataFrame:
        """Count what candidates share, from their texts: ``held`` is of :meth:`texts`."""
        shipped = Shipped.of(self.settings)
        both = self._with_both(candidates, held, "doc").select(
            "a", "b", sf.col("of_a").alias("doc_a"), sf.col("of_b").alias("doc_b")
        )
        return self.cut(both.mapInArrow(Evidence(shipped), _spark(COUNTED_SCHEMA)))

    def decided(
        self, known: tuple[DataFrame, DataFrame, DataFrame], counted: DataFrame, rows_of: RowsOf
    ) -> DataFrame:
        """Decide component after component; rows of :data:`DECIDED_SCHEMA`.

        ``known`` are the documents, the units and the texts.
        """
        size = self.totals["documents"]
        groups = self._partitions(size, DECIDED_A_TASK)
        decision = Decision(self.settings, rows_of, self.cut, documents=size, groups=groups)
        made = self.keep(decision.rows(known, counted, DECIDED_A_TASK))
        self.totals |= decision.totals
        return made

    def _by_bands(self, firsts: DataFrame, size: int) -> DataFrame:
        chosen = banding(self.settings.threshold, self.settings.recall)
        rows = firsts.select(sf.explode("bands").alias("key"), "number")
        _, pairs = self._pairs(rows, size * chosen.bands, Bands(), "bands")
        pairs = pairs.distinct()
        if self.totals["bands_hot"]:
            pairs = self.keep(pairs)  # which of them have one document is counted first
        both = self._with_both(pairs, firsts, "estimate").select("a", "b", "of_a", "of_b")
        return both.mapInArrow(Plausible(chosen), _spark(PAIR_SCHEMA))

    def _by_passages(self, firsts: DataFrame, size: int) -> DataFrame:
        rows = firsts.select(sf.explode("passages").alias("key"), "number")
        pieces, pairs = self._pairs(rows, size * 16, Passages(), "passages")
        times = pairs.groupBy("a", "b").agg(sf.count("*").alias("times"))
        enough = sf.col("times") * OF >= sf.least("of_a", "of_b") * SHARED
        if self.totals["passages_common"]:
            common = pieces.where(sf.size("second") == 0).select(
                sf.explode("first").alias("number")
            )
            common = common.groupBy("number").agg(sf.count("*").alias("common"))
            rest = sf.col("passage_count") - sf.coalesce("common", sf.lit(0))
            firsts = firsts.join(common, "number", "left").withColumn("passage_count", rest)
        return self._joined(times, firsts, "passage_count").where(enough).select("a", "b")

    def _pairs(
        self, rows: DataFrame, size: int, make: Any, name: str
    ) -> tuple[DataFrame, DataFrame]:
        """Return the pieces of buckets, rows with one ``key``, and the pairs in them.

        Those of a hot bucket are spread.
        """
        # one bucket may have a tenth of all documents, and is sorted in one task: that is to be no
        # more than two other tasks have
        tenth = self.totals["documents"] // 10
        partitions = self._partitions(size, max(BUCKETS_A_TASK, tenth // 2))
        ordered = rows.repartition(partitions, "key").sortWithinPartitions("key", "number")
        pieces = self.keep(ordered.mapInArrow(make, _spark(PIECE_SCHEMA)))
        with self.named("buckets"):
            counted = pieces.agg(
                sf.count_if(sf.col("hot") > 0).alias("hot"),
                sf.sum("common").alias("common"),
            ).collect()[0]
        self.totals[f"{name}_hot"] = int(counted["hot"] or 0)
        self.totals[f"{name}_common"] = int(counted["common"] or 0)
        whole = pieces.where("second is null")
        cut = pieces.where("second is not null").repartition(partitions)
        expand = _spark(PAIR_SCHEMA)
        made = whole.mapInArrow(pairs_of_pieces, expand)
        if counted["hot"]:
            made = made.union(cut.mapInArrow(pairs_of_pieces, expand))
        return pieces, made

    def _with_both(self, pairs: DataFrame, documents: DataFrame, column: str) -> DataFrame:
        """Return pairs with what both documents have in a column, as ``of_a`` and ``of_b``.

        Only the first ones of hot buckets are in many pairs. These pairs are dealt out by their
        other document, and what the first ones have is copied for each deal: so often that there
        are never more than :data:`COPIES`, however many hot buckets a corpus has.
        """
        if not self.totals["bands_hot"]:
            return self._joined(pairs, documents, column)
        counted = pairs.groupBy("a").agg(sf.count("*").alias("times"))
        busy = self.cut(counted.where(sf.col("times") > BUSY).select("a"))
        size = busy.count()
        if not size:
            return self._joined(pairs, documents, column)
        deals = max(1, min(MOST_DEALS, COPIES // size))
        few = self._joined(pairs.join(busy, "a", "left_anti"), documents, column)
        dealt = pairs.join(busy, "a", "left_semi")
        dealt = dealt.withColumn("_deal", sf.pmod(sf.xxhash64("b"), sf.lit(deals)))
        firsts = _side(documents, column, "a").join(busy, "a", "left_semi")
        copied = firsts.withColumn(
            "_deal", sf.explode(sf.sequence(sf.lit(0).cast("bigint"), sf.lit(deals - 1)))
        )
        many = dealt.join(copied, ["a", "_deal"]).join(_side(documents, column, "b"), "b")
        return few.union(many.select(*few.columns))

    def _joined(self, pairs: DataFrame, documents: DataFrame, column: str) -> DataFrame:
        for side in ("a", "b"):
            pairs = pairs.join(_side(documents, column, side), side)
        return pairs

    def _partitions(self, size: int, each: int) -> int:
        return max(self.context.defaultParallelism, -(-size // each))


def _spark(schema: Any) -> Any:
    return from_arrow_schema(schema)


def _side(documents: DataFrame, column: str, side: str) -> DataFrame:
    """Return the numbers of documents under the name of a side, and a column as ``of_`` it."""
    return documents.select(sf.col("number").alias(side), sf.col(column).alias(f"of_{side}"))

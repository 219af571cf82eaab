"""Components that no task holds: clusters in rounds, then pair by pair what is told of them.

What decides is the local engine's here, too, on pairs instead of components; only who is kept and
who stands for whom is spelled in joins (:mod:`dedup.engine.spark.greedy`, ``inside``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as sf
from pyspark.sql.pandas.types import from_arrow_schema

from dedup.engine.spark.components import components
from dedup.engine.spark.deciding import DECIDED_SCHEMA, MadeUp
from dedup.engine.spark.greedy import assigned, greedy
from dedup.engine.spark.inside import without_contained
from dedup.engine.spark.numbering import collapsed
from dedup.engine.spark.shipped import Shipped
from dedup.engine.spark.told import (
    CLUSTER_SCHEMA,
    CONTAINED,
    FAMILY_SCHEMA,
    RELATED_SCHEMA,
    TEMPLATE,
    TOLD_SCHEMA,
    Pairs,
    Reasons,
    Relating,
    cluster_names,
    families_of,
)
from dedup.match.consequences import consequences
from dedup.match.contained import MOST
from dedup.model import Relation

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

    from dedup.engine.spark.deciding import RowsOf
    from dedup.settings import Settings


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the documents of large components.

    - ``units``: ``number``, ``unit``, ``whole``: the first documents of equal texts;
    - ``documents``: ``number`` and ``doc``, a structure of the columns of a document;
    - ``counted``: what was counted for pairs of units that share anything;
    - ``made_up``: ``part``, ``whole``: units that may be parts of a unit;
    - ``texts``: ``number`` and ``text``, of those at least.
    """

    units: DataFrame
    documents: DataFrame
    counted: DataFrame
    made_up: DataFrame
    texts: DataFrame


class Large:
    """The rows of large components; ``at_once`` is how many documents a task takes."""

    def __init__(
        self,
        settings: Settings,
        rows_of: RowsOf,
        cut: Callable[[DataFrame], DataFrame],
        *,
        at_once: int,
        groups: int,
    ) -> None:
        self._settings, self._shipped = settings, Shipped.of(settings)
        self._rows_of = rows_of
        self._cut = cut
        self._at_once = at_once
        self._groups = groups
        self.totals: dict[str, int] = {}

    def decided(self, given: Given) -> DataFrame:
        """Return rows of :data:`DECIDED_SCHEMA`."""
        related = self._cut(
            given.counted.mapInArrow(Relating(self._shipped), _spark(RELATED_SCHEMA))
        )
        found = self._assigned(given, related)
        families = self._families(related)
        told = self._told(given, found, related, families)
        kept, named = self._kept(given, found, told)
        members = told.where("kind = 'member'").join(named, "stands")
        members = members.withColumn("cluster", sf.col("name"))
        rows = [told.where("kind <> 'member'"), members, kept, self._made_up(given)]
        return reduce(
            lambda a, b: a.union(b), [each.select(*DECIDED_SCHEMA.names) for each in rows]
        )

    def _assigned(self, given: Given, related: DataFrame) -> DataFrame:
        """Return ``number`` and ``stands`` of all documents."""
        grouped = self._cut(self._grouped(given))
        dropping = related.where("drops")
        near = self._spread(dropping.where(sf.col("kind") != CONTAINED), grouped)
        turned = near.select(sf.col("b").alias("a"), sf.col("a").alias("b"), "similarity")
        edges = self._cut(near.select("a", "b", "similarity").union(turned))
        cells = grouped.groupBy("unit", "whole").agg(sf.min("number").alias("number"))
        made = greedy(
            cells.select("number", "unit", "whole"),
            edges.select("a", "b"),
            self._at_once,
            self._cut,
        )
        self.totals |= {"greedy_rounds": made.rounds, "greedy_prefixes": made.prefixes}
        found = self._cut(assigned(grouped.select("number", "unit", "whole"), edges, made.kept))
        inside = self._inside(given, dropping.where(sf.col("kind") == CONTAINED))
        inside = self._spread(inside, grouped)
        pairs = inside.select(
            sf.when(sf.col("turned"), sf.col("b")).otherwise(sf.col("a")).alias("unit"),
            sf.when(sf.col("turned"), sf.col("a")).otherwise(sf.col("b")).alias("container"),
            "similarity",
            "shingles",
        )
        return without_contained(found, self._cut(self._placed(pairs, grouped)), edges, self._cut)

    def _placed(self, pairs: DataFrame, grouped: DataFrame) -> DataFrame:
        """Return pairs with what orders units that have as many shingles: ``source``, ``part``."""
        if consequences(self._settings)[Relation.SAME_BODY].drop:
            return pairs.select("*", sf.col("unit").alias("source"), sf.col("unit").alias("part"))
        parts = grouped.select("unit", "source", sf.col("whole").alias("part")).distinct()
        return pairs.join(parts, "unit")

    def _grouped(self, given: Given) -> DataFrame:
        """Return the documents by who matches by being equal; see :mod:`dedup.match.finer`.

        ``source`` is the unit that ``unit`` is a part of.
        """
        what = consequences(self._settings)
        units = given.units.withColumn("source", sf.col("unit"))
        if what[Relation.SAME_BODY].drop:
            return units
        if what[Relation.SAME_TEXT].drop:
            finest = units
        elif what[Relation.IDENTICAL].drop:
            hashes = given.documents.select("number", sf.col("doc.text_hash").alias("text_hash"))
            finest = collapsed(units.join(hashes, "number").drop("whole"), "text_hash", "whole")
        else:
            finest = units.withColumn("whole", sf.col("number"))
        keys = ["source", "whole"]
        least = finest.groupBy(*keys).agg(sf.min("number").alias("unit"))
        return finest.select("number", *keys).join(least, keys).select(*units.columns)

    def _spread(self, pairs: DataFrame, grouped: DataFrame) -> DataFrame:
        """Return pairs of units as pairs of the groups that these were made into."""
        if consequences(self._settings)[Relation.SAME_BODY].drop:
            return pairs
        groups = grouped.select("source", "unit").distinct()
        for side in ("a", "b"):
            named = groups.select(sf.col("source").alias(side), sf.col("unit").alias(f"_{side}"))
            pairs = pairs.join(named, side).drop(side).withColumnRenamed(f"_{side}", side)
        return pairs

    def _inside(self, given: Given, pairs: DataFrame) -> DataFrame:
        """Return the pairs of which the contained side is dropped where it is not needed.

        ``turned`` is whether that is ``b``.
        """
        pairs = pairs.withColumn("turned", sf.col("smaller") == sf.col("b"))
        if self._settings.drop_contained:
            return pairs
        # most of what is compared, and of the whole: a container may set aside what a part keeps
        kept = ("kept", "whole_kept")
        sizes = given.documents.select("number", *(sf.col(f"doc.{name}") for name in kept))
        for side in ("a", "b"):
            named = [sf.col(name).alias(f"{name}_{side}") for name in kept]
            pairs = pairs.join(sizes.select(sf.col("number").alias(side), *named), side)
        for name in kept:
            a, b = sf.col(f"{name}_a"), sf.col(f"{name}_b")
            part = sf.when(sf.col("turned"), b).otherwise(a)
            whole = sf.when(sf.col("turned"), a).otherwise(b)
            pairs = pairs.where(part * MOST.denominator >= whole * MOST.numerator)
        return pairs

    def _families(self, related: DataFrame) -> DataFrame:
        """Return the pairs of templates, rows of :data:`FAMILY_SCHEMA`."""
        pairs = related.where((sf.col("kind") == TEMPLATE) & ~sf.col("drops"))
        if pairs.isEmpty():
            return related.sparkSession.createDataFrame([], _spark(FAMILY_SCHEMA))
        found = components(pairs.select("a", "b"), self._cut)
        root = found.members.withColumnRenamed("vertex", "a")
        slim = pairs.select("a", "b", "similarity").join(root, "a")
        group = sf.pmod(sf.xxhash64("component"), sf.lit(self._groups))
        grouped = slim.groupBy(group.alias("group"))
        return self._cut(grouped.applyInArrow(_families, _spark(FAMILY_SCHEMA)))

    def _told(
        self, given: Given, found: DataFrame, related: DataFrame, families: DataFrame
    ) -> DataFrame:
        """Return the rows of pairs, of members that are dropped, and of families."""
        spare = families.where("spare").select("a", "b")
        listed = related.select("a", "b").join(spare, ["a", "b"], "left_anti")
        every = given.units.join(found, "number")
        gone = sf.when(sf.col("number") != sf.col("stands"), sf.col("number"))
        none = sf.lit(None).cast("bigint")
        ends = every.select("number", sf.col("stands").alias("other"), gone.alias("gone"))
        for other in ("unit", "whole"):
            ends = ends.union(every.select("number", sf.col(other).alias("other"), none))
        ends = ends.union(listed.select("a", "b", none))
        x, y = sf.least("number", "other"), sf.greatest("number", "other")
        pairs = ends.where("number <> other").groupBy(x.alias("x"), y.alias("y"))
        nobody = sf.lit(None).cast("array<binary>")
        told = pairs.agg(sf.max("gone").alias("gone")).select(
            "x", "y", "gone", nobody.alias("members"), none.alias("size")
        )
        examples = self._examples(given, families).select(
            sf.col("a").alias("x"), sf.col("b").alias("y"), none.alias("gone"), "members", "size"
        )
        rows = _with_documents(told.union(examples), given)
        return self._cut(rows.mapInArrow(Pairs(self._shipped, self._rows_of), _spark(TOLD_SCHEMA)))

    def _examples(self, given: Given, families: DataFrame) -> DataFrame:
        """Return of each family the pair that is its example, its members and number of pairs."""
        ours = families.where("family is not null")
        units = ours.select("family", sf.explode(sf.array("a", "b")).alias("number")).distinct()
        ids = given.documents.select("number", sf.col("doc.id").alias("id"))
        named = units.join(ids, "number").groupBy("family")
        members = named.agg(sf.collect_list("id").alias("members"))
        sizes = ours.groupBy("family").agg(sf.count("*").alias("size"))
        return ours.where("best").join(members, "family").join(sizes, "family")

    def _kept(self, given: Given, found: DataFrame, told: DataFrame) -> tuple[DataFrame, DataFrame]:
        """Return the rows of documents for which others are dropped, and what clusters are named.

        The latter are rows of :data:`CLUSTER_SCHEMA`.
        """
        dropped = told.where("stands is not null")
        is_inside = sf.col("relation") == CONTAINED
        following = sf.when(~is_inside & (sf.col("number") > sf.col("stands")), sf.col("number"))
        clusters = dropped.groupBy("stands").agg(
            sf.min(following).alias("runner_up"), sf.max(is_inside).alias("inside")
        )
        keys = ["stands", "text_hash", "id"]
        members = found.join(clusters.select("stands"), "stands", "left_semi")
        members = members.join(given.documents, "number").select(
            "stands", sf.col("doc.text_hash").alias("text_hash"), sf.col("doc.id").alias("id")
        )
        ordered = members.repartition("stands").sortWithinPartitions(*keys)
        named = self._cut(ordered.mapInArrow(cluster_names, _spark(CLUSTER_SCHEMA)))
        own = given.documents.select(sf.col("number").alias("stands"), "doc")
        after = given.documents.select(
            sf.col("number").alias("runner_up"), sf.col("doc").alias("next")
        )
        rows = clusters.join(named, "stands").join(own, "stands").join(after, "runner_up", "left")
        reasons = rows.select("name", "doc", "next", "inside").mapInArrow(
            Reasons(self._shipped, self._rows_of), _spark(DECIDED_SCHEMA)
        )
        return reasons, named

    def _made_up(self, given: Given) -> DataFrame:
        """Return the rows of documents that others make up; each such text goes with its parts."""
        group = sf.pmod(sf.xxhash64("whole"), sf.lit(self._groups)).alias("group")
        wanted = given.made_up.select("part", "whole", group)
        both = wanted.select(sf.explode(sf.array("part", "whole")).alias("number"), "group")
        documents = both.distinct().join(given.documents, "number").join(given.texts, "number")
        documents = documents.select("group", "number", "doc.*", "text")
        low, high = sf.least("part", "whole").alias("a"), sf.greatest("part", "whole").alias("b")
        pairs = wanted.select(low, high, sf.col("group").alias("_group"))
        pairs = pairs.join(given.counted, ["a", "b"])
        grouped = documents.groupBy("group").cogroup(pairs.groupBy("_group"))
        return grouped.applyInArrow(
            plain(MadeUp(self._shipped, self._rows_of)), _spark(DECIDED_SCHEMA)
        )


def _with_documents(pairs: DataFrame, given: Given) -> DataFrame:
    """Return pairs of documents with both of them, and what was counted for their units."""
    every = given.units.join(given.documents, "number")
    for side in ("x", "y"):
        pairs = pairs.join(
            every.select(
                sf.col("number").alias(side),
                *(sf.col(name).alias(f"{name}_{side}") for name in ("unit", "whole", "doc")),
            ),
            side,
        )
    pairs = pairs.withColumn("a", sf.least("unit_x", "unit_y"))
    pairs = pairs.withColumn("b", sf.greatest("unit_x", "unit_y"))
    return pairs.join(given.counted, ["a", "b"], "left")


def _families(pairs: Any) -> Any:
    return families_of(pairs)


def _spark(schema: Any) -> Any:
    return from_arrow_schema(schema)


def plain(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return a plain function, which is what PySpark looks at the signature of."""

    def called(documents: Any, pairs: Any) -> Any:
        return function(documents, pairs)

    return called

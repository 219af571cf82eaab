"""What matches what: components, each decided whole in one task, and those that none holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as sf
from pyspark.sql.pandas.types import from_arrow_schema

from dedup.engine.spark.components import components
from dedup.engine.spark.deciding import DECIDED_SCHEMA, Deciding
from dedup.engine.spark.large import Given, Large, plain
from dedup.engine.spark.memory import component_documents
from dedup.engine.spark.rows import DOCUMENT_COLUMNS
from dedup.engine.spark.shipped import Shipped
from dedup.engine.spark.wanted import Wanted
from dedup.match.cover import COVERED

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

    from dedup.engine.spark.deciding import RowsOf
    from dedup.settings import Settings


class Decision:
    """The decision on so many ``documents``, which go to ``groups`` tasks.

    Totals are gathered here.
    """

    def __init__(
        self,
        settings: Settings,
        rows_of: RowsOf,
        cut: Callable[[DataFrame], DataFrame],
        *,
        documents: int,
        groups: int,
    ) -> None:
        self._settings = settings
        self._rows_of = rows_of
        self._cut = cut
        self._documents, self._groups = documents, groups
        self._wanted = Wanted(cut)
        self.totals: dict[str, int] = {}

    def rows(
        self, known: tuple[DataFrame, DataFrame, DataFrame], counted: DataFrame, a_task: int
    ) -> DataFrame:
        """Return rows of :data:`DECIDED_SCHEMA`; a task has ``a_task`` documents, about."""
        units = known[1]
        related = counted.where(sf.element_at("counts", 1) > 0)
        placed = self._placed(units, related)
        at_once = component_documents(units.sparkSession, a_task)
        large = self._large(units, related, placed, at_once)
        given = self._given(known, related, self._cut(self._made_up(related)))
        if not self.totals["large_components"]:
            return self._small(given, placed)
        small = self._cut(placed.join(large, "component", "left_anti"))
        spread = self._cut(placed.join(large, "component", "left_semi").select("unit"))
        own = Large(self._settings, self._rows_of, self._cut, at_once=at_once, groups=self._groups)
        rows = own.decided(_of(given, spread, self._cut))
        self.totals |= own.totals
        return self._small(given, small).union(rows)

    def _placed(self, units: DataFrame, related: DataFrame) -> DataFrame:
        """Return ``unit`` and ``component`` of all units that are not alone."""
        whole = units.where("unit <> whole").select(
            sf.col("unit").alias("a"), sf.col("whole").alias("b")
        )
        # the first document of a whole may itself be a copy within its unit
        named = units.select(sf.col("number").alias("b"), sf.col("unit").alias("_unit"))
        whole = whole.join(named, "b").select("a", sf.col("_unit").alias("b")).where("a <> b")
        found = components(related.select("a", "b").union(whole), self._cut)
        self.totals["rounds"] = found.rounds
        members = found.members.withColumnRenamed("vertex", "unit")
        copies = units.where("unit <> number").select("unit").distinct()
        lone = copies.join(members, "unit", "left_anti")
        every = members.union(lone.select("unit", sf.col("unit").alias("component")))
        return self._cut(every.select("unit", "component"))

    def _large(
        self, units: DataFrame, related: DataFrame, placed: DataFrame, at_once: int
    ) -> DataFrame:
        """Return ``component`` of those with more documents and pairs than a task takes."""
        each = units.select("unit").union(related.select(sf.col("a").alias("unit")))
        sizes = each.join(placed, "unit").groupBy("component")
        found = sizes.agg(sf.count("*").alias("size")).where(sf.col("size") > at_once)
        large = self._cut(found.select("component"))
        self.totals["large_components"] = large.count()
        return large

    def _given(
        self, known: tuple[DataFrame, DataFrame, DataFrame], related: DataFrame, made_up: DataFrame
    ) -> Given:
        documents, units, held = known
        numbers = made_up.select(sf.explode(sf.array("part", "whole")).alias("number")).distinct()
        texts = held.select("number", sf.col("doc.text").alias("text"))
        texts = self._wanted.numbers(texts, numbers, self._documents).join(numbers, "number")
        rows = documents.select("number", sf.struct(*DOCUMENT_COLUMNS).alias("doc"))
        return Given(units, rows, related, made_up, texts)

    def _small(self, given: Given, placed: DataFrame) -> DataFrame:
        """Return the rows of components that are decided whole."""
        group = sf.pmod(sf.xxhash64("component"), sf.lit(self._groups))
        placed = placed.select("unit", group.alias("part"))
        chosen = given.units.join(placed, "unit").select("number", "part")
        documents = self._wanted.numbers(given.documents, chosen, self._documents)
        rows = documents.join(chosen, "number").select("number", "part", "doc.*")
        rows = rows.join(given.texts, "number", "left")
        also = placed.select(sf.col("unit").alias("a"), sf.col("part").alias("_part"))
        pairs = given.counted.join(also, "a")
        grouped = rows.groupBy("part").cogroup(pairs.groupBy("_part"))
        deciding = Deciding(Shipped.of(self._settings), self._rows_of)
        return grouped.applyInArrow(plain(deciding), _spark(DECIDED_SCHEMA))

    def _made_up(self, related: DataFrame) -> DataFrame:
        """Return ``part`` and ``whole``: units that may be parts of a unit, and together it.

        The rule is that of :mod:`dedup.engine.parts`, which decides; others need no text.
        """
        share = self._settings.exact_containment
        shared, only_a, only_b = (sf.element_at("counts", at) for at in (1, 2, 3))
        smaller = shared + sf.least(only_a, only_b)
        larger = shared + sf.greatest(only_a, only_b)
        inside = related.select(
            sf.when(only_a > only_b, sf.col("b")).otherwise(sf.col("a")).alias("part"),
            sf.when(only_a > only_b, sf.col("a")).otherwise(sf.col("b")).alias("whole"),
            shared.alias("shared"),
            smaller.alias("smaller"),
            larger.alias("larger"),
        ).where(
            (sf.col("shared") * share.denominator >= sf.col("smaller") * share.numerator)
            & (sf.col("smaller") * COVERED.denominator <= sf.col("larger") * COVERED.numerator)
        )
        grouped = inside.groupBy("whole").agg(
            sf.collect_list("part").alias("parts"),
            sf.sum("shared").alias("shared"),
            sf.max("larger").alias("size"),
        )
        enough = sf.col("shared") * COVERED.denominator >= sf.col("size") * COVERED.numerator
        found = grouped.where((sf.size("parts") > 1) & enough)
        return found.select(sf.explode("parts").alias("part"), "whole")


def _of(given: Given, spread: DataFrame, cut: Callable[[DataFrame], DataFrame]) -> Given:
    """Return what concerns some units only."""
    units = cut(given.units.join(spread, "unit", "left_semi"))
    pairs = given.counted.join(spread.withColumnRenamed("unit", "a"), "a", "left_semi")
    whole = given.made_up.join(spread.withColumnRenamed("unit", "whole"), "whole", "left_semi")
    documents = given.documents.join(units.select("number"), "number", "left_semi")
    own = cut(documents), cut(pairs), cut(whole.select("part", "whole"))
    return Given(units, *own, given.texts)


def _spark(schema: Any) -> Any:
    return from_arrow_schema(schema)

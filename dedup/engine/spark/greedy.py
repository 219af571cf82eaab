"""The greedy order of clusters, in rounds on data frames: for components that no task holds.

In each round every document is kept that comes before all others that it matches, of those that
are undecided; then these others are decided, too. What is kept is what the greedy order of
:mod:`dedup.match.cluster` keeps: Blelloch, Fineman and Shun, "Greedy sequential maximal
independent set and matching are parallel on average", SPAA 2012, whose rounds are about the square
of the logarithm for an order that has nothing to do with the graph. A chain in keep order would
take as many rounds as it is long; so, as in their algorithm by prefixes, a round that decided fewer
documents than one task takes is followed by rounds in each of which a task decides the first ones
by the local greedy. There are never more than ``documents / at_once + 2``.

Equal texts match each other without being listed: in the place of documents come *cells*, the first
document of each unit and whole, and the first of a unit, or of a whole, is a minimum over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyspark.sql import functions as sf
from pyspark.sql.pandas.types import from_arrow_schema

from dedup.match.cluster import MatchGraph, assign

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

CELL_SCHEMA = pa.schema([pa.field(name, pa.int64()) for name in ("number", "unit", "whole")])


@dataclass(frozen=True, slots=True)
class Greedy:
    """The cells that are kept, ``number``, ``unit`` and ``whole``, and after how many rounds.

    Of the ``rounds``, ``prefixes`` are those in which a task decided the first documents.
    """

    kept: DataFrame
    rounds: int
    prefixes: int


def greedy(
    cells: DataFrame, edges: DataFrame, at_once: int, cut: Callable[[DataFrame], DataFrame]
) -> Greedy:
    """Return the cells that the greedy order keeps.

    ``cells`` has ``number``, ``unit`` and ``whole``; ``edges`` has ``a`` and ``b``, units that
    match, each pair in both directions. ``at_once`` is how many documents a task decides at most;
    ``cut`` computes a frame such that it has no history.
    """
    undecided, live = cut(cells), cut(edges)
    kept = [undecided.limit(0)]
    left, rounds, prefixes = undecided.count(), 0, 0
    slow = False
    while left:
        rounds += 1
        slow = slow or left <= at_once
        prefixes += slow
        found = cut(_first(undecided, live, at_once) if slow else _roots(undecided, live))
        kept.append(found)
        undecided = cut(_without(undecided, live, found))
        live = cut(_between(live, undecided))
        before, left = left, undecided.count()
        slow = slow or before - left < at_once
    return Greedy(reduce(lambda a, b: a.union(b), kept), rounds, prefixes)


def _roots(undecided: DataFrame, live: DataFrame) -> DataFrame:
    """Return the cells that come before all that they match."""
    of_unit = undecided.groupBy("unit").agg(sf.min("number").alias("of_unit"))
    of_whole = undecided.groupBy("whole").agg(sf.min("number").alias("of_whole"))
    others = live.join(of_unit.withColumnRenamed("unit", "b"), "b")
    of_near = others.groupBy(sf.col("a").alias("unit")).agg(sf.min("of_unit").alias("of_near"))
    first = undecided.join(of_unit, "unit").where("number = of_unit")
    first = first.join(of_whole, "whole").where("number = of_whole")
    found = first.join(of_near, "unit", "left").where("of_near is null or number < of_near")
    return found.select(*CELL_SCHEMA.names)


def _first(undecided: DataFrame, live: DataFrame, at_once: int) -> DataFrame:
    """Return what is kept of the first cells, which one task decides."""
    first = undecided.orderBy("number").limit(at_once)
    last = first.agg(sf.max("number").alias("last")).collect()[0]["last"]
    cells = undecided.where(sf.col("number") <= last)
    edges = _between(live, cells).where("a < b")
    # one group, by a key that Spark does not see to be constant: those it takes out of the plan
    one = sf.pmod(sf.col("unit"), sf.lit(1)).alias("one")
    others = edges.groupBy(sf.pmod(sf.col("a"), sf.lit(1)).alias("one"))
    grouped = cells.groupBy(one).cogroup(others)
    return grouped.applyInArrow(_kept, from_arrow_schema(CELL_SCHEMA))


def _kept(cells: pa.Table, edges: pa.Table) -> pa.Table:
    """Return the cells that the local greedy keeps."""
    cells = cells.sort_by("number")
    unit, whole = (cells.column(name).to_numpy() for name in ("unit", "whole"))
    units, numbered = np.unique(unit, return_inverse=True)
    pairs = np.column_stack([edges.column(name).to_numpy() for name in ("a", "b")])
    graph = MatchGraph(
        numbered,
        np.unique(whole, return_inverse=True)[1],
        np.searchsorted(units, pairs),
        np.zeros(len(pairs)),
    )
    stays = assign(graph) == np.arange(len(unit))
    return cells.select(CELL_SCHEMA.names).filter(pa.array(stays)).cast(CELL_SCHEMA)


def _without(undecided: DataFrame, live: DataFrame, kept: DataFrame) -> DataFrame:
    """Return the cells that are undecided when ``kept`` are kept."""
    own = kept.select("unit")
    near = live.join(own.withColumnRenamed("unit", "b"), "b").select(sf.col("a").alias("unit"))
    left = undecided.join(own.union(near).distinct(), "unit", "left_anti")
    left = left.join(kept.select("whole"), "whole", "left_anti")
    return left.select(*CELL_SCHEMA.names)


def _between(live: DataFrame, cells: DataFrame) -> DataFrame:
    """Return the edges of which both ends are units of ``cells``."""
    units = cells.select("unit").distinct()
    for side in ("a", "b"):
        live = live.join(units.withColumnRenamed("unit", side), side, "left_semi")
    return live.select("a", "b")


def assigned(documents: DataFrame, edges: DataFrame, kept: DataFrame) -> DataFrame:
    """Return ``documents`` with ``stands``, the one that stands for each: itself if it is kept.

    ``documents`` has ``number``, ``unit`` and ``whole``; ``edges`` has ``a``, ``b`` and
    ``similarity``, each pair in both directions. The rule is that of
    :func:`dedup.match.cluster.assign`.
    """
    of_unit = kept.select("unit", sf.col("number").alias("of_unit"))
    of_whole = kept.select("whole", sf.col("number").alias("of_whole"))
    near = edges.join(of_unit.withColumnRenamed("unit", "b"), "b")
    nearest = sf.min(sf.struct((-sf.col("similarity")).alias("far"), "of_unit"))
    best = near.groupBy(sf.col("a").alias("unit")).agg(nearest.alias("best"))
    found = documents
    for other, by in ((of_unit, "unit"), (of_whole, "whole"), (best, "unit")):
        found = found.join(other, by, "left")
    equal = sf.least("of_unit", "of_whole")
    as_near = sf.when((sf.col("best.far") == -1.0) | equal.isNull(), sf.col("best.of_unit"))
    stands = sf.when(sf.col("of_unit") == sf.col("number"), sf.col("number"))
    stands = stands.otherwise(sf.least(equal, as_near)).alias("stands")
    return found.select(*documents.columns, stands)

"""Contained texts dropped for their containers, on data frames; see :mod:`dedup.match.contained`.

There the units go from the largest down. What becomes of one depends on which of its containers and
of its parts came before it: so all that no such one precedes are decided at once, and rounds are
as many as texts lie inside each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as sf

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

_PAIR = ("unit", "container", "similarity", "rank", "document")


def without_contained(
    found: DataFrame, inside: DataFrame, edges: DataFrame, cut: Callable[[DataFrame], DataFrame]
) -> DataFrame:
    """Return ``number`` and ``stands`` of ``found`` with contained documents dropped.

    ``found`` has ``number``, ``unit`` and ``stands``; ``inside`` the pairs of units of which the
    contained side may be dropped: ``unit``, ``container``, ``similarity`` and, of the contained
    side, ``shingles``, and ``source`` and ``part``, which order those that have as many; ``edges``
    the units that match, ``a`` and ``b``, in both directions.
    """
    now = found.select("number", "unit", "stands")
    kept = cut(now.where("number = stands").select("unit", sf.col("stands").alias("document")))
    related = cut(_related(inside, edges))
    pending = cut(_ranked(inside, kept))
    while not pending.isEmpty():
        ready = cut(_ready(pending))
        chosen = cut(_chosen(pending.join(ready, "unit", "left_semi"), now, kept, related))
        moved = chosen.join(kept, "unit").select(sf.col("document").alias("stands"), "instead")
        stands = sf.coalesce("instead", "stands").alias("stands")
        now = cut(now.join(moved, "stands", "left").select("number", "unit", stands))
        gone = chosen.select(sf.col("unit").alias("container"))
        left = pending.join(ready, "unit", "left_anti").join(gone, "container", "left_anti")
        pending = cut(left.select(*_PAIR))
    return now.select("number", "stands")


def _related(inside: DataFrame, edges: DataFrame) -> DataFrame:
    """Return ``other`` and ``container``: units of which one may stand for the other."""
    part = inside.select(sf.col("unit").alias("other"), "container")
    turned = inside.select(sf.col("container").alias("other"), sf.col("unit").alias("container"))
    near = edges.select(sf.col("a").alias("other"), sf.col("b").alias("container"))
    return near.union(part).union(turned).distinct()


def _ranked(inside: DataFrame, kept: DataFrame) -> DataFrame:
    """Return the pairs of which both are kept, with the place of the contained one in the order."""
    most = inside.groupBy("unit", "source", "part").agg((-sf.max("shingles")).alias("fewer"))
    ranks = most.select("unit", sf.struct("fewer", "source", "part").alias("rank"))
    document = kept.withColumnRenamed("unit", "container")
    both = inside.join(kept.select("unit"), "unit", "left_semi").join(document, "container")
    return both.join(ranks, "unit").select(*_PAIR)


def _ready(pending: DataFrame) -> DataFrame:
    """Return the units that none of their containers and parts precedes that are undecided."""
    ranks = pending.select("unit", "rank").distinct()
    ends = pending.select("unit", sf.col("container").alias("other"))
    ends = ends.union(ends.select(sf.col("other").alias("unit"), sf.col("unit").alias("other")))
    of_other = ranks.select(sf.col("unit").alias("other"), sf.col("rank").alias("before"))
    waiting = ends.join(ranks, "unit").join(of_other, "other").where("before < rank")
    return ranks.select("unit").join(waiting.select("unit").distinct(), "unit", "left_anti")


def _chosen(pairs: DataFrame, now: DataFrame, kept: DataFrame, related: DataFrame) -> DataFrame:
    """Return ``unit`` and ``instead``, the document that it is dropped for.

    All for which its kept document stands have to match that container, or be part of it.
    """
    own = kept.select(sf.col("unit").alias("of"), sf.col("document").alias("stands"))
    needing = now.join(own, "stands").where("unit <> of")
    needing = needing.select(sf.col("of").alias("unit"), sf.col("unit").alias("other")).distinct()
    asked = pairs.select("unit", "container").join(needing, "unit").where("other <> container")
    unfit = asked.join(related, ["other", "container"], "left_anti").select("unit", "container")
    fit = pairs.join(unfit.distinct(), ["unit", "container"], "left_anti")
    best = sf.min(sf.struct((-sf.col("similarity")).alias("far"), "document", "container"))
    chosen = fit.groupBy("unit").agg(best.alias("best"))
    return chosen.select("unit", sf.col("best.document").alias("instead"))

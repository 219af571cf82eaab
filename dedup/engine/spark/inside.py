"""Contained texts dropped for their containers, on data frames; see :mod:`dedup.match.contained`.

There the units go from the largest down. What becomes of one depends on its containers, which are
larger, and on those that go with it, which only smaller ones change: so all whose containers are
settled are decided at once, and rounds are as many as texts lie inside each other.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from pyspark.sql import functions as sf

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame


def without_contained(
    found: DataFrame, inside: DataFrame, edges: DataFrame, cut: Callable[[DataFrame], DataFrame]
) -> DataFrame:
    """Return ``number`` and ``stands`` of ``found`` with contained documents dropped.

    ``found`` has ``number``, ``unit`` and ``stands``; ``inside`` the pairs of units of which the
    contained side may be dropped: ``unit``, ``container``, ``similarity``; ``edges`` has the units
    that match, ``a`` and ``b``, in both directions.
    """
    kept = found.where("number = stands").select("unit", sf.col("number").alias("stands"))
    pending = cut(_open(found, kept, inside, edges))
    gone = [pending.select("unit", sf.col("document").alias("instead")).limit(0)]
    while not pending.isEmpty():
        movable = pending.select("unit").distinct()
        unsettled = pending.join(
            movable.withColumnRenamed("unit", "container"), "container", "left_semi"
        )
        ready = pending.join(unsettled.select("unit").distinct(), "unit", "left_anti")
        best = sf.min(sf.struct((-sf.col("similarity")).alias("far"), "document", "container"))
        chosen = ready.groupBy("unit").agg(best.alias("best"))
        dropped = cut(chosen.select("unit", sf.col("best.document").alias("instead")))
        gone.append(dropped)
        left = pending.join(dropped.select("unit"), "unit", "left_anti")
        is_gone = dropped.select(sf.col("unit").alias("container"))
        pending = cut(left.join(is_gone, "container", "left_anti").select(*pending.columns))
    moved = reduce(lambda a, b: a.union(b), gone).join(kept, "unit").select("stands", "instead")
    both = found.select("number", "stands").join(moved, "stands", "left")
    return both.select("number", sf.coalesce("instead", "stands").alias("stands"))


def _open(found: DataFrame, kept: DataFrame, inside: DataFrame, edges: DataFrame) -> DataFrame:
    """Return the pairs for which a unit could be dropped if its container stays.

    All for which its kept document stands have to match that container, or be contained in it.
    """
    document = kept.select(sf.col("unit").alias("container"), sf.col("stands").alias("document"))
    pairs = inside.join(kept.select("unit"), "unit", "left_semi").join(document, "container")
    of_kept = kept.select(sf.col("unit").alias("of"), "stands")
    needing = found.join(of_kept, "stands").where("unit <> of")
    needing = needing.select(sf.col("of").alias("unit"), sf.col("unit").alias("other")).distinct()
    asked = pairs.select("unit", "container").join(needing, "unit").where("other <> container")
    turned = inside.select(sf.col("container").alias("other"), sf.col("unit").alias("container"))
    related = (
        edges.select(sf.col("a").alias("other"), sf.col("b").alias("container"))
        .union(inside.select(sf.col("unit").alias("other"), "container"))
        .union(turned)
    )
    unfit = asked.join(related, ["other", "container"], "left_anti").select("unit", "container")
    return pairs.join(unfit.distinct(), ["unit", "container"], "left_anti").select(
        "unit", "container", "similarity", "document"
    )

"""Numbers in keep order for rows of any number, and the units that they are collapsed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as sf

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import Column, DataFrame

#: Of ``monotonically_increasing_id``, the bits that count within a partition.
_WITHIN = 33


def numbered(rows: DataFrame, partitions: int, keep: Callable[[DataFrame], DataFrame]) -> DataFrame:
    """Return ``rows`` with a column ``number``: from 0 on, in order of the column ``key``.

    Only the sizes of the partitions come to the driver. ``key`` is left out.
    """
    ranged = rows.repartitionByRange(partitions, "key").sortWithinPartitions("key")
    ordered = keep(ranged.drop("key").withColumn("_at", sf.monotonically_increasing_id()))
    part = sf.shiftright("_at", _WITHIN)
    sizes = {
        int(row["part"]): int(row["size"])
        for row in ordered.groupBy(part.alias("part")).agg(sf.count("*").alias("size")).collect()
    }
    starts, total = {}, 0
    for number in sorted(sizes):
        starts[number] = total
        total += sizes[number]
    within = sf.col("_at").bitwiseAND((1 << _WITHIN) - 1)
    return ordered.withColumn("number", within + _looked_up(part, starts)).drop("_at")


def collapsed(rows: DataFrame, by: str, name: str) -> DataFrame:
    """Return ``rows`` with a column ``name``: the smallest ``number`` of those with one ``by``.

    Only the groups of several are joined; all others stand for themselves.
    """
    groups = rows.groupBy(by).agg(sf.min("number").alias("_least"), sf.count("*").alias("_size"))
    several = groups.where("_size > 1").drop("_size")
    found = rows.join(several, by, "left")
    return found.withColumn(name, sf.coalesce("_least", "number")).drop("_least")


def _looked_up(part: Column, starts: dict[int, int]) -> Column:
    if not starts:
        return sf.lit(0).cast("bigint")
    every = [starts.get(at, 0) for at in range(max(starts) + 1)]
    return sf.get(sf.lit(every).cast("array<bigint>"), part.cast("int"))

"""Connected components of a graph of any size, by alternating large-star and small-star rounds.

Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, "Connected Components in MapReduce and
Beyond", SoCC 2014: in a large-star round each vertex links its larger neighbours to the smallest
of its neighbourhood, in a small-star round its smaller ones, until no edge changes. Rounds are
few: about the logarithm of the longest path. Each takes longer to plan than few edges take to
search, so these go to one task.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql import functions as sf
from pyspark.sql.pandas.types import from_arrow_schema

from dedup.match.families import Roots

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

MEMBER_SCHEMA = pa.schema([pa.field("vertex", pa.int64()), pa.field("component", pa.int64())])
#: Edges that one task searches, in about a second.
FEW = 500_000
#: No graph needs more rounds than this, unless the algorithm is at fault.
_MOST_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Components:
    """``members`` has the columns ``vertex`` and ``component``, the smallest vertex of each.

    Vertices without an edge are in none. ``rounds`` counts pairs of a large-star and a small-star:
    0 where there are few edges.
    """

    members: DataFrame
    rounds: int


def components(edges: DataFrame, cut: Callable[[DataFrame], DataFrame]) -> Components:
    """Return the components of ``edges``, whose columns are ``a`` and ``b``, both bigint.

    ``cut`` computes a frame such that it has no history.
    """
    now = cut(_oriented(edges.select("a", "b")))
    state = _checksum(now)
    if state[0] <= FEW:
        found = now.groupBy(sf.lit(0).alias("one")).applyInArrow(
            searched, from_arrow_schema(MEMBER_SCHEMA)
        )
        return Components(found, 0)
    rounds = 0
    while True:
        rounds += 1
        if rounds > _MOST_ROUNDS:
            raise RuntimeError(f"components did not settle in {_MOST_ROUNDS} rounds")
        after = cut(_small_star(_large_star(now)))
        reached = _checksum(after)
        now = after
        if reached == state:
            break
        state = reached
    members = now.select(sf.col("a").alias("vertex"), sf.col("b").alias("component"))
    roots = now.select(sf.col("b").alias("vertex"), sf.col("b").alias("component")).distinct()
    return Components(members.union(roots), rounds)


def searched(edges: pa.Table) -> pa.Table:
    """Return rows of :data:`MEMBER_SCHEMA`, of all vertices of ``edges``, ``a`` and ``b``."""
    roots = Roots()
    a, b = (edges.column(name).to_pylist() for name in ("a", "b"))
    for one, other in zip(a, b, strict=True):
        roots.join(one, other)
    vertices = sorted({*a, *b})
    found = {"vertex": vertices, "component": [roots.of(each) for each in vertices]}
    return pa.Table.from_pydict(found, schema=MEMBER_SCHEMA)


def _oriented(edges: DataFrame) -> DataFrame:
    """Return edges from the larger vertex ``a`` to the smaller ``b``, each once."""
    larger, smaller = sf.greatest("a", "b"), sf.least("a", "b")
    found = edges.select(larger.alias("a"), smaller.alias("b"))
    return found.where("a <> b").distinct()


def _large_star(edges: DataFrame) -> DataFrame:
    """Link the larger neighbours of each vertex to the smallest of its neighbourhood."""
    both = edges.union(edges.select(sf.col("b").alias("a"), sf.col("a").alias("b")))
    least = both.groupBy("a").agg(sf.least(sf.min("b"), sf.col("a")).alias("m"))
    linked = both.where("b > a").join(least, "a")
    return linked.select(sf.col("b").alias("a"), sf.col("m").alias("b")).where("a <> b").distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """Link the smaller neighbours of each vertex, and itself, to the smallest of them."""
    least = edges.groupBy("a").agg(sf.min("b").alias("m"))
    linked = edges.join(least, "a").select(sf.col("b").alias("a"), sf.col("m").alias("b"))
    own = least.select("a", sf.col("m").alias("b"))
    return linked.union(own).where("a <> b").distinct()


def _checksum(edges: DataFrame) -> tuple[int, int]:
    """Return how many edges there are, and a sum that another set of edges hardly has."""
    total = sf.sum(sf.xxhash64("a", "b").cast("decimal(38,0)"))
    row = edges.agg(sf.count("*").alias("n"), total.alias("h")).collect()[0]
    return int(row["n"]), int(row["h"] or 0)

"""What was decided on Spark, as rows: the records of a saved result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.report.records import compact, family_record, pair_record, parts_record, rounded, safe_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.engine.matching import Matching
    from dedup.engine.spark.deciding import Row
    from dedup.model import Pair, Parts


def rows_of(matching: Matching, parts: Sequence[Parts]) -> Iterator[Row]:
    """Yield the pairs, clusters, families and parts of some components as rows."""
    for pair in matching.pairs:
        yield _row("pair", pair, None, compact(pair_record(pair)))
    for cluster in matching.clusters:
        keep, reason = safe_id(cluster.keep), cluster.reason.render("en")
        yield ("member", keep, keep, None, None, cluster.id, reason)
        for pair in cluster.drop:
            yield _row("member", pair, cluster.id, None)
    for family in matching.families:
        yield ("family", None, None, None, None, None, compact(family_record(family)))
    for each in parts:
        yield ("parts", None, None, None, None, None, compact(parts_record(each)))


def _row(kind: str, pair: Pair, cluster: str | None, record: str | None) -> Row:
    similarity = rounded(pair.similarity, exact=pair.evidence)
    return (kind, safe_id(pair.a), safe_id(pair.b), pair.relation, similarity, cluster, record)

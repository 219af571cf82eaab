"""What was decided on Spark, as rows: the records of a saved result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.report.records import compact, family_record, pair_record, parts_record, rounded, safe_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.engine.matching import Matching
    from dedup.engine.spark.deciding import Row
    from dedup.messages import Message
    from dedup.model import Family, Pair, Parts


class ResultRows:
    """Rows as records have them; see :class:`~dedup.engine.spark.deciding.RowsOf`."""

    def all(self, matching: Matching, parts: Sequence[Parts]) -> Iterator[Row]:
        """Yield the pairs, clusters, families and parts of some components as rows."""
        for pair in matching.pairs:
            yield self.pair("pair", pair)
        for cluster in matching.clusters:
            yield self.kept(cluster.keep, cluster.id, cluster.reason)
            for pair in cluster.drop:
                yield self.pair("member", pair, cluster.id)
        yield from map(self.family, matching.families)
        yield from map(self.parts, parts)

    def pair(self, kind: str, pair: Pair, cluster: str | None = None) -> Row:
        """Return the row of a pair, or of the ``member`` that its first document is."""
        similarity = rounded(pair.similarity, exact=pair.evidence)
        record = compact(pair_record(pair)) if kind == "pair" else None
        return (kind, safe_id(pair.a), safe_id(pair.b), pair.relation, similarity, cluster, record)

    def kept(self, doc_id: str, cluster: str, reason: Message) -> Row:
        """Return the row of the member that is kept."""
        keep = safe_id(doc_id)
        return ("member", keep, keep, None, None, cluster, reason.render("en"))

    def family(self, family: Family) -> Row:
        """Return the row of a family of templates."""
        return ("family", None, None, None, None, None, compact(family_record(family)))

    def parts(self, parts: Parts) -> Row:
        """Return the row of a document that others make up."""
        return ("parts", None, None, None, None, None, compact(parts_record(parts)))

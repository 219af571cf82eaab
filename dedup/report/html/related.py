"""Documents that have to do with each other, and all stay: versions, templates, parts, runs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from dedup.match.consequences import consequences
from dedup.messages import message
from dedup.model import Relation
from dedup.report.html.escape import isolated, said
from dedup.report.made_of import cover_of
from dedup.report.names import count, decimal, shown
from dedup.report.relations import relation_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from dedup.model import Pair, ScanResult

#: Pairs that are listed; the rest is counted.
LISTED = 500


@dataclass(frozen=True, slots=True)
class Related:
    """Two documents, and what they are to each other."""

    a: Markup
    what: Markup
    number: Markup
    b: Markup


def related(result: ScanResult) -> tuple[list[Related], Markup | None]:
    """Return the related documents that are not dropped for each other, and how many more."""
    pairs = _pairs(result)
    every = chain((_pair(pair, result) for pair in pairs), _runs(result))
    rest = len(pairs) + len(result.shared) - LISTED
    more = said(message("… and {count} more; jsonl has them all", count=count(max(rest, 0))))
    return list(islice(every, LISTED)), more if rest > 0 else None


@dataclass(frozen=True, slots=True)
class Whole:
    """A document that several others make up, in their order, and how much of it that is."""

    name: Markup
    cover: Markup
    parts: list[Markup]


def made_of(result: ScanResult) -> list[Whole]:
    """Return the first documents that several others make up."""
    return [
        Whole(
            isolated(shown(result.documents[each.whole])),
            said(cover_of(each)),
            [isolated(shown(result.documents[part])) for part in each.parts],
        )
        for each in result.parts[:LISTED]
    ]


def _pairs(result: ScanResult) -> list[Pair]:
    """Return the pairs whose relation drops nothing, and parts that are in no cluster together."""
    wanted = {each for each, leads in consequences(result.settings).items() if not leads.drop}
    wanted |= {Relation.CONTAINED, Relation.CONTAINS}
    if not any(relation in wanted for relation, _ in result.summary.relations):
        return []
    together = {frozenset((pair.a, pair.b)) for cluster in result.clusters for pair in cluster.drop}
    found = [
        pair.swapped() if pair.relation is Relation.CONTAINS else pair
        for pair in result.pairs
        if pair.relation in wanted and frozenset((pair.a, pair.b)) not in together
    ]
    return sorted(found, key=lambda pair: (-pair.evidence.exact_similarity, pair.a, pair.b))


def _pair(pair: Pair, result: ScanResult) -> Related:
    similarity = message(
        "similarity {similarity}", similarity=decimal(pair.evidence.exact_similarity)
    )
    return Related(
        isolated(shown(result.documents[pair.a])),
        said(relation_name(pair.relation)),
        said(similarity),
        isolated(shown(result.documents[pair.b])),
    )


def _runs(result: ScanResult) -> Iterator[Related]:
    for run in result.shared:
        yield Related(
            isolated(shown(result.documents[run.a])),
            said(message("shared run")),
            said(message("{count} characters", count=count(run.characters))),
            isolated(shown(result.documents[run.b])),
        )

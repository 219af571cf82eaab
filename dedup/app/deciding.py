"""A result as somebody decided it: what is accepted stays, and what was chosen is kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dedup.errors import UsageError
from dedup.match.consequences import consequences
from dedup.match.contained import MOST
from dedup.messages import message
from dedup.model import Cluster, Relation
from dedup.planned import Left
from dedup.report.decisions import Action, header_record

if TYPE_CHECKING:
    from dedup.engine.matches import Matches
    from dedup.model import Pair, ScanResult
    from dedup.report.decisions import Decision, Decisions

#: Words of :class:`~dedup.planned.Left` for what a person's decision keeps from going.
EXCLUDED, NO_MATCH, HOLDS_MORE = "excluded", "no-match", "holds-more"


@dataclass(frozen=True, slots=True)
class Decided:
    """A result with its clusters as decided, what stays by that, and how many were accepted."""

    result: ScanResult
    left: tuple[Left, ...] = ()
    accepted: int = 0


def check_decisions(result: ScanResult, decisions: Decisions, name: str) -> None:
    """Refuse decisions that were made of another result, or of texts that have become others.

    Raises :class:`~dedup.errors.UsageError`; ``name`` is what it calls their file.
    """
    hint = message("decide in the page of this result: dedup report RESULT -o report.html")
    if decisions.fingerprint != header_record(result)["fingerprint"]:
        raise UsageError(
            message("the decisions in {path} were made for a result with other settings",
                    path=name),
            hint=hint,
        )  # fmt: skip
    unknown = decisions.unknown(result)
    if unknown:
        raise UsageError(
            message(
                "the decisions in {path} were made for another result: "
                "{count} do not fit, the first is of cluster {id}",
                path=name,
                count=len(unknown),
                id=unknown[0].cluster,
            ),
            hint=hint,
        )


def decided(result: ScanResult, decisions: Decisions) -> Decided:
    """Return ``result`` with its clusters as they were decided.

    An accepted cluster is none any more. Where another document was chosen to be kept, the others
    go only if they match that one themselves, and are not what holds it. Excluded ones stay.
    """
    by_cluster: dict[str, list[Decision]] = defaultdict(list)
    for each in decisions.decisions:
        by_cluster[each.cluster].append(each)
    deciding = _Deciding(result)
    clusters = [deciding.cluster(each, by_cluster.get(each.id, ())) for each in result.clusters]
    accepted = sum(made[0].action is Action.ACCEPT for made in by_cluster.values())
    return Decided(
        replace(result, clusters=tuple(each for each in clusters if each is not None)),
        tuple(deciding.left),
        accepted,
    )


class _Deciding:
    def __init__(self, result: ScanResult) -> None:
        self.left: list[Left] = []
        self._result = result
        self._consequences = consequences(result.settings)
        self._matches: Matches | None = None

    def cluster(self, cluster: Cluster, made: list[Decision] | tuple[()]) -> Cluster | None:
        """Return what becomes of a cluster; None where nothing of it goes."""
        if any(each.action is Action.ACCEPT for each in made):
            return None
        chosen = [each.documents[0].id for each in made if each.action is Action.KEEP]
        if chosen and chosen[0] != cluster.keep:
            cluster = self._kept_instead(cluster, chosen[0])
        excluded = {each.documents[0].id for each in made if each.action is Action.EXCLUDE}
        if excluded:
            for pair in cluster.drop:
                if pair.a in excluded:
                    self._stays(pair.a, cluster.keep, EXCLUDED)
            drop = tuple(pair for pair in cluster.drop if pair.a not in excluded)
            cluster = replace(cluster, drop=drop)
        return cluster if cluster.drop else None

    def _kept_instead(self, cluster: Cluster, chosen: str) -> Cluster:
        drop: list[Pair] = []
        for doc_id in cluster.members:
            if doc_id == chosen or self._result.documents[doc_id].known:
                continue
            pair = self._pair(doc_id, chosen)
            why_not = NO_MATCH if pair is None else self._why_not(pair)
            if pair is None or why_not is not None:
                self._stays(doc_id, chosen, why_not or NO_MATCH)
            else:
                drop.append(pair)
        drop.sort(key=lambda pair: (-pair.evidence.exact_similarity, pair.a))
        return Cluster(cluster.id, chosen, message("somebody chose it"), tuple(drop))

    def _why_not(self, pair: Pair) -> str | None:
        """Return why ``pair.a`` does not go for ``pair.b``, which was chosen; None if it does."""
        if not self._consequences[pair.relation].drop:
            return NO_MATCH
        if pair.relation is Relation.CONTAINS:
            return HOLDS_MORE
        if pair.relation is Relation.CONTAINED and not self._result.settings.drop_contained:
            inside, whole = (self._result.documents[doc_id].kept for doc_id in (pair.a, pair.b))
            return None if inside >= MOST * whole else NO_MATCH
        return None

    def _pair(self, doc_id: str, chosen: str) -> Pair | None:
        from dedup.engine.matches import Matches

        if self._matches is None:
            self._matches = Matches(self._result)
        return self._matches.pair(doc_id, chosen)

    def _stays(self, doc_id: str, keep: str, reason: str) -> None:
        self.left.append(Left(doc_id, self._result.documents[doc_id].path, keep, reason))

"""The tool itself on a labelled set: recall, what is lost at each step, and pairs nobody listed."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup import Relation, scan
from dedup.engine.pair import gather_pair
from dedup.match.decide import are_near, decide
from dedup.sketch.bands import banding
from dedup.sketch.kernel import kept_text

from .exact import all_pairs, shingle_sets
from .sets import groups, id_pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dedup import Document, ScanResult, Settings

    from .exact import PairCounts, ShingleSets
    from .sets import IdPair, LabelledSet

#: All pairs are counted whose similarity or containment reaches this; the decision asks for more.
FLOOR_SIMILARITY, FLOOR_CONTAINMENT = 0.2, 0.5
#: From here on a pair counts as very similar.
HIGH = 0.8


@dataclass(frozen=True, slots=True)
class Exact:
    """Shingle sets of a labelled set at some settings, and all pairs that may match.

    ``refused`` keeps which pairs the decision refuses whatever they share, as far as known.
    """

    sets: ShingleSets
    counts: PairCounts
    texts: Mapping[str, Document]
    refused: dict[IdPair, bool] = field(default_factory=dict)

    @property
    def pairs(self) -> list[IdPair]:
        """The ids of each pair."""
        ids = self.sets.ids
        return [
            id_pair(ids[a], ids[b])
            for a, b in zip(self.counts.a.tolist(), self.counts.b.tolist(), strict=True)
        ]

    def accepted(self, settings: Settings) -> set[IdPair]:
        """Return the pairs that the decision accepts: near by their counts, and no templates.

        The settings may differ from those of the sets in whatever is not about shingles.
        """
        shared = self.counts.shared.astype(np.int64)
        columns = (shared, self.counts.size_a - shared, self.counts.size_b - shared)
        near = np.flatnonzero(are_near(np.stack(columns, axis=1), settings))
        pairs = self.pairs
        return {pairs[at] for at in near.tolist() if not self._refused(pairs[at], settings)}

    def _refused(self, pair: IdPair, settings: Settings) -> bool:
        refused = self.refused.get(pair)
        if refused is None:
            a, b = (self.texts[each] for each in pair)
            found = gather_pair(a, b, settings).compared
            refused = self.refused[pair] = decide(found, settings) is Relation.TEMPLATE
        return refused


def exact(documents: Sequence[Document], settings: Settings) -> Exact:
    """Count shared shingles of all pairs of ``documents``."""
    sets = shingle_sets(documents, settings)
    counts = all_pairs(sets, FLOOR_SIMILARITY, FLOOR_CONTAINMENT)
    return Exact(sets, counts, {each.id: each for each in documents})


#: Relations of a part and its whole, and of two texts of one form.
_OTHER = frozenset({Relation.CONTAINS, Relation.CONTAINED, Relation.TEMPLATE})
_NOT_SAME = _OTHER | {None}


def reported(result: ScanResult) -> dict[IdPair, float]:
    """Return all pairs that a scan says are the same text, with their similarity.

    Parts of longer texts, and one form about two things, are other findings, and not among them.
    A result lists one pair for each text equal to another; here they are spelled out.
    """
    same = [each for each in result.pairs if each.relation not in _OTHER]
    pairs = {id_pair(each.a, each.b): each.similarity for each in same}
    bodies = _groups((each.a, each.b) for each in result.pairs if each.evidence.equal_body)
    wholes = _groups((each.a, each.b) for each in result.pairs if each.evidence.equal_kept)
    for (a, b), similarity in list(pairs.items()):
        for left in bodies.get(a, (a,)):
            for right in bodies.get(b, (b,)):
                if left != right:
                    pairs.setdefault(id_pair(left, right), similarity)
    for group in {*wholes.values(), *bodies.values()}:
        for pair in combinations(group, 2):
            pairs.setdefault(id_pair(*pair), 1.0)
    return pairs


def _groups(pairs: Iterable[IdPair]) -> dict[str, tuple[str, ...]]:
    return {each: tuple(group) for group in groups(pairs) for each in group}


def measure(
    labelled: LabelledSet, settings: Settings, known: Exact | None = None
) -> dict[str, Any]:
    """Scan a set and compare what is found with its listed pairs and with all pairs there are.

    ``lost`` counts the listed pairs that are missing, by the step that lost them; ``all_pairs``
    those of all pairs that the decision would accept. ``split`` counts listed pairs that were
    found and whose documents are in no common cluster; ``left`` the documents that stay beside
    another one of their group.
    """
    begin = time.perf_counter()
    result = scan(labelled.documents, settings)
    seconds = time.perf_counter() - begin
    found = reported(result)
    settings = result.settings  # with the boilerplate that was learned
    accepted = (known or exact(labelled.documents, settings)).accepted(settings)
    hits = labelled.pairs & found.keys()
    texts = {each.id: each for each in labelled.documents}
    changed = {
        (a, b) for a, b in labelled.pairs if kept_text(texts[a].text) != kept_text(texts[b].text)
    }
    return {
        "set": labelled.name,
        "documents": len(labelled.documents),
        "compared": len(result.documents),
        "listed": labelled.listed,
        "closed": len(labelled.pairs),
        "recall": share(len(hits), len(labelled.pairs)),
        "lost": _lost(labelled.pairs - hits, texts, settings, result),
        "changed": {
            "pairs": len(changed),
            "recall": share(len(changed & hits), len(changed)),
        },
        "high": share(sum(found[pair] >= HIGH for pair in hits), len(labelled.pairs)),
        **_clustered(result, hits, labelled.pairs),
        "reported": len(found),
        "unlisted": len(found) - len(hits),
        "all_pairs": {
            "accepted": len(accepted),
            "missed": len(accepted - found.keys()),
            "loss": share(len(accepted - found.keys()), len(accepted)),
        },
        "relations": dict(result.summary.relations),
        "candidates": result.summary.candidates,
        "hot_buckets": result.summary.hot_buckets,
        "seconds": round(seconds, 2),
    }


def across(sets: Sequence[LabelledSet], settings: Settings) -> list[IdPair]:
    """Scan all sets as one; return the pairs reported between two of them."""
    documents = [
        replace(document, id=f"{each.name}:{document.id}")
        for each in sets
        for document in each.documents
    ]
    found = reported(scan(documents, settings))
    return sorted((a, b) for a, b in found if a.partition(":")[0] != b.partition(":")[0])


def bands(settings: Settings) -> dict[str, int]:
    """Return how many bands of how many values the settings lead to."""
    chosen = banding(settings.threshold, settings.recall)
    return {"bands": chosen.bands, "rows": chosen.rows, "values": chosen.num_perm}


def share(part: int, whole: int) -> float:
    """Return ``part / whole``, four digits; 1 of nothing."""
    return round(part / whole, 4) if whole else 1.0


def _lost(
    missing: Iterable[IdPair],
    texts: Mapping[str, Document],
    settings: Settings,
    result: ScanResult,
) -> dict[str, int]:
    lost = Counter({"not compared": 0, "candidates": 0, "decision": 0})
    for a, b in missing:
        if not {a, b} <= result.documents.keys():
            lost["not compared"] += 1
        elif decide(gather_pair(texts[a], texts[b], settings).compared, settings) in _NOT_SAME:
            lost["decision"] += 1
        else:
            lost["candidates"] += 1
    return dict(lost)


def _clustered(
    result: ScanResult, hits: Iterable[IdPair], pairs: Iterable[IdPair]
) -> dict[str, int]:
    cluster = {each: found.id for found in result.clusters for each in found.members}
    dropped = set(result.dropped)
    stays = [sum(each not in dropped for each in group) for group in groups(pairs)]
    return {
        "split": sum(cluster.get(a, a) != cluster.get(b, b) for a, b in hits),
        "left": sum(max(0, count - 1) for count in stays),
    }

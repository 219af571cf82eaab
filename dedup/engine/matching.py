"""Matching a corpus: the decision on its candidates, the match graph, clusters and pairs."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from dedup.engine.borderline import Borderline
from dedup.engine.related import INSIDE, KINDS, RELATIONS, Related
from dedup.engine.views import View
from dedup.match.cluster import MatchGraph, assign
from dedup.match.consequences import consequences
from dedup.match.contained import MOST, Contained, drop_contained, packed
from dedup.match.decide import decide, margin
from dedup.match.finer import groups
from dedup.match.keep import KeepOrder
from dedup.messages import message
from dedup.model import BorderlinePair, Cluster, Evidence, Family, Pair, Relation
from dedup.text.shingle import are_among, distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.engine.related import Counted
    from dedup.model import DocumentInfo
    from dedup.replacement import Filled, Replacement
    from dedup.settings import Settings

#: Of the hash that names a cluster.
CLUSTER_ID_BYTES = 6
#: Where pairs that share something come among the relations that are counted.
_SIMILAR = 3


class Documents(Protocol):
    """Documents in keep order, as a scan or a saved result has them.

    See :class:`~dedup.engine.corpus.Corpus`, which says what the arrays are.
    """

    unit: NDArray[np.int64]
    whole: NDArray[np.int64]
    text: NDArray[np.int64]
    title: NDArray[np.uint64]
    first: NDArray[np.int64]
    first_of_whole: NDArray[np.int64]
    known: int

    def id(self, number: int, /) -> str:
        """Return the id of a document."""

    def hash(self, number: int, /) -> str:
        """Return the hash of a document's text, hexadecimal."""

    def info(self, number: int, /) -> DocumentInfo:
        """Return what is known of a document."""


class Matching:
    """What matches what in a corpus; documents by their number in keep order.

    Of the candidates ``borderline`` pairs nearest to the decision are kept, whatever it is.
    """

    def __init__(
        self, corpus: Documents, found: Counted, settings: Settings, *, borderline: int = 0
    ) -> None:
        self._corpus = corpus
        self._settings = settings
        self._order = KeepOrder(settings)
        self._related = Related(found, settings)
        self._evidence_of = lru_cache(4096)(self._shared_evidence)
        self.borderline = self._nearest(found, Borderline(borderline))

    @cached_property
    def assigned(self) -> NDArray[np.int64]:
        """For each document the one that stands for it: itself where it is kept; int64, (n,)."""
        corpus, near = self._corpus, self._related.dropping(inside=False)
        made = groups(corpus.unit, corpus.whole, corpus.text, consequences(self._settings))
        pairs, rows = made.spread(near.pairs)
        similarity = near.similarity[rows]
        graph = MatchGraph(made.unit, made.whole, pairs, similarity, known=corpus.known)
        matched = assign(graph)
        contained = self._contained_to_drop()
        if not len(contained.pairs):
            return matched
        inside, rows = made.spread(contained.pairs)
        contained = Contained(inside, contained.shingles[rows], contained.similarity[rows])
        keys = packed(pairs[are_among(pairs, inside).any(axis=1)])
        return drop_contained(matched, made.unit, contained, set(keys.tolist()))

    @property
    def related(self) -> NDArray[np.int64]:
        """The pairs of different units that match, the smaller first; int64, shape (m, 2)."""
        return self._related.found.pairs

    @cached_property
    def clusters(self) -> Sequence[Cluster]:
        """All clusters, largest first, ties by the kept document's id."""
        dropped = np.flatnonzero(self.assigned != np.arange(len(self.assigned)))
        dropped = dropped[np.argsort(self.assigned[dropped], kind="stable")]
        kept = distinct(self.assigned[dropped])
        bounds = [*np.searchsorted(self.assigned[dropped], kept).tolist(), len(dropped)]
        ranked = sorted(
            zip(kept.tolist(), bounds, bounds[1:], strict=False),
            key=lambda cluster: (cluster[1] - cluster[2], self._corpus.id(cluster[0])),
        )

        def cluster(at: int) -> Cluster:
            number, start, end = ranked[at]
            return self._cluster(number, dropped[start:end].tolist())

        return View(cluster, len(ranked))

    @cached_property
    def pairs(self) -> Sequence[Pair]:
        """All pairs, the smaller id first, sorted; see :class:`~dedup.model.ScanResult`."""
        listed = self._listed
        return View(lambda at: self.pair(*listed[at].tolist()), len(listed))

    def partners(self, number: int) -> list[int]:
        """Return every document that a document matches, in keep order."""
        corpus, pairs = self._corpus, self._related.found.pairs
        unit = corpus.unit[number]
        units = pairs[(pairs == unit).any(axis=1)].ravel()
        found = are_among(corpus.unit, units) | (corpus.unit == unit)
        found |= corpus.whole == corpus.whole[number]
        found[number] = False
        partners: list[int] = np.flatnonzero(found).tolist()
        return partners

    @property
    def dropped(self) -> int:
        """How many documents are dropped."""
        return int(np.count_nonzero(self.assigned != np.arange(len(self.assigned))))

    @property
    def relations(self) -> tuple[tuple[str, int], ...]:
        """How many pairs have each relation."""
        corpus, (a, b) = self._corpus, self._listed.T
        equal = [numbers[a] == numbers[b] for numbers in (corpus.text, corpus.whole, corpus.unit)]
        which = np.select(equal, [0, 1, 2], _SIMILAR)
        similar = which == _SIMILAR
        which[similar] = self._related.relations(corpus.unit[self._listed[similar]])
        counts = np.bincount(which, minlength=len(RELATIONS))
        counts[RELATIONS.index(Relation.TEMPLATE)] += self.unlisted
        return tuple((str(r), n) for r, n in zip(RELATIONS, counts.tolist(), strict=True) if n)

    @cached_property
    def unlisted(self) -> int:
        """How many pairs of templates are not listed, because families stand for them."""
        return int(np.count_nonzero(self._related.spare))

    @cached_property
    def families(self) -> Sequence[Family]:
        """The families of templates, largest first, ties by the first member's id."""
        if not self._related.has_templates:
            return ()
        found = self._related.families
        made = [self._family(*each) for each in zip(found.members, found.rows, strict=True)]
        return tuple(sorted(made, key=lambda family: (-len(family.members), family.members)))

    @property
    def known_in_pairs(self) -> NDArray[np.int64]:
        """The known documents that a pair holds; int64, shape (k,)."""
        return distinct(self._listed[self._listed < self._corpus.known])

    @cached_property
    def _listed(self) -> NDArray[np.int64]:
        """The documents of each pair; int64, shape (p, 2).

        They are what was dropped with what stands for it, each document with the first of its
        unit and of its whole, and the first ones of similar units, but for what families spare.
        """
        corpus = self._corpus
        every = np.arange(len(corpus.unit))
        partners = (self.assigned, corpus.first[corpus.unit], corpus.first_of_whole[corpus.whole])
        found = [np.column_stack((every, partner)) for partner in partners]
        told = ~self._related.spare
        found.append(corpus.first[self._related.found.pairs[told]])
        pairs = np.concatenate(found)
        pairs = pairs[(pairs[:, 0] != pairs[:, 1]) & (pairs.max(axis=1) >= corpus.known)]
        involved = distinct(pairs.ravel())
        by_id = sorted(range(len(involved)), key=lambda at: corpus.id(int(involved[at])))
        rank = np.empty(len(involved), dtype=np.int64)
        rank[by_id] = np.arange(len(involved))
        keys = distinct(packed(rank[np.searchsorted(involved, pairs)]))
        ranks = np.column_stack((keys >> 32, keys & 0xFFFFFFFF))
        listed: NDArray[np.int64] = involved[np.array(by_id, dtype=np.int64)][ranks]
        return listed

    def _cluster(self, kept: int, others: list[int]) -> Cluster:
        corpus = self._corpus
        drop = [self.pair(other, kept) for other in others]
        inside = [pair.relation is Relation.CONTAINED for pair in drop]
        after = [at for at, part in zip(others, inside, strict=True) if at > kept and not part]
        drop.sort(key=lambda pair: (-pair.similarity, pair.a))
        members = sorted((corpus.hash(at), corpus.id(at)) for at in (kept, *others))
        raw = repr(members).encode("utf-8", "surrogatepass")
        cluster_id = hashlib.blake2b(raw, digest_size=CLUSTER_ID_BYTES).hexdigest()
        keep = corpus.info(kept)
        runner_up = corpus.info(min(after)) if after else None
        if runner_up is None and any(inside):
            reason = message("what is dropped for it is part of it")
        else:
            reason = self._order.reason(keep, runner_up)
        return Cluster(cluster_id, keep.id, reason, tuple(drop))

    def _family(self, units: NDArray[np.int64], rows: NDArray[np.int64]) -> Family:
        corpus, found = self._corpus, self._related.found
        members = sorted(corpus.id(number) for number in corpus.first[units].tolist())
        best = rows[np.lexsort((rows, -found.similarity[rows]))[0]]
        a, b = corpus.first[found.pairs[best]].tolist()
        example = self.pair(a, b) if corpus.id(a) < corpus.id(b) else self.pair(b, a)
        return Family(tuple(members), len(rows), example)

    def pair(self, a: int, b: int) -> Pair:
        """Return the pair of two documents that match."""
        corpus = self._corpus
        equal = bool(corpus.whole[a] == corpus.whole[b])
        units = int(corpus.unit[a]), int(corpus.unit[b])
        at = self._row(*units, near_only=equal)
        evidence = self._evidence_of(
            bool(corpus.text[a] == corpus.text[b]),
            equal,
            units[0] == units[1],
            bool(corpus.title[a] and corpus.title[b] and corpus.title[a] != corpus.title[b]),
            self._counts(at, turned=units[0] > units[1]),
            None if at is None else self._related.found.replaced.of(at),
        )
        relation = self._relation(evidence, at)
        ids = corpus.id(a), corpus.id(b)
        if relation is None:
            raise RuntimeError(f"{ids[0]} and {ids[1]} do not match")
        return Pair(*ids, relation, evidence, self._filled(at, turned=units[0] > units[1]))

    def _relation(self, evidence: Evidence, at: int | None) -> Relation | None:
        """Return what :func:`decide` says, which it said of the units in ``at`` already."""
        if at is None or evidence.equal_text or evidence.equal_kept or evidence.equal_body:
            return decide(evidence, self._settings)
        relation = KINDS[self._related.kind[at]]
        if relation is Relation.CONTAINED and evidence.only_a > evidence.only_b:
            return Relation.CONTAINS
        return relation

    @staticmethod
    def _shared_evidence(
        text: bool,
        whole: bool,
        unit: bool,
        titles: bool,
        counts: tuple[int, int, int],
        replaced: Replacement | None,
    ) -> Evidence:
        return Evidence(text, whole, unit, titles, *counts, replaced=replaced)

    def _row(self, a: int, b: int, *, near_only: bool) -> int | None:
        """Return the row of two units among those related; nothing is counted for equal ones."""
        at = self._related.of(a, b)
        if at is not None and near_only and self._related.kind[at] == INSIDE:
            return None
        return at

    def _counts(self, at: int | None, *, turned: bool) -> tuple[int, int, int]:
        """Return shared, only in the first, only in the second."""
        if at is None:
            return (0, 0, 0)
        shared, only_low, only_high = self._related.found.counts[at].tolist()
        return (shared, only_high, only_low) if turned else (shared, only_low, only_high)

    def _filled(self, at: int | None, *, turned: bool) -> tuple[Filled, ...]:
        filled = () if at is None else self._related.found.replaced.filled.get(at, ())
        return tuple((b, a) for a, b in filled) if turned else filled

    def _contained_to_drop(self) -> Contained:
        """Return the pairs of which the contained side is dropped where it is not needed."""
        inside = self._related.dropping(inside=True)
        contained = Contained.of(inside.pairs, inside.counts)
        contained = contained.take(self._corpus.first[contained.pairs[:, 0]] >= self._corpus.known)
        if self._settings.drop_contained:
            return contained
        infos = [
            [self._corpus.info(number) for number in numbers]
            for numbers in self._corpus.first[contained.pairs].tolist()
        ]
        # most of what is compared, and of the whole: a container may set aside what a part keeps
        kept = [[(each.kept, each.whole_kept) for each in both] for both in infos]
        sizes = np.array(kept, dtype=np.int64).reshape(-1, 2, 2)
        most = (sizes[:, 0] * MOST.denominator >= sizes[:, 1] * MOST.numerator).T
        return contained.take(most[0] & most[1])

    def _nearest(self, found: Counted, borderline: Borderline) -> tuple[BorderlinePair, ...]:
        """Return the pairs of different texts nearest to the decision, the most similar first."""
        if not borderline.wanted:
            return ()
        corpus = self._corpus
        firsts = corpus.first[found.pairs]
        apart = corpus.whole[firsts[:, 0]] != corpus.whole[firsts[:, 1]]
        for at in np.flatnonzero(apart).tolist():
            evidence = Evidence(False, False, False, False, *found.counts[at].tolist())
            a, b = (corpus.id(number) for number in firsts[at].tolist())
            borderline.offer(margin(evidence, self._settings), (a, b), at)
        pairs = [self._borderline_pair(firsts[at], found, at) for at in borderline.nearest()]
        return tuple(sorted(pairs, key=lambda pair: (-pair.margin, pair.a, pair.b)))

    def _borderline_pair(
        self, numbers: NDArray[np.int64], found: Counted, at: int
    ) -> BorderlinePair:
        corpus = self._corpus
        a, b = numbers.tolist()
        titles = corpus.title[numbers]
        differ = bool(titles.all() and titles[0] != titles[1])
        shared, *only = found.counts[at].tolist()
        evidence = Evidence(
            False, False, False, differ, shared, only[0], only[1], found.replaced.of(at)
        )
        if corpus.id(b) < corpus.id(a):
            a, b, evidence = b, a, evidence.swapped()
        return BorderlinePair(
            corpus.id(a),
            corpus.id(b),
            decide(evidence, self._settings),
            evidence,
            margin(evidence, self._settings),
        )

"""A cluster as a page shows it: the kept document, the dropped ones, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.messages import LANGS, message
from dedup.report.borderline import verdict
from dedup.report.comparison import counts_of
from dedup.report.html.escape import both, isolated, prose, said
from dedup.report.html.sides import Side, labelled, side_of
from dedup.report.names import count, decimal, located, quoted, shown
from dedup.report.parts import fact_values, kind_name
from dedup.report.records import compact, place, safe_id
from dedup.report.relations import relation_meaning, relation_name
from dedup.report.view import View
from dedup.report.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from dedup.messages import Message
    from dedup.model import BorderlinePair, Cluster, Comparison, DocumentInfo, Pair, ScanResult


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a cluster; ``record`` is what a file of decisions calls it by.

    ``typed`` is what a shell calls it by; None where that is its name as it is shown.
    """

    name: Markup
    typed: str | None
    record: str
    counts: Markup
    date: str | None
    found: list[tuple[Markup, Markup]]
    gone: Markup | None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A dropped document, its relation to the kept one, and both side by side where there."""

    member: Member
    relation: str
    relation_name: Markup
    similarity: str
    containment: Markup
    sentence: Markup
    side: Side | None
    command: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A cluster; ``order`` is what a page sorts it by, ``relations`` what it chooses it by."""

    id: str
    number: int
    heading: Markup
    keep: Member
    reason: Markup
    drop: list[Dropped]
    size: int
    weakest: str
    weakest_shown: str
    relations: str
    glance: list[tuple[str, Markup]]


@dataclass(frozen=True, slots=True)
class Near:
    """A pair near the decision, and what was decided of it."""

    verdict: Markup
    a: Member
    b: Member
    side: Side | None


@dataclass(frozen=True, slots=True)
class Shower:
    """Turns clusters of one result into what a page shows."""

    result: ScanResult
    comparisons: Mapping[tuple[str, str], Comparison]
    gone: Mapping[str, Message]

    def cluster(self, number: int, cluster: Cluster) -> Shown:
        """Return a cluster, the ``number``-th of the list."""
        heading = message(
            "Cluster {number}: {members} documents",
            number=count(number),
            members=count(len(cluster.members)),
        )
        similarity = min(pair.evidence.exact_similarity for pair in cluster.drop)
        relations = list(dict.fromkeys(pair.relation for pair in cluster.drop))
        return Shown(
            id=cluster.id,
            number=number,
            heading=said(heading),
            keep=self._member(cluster.keep),
            reason=said(cluster.reason),
            drop=[self._dropped(pair) for pair in cluster.drop],
            size=len(cluster.members),
            weakest=decimal(similarity, 6),
            weakest_shown=decimal(similarity),
            relations=" ".join(relation.value for relation in relations),
            glance=[(relation.value, said(relation_name(relation))) for relation in relations],
        )

    def _dropped(self, pair: Pair) -> Dropped:
        comparison = self.comparisons.get((pair.a, pair.b))
        side = None if comparison is None else side_of(comparison)
        meaning = relation_meaning(pair.relation, titles_differ=pair.evidence.titles_differ)
        plain = {lang: sentence([View(lang).say(meaning)], View(lang)) for lang in LANGS}
        dropped, kept = (decimal(share) for share in pair.containment)
        containment = message(
            "containment: {dropped} of it is in the kept one, {kept} of the kept one in it",
            dropped=dropped,
            kept=kept,
        )
        return Dropped(
            member=self._member(pair.a),
            relation=pair.relation.value,
            relation_name=said(relation_name(pair.relation)),
            similarity=decimal(pair.evidence.exact_similarity),
            containment=said(containment),
            sentence=both(plain) if side is None else side.sentence,
            side=side,
            command=_command(self.result.documents[pair.a], self.result.documents[pair.b]),
        )

    def borderline(self, pair: BorderlinePair) -> Near:
        """Return a pair near the decision."""
        comparison = self.comparisons.get((pair.a, pair.b))
        return Near(
            verdict=said(verdict(pair)),
            a=self._member(pair.a),
            b=self._member(pair.b),
            side=None if comparison is None else side_of(comparison),
        )

    def _member(self, doc_id: str) -> Member:
        gone = self.gone.get(doc_id)
        return member_of(self.result.documents[doc_id], None if gone is None else said(gone))


def member_of(info: DocumentInfo, gone: Markup | None = None) -> Member:
    """Return a document as a page shows it."""
    record = {**place(info), "hash": info.hash}
    typed = safe_id(located(info))
    return Member(
        name=isolated(shown(info)),
        typed=None if typed == shown(info) else typed,
        record=compact(record),
        counts=said(counts_of(info)),
        date=info.date,
        found=[
            (
                labelled(
                    kind_name(part.kind, part.role),
                    {lang: fact_values(part.facts, View(lang)) for lang in LANGS},
                ),
                prose(part.text),
            )
            for part in info.found
        ],
        gone=gone,
        known=info.known,
    )


def _command(a: DocumentInfo, b: DocumentInfo) -> str:
    """Return what compares two documents, as it is typed in a shell."""
    names = " ".join(quoted(located(info)) for info in (a, b))
    return f"dedup explain {names} -o comparison.html"

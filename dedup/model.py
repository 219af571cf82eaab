"""What flows between the parts: frozen values that depend on nothing else.

Offsets are in code points of the decoded text, half open; lines are numbered from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from dedup.differences import Change, ChangeKind, Edit, Passage, PassageKind, TextSpan, Weight
from dedup.errors import UsageError
from dedup.findings import Guarantee, Parts, SharedRun
from dedup.messages import Message, message
from dedup.parts import Fact, Role, SetAside
from dedup.replacement import Filled, Replacement
from dedup.totals import Crowd, Run, Skipped, Summary, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedup.settings import Settings

__all__ = [
    "BorderlinePair",
    "Change",
    "ChangeKind",
    "Cluster",
    "Comparison",
    "Crowd",
    "Document",
    "DocumentInfo",
    "Edit",
    "Evidence",
    "Fact",
    "Family",
    "Filled",
    "Guarantee",
    "Pair",
    "Parts",
    "Passage",
    "PassageKind",
    "Relation",
    "Replacement",
    "Role",
    "Run",
    "ScanResult",
    "SetAside",
    "SharedRun",
    "Skipped",
    "Summary",
    "TextSpan",
    "Weight",
    "Written",
]


class Relation(StrEnum):
    """How two documents are the same; first match wins, in this order."""

    IDENTICAL = "identical"
    SAME_TEXT = "same-text"
    SAME_BODY = "same-body"
    TEMPLATE = "template"
    VERSION = "version"
    NEAR = "near"
    CONTAINS = "contains"
    CONTAINED = "contained"

    @property
    def converse(self) -> Relation:
        """The same relation seen from the other document."""
        return _CONVERSE.get(self, self)


_CONVERSE = {
    Relation.CONTAINS: Relation.CONTAINED,
    Relation.CONTAINED: Relation.CONTAINS,
}


@dataclass(frozen=True, slots=True)
class Document:
    """One text with an id and the place it came from; ``path`` is None for texts in memory.

    ``place`` is where it stands in a file of several: the number of its line or row, from 1; 0
    where it is the whole file. ``score`` is the value of the field ``keep_by`` names. ``lines``
    are a paragraph's first and last; ``sections`` fields or roles, each with its lines.
    """

    id: str
    text: str
    path: str | None = None
    encoding: str | None = None
    confidence: float = 1.0
    mtime: float | None = None
    place: int = 0
    date: str | None = None
    score: float | None = None
    lines: tuple[int, int] | None = None
    sections: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known of a document once it is sketched; its text is not kept.

    ``kept`` and ``tokens`` count kept characters and tokens of the compared text,
    ``whole_kept`` the kept characters of the whole text. ``found`` are the parts recognised;
    they were left out of the comparison only where ``set_aside`` is true. ``hash`` is the
    hexadecimal 128-bit hash of the decoded text. ``date`` is the ISO date used by ``newest``
    and ``oldest``, with ``date_kind`` (``printed``, ``published``, ``scraped``, ``mtime``) and
    ``other_dates`` where the text states conflicting ones. ``score`` is the value of the field
    that ``keep_by`` names. ``known`` ones were there to compare with and are always kept. ``lines``
    and, where two are compared, ``sections`` are those of the :class:`Document`.
    """

    id: str
    path: str | None
    hash: str
    kept: int
    whole_kept: int
    tokens: int
    set_aside: bool
    found: tuple[SetAside, ...] = ()
    encoding: str | None = None
    confidence: float = 1.0
    date: str | None = None
    date_kind: str | None = None
    other_dates: tuple[Fact, ...] = ()
    place: int = 0
    score: float | None = None
    known: bool = False
    lines: tuple[int, int] | None = None
    sections: tuple[tuple[str, int, int], ...] = ()

    @property
    def clutter(self) -> int:
        """Number of metadata and furniture lines found (titles do not count)."""
        return sum(p.last_line - p.line + 1 for p in self.found if p.role is not Role.TITLE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was computed for a candidate, as integers and equalities; never an estimate.

    ``shared``, ``only_a`` and ``only_b`` count distinct shingles of the compared texts.
    ``titles_differ`` is true when both texts have a title that is set aside and the folded
    titles differ. ``replaced`` is how the texts replace each other's facts; None where that was
    not compared, because they are equal, or not similar enough for it to matter.
    """

    equal_text: bool
    equal_kept: bool
    equal_body: bool
    titles_differ: bool
    shared: int
    only_a: int
    only_b: int
    replaced: Replacement | None = None

    @property
    def exact_similarity(self) -> Fraction:
        """Jaccard similarity of the two shingle sets; 1 for texts whose kept text is equal."""
        if self.equal_text or self.equal_kept or self.equal_body:
            return Fraction(1)
        union = self.shared + self.only_a + self.only_b
        return Fraction(self.shared, union) if union else Fraction(0)

    @property
    def similarity(self) -> float:
        """:attr:`exact_similarity` as a float, 0 to 1."""
        if self.equal_text or self.equal_kept or self.equal_body:
            return 1.0
        union = self.shared + self.only_a + self.only_b
        return self.shared / union if union else 0.0

    @property
    def containment(self) -> tuple[float, float]:
        """Share of A's shingles that are in B, and of B's that are in A, 0 to 1."""
        if self.equal_text or self.equal_kept or self.equal_body:
            return (1.0, 1.0)
        a, b = self.shared + self.only_a, self.shared + self.only_b
        return (self.shared / a if a else 0.0, self.shared / b if b else 0.0)

    def swapped(self) -> Evidence:
        """Return the same evidence seen from the other document."""
        return Evidence(
            self.equal_text,
            self.equal_kept,
            self.equal_body,
            self.titles_differ,
            self.shared,
            self.only_b,
            self.only_a,
            self.replaced,
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents, by id, and the relation that their evidence decides.

    ``filled`` are some of the places that a template or version fills in otherwise, in kept text:
    what a has, and what b has.
    """

    a: str
    b: str
    relation: Relation
    evidence: Evidence
    filled: tuple[Filled, ...] = ()

    @property
    def similarity(self) -> float:
        """Exact similarity, 0 to 1."""
        return self.evidence.similarity

    @property
    def containment(self) -> tuple[float, float]:
        """Share of a's shingles in b and of b's in a."""
        return self.evidence.containment

    def swapped(self) -> Pair:
        """Return the same pair seen from b."""
        filled = tuple((b, a) for a, b in self.filled)
        return Pair(self.b, self.a, self.relation.converse, self.evidence.swapped(), filled)


@dataclass(frozen=True, slots=True)
class Cluster:
    """One kept document and the documents assigned to it.

    ``id`` is stable for the same member texts and ids. ``drop`` holds one pair per dropped
    document, ``a`` the dropped and ``b`` the kept one, weakest similarity last; ``reason``
    says why that document is kept.
    """

    id: str
    keep: str
    reason: Message
    drop: tuple[Pair, ...]

    @property
    def weakest(self) -> Pair:
        """The member least similar to the kept document."""
        return self.drop[-1]

    @property
    def members(self) -> tuple[str, ...]:
        """All ids, the kept one first."""
        return (self.keep, *(pair.a for pair in self.drop))


@dataclass(frozen=True, slots=True)
class Family:
    """More than a handful of documents of one form, by id, sorted; one for those of equal text.

    ``pairs`` counts those that are a ``template``; ``example`` is the most similar one.
    """

    members: tuple[str, ...]
    pairs: int
    example: Pair


@dataclass(frozen=True, slots=True)
class BorderlinePair:
    """Two documents near the decision, by id; ``relation`` is None where it fell against them.

    ``margin`` is how far they lie above what makes a pair ``near``, or, below 0, under it.
    """

    a: str
    b: str
    relation: Relation | None
    evidence: Evidence
    margin: Fraction

    @property
    def similarity(self) -> float:
        """Exact similarity, 0 to 1."""
        return self.evidence.similarity

    @property
    def containment(self) -> tuple[float, float]:
        """Share of a's shingles in b and of b's in a."""
        return self.evidence.containment


@dataclass(frozen=True)
class ScanResult:
    """The product of a scan: documents by id, pairs, clusters, what was skipped, totals.

    Among texts that are equal, pairs are listed between each and the first of them in keep
    order; the others follow. Of the pairs of ``families`` only
    those that connect them are listed. ``borderline`` holds as many pairs nearest to the decision
    as were asked for, the most similar first. ``unsure`` are the documents whose encoding is a
    guess. ``run`` is what made a result that was read back, and None for one made here: then
    ``documents`` holds only those in a pair. ``contains_text`` is false where the lines found in
    documents were left out. ``notes`` say what was guessed of the input.
    Of documents that were known already only those in a pair are there.
    ``shared`` are runs between documents in no pair, the longest first; they are looked for where
    there is a ``guarantee``. ``parts`` are documents that several others make up together.
    ``inputs`` counts the texts that were handed over one after the other, and ``position`` says
    where among them the document with an id stands; both are None where files were scanned.
    ``texts`` are those of the documents in a pair or cluster, by id, where they were asked for;
    what changed while it was compared is not among them. ``read_as`` is what was asked
    for of how to read files (:mod:`dedup.source.read_as`).
    """

    settings: Settings
    documents: Mapping[str, DocumentInfo]
    pairs: Sequence[Pair]
    clusters: Sequence[Cluster]
    skipped: tuple[Skipped, ...]
    summary: Summary
    borderline: tuple[BorderlinePair, ...] = ()
    families: Sequence[Family] = ()
    unsure: tuple[DocumentInfo, ...] = ()
    run: Run | None = None
    notes: tuple[Message, ...] = ()
    contains_text: bool = True
    inputs: int | None = None
    position: Callable[[str], int] | None = field(default=None, compare=False, repr=False)
    texts: Mapping[str, str] | None = field(default=None, repr=False)
    read_as: Mapping[str, object] = field(default_factory=dict)
    shared: tuple[SharedRun, ...] = ()
    parts: tuple[Parts, ...] = ()
    guarantee: Guarantee | None = None

    @cached_property
    def dropped(self) -> tuple[str, ...]:
        """Ids of all dropped documents, sorted."""
        return tuple(sorted(pair.a for cluster in self.clusters for pair in cluster.drop))

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """Ids of all new documents that stay (kept ones and those in no cluster), sorted."""
        gone = set(self.dropped)
        if self.summary.known:
            gone.update(i for i, info in self.documents.items() if info.known)
        return tuple(sorted(i for i in self.documents if i not in gone))

    def mask(self) -> NDArray[np.bool_]:
        """Return which of the texts handed over stay, in their order; bool, shape (inputs,).

        Those that were skipped stay. Raises :class:`~dedup.errors.UsageError` for a scan of files.
        """
        import numpy as np

        if self.inputs is None or self.position is None:
            raise UsageError(
                message("a scan of files has no mask"),
                hint=message("result.kept and result.dropped name the documents"),
            )
        mask = np.ones(self.inputs, dtype=np.bool_)
        mask[[self.position(doc_id) for doc_id in self.dropped]] = False
        return mask


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything about two documents; ``relation`` is None where they are no duplicates.

    ``elsewhere`` are runs of at least 30 kept characters that both have, as A and B have them,
    where ``passages`` do not show them as equal or moved.
    """

    a: DocumentInfo
    b: DocumentInfo
    relation: Relation | None
    evidence: Evidence
    whole_evidence: Evidence
    threshold: float
    changes: tuple[Change, ...]
    passages: tuple[Passage, ...]
    elsewhere: tuple[tuple[TextSpan, TextSpan], ...] = ()
    filled: tuple[Filled, ...] = ()

    @property
    def similarity(self) -> float:
        """Exact similarity of the compared texts, 0 to 1."""
        return self.evidence.similarity

    @property
    def containment(self) -> tuple[float, float]:
        """Share of A's shingles in B and of B's in A."""
        return self.evidence.containment

    @property
    def is_duplicate(self) -> bool:
        """Whether a relation holds."""
        return self.relation is not None

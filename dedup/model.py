"""What flows between the parts: frozen values that depend on nothing else.

Offsets are in code points of the decoded text, half open; lines are numbered from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from dedup.messages import Message  # noqa: TC001 - so that the types resolve at run time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.settings import Settings


class Relation(StrEnum):
    """How two documents are the same; first match wins, in this order."""

    IDENTICAL = "identical"
    SAME_TEXT = "same-text"
    SAME_BODY = "same-body"
    NEAR = "near"


class Role(StrEnum):
    """Why a part of a text is set aside."""

    METADATA = "metadata"
    TITLE = "title"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Document:
    """One text with an id and the place it came from; ``path`` is None for texts in memory."""

    id: str
    text: str
    path: str | None = None
    encoding: str | None = None
    confidence: float = 1.0
    mtime: float | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a part set aside carries.

    ``name`` is one of ``published``, ``printed``, ``scraped``, ``updated`` (ISO 8601 dates or
    date-times), ``source``, ``people``, ``publication``, ``page``, ``place``, ``title``.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line or span ``text[start:end]`` left out of the comparison, and what it says.

    ``kind`` names the rule's kind (``header``, ``credit``, ``page-line``, …).
    """

    start: int
    end: int
    line: int
    last_line: int
    role: Role
    kind: str
    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known of a document once it is sketched; its text is not kept.

    ``kept`` and ``tokens`` count kept characters and tokens of the compared text,
    ``whole_kept`` the kept characters of the whole text. ``found`` are the parts recognised;
    they were left out of the comparison only where ``set_aside`` is true. ``hash`` is the
    hexadecimal 128-bit hash of the decoded text. ``date`` is the ISO date used by ``newest``
    and ``oldest``, with ``date_kind`` (``printed``, ``published``, ``scraped``, ``mtime``) and
    ``other_dates`` where the text states conflicting ones.
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

    @property
    def clutter(self) -> int:
        """Number of metadata and furniture lines found (titles do not count)."""
        return sum(p.last_line - p.line + 1 for p in self.found if p.role is not Role.TITLE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was computed for a candidate, as integers and equalities; never an estimate.

    ``shared``, ``only_a`` and ``only_b`` count distinct shingles of the compared texts.
    ``titles_differ`` is true when both texts have a title that is set aside and the folded
    titles differ.
    """

    equal_text: bool
    equal_kept: bool
    equal_body: bool
    titles_differ: bool
    shared: int
    only_a: int
    only_b: int

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
        return float(self.exact_similarity)

    @property
    def containment(self) -> tuple[float, float]:
        """Share of A's shingles that are in B, and of B's that are in A, 0 to 1."""
        if self.exact_similarity == 1:
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
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents, by id, and the relation that their evidence decides."""

    a: str
    b: str
    relation: Relation
    evidence: Evidence

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
        return Pair(self.b, self.a, self.relation, self.evidence.swapped())


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
class Skipped:
    """An input that was not compared.

    ``reason`` is a machine word: ``no-text``, ``empty``, ``binary``, ``garbled``,
    ``undecodable``, ``unreadable``, ``not-a-file``, ``vanished``, ``changed``, ``link-loop``.
    ``error`` is true where the input should have been readable (exit status 2).
    """

    id: str
    path: str | None
    reason: str
    detail: Message
    error: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """Totals of a scan: nothing is dropped or capped without a count here."""

    documents: int
    characters: int
    collapsed: int
    candidates: int
    pairs: int
    clusters: int
    dropped: int
    skipped: int
    hot_buckets: int = 0
    pairs_not_compared: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    relations: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class ScanResult:
    """The product of a scan: documents by id, pairs, clusters, what was skipped, totals.

    Among texts that are equal, pairs are listed between each and the first of them in keep
    order; the others follow.
    """

    settings: Settings
    documents: Mapping[str, DocumentInfo]
    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]
    skipped: tuple[Skipped, ...]
    summary: Summary

    @cached_property
    def dropped(self) -> tuple[str, ...]:
        """Ids of all dropped documents, sorted."""
        return tuple(sorted(pair.a for cluster in self.clusters for pair in cluster.drop))

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """Ids of all documents that stay (kept ones and those in no cluster), sorted."""
        gone = set(self.dropped)
        return tuple(sorted(i for i in self.documents if i not in gone))


class Weight(StrEnum):
    """How much a difference matters to a reader, most first."""

    FACT = "fact"
    WORDING = "wording"
    FORM = "form"


class ChangeKind(StrEnum):
    """What kind of difference it is; each belongs to one weight."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    QUOTATION = "quotation"
    REPLACED = "replaced"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    METADATA = "metadata"
    TITLE = "title"
    FURNITURE = "furniture"
    SCRIPT = "script"
    PUNCTUATION = "punctuation"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, or ``count`` differences of one kind.

    ``a`` and ``b`` are the original wording on each side ("" where absent), with the line it
    stands on; for metadata, titles and furniture ``detail`` is the kind of the part and
    ``facts`` its values.
    """

    weight: Weight
    kind: ChangeKind
    a: str
    b: str
    a_line: int | None = None
    b_line: int | None = None
    count: int = 1
    detail: str = ""
    facts: tuple[Fact, ...] = ()


class PassageKind(StrEnum):
    """How a passage of A relates to one of B."""

    EQUAL = "equal"
    CHANGED = "changed"
    ONLY_A = "only-a"
    ONLY_B = "only-b"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class TextSpan:
    """``text`` of a document at ``[start, end)``, on lines ``line`` to ``last_line``."""

    start: int
    end: int
    line: int
    last_line: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A character-level difference inside a changed passage; offsets within the passage."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Aligned sentences: equal after folding, changed, or on one side only.

    Passages cover both texts in the order of A (those only in B where they stand in B).
    """

    kind: PassageKind
    a: TextSpan | None
    b: TextSpan | None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything about two documents: relation (None: not duplicates), numbers, differences."""

    a: DocumentInfo
    b: DocumentInfo
    relation: Relation | None
    evidence: Evidence
    whole_evidence: Evidence
    threshold: float
    changes: tuple[Change, ...]
    passages: tuple[Passage, ...]

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

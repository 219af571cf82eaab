"""What differs between two texts, and how their passages relate; see :mod:`dedup.app.explain`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dedup.parts import Fact  # noqa: TC001 - so that the types resolve at run time


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
    NOTATION = "notation"
    REGIONAL = "regional"
    SCRIPT = "script"
    PUNCTUATION = "punctuation"
    SPACE = "space"
    MARKUP = "markup"


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

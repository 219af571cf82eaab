"""What a gate says of documents: their matches, and which of them are accepted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dedup.model import Pair  # noqa: TC001  the types of the public names resolve at run time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.messages import Message
    from dedup.model import DocumentInfo, Skipped
    from dedup.settings import Settings


class Verdict(StrEnum):
    """What a gate makes of a pair.

    It fails or warns for a new one, as the relation says; a known one is ``accepted`` by the
    baseline, ``carried`` over from the version before, or ``allowed`` by a rule.
    """

    FAILS = "fails"
    WARNS = "warns"
    ACCEPTED = "accepted"
    CARRIED = "carried"
    ALLOWED = "allowed"

    @property
    def is_new(self) -> bool:
        """Whether nobody has accepted the pair yet."""
        return self in {Verdict.FAILS, Verdict.WARNS}


@dataclass(frozen=True, slots=True)
class CheckedMatch:
    """A pair of a checked document, ``pair.a``, with another one, and what is made of it.

    ``reason`` is why it was accepted or allowed, where somebody wrote that down.
    """

    pair: Pair
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A checked document with everything it matches: what fails first, the most similar first."""

    id: str
    matches: tuple[CheckedMatch, ...]

    @property
    def new(self) -> tuple[CheckedMatch, ...]:
        """The matches that nobody has accepted."""
        return tuple(match for match in self.matches if match.verdict.is_new)


@dataclass(frozen=True, slots=True)
class AcceptedPair:
    """Two contents that are accepted as duplicates of each other, by hash, the smaller first."""

    a: str
    b: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedCopies:
    """A content, by hash, of which so many documents are accepted: one of them, and its copies."""

    content: str
    documents: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AllowRule:
    """A family of documents that may match each other.

    ``between`` are patterns as in ``.gitignore``: the documents of a pair are of two of them (of
    one, where there is only one). With ``same_stem`` their paths must be equal but for the parts
    that differ between the patterns' folders, and for suffixes.
    """

    between: tuple[str, ...]
    same_stem: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BaselineChange:
    """What an update did to a baseline: lines that came, and lines that went as stale."""

    path: str
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found; documents by id, which is the path, with a line for records.

    ``checked`` are in the order of ids, and ``documents`` holds them and what they match.
    ``compared`` counts the files that there are to compare with. ``skipped`` are checked inputs
    that were not compared, ``elsewhere`` other tracked ones that could not be read. ``stale`` are
    lines of the baseline that no two documents bear out any more; that is known where all files
    are checked. ``allowed`` says how many pairs
    each rule allowed. ``change`` is what became of the ``baseline`` where it was updated. Ids are
    relative to the root of the repository, ``folder`` is where the check was run in it.
    """

    settings: Settings
    documents: Mapping[str, DocumentInfo]
    checked: tuple[CheckedDocument, ...]
    compared: int
    skipped: tuple[Skipped, ...] = ()
    elsewhere: tuple[Skipped, ...] = ()
    stale: tuple[AcceptedPair | AcceptedCopies, ...] = ()
    allowed: tuple[tuple[AllowRule, int], ...] = ()
    baseline: str | None = None
    folder: str = ""
    change: BaselineChange | None = None
    notes: tuple[Message, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Return how many matches have a verdict."""
        return sum(m.verdict is verdict for each in self.checked for m in each.matches)

    def shown(self, path: str) -> str:
        """Return a path, or an id, as it is typed in the folder where the check was run."""
        if not self.folder:
            return path
        return os.path.relpath(path, self.folder).replace(os.sep, "/")

    @property
    def failed(self) -> bool:
        """Whether a match stands in the way."""
        return any(m.verdict is Verdict.FAILS for each in self.checked for m in each.matches)

    @property
    def unread(self) -> tuple[Skipped, ...]:
        """Checked inputs that should have been readable."""
        return tuple(skipped for skipped in self.skipped if skipped.error)

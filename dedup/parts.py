"""Parts of a text that are recognised, and what they say; offsets as in :mod:`dedup.model`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Why a part of a text is set aside."""

    METADATA = "metadata"
    TITLE = "title"
    FURNITURE = "furniture"
    BOILERPLATE = "boilerplate"


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

"""What a scan finds beside pairs: runs that texts share, and texts that make up another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SharedRun:
    """A run of so many kept ``characters`` that two documents share which are in no pair.

    ``a`` is new. ``of_a`` and ``of_b`` count the kept characters of their compared texts. Of equal
    texts the first in keep order stands for all.
    """

    a: str
    b: str
    characters: int
    of_a: int
    of_b: int


@dataclass(frozen=True, slots=True)
class Parts:
    """Several documents that together make up another: pages of an article, articles of a digest.

    ``parts`` are their ids in the order in which they stand in ``whole``, and ``shared`` how many
    of its ``size`` distinct shingles each has; together they cover ``covered``, at least nine
    tenths. Of equal texts the first in keep order stands for all. Nothing is dropped for it.
    """

    whole: str
    parts: tuple[str, ...]
    shared: tuple[int, ...]
    covered: int
    size: int

    @property
    def cover(self) -> float:
        """Share of the whole that its parts cover together."""
        return self.covered / self.size


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What a scan ``against`` few documents, or of few, finds with certainty.

    Every run of so many kept ``characters`` that a new document shares with a known one, but for
    ``common`` windows of that length, which are in too many texts. ``side`` is the one that is
    small, ``new`` or ``known``, with ``kept`` characters, of at most ``bound``.
    """

    characters: int
    side: str
    kept: int
    bound: int
    common: int

"""A case, and the recipe that makes cases of one name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from dedup import Document

Group = Literal["form", "edit", "length", "negative", "negative-template"]

#: Rewrites a text, or returns None where the text gives no occasion for it.
Rewrite = Callable[[str, Random], str | None]
#: The same with a second text to draw from.
Mixture = Callable[[str, str, Random], str | None]
#: Yields pairs of texts made from the sources, as many as they allow.
Pairs = Callable[[Sequence[Document], Random], Iterator[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Case:
    """Two texts and what a human editor would say of them.

    ``severity`` is how much was done, on a scale of its own for every kind of case (a share from
    0 to 1, a number of lines, a width); None where there is no scale. ``expected`` is True for
    duplicates, False for texts that must not be reported in any relation that drops one.
    """

    name: str
    group: Group
    severity: float | None
    a: str
    b: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the cases of one name are made; ``promise`` says in words what holds for each pair."""

    name: str
    group: Group
    severity: float | None
    promise: str
    pairs: Pairs

    @property
    def expected(self) -> bool:
        """Whether the pairs are duplicates."""
        return not self.group.startswith("negative")

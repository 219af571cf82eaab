"""The pairs nearest to the decision, kept in bounded room while all candidates pass by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from fractions import Fraction

#: A candidate: how near it is to the decision, its ids, its number.
_Near = tuple["Fraction", str, str, int]

#: Room beside what is wanted, so that sorting is rare.
_SLACK = 1024


class Borderline:
    """Keeps the ``wanted`` pairs with the smallest margins, ties by the ids.

    Raises :class:`~dedup.errors.UsageError` for a number below 0.
    """

    def __init__(self, wanted: int) -> None:
        if wanted < 0:
            raise UsageError(message("borderline is {value}, but must be 0 or more", value=wanted))
        self.wanted = wanted
        self._near: list[_Near] = []

    def offer(self, margin: Fraction, ids: tuple[str, str], number: int) -> None:
        """Take note of a candidate; what is too far away is forgotten."""
        self._near.append((abs(margin), min(ids), max(ids), number))
        if len(self._near) >= self.wanted + _SLACK:
            self._cut()

    def nearest(self) -> list[int]:
        """Return the numbers of the nearest pairs, the nearest first."""
        self._cut()
        return [near[3] for near in self._near]

    def _cut(self) -> None:
        self._near.sort()
        del self._near[self.wanted :]

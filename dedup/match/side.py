"""One text of a comparison, and the part of it that stands in one changed stretch."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dedup.match.lattice import Spans
from dedup.match.numbers import Expression, expressions
from dedup.match.people import titles
from dedup.match.speech import Quotations
from dedup.match.view import view

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.match.body import Body

#: Of a longer stretch (text without sentence marks) only what is near a difference is cut.
LONGEST_CUT = 2000
CUT_AROUND = 30


class Side:
    """One text of a comparison: its body, where it quotes, how it is cut into words."""

    def __init__(self, body: Body, cut: Callable[[str], list[str]]) -> None:
        self.body = body
        self.cut = cut
        self.plain = body.plain

    @cached_property
    def quotations(self) -> Quotations:
        """Where somebody is quoted in the whole text."""
        return Quotations(self.plain)


class Part:
    """One side of a changed stretch: its view, and what stands in it, in kept positions."""

    def __init__(self, side: Side, low: int, high: int, differences: list[tuple[int, int]]) -> None:
        self.side, self.body = side, side.body
        self.differences = differences
        self.low, self.high = low, high
        self.start = self.body.sides(low)[1]
        self.view = view(side.plain[self.start : self.body.sides(high)[0]])

    def positions(self, start: int, end: int) -> tuple[int, int]:
        """Return the kept positions of ``view[start:end]``."""
        low = self.body.position(self.start + start)
        return max(low, self.low), min(self.body.position(self.start + end), self.high)

    def offsets(self, low: int, high: int) -> tuple[int, int]:
        """Return the offsets in the view of the kept characters ``[low, high)``, not empty."""
        return self.body.starts[low] - self.start, self.body.ends[high - 1] - self.start

    def text(self, low: int, high: int) -> str:
        """Return the original wording of ``[low, high)``."""
        if low >= high:
            return ""
        return self.body.apart(self.body.starts[low], self.body.ends[high - 1])[0]

    def is_space(self, low: int, high: int) -> bool:
        """Tell whether ``[low, high)`` stands for white space alone, or is empty."""
        return not self.text(low, high).strip()

    def seen(self, low: int, high: int) -> str:
        """Return the view of ``[low, high)``."""
        if low >= high:
            return ""
        start, end = self.offsets(low, high)
        return self.view[start:end]

    def line(self, low: int, high: int) -> int | None:
        """Return the line of ``[low, high)``; None where that is empty."""
        return self.body.line(self.body.starts[low]) if low < high else None

    @cached_property
    def expressions(self) -> list[Expression]:
        """The numbers and dates, in the order of :attr:`numerals`."""
        found = expressions(self.view)
        return [e for e in found if range(*self.positions(e.start, e.end))]

    @cached_property
    def numerals(self) -> Spans:
        """Where the numbers and dates stand."""
        return Spans([self.positions(e.start, e.end) for e in self.expressions])

    @cached_property
    def titles(self) -> Spans:
        """Where titles of persons stand."""
        return Spans([self.positions(*span) for span in titles(self.view)])

    @cached_property
    def words(self) -> Spans:
        """The tokens."""
        kept = self.body.kept
        spans: list[tuple[int, int]] = []
        for low, high in self._windows():
            at = low
            for token in self.side.cut(kept[low:high]):
                while kept[at] == " " and token[0] != " ":
                    at += 1
                spans.append((at, at + len(token)))
                at += len(token)
        return Spans(spans)

    def _windows(self) -> list[tuple[int, int]]:
        """Return where words are needed: everywhere, or around the differences of a long part."""
        if self.high - self.low <= LONGEST_CUT:
            return [(self.low, self.high)]
        windows: list[tuple[int, int]] = []
        for at in sorted({at for span in self.differences for at in span}):
            low, high = max(at - CUT_AROUND, self.low), min(at + CUT_AROUND, self.high)
            if windows and low <= windows[-1][1]:
                low = windows.pop()[0]
            windows.append((low, high))
        return windows

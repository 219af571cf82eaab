"""Where two aligned texts correspond: widening a difference to whole expressions on both sides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedup.match.stretches import Stretch

#: Kept characters ``[low, high)`` in A and in B that belong together.
Region = tuple[int, int, int, int]


class Lattice:
    """The points at which the two sides of a stretch correspond."""

    def __init__(self, stretch: Stretch) -> None:
        self._low = (stretch.a_low, stretch.b_low)
        self._high = (stretch.a_high, stretch.b_high)
        self._blocks = stretch.blocks
        self._starts = tuple([block[side] for block in stretch.blocks] for side in (0, 1))
        self._ends = tuple([block[side] + block[2] for block in stretch.blocks] for side in (0, 1))

    def widened(self, region: Region, spans: tuple[Spans, Spans]) -> Region:
        """Return the smallest region around ``region`` that cuts none of the spans it overlaps."""
        while True:
            a_low, a_high = spans[0].around(region[0], region[1])
            b_low, b_high = spans[1].around(region[2], region[3])
            lows = (self._lower(0, a_low), self._lower(1, b_low))
            highs = (self._upper(0, a_high), self._upper(1, b_high))
            a, b = min(region[0], lows[0][0], lows[1][0]), min(region[2], lows[0][1], lows[1][1])
            wider = (
                a,
                max(region[1], highs[0][0], highs[1][0]),
                b,
                max(region[3], highs[0][1], highs[1][1]),
            )
            if wider == region:
                return region
            region = wider

    def _lower(self, side: int, at: int) -> tuple[int, int]:
        """Return the last point that is not after ``at`` on its side."""
        index = bisect_right(self._starts[side], at) - 1
        if index < 0:
            return self._low
        a, b, n = self._blocks[index]
        step = min(at - self._starts[side][index], n)
        return a + step, b + step

    def _upper(self, side: int, at: int) -> tuple[int, int]:
        """Return the first point that is not before ``at`` on its side."""
        index = bisect_left(self._ends[side], at)
        if index == len(self._blocks):
            return self._high
        a, b, _ = self._blocks[index]
        step = max(at - self._starts[side][index], 0)
        return a + step, b + step


class Spans:
    """Spans of kept characters of one side, ascending and not overlapping."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = [span for span in spans if span[0] < span[1]]
        self._starts = [start for start, _ in self.spans]
        self._ends = [end for _, end in self.spans]

    def around(self, low: int, high: int) -> tuple[int, int]:
        """Return ``[low, high)`` with the spans that it overlaps."""
        first = bisect_right(self._ends, low)
        last = bisect_left(self._starts, high)
        if first >= last:
            return low, high
        return min(low, self._starts[first]), max(high, self._ends[last - 1])

    def inside(self, low: int, high: int) -> range:
        """Return the indexes of the spans that lie in ``[low, high)``."""
        return range(bisect_left(self._starts, low), bisect_right(self._ends, high))

    def following(self, at: int) -> int:
        """Return the end of the span that starts at ``at``, or ``at``."""
        index = bisect_left(self._starts, at)
        if index < len(self._starts) and self._starts[index] == at:
            return self._ends[index]
        return at

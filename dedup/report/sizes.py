"""How large the clusters of a result are: counts by size, and bars for a terminal."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.messages import message
from dedup.report.bars import Bar, draw_bars
from dedup.report.names import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from dedup.model import ScanResult
    from dedup.report.view import View

#: The least size of each bin.
_FROM = (2, 3, 4, 5, 6, 11, 21, 51, 101, 1001, 10_001)


@dataclass(frozen=True, slots=True)
class Sizes:
    """``count`` clusters of ``low`` to ``high`` documents; a ``high`` of None is no end."""

    low: int
    high: int | None
    count: int

    @property
    def name(self) -> str:
        """The sizes as text."""
        if self.high is None:
            return f"≥ {count(self.low)}"
        return count(self.low) if self.low == self.high else f"{count(self.low)}–{count(self.high)}"


def sizes(result: ScanResult) -> tuple[Sizes, ...]:
    """Count the clusters of a result by how many documents they hold, up to the largest."""
    counts = [0] * len(_FROM)
    for cluster in result.clusters:
        counts[bisect_right(_FROM, len(cluster.drop) + 1) - 1] += 1
    used = max((at for at, number in enumerate(counts) if number), default=-1)
    ends = (*(low - 1 for low in _FROM[1:]), None)
    return tuple(
        Sizes(low, high, number)
        for low, high, number in list(zip(_FROM, ends, counts, strict=True))[: used + 1]
    )


def lines(found: Sequence[Sizes], view: View, *, mark: str = "█") -> Iterator[Text]:
    """Yield a heading and one bar a size, no wider than the view; nothing without clusters."""
    bars = [Bar(each.name, each.count) for each in found]
    yield from draw_bars(message("clusters by documents:"), bars, view, mark)

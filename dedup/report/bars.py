"""Bars for a terminal: one a line, with a name and a number before it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from dedup.report.names import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from dedup.messages import Message
    from dedup.report.view import View

#: Cells of the longest bar, and the fewest worth drawing.
_LONGEST = 40
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar; without ``drawn`` it has a name and a number only."""

    name: str
    count: int
    drawn: bool = True


def draw_bars(heading: Message, bars: Sequence[Bar], view: View, mark: str) -> Iterator[Text]:
    """Yield a heading and one bar a line, no wider than the view; nothing where all are empty.

    A bar is as long as its share of the fullest, at least one ``mark`` where it counts anything.
    """
    from rich.cells import cell_len
    from rich.text import Text

    most = max((each.count for each in bars if each.drawn), default=0)
    if not most:
        return
    numbers = [count(each.count) for each in bars]
    column = max(cell_len(each.name) for each in bars)
    figures = max(map(len, numbers))
    room = (view.width or 80) - column - figures - 6
    longest = max(min(_LONGEST, room), _SHORTEST)
    yield Text(view.say(heading))
    for each, number in zip(bars, numbers, strict=True):
        bar = mark * ceil(Fraction(each.count * longest, most)) if each.drawn else ""
        pad = " " * (column - cell_len(each.name))
        line = Text.assemble("  ", each.name, pad, "  ", number.rjust(figures), "  ", (bar, "cyan"))
        line.rstrip()
        yield line

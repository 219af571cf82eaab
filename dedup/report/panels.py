"""The panels of a picture: what each shows of a result, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.messages import message
from dedup.report.histogram import histogram
from dedup.report.names import clipped, count, decimal
from dedup.report.sharing import by_source, by_time, sharing
from dedup.report.sizes import sizes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matplotlib.axes import Axes

    from dedup.model import ScanResult
    from dedup.report.view import View

#: Sources, and pairs of them, that are shown; characters of a name.
_SOURCES, _SHARING, _NAME = 15, 12, 18
#: Colours that can be told apart by those who see fewer of them, and in grey.
_BAR, _EQUAL, _LINE = "#0072b2", "#e69f00", "#555555"
_DAYS_NAMED = 12


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel: its title, all words in it, what draws it, and whether there is anything to show."""

    title: str
    words: Sequence[str]
    draw: Callable[[Axes], None]
    empty: bool = False


def similarity(result: ScanResult, view: View) -> Panel:
    """Return the panel of how similar pairs are; equal texts stand apart."""
    bins = histogram(result)
    equal = view.say(message("equal texts"))
    names = [equal if b.equal else f"{decimal(b.low, 2)}–{decimal(b.high, 2)}" for b in bins]
    numbers = [each.count for each in bins]
    colors = [_EQUAL if each.equal else _BAR for each in bins]
    axis = view.say(message("pairs"))

    def draw(axes: Axes) -> None:
        _upright(axes, names, numbers, colors)
        axes.set_ylabel(axis)

    title = view.say(message("How similar the pairs are"))
    return Panel(title, [title, axis, *names], draw, not any(numbers))


def cluster_sizes(result: ScanResult, view: View) -> Panel:
    """Return the panel of how large clusters are."""
    found = sizes(result)
    names, numbers = [each.name for each in found], [each.count for each in found]
    axes_names = (
        view.say(message("documents in a cluster")),
        view.say(message("number of clusters")),
    )

    def draw(axes: Axes) -> None:
        _upright(axes, names, numbers, [_BAR] * len(names))
        axes.set_xlabel(axes_names[0])
        axes.set_ylabel(axes_names[1])

    title = view.say(message("How large the clusters are"))
    return Panel(title, [title, *axes_names], draw, not names)


def sources(result: ScanResult, view: View) -> Panel:
    """Return the panel of dropped documents by source, the most first, the rest together."""
    counts = by_source(result)
    named = dict(list(counts.items())[:_SOURCES])
    shown = {clipped(name, _NAME): number for name, number in named.items()}
    if len(shown) < len(named):  # two names begin alike
        shown = {f"{at}. {clipped(n, _NAME)}": c for at, (n, c) in enumerate(named.items(), 1)}
    if rest := len(counts) - len(named):
        others = view.say(message("{count} other sources", count=count(rest)))
        shown[others] = sum(counts.values()) - sum(named.values())
    axis = view.say(message("dropped documents"))

    def draw(axes: Axes) -> None:
        at = list(range(len(shown)))
        axes.barh(at, list(shown.values()), color=_BAR)
        axes.set_yticks(at, labels=list(shown))
        axes.invert_yaxis()
        axes.set_xlabel(axis)
        _whole(axes.xaxis)
        for row, number in enumerate(shown.values()):
            axes.annotate(count(number), (number, row), (3, 0), va="center",
                          textcoords="offset points")  # fmt: skip

    title = view.say(message("Duplicates by source"))
    return Panel(title, [title, axis, *shown], draw, not counts)


def days(result: ScanResult, view: View) -> Panel:
    """Return the panel of dropped documents by the day on which they say that they appeared."""
    found = by_time(result)
    axis = view.say(message("dropped documents"))
    undated = view.say(message("without a date: {count}", count=count(found.undated)))

    def draw(axes: Axes) -> None:
        names, numbers = list(found.counts), list(found.counts.values())
        axes.bar(range(len(names)), numbers, color=_BAR)
        step = -(-len(names) // _DAYS_NAMED) or 1
        at = range(0, len(names), step)
        axes.set_xticks(list(at), labels=[names[i] for i in at], rotation=30, ha="right")
        axes.set_ylabel(axis)
        axes.set_xlabel(undated)
        _whole(axes.yaxis)

    title = view.say(message("Duplicates by date"))
    return Panel(title, [title, axis, undated], draw, not found.counts)


def shared(result: ScanResult, view: View) -> Panel:
    """Return the panel of which sources share texts: two in a row, and how many between them.

    Where the dates of both texts are known, an arrow leads from the earlier one and says how often;
    that one copied from the other it does not say.
    """
    every = sharing(result)
    found = every[:_SHARING]
    title = view.say(message("Sources that share texts"))
    rest = view.say(
        message("not shown: {count} pairs of sources", count=count(len(every) - len(found)))
    )
    names = [(clipped(each.a, _NAME), clipped(each.b, _NAME)) for each in found]
    earlier = [
        [view.say(message("earlier: {count}", count=count(n))) if n else "" for n in numbers]
        for numbers in ((each.a_earlier, each.b_earlier) for each in found)
    ]

    def draw(axes: Axes) -> None:
        axes.set_axis_off()
        axes.set_xlim(-0.75, 1.75)
        axes.set_ylim(_SHARING - 0.2, -0.8)
        for row, each in enumerate(found):
            _between(axes, row, names[row], earlier[row])
            axes.annotate(count(each.documents), (0.5, row), ha="center", va="center",
                          bbox={"facecolor": "white", "edgecolor": "none", "pad": 2})  # fmt: skip
        if len(found) < len(every):
            axes.annotate(rest, (0.5, len(found) - 0.35), ha="center", va="center")

    words = [
        title,
        rest,
        *(name for both in names for name in both),
        *(word for both in earlier for word in both),
    ]
    return Panel(title, words, draw, not every)


#: The panels by the name of their kind, in the order in which they are shown.
PANELS: Mapping[str, Callable[[ScanResult, View], Panel]] = {
    "similarity": similarity,
    "sizes": cluster_sizes,
    "sources": sources,
    "dates": days,
    "shared": shared,
}


def _upright(
    axes: Axes, names: Sequence[str], numbers: Sequence[int], colors: Sequence[str]
) -> None:
    axes.bar(range(len(names)), numbers, color=colors)
    axes.set_xticks(list(range(len(names))), labels=list(names), rotation=30, ha="right")
    _whole(axes.yaxis)
    for at, number in enumerate(numbers):
        if number:
            axes.annotate(count(number), (at, number), (0, 2), ha="center",
                          textcoords="offset points")  # fmt: skip


def _whole(axis: object) -> None:
    """Let an axis of counts have whole numbers only."""
    from matplotlib.axis import Axis
    from matplotlib.ticker import MaxNLocator

    if isinstance(axis, Axis):
        axis.set_major_locator(MaxNLocator(integer=True))


def _between(axes: Axes, row: int, names: tuple[str, str], earlier: Sequence[str]) -> None:
    """Draw a row: two sources, a line between them, and an arrow from either that is earlier."""
    axes.plot([0, 1], [row, row], color=_LINE, alpha=0.4, linewidth=1)
    ends = ((names[0], 0.0, 0.44, "right"), (names[1], 1.0, 0.56, "left"))
    for (name, start, end, side), label in zip(ends, earlier, strict=True):
        away = -0.03 if side == "right" else 0.03
        axes.annotate(name, (start + away, row), ha=side, va="center")
        if label:
            arrow = {"arrowstyle": "-|>", "color": _BAR, "linewidth": 1.5}
            axes.annotate("", xy=(end, row), xytext=(start, row), arrowprops=arrow)
            axes.annotate(label, ((start + end) / 2, row), (0, 2), ha="center", va="bottom",
                          textcoords="offset points", fontsize=8)  # fmt: skip

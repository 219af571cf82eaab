"""How similar the pairs of a result are: counts by similarity, and bars for a terminal."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from dedup.messages import message
from dedup.model import Relation
from dedup.report.bars import Bar, draw_bars
from dedup.report.names import decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.text import Text

    from dedup.model import Pair, ScanResult
    from dedup.report.view import View

#: Width of a bin of similarity.
STEP = Fraction(1, 20)

#: Relations that rest on the similarity, and those of equal texts; parts have no place here.
_SIMILAR = frozenset({Relation.TEMPLATE, Relation.VERSION, Relation.NEAR})
_EQUAL = frozenset({Relation.IDENTICAL, Relation.SAME_TEXT, Relation.SAME_BODY})


@dataclass(frozen=True, slots=True)
class Bin:
    """``count`` pairs with a similarity in [low, high), up to 1 in the last.

    The bin from 1 to 1 is apart: pairs whose texts, or bodies, are equal.
    """

    low: Fraction
    high: Fraction
    count: int

    @property
    def equal(self) -> bool:
        """Whether it counts the pairs of equal texts."""
        return self.low == self.high


class Similarities:
    """How often each similarity is among the pairs that were added."""

    def __init__(self, pairs: Iterable[Pair] = ()) -> None:
        self._counts: Counter[Fraction] = Counter()
        self._equal = 0
        self._any = False
        for pair in pairs:
            self.add(pair)

    def add(self, pair: Pair) -> None:
        """Count a pair."""
        self._any = True
        if pair.relation in _EQUAL:
            self._equal += 1
        elif pair.relation in _SIMILAR:
            self._counts[pair.evidence.exact_similarity] += 1

    def bins(self, threshold: Fraction) -> tuple[Bin, ...]:
        """Return the bins of :func:`histogram`."""
        if not self._any:
            return ()
        edges = _edges(min([threshold, *self._counts]), threshold)
        counts = [0] * len(edges)
        last = len(edges) - 1  # what is 1 without being equal is below it
        for value, count in self._counts.items():
            counts[bisect_right(edges, value, hi=last) - 1] += count
        bins = [Bin(a, b, count) for (a, b), count in zip(pairwise(edges), counts, strict=False)]
        return (*bins, Bin(Fraction(1), Fraction(1), self._equal))


def histogram(result: ScanResult) -> tuple[Bin, ...]:
    """Count the pairs of a result by similarity, from the threshold to 1 without a gap.

    Edges are multiples of 0.05, and the threshold; what is below it is ``near`` for another
    reason than its similarity, and has bins of its own. No pairs, no bins.
    """
    return Similarities(result.pairs).bins(result.settings.exact_threshold)


def _edges(lowest: Fraction, threshold: Fraction) -> list[Fraction]:
    """Return the threshold and the multiples of the step around it, from ``lowest`` to 1."""
    first = lowest // STEP if lowest < threshold else ceil(threshold / STEP)
    return sorted({threshold, *(STEP * i for i in range(first, 20)), Fraction(1)})


def lines(bins: Sequence[Bin], view: View, *, mark: str = "█") -> Iterator[Text]:
    """Yield a heading and one bar a bin, no wider than the view; nothing without near pairs.

    A bar is as long as its share of the fullest bin, at least one ``mark`` where there is a pair.
    Equal texts have a number only: they are often so many that they would hide the rest.
    """
    bars = [Bar(_name(each, view), each.count, not each.equal) for each in bins]
    yield from draw_bars(message("similarity of the pairs:"), bars, view, mark)


def _name(each: Bin, view: View) -> str:
    if each.equal:
        return view.say(message("equal texts"))
    return f"{decimal(each.low, 2)}–{decimal(each.high, 2)}"

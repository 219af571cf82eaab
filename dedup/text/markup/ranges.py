"""Arithmetic of spans: half open, in code points of one text."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: ``text[start:end]``.
Span: TypeAlias = tuple[int, int]


def union(*groups: Iterable[Span]) -> list[Span]:
    """Return the spans of all groups, sorted; those that overlap or touch become one."""
    joined: list[Span] = []
    first, last = 0, -1  # of the span that may still grow; none yet
    for start, end in sorted(chain.from_iterable(groups)):
        if start <= last:
            last = max(end, last)
        elif start < end:
            if last >= 0:
                joined.append((first, last))
            first, last = start, end
    if last >= 0:
        joined.append((first, last))
    return joined


def outside(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Return what of ``spans`` lies outside ``others``; both sorted, without overlaps."""
    left: list[Span] = []
    at = 0
    for start, end in spans:
        begin = start
        while at < len(others) and others[at][1] <= begin:
            at += 1
        i = at
        while i < len(others) and others[i][0] < end:
            if others[i][0] > begin:
                left.append((begin, others[i][0]))
            begin = max(begin, others[i][1])
            i += 1
        if begin < end:
            left.append((begin, end))
    return left


def starting_outside(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """Return the spans that do not start inside one of ``others`` (sorted, no overlaps)."""
    left: list[Span] = []
    starts = [start for start, _ in others]
    for span in spans:
        before = bisect_right(starts, span[0]) - 1
        if before < 0 or others[before][1] <= span[0]:
            left.append(span)
    return left


def blanked(text: str, spans: Iterable[Span], blank: str = " ") -> str:
    """Return ``text`` with blanks for the spans (sorted, no overlaps), so that offsets stay."""
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += [text[position:start], blank * (end - start)]
        position = end
    return "".join([*pieces, text[position:]]) if pieces else text

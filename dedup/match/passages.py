"""Aligned passages of two bodies, in the words of the originals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.model import Edit, Passage, PassageKind, TextSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.match.body import Body
    from dedup.match.stretches import Stretch


def passages(a: Body, b: Body, found: Sequence[Stretch]) -> tuple[Passage, ...]:
    """Return the passages of ``found``; together they cover both bodies."""
    return tuple(_passage(a, b, stretch) for stretch in found)


def _passage(a: Body, b: Body, stretch: Stretch) -> Passage:
    span_a = a.span(stretch.a_low, stretch.a_high) if stretch.a_low < stretch.a_high else None
    span_b = b.span(stretch.b_low, stretch.b_high) if stretch.b_low < stretch.b_high else None
    if stretch.kind is not PassageKind.CHANGED or span_a is None or span_b is None:
        return Passage(stretch.kind, span_a, span_b)
    edits = tuple(
        Edit(*_offsets(a, span_a, hunk[:2]), *_offsets(b, span_b, hunk[2:]))
        for hunk in stretch.hunks()
    )
    return Passage(stretch.kind, span_a, span_b, edits)


def _offsets(body: Body, span: TextSpan, kept: tuple[int, int]) -> tuple[int, int]:
    """Return the offsets within a span of some kept characters; an empty edit has a place."""
    low, high = kept
    if low < high:
        start, end = body.starts[low], body.ends[high - 1]
    else:
        start = end = body.ends[low - 1] if low and body.ends[low - 1] > span.start else span.start
    size = span.end - span.start
    start = min(max(start - span.start, 0), size)
    return start, min(max(end - span.start, start), size)

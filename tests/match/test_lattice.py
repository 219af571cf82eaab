"""Widening a difference to whole expressions on both sides."""

from __future__ import annotations

from dedup.match.lattice import Lattice, Spans
from dedup.match.stretches import Stretch
from dedup.model import PassageKind

NONE = Spans([])

# A: 0123456789      B: 01234567890   equal but for A[4:5] ↔ B[4:6]
STRETCH = Stretch(PassageKind.CHANGED, 0, 10, 0, 11, ((0, 0, 4), (5, 6, 5)))


def test_the_hunks_lie_between_the_matches() -> None:
    assert list(STRETCH.hunks()) == [(4, 5, 4, 6)]


def test_nothing_to_widen() -> None:
    assert Lattice(STRETCH).widened((4, 5, 4, 6), (NONE, NONE)) == (4, 5, 4, 6)


def test_a_span_of_a_takes_the_same_characters_of_b_along() -> None:
    spans = (Spans([(2, 7)]), NONE)
    assert Lattice(STRETCH).widened((4, 5, 4, 6), spans) == (2, 7, 2, 8)


def test_spans_of_both_sides_are_widened_until_none_is_cut() -> None:
    spans = (Spans([(3, 5), (5, 8)]), Spans([(2, 4), (5, 7)]))
    assert Lattice(STRETCH).widened((4, 5, 4, 6), spans) == (2, 8, 2, 9)


def test_spans_beside_a_difference_are_not_touched() -> None:
    spans = (Spans([(0, 4), (5, 9)]), Spans([(0, 4), (6, 9)]))
    assert Lattice(STRETCH).widened((4, 5, 4, 6), spans) == (4, 5, 4, 6)


def test_an_insertion_inside_a_span_is_part_of_it() -> None:
    stretch = Stretch(PassageKind.CHANGED, 0, 4, 0, 5, ((0, 0, 2), (2, 3, 2)))
    assert Lattice(stretch).widened((2, 2, 2, 3), (Spans([(1, 3)]), NONE)) == (1, 3, 1, 4)
    assert Lattice(stretch).widened((2, 2, 2, 3), (Spans([(2, 4)]), NONE)) == (2, 2, 2, 3)


def test_spans_answer_where_they_are() -> None:
    spans = Spans([(1, 3), (3, 3), (5, 8)])
    assert spans.spans == [(1, 3), (5, 8)]
    assert spans.around(2, 6) == (1, 8)
    assert spans.around(3, 5) == (3, 5)
    assert list(spans.inside(0, 8)) == [0, 1]
    assert list(spans.inside(2, 8)) == [1]
    assert spans.following(5) == 8
    assert spans.following(4) == 4

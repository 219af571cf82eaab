"""Arithmetic of spans."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dedup.text.markup.ranges import blanked, outside, starting_outside, union

Found = list[tuple[int, int]]
SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda s: (s[0], sum(s))))


def covered(spans: list[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


@given(SPANS, SPANS)
def test_union_covers_what_either_covers(a: Found, b: Found) -> None:
    joined = union(a, b)
    assert covered(joined) == covered(a) | covered(b)
    assert all(x[1] < y[0] for x, y in pairwise(joined))


@given(SPANS, SPANS)
def test_outside_is_the_difference(a: Found, b: Found) -> None:
    assert covered(outside(union(a), union(b))) == covered(a) - covered(b)


def test_an_empty_span_is_none() -> None:
    assert union([(3, 3)], [(5, 5)]) == []


def test_starting_outside() -> None:
    assert starting_outside([(0, 2), (4, 9), (9, 10)], [(3, 5), (9, 12)]) == [(0, 2)]
    assert starting_outside([(5, 6), (2, 4)], [(3, 5)]) == [(5, 6), (2, 4)]


def test_blanked_keeps_offsets() -> None:
    assert blanked("一二三四", [(1, 3)]) == "一  四"
    assert blanked("一二三四", [(0, 1), (3, 4)], "\n") == "\n二三\n"
    assert blanked("一二", []) == "一二"

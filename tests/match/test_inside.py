"""A text inside all of another: what counts, which way round, and when it is worth a look."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup import Settings
from dedup.match.decide import decide
from dedup.match.inside import LEAST_OWN, are_inside, has_own, inside, may_be_inside, one_way
from dedup.model import Evidence, Relation
from dedup.sketch.passages import MUCH_ASIDE


def shingles(start: int, end: int) -> NDArray[np.uint64]:
    return np.arange(start, end, dtype=np.uint64)


def worth(counts: tuple[int, int, int], aside: tuple[int, int]) -> list[bool]:
    may = may_be_inside(np.array([counts]), np.array([aside]), Settings())
    return may[0].tolist()


def test_a_part_with_its_header_is_inside_the_whole_with_it() -> None:
    counts = inside(shingles(0, 100), shingles(5, 900), Settings())
    assert counts == (95, 5, 800)
    evidence = Evidence(False, False, False, False, *counts)
    assert decide(evidence, Settings()) is Relation.CONTAINED


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ((0, 100), (30, 900)),  # not enough of it
        ((0, 100), (0, 90)),  # it is the larger one
        ((0, 100), (0, 130)),  # they are near, which is told from what is compared alone
        ((0, 30), (0, 900)),  # too short to be part of anything
    ],
)
def test_what_is_not_inside(part: tuple[int, int], whole: tuple[int, int]) -> None:
    assert inside(shingles(*part), shingles(*whole), Settings()) is None


@given(st.lists(st.tuples(*[st.integers(0, 200)] * 3), min_size=1, max_size=20))
def test_all_rows_at_once_are_told_as_each_alone(counts: list[tuple[int, int, int]]) -> None:
    alone = [
        inside(shingles(0, shared + own), shingles(own, own + shared + others), Settings())
        for shared, own, others in counts
    ]
    found = are_inside(np.array(counts, dtype=np.int64), Settings())
    assert [row if row_is else None for row, row_is in zip(counts, found, strict=True)] == alone


def test_a_text_of_nothing_of_its_own_is_inside_no_other() -> None:
    whole = shingles(0, 900)
    assert has_own(shingles(0, LEAST_OWN), whole, Settings())
    assert not has_own(shingles(0, LEAST_OWN - 1), whole, Settings())
    assert not has_own(shingles(0, 0), whole, Settings())
    assert not has_own(shingles(880, 910), whole, Settings())


def test_it_is_looked_for_where_the_other_sets_much_aside() -> None:
    assert worth((0, 100, 500), (0, 300)) == [True, False]
    assert worth((0, 500, 100), (300, 0)) == [False, True]
    assert worth((60, 60, 500), (0, MUCH_ASIDE)) == [True, False]
    assert worth((60, 60, 500), (0, MUCH_ASIDE - 1)) == [False, False]
    assert worth((0, 1000, 500), (0, 300)) == [False, False]  # all that is aside is not enough
    assert worth((90, 10, 500), (0, 300)) == [False, False]  # contained as it is compared
    assert worth((80, 30, 30), (300, 300)) == [False, False]  # near


SOME = st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))


@given(SOME, SOME)
def test_which_way_round_does_not_depend_on_the_order(first, second) -> None:
    found, turned = one_way(first, second), one_way(second, first)
    if found is None:
        assert first is second is turned is None
        return
    assert turned is not None
    assert (found[0], min(found[1:]), max(found[1:])) == (turned[0], *sorted(turned[1:])) or (
        first is not None and second is not None and first[:2] == second[:2]
    )
    if first is not None and second is not None:
        assert found[0] == max(first[0], second[0])

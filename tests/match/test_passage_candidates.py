"""Candidates by passages: the pairs that share enough, whatever the ranges and the chunks."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dedup.match import passage_candidates as module
from dedup.match.candidates import Candidates
from dedup.match.passage_candidates import COMMON, PassageCandidates, passage_candidates

FINGERPRINTS = st.one_of(st.integers(0, 12), st.integers(2**32 - 4, 2**32 - 1))


def found(sets: list[set[int]], cuts: tuple[int, ...] = (), seed: int = 0) -> PassageCandidates:
    """Look for candidates among sets, given in ranges that are cut at some values."""
    flat = [(value, unit) for unit, values in enumerate(sets) for value in values]
    order = np.random.default_rng(seed).permutation(len(flat))
    values = np.array([flat[at][0] for at in order], dtype=np.uint32)
    units = np.array([flat[at][1] for at in order], dtype=np.uint32)
    edges = [0, *sorted(cuts), 2**32]
    parts = []
    for low, high in pairwise(edges):
        here = (values >= low) & (values.astype(np.uint64) < high)
        parts.append((values[here], units[here]))
    return passage_candidates(parts, np.array([len(each) for each in sets], dtype=np.int64))


def expected(sets: list[set[int]]) -> list[list[int]]:
    times = Counter(value for each in sets for value in each)
    pairs = []
    rare = [{value for value in each if times[value] <= COMMON} for each in sets]
    for (a, first), (b, second) in combinations(enumerate(rare), 2):
        shared = len(first & second)
        if shared and 10 * shared >= 3 * min(len(first), len(second)):
            pairs.append([a, b])
    return pairs


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    sets=st.lists(st.sets(FINGERPRINTS, max_size=9), max_size=9),
    cuts=st.lists(st.integers(1, 20), max_size=3, unique=True).map(tuple),
    chunk=st.integers(1, 30),
)
def test_exactly_the_pairs_that_share_enough(sets, cuts, chunk) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK", chunk)
        result = found(sets, cuts)
    assert result.pairs.dtype == np.int64
    assert result.pairs.tolist() == expected(sets)
    assert result.common == 0


def test_nothing_makes_no_pairs() -> None:
    for sets in ([], [set()], [{1}, set(), {2}]):
        result = found(sets)
        assert result.pairs.shape == (0, 2)
        assert result.common == 0


def test_three_tenths_of_the_smaller() -> None:
    whole = set(range(100))
    assert found([whole, {*range(3), *range(200, 207)}]).pairs.tolist() == [[0, 1]]
    assert found([whole, {*range(2), *range(200, 208)}]).pairs.tolist() == []
    assert found([{*range(2), *range(200, 208)}, {1}]).pairs.tolist() == [[0, 1]]


def test_what_many_have_makes_no_pairs_and_is_counted() -> None:
    few = [{1, 10 + unit} for unit in range(COMMON)]
    assert len(found(few).pairs) == COMMON * (COMMON - 1) // 2
    assert found(few).common == 0
    many = [{1, 2, 10 + unit} for unit in range(COMMON + 1)]
    assert len(found(many).pairs) == 0
    assert found(many).common == 2
    # nor do they count among what a unit has
    forms = [{*range(1, 10), 100 + unit} for unit in range(COMMON + 1)]
    assert found([*forms, {*range(1, 10), 100}]).pairs.tolist() == [[0, COMMON + 1]]
    assert found([*forms, {*range(1, 10), 100, *range(500, 503)}]).pairs.tolist() == [
        [0, COMMON + 1]
    ]


def test_neither_order_nor_ranges_matter() -> None:
    draw = np.random.default_rng(5)
    sets = [set(draw.integers(0, 400, 30).tolist()) for _ in range(300)]
    first = found(sets)
    assert len(first.pairs) > 0
    for seed, cuts in ((1, ()), (2, (7, 300)), (3, tuple(range(10, 400, 10)))):
        assert found(sets, cuts, seed).pairs.tolist() == first.pairs.tolist()


def test_what_is_looked_at_together_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CHUNK", 500)
    sizes = []
    real = module._enough
    monkeypatch.setattr(module, "_enough", lambda p, s: sizes.append(len(p)) or real(p, s))
    found([{*range(20), 100 + unit} for unit in range(60)])
    assert sum(sizes) == 20 * 60 * 59 // 2
    assert max(sizes) <= 500 + 20 * 59  # and what one unit begins


def test_candidates_of_both_kinds_come_once_and_sorted() -> None:
    by_bands = Candidates(np.array([[0, 2], [1, 5]]), 3, 4)
    by_passages = PassageCandidates(np.array([[0, 1], [1, 5], [2, 7]]), 6)
    both = by_bands.beside(by_passages)
    assert both.pairs.tolist() == [[0, 1], [0, 2], [1, 5], [2, 7]]
    assert (both.hot_buckets, both.pairs_not_compared, both.common_passages) == (3, 4, 6)
    none = np.empty((0, 2), dtype=np.int64)
    alone = Candidates(none, 0, 0).beside(PassageCandidates(none, 0))
    assert alone.pairs.shape == (0, 2)


@hypothesis_settings(max_examples=100, deadline=None)
@given(sets=st.lists(st.sets(FINGERPRINTS, max_size=10), max_size=8), known=st.integers(0, 8))
def test_known_units_make_no_pairs_with_each_other(sets: list[set[int]], known: int) -> None:
    flat = [(value, unit) for unit, values in enumerate(sets) for value in values]
    parts = [
        (
            np.array([value for value, _ in flat], dtype=np.uint32),
            np.array([unit for _, unit in flat], dtype=np.uint32),
        )
    ]
    sizes = np.array([len(each) for each in sets], dtype=np.int64)
    pairs = passage_candidates(parts, sizes, known=known).pairs
    assert pairs.tolist() == [pair for pair in expected(sets) if pair[1] >= known]

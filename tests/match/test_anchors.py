"""Windows that both texts have once, and the heaviest chain of them."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.anchors import anchors, heaviest_chain, untangled, window_hashes

Run = tuple[int, int, int]


def find(a: str, b: str, size: int, *, ranked: bool = False) -> list[Run]:
    hashes = (window_hashes(a, size)[size], window_hashes(b, size)[size])
    return anchors((a, b), hashes, [(0, len(a), 0, len(b))], size, ranked=ranked)


@pytest.mark.parametrize("size", [1, 2, 4, 8])
def test_equal_windows_have_equal_hashes_and_others_not(size: int) -> None:
    text = "春眠不觉晓处处闻啼鸟春眠不觉晓处处闻啼鸟夜来风雨声"
    hashes = window_hashes(text, 8)[size]
    windows = [text[i : i + size] for i in range(len(text) - size + 1)]
    assert len(hashes) == len(windows)
    assert len(set(hashes.tolist())) == len(set(windows))
    assert hashes[0] == hashes[10]


def test_windows_of_a_text_that_is_too_short() -> None:
    assert len(window_hashes("春", 8)[8]) == 0


def test_a_shared_passage_is_found_between_different_words() -> None:
    assert find("甲乙丙春眠不觉晓丁", "春眠不觉晓戊己", 4) == [(3, 0, 5)]


def test_a_window_that_occurs_twice_is_no_anchor_unless_ranked() -> None:
    a, b = "春眠不觉甲春眠不觉", "春眠不觉乙春眠不觉"
    assert find(a, b, 4) == []
    assert find(a, b, 4, ranked=True) == [(0, 0, 4), (5, 5, 4)]


def test_anchors_stay_inside_their_gap() -> None:
    a, b = "春眠不觉晓甲处处闻啼鸟", "处处闻啼鸟乙春眠不觉晓"
    hashes = (window_hashes(a, 4)[4], window_hashes(b, 4)[4])
    gaps = [(0, 5, 0, 5), (6, 11, 6, 11)]
    assert anchors((a, b), hashes, gaps, 4) == []
    assert find(a, b, 4) in ([(0, 6, 5)], [(6, 0, 5)])


def test_a_collision_of_hashes_is_no_match() -> None:
    a, b = "甲乙丙丁", "子丑寅卯"
    same = np.array([7], dtype=np.uint64)
    assert anchors((a, b), (same, same), [(0, 4, 0, 4)], 4) == []


RUNS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=9, unique_by=lambda x: x[0]
)


@given(RUNS)
def test_the_chain_is_the_heaviest_that_ascends(drawn: list[tuple[int, int]]) -> None:
    runs = [(i, b, weight) for i, (b, weight) in enumerate(drawn)]
    best = max(
        (
            sum(run[2] for run in chosen)
            for size in range(len(runs) + 1)
            for chosen in combinations(runs, size)
            if all(x[1] < y[1] for x, y in pairwise(chosen))
        ),
    )
    chain = heaviest_chain(runs)
    assert sum(run[2] for run in chain) == best
    assert all(x[0] < y[0] and x[1] < y[1] for x, y in pairwise(chain))


def test_windows_that_overlap_are_trimmed() -> None:
    assert untangled([(0, 0, 2), (3, 4, 2)], 3) == [(0, 0, 5), (5, 6, 3)]
    assert untangled([(0, 0, 5), (1, 5, 1)], 3) == [(0, 0, 8)]

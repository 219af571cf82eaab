"""Candidates by bands with a known side: the pairs of a plain search that hold a new document."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dedup.match import candidates as module
from dedup.match.candidates import Candidates, candidates_of, is_hot
from dedup.sketch.bands import banding

BANDING = banding(0.5, 0.99)


def found(keys: list[list[int]], known: int) -> Candidates:
    bands = [np.array(band, dtype=np.uint32) for band in keys]
    alike = np.zeros((len(keys[0]), -(-2 * BANDING.num_perm // 64)), dtype=np.uint64)
    return candidates_of(bands, alike, BANDING, known=known)


def expected(keys: list[list[int]], known: int) -> list[list[int]]:
    size = len(keys[0])
    return [
        [a, b]
        for a, b in combinations(range(size), 2)
        if b >= known and any(band[a] == band[b] for band in keys)
    ]


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    keys=st.integers(0, 9).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=1, max_size=3
        )
    ),
    known=st.integers(0, 9),
)
def test_all_pairs_of_a_bucket_but_those_of_two_known(keys: list[list[int]], known: int) -> None:
    known = min(known, len(keys[0]))
    result = found(keys, known)
    assert result.pairs.tolist() == expected(keys, known)
    assert (result.hot_buckets, result.pairs_not_compared) == (0, 0)


@pytest.mark.parametrize("known", [0, 1, 3, 6, 9, 10])
def test_a_hot_bucket_is_compared_with_its_first(
    monkeypatch: pytest.MonkeyPatch, known: int
) -> None:
    monkeypatch.setattr(module, "HOT_BUCKET", 4)
    monkeypatch.setattr(module, "HOT_FIRST", 2)
    result = found([[7] * 10], known)
    every = expected([[7] * 10], known)
    hot = len(every) > 6
    pairs = [pair for pair in every if pair[0] < 2] if hot else every
    assert is_hot(10, known) == hot
    assert result.pairs.tolist() == pairs
    assert result.hot_buckets == hot
    assert result.pairs_not_compared == len(every) - len(pairs)


def test_one_new_document_among_many_known_costs_no_square() -> None:
    keys = [[1] * 20_000 + [1]]
    result = found(keys, 20_000)
    assert len(result.pairs) == 20_000
    assert not result.hot_buckets

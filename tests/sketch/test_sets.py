"""Sets of hashes as sorted arrays, against numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.sketch import _kernel

VALUE = st.one_of(st.integers(0, 2**64 - 1), st.integers(0, 40), st.just(2**64 - 1))


def joined(sets: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    offsets = np.cumsum([0, *(len(values) for values in sets)]).astype(np.int64)
    return np.concatenate([*sets, np.empty(0, np.uint64)]).astype(np.uint64), offsets


def common(sets: list[np.ndarray], pairs: list[tuple[int, int]]) -> list[int]:
    out = np.full(len(pairs), -1, dtype=np.int64)
    _kernel.intersect_counts(*joined(sets), np.array(pairs, dtype=np.int64).reshape(-1, 2), out)
    return out.tolist()


@given(lists=st.lists(st.lists(VALUE, max_size=60), min_size=1, max_size=5))
def test_sorted_without_repeats(lists):
    values, offsets = joined([np.array(each, dtype=np.uint64) for each in lists])
    _kernel.unique_sorted(values, offsets)
    for at, each in enumerate(lists):
        assert values[offsets[at] : offsets[at + 1]].tolist() == sorted(set(each))


@pytest.mark.parametrize("size", [0, 1, 2, 31, 32, 33, 500, 20_000, 300_000])
@pytest.mark.parametrize("kind", ["hashes", "repeated", "close", "equal"])
def test_sorted_in_any_size(size, kind):
    draw = np.random.default_rng(size)
    values = draw.integers(0, 2**64 - 1, size, dtype=np.uint64, endpoint=True)
    if kind == "repeated":
        values = values[draw.integers(0, max(1, size // 9), size)] if size else values
    elif kind == "close":
        values >>= np.uint64(50)
    elif kind == "equal":
        values[:] = 7
    offsets = np.array([0, size], dtype=np.int64)
    expected = np.unique(values)
    _kernel.unique_sorted(values, offsets)
    assert np.array_equal(values[: offsets[1]], expected)


def test_what_lies_before_the_first_offset_stays():
    values = np.array([9, 9, 3, 3, 1], dtype=np.uint64)
    offsets = np.array([1, 4, 5], dtype=np.int64)
    _kernel.unique_sorted(values, offsets)
    assert offsets.tolist() == [1, 3, 4]
    assert values[:4].tolist() == [9, 3, 9, 1]


@given(a=st.sets(VALUE, max_size=80), b=st.sets(VALUE, max_size=80))
def test_common_values(a, b):
    sets = [np.array(sorted(each), dtype=np.uint64) for each in (a, b)]
    assert common(sets, [(0, 1), (1, 0), (0, 0)]) == [len(a & b), len(a & b), len(a)]


@pytest.mark.parametrize("small", [0, 1, 5, 100])
def test_common_values_where_one_is_much_larger(small):
    draw = np.random.default_rng(small)
    large = np.unique(draw.integers(0, 2**64 - 1, 50_000, dtype=np.uint64))
    few = np.unique(np.concatenate([large[:: 50_000 // (small + 1)][:small], large[:small] + 1]))
    few = few.astype(np.uint64)
    expected = len(np.intersect1d(large, few))
    assert common([large, few], [(0, 1), (1, 0)]) == [expected, expected]


def test_no_pairs():
    assert common([np.array([1], dtype=np.uint64)], []) == []


@pytest.mark.parametrize(
    ("offsets", "pairs", "complaint"),
    [
        ([0, 2, 4], [[0, 2]], "does not exist"),
        ([0, 2, 4], [[-1, 0]], "does not exist"),
        ([0, 2, 5], [[0, 1]], "out of the array"),
        ([0, 3, 2], [[0, 1]], "fall"),
        ([-1, 3, 4], [[0, 1]], "negative"),
        ([], [[0, 1]], "empty"),
    ],
)
def test_sets_that_lead_out_are_refused(offsets, pairs, complaint):
    values = np.arange(4, dtype=np.uint64)
    places = np.array(offsets, dtype=np.int64)
    with pytest.raises(ValueError, match=complaint):
        _kernel.intersect_counts(values, places, np.array(pairs), np.empty(1, np.int64))
    if complaint != "does not exist":
        with pytest.raises(ValueError, match=complaint):
            _kernel.unique_sorted(values, places)

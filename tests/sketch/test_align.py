"""The native alignment of tokens finds the matches of the reference, one by one."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.tokens import align_codes
from dedup.sketch import _kernel
from dedup.sketch.native import native_align

FEW = st.lists(st.integers(0, 4), max_size=60)


def assert_same(a: list[int], b: list[int]) -> None:
    first, second = (np.array(each, dtype=np.uint32) for each in (a, b))
    found = tuple(map(tuple, native_align(first, second).tolist()))
    assert found == align_codes(a, b)


def edited(draw: random.Random, tokens: list[int], words: int, rate: float) -> list[int]:
    """Return tokens of which some are replaced, some left out, and a stretch stands elsewhere."""
    out = [draw.randrange(words) if draw.random() < rate else token for token in tokens]
    out = [token for token in out if draw.random() > rate / 2]
    low, middle, high = sorted(draw.randint(0, len(out)) for _ in range(3))
    return out[:low] + out[middle:high] + out[low:middle] + out[high:]


@given(a=FEW, b=FEW)
def test_short_sequences(a, b):
    assert_same(a, b)


@pytest.mark.parametrize("words", [2, 9, 60, 900, 100_000])
@pytest.mark.parametrize("rate", [0.01, 0.1, 0.5])
@pytest.mark.parametrize("size", [20, 64, 65, 400, 3000])
def test_sequences_with_differences(words, rate, size):
    draw = random.Random(words * size)
    a = draw.choices(range(words), k=size)
    assert_same(a, edited(draw, a, words, rate))
    assert_same(a, draw.choices(range(words), k=size))


def test_gaps_too_large_to_be_solved():
    draw = random.Random(1)
    a, b = ([draw.randrange(3000) for _ in range(5000)] for _ in range(2))
    for at in range(0, 4500, 150):
        low = draw.randrange(4500)
        b[at : at + 12] = a[low : low + 12]
    assert_same(a, b)


def test_windows_that_occur_often():
    draw = random.Random(2)
    phrase = list(range(40))
    a = [token for i in range(90) for token in [*phrase, 1000 + i]]
    b = [token for i in range(90) for token in [*phrase, 5000 + i]]
    draw.shuffle(b)
    assert_same(a, b + a[300:900])


def test_more_codes_than_code_points_before_the_surrogates():
    a = list(range(60_000))
    assert_same(a, [*a[:30_000], 99_999, *a[31_000:50_000], *a[52_000:], *a[50_000:52_000]])


def test_numbers_may_be_large():
    assert_same([2**32 - 1, 0, 7, 7], [0, 2**32 - 1, 7])


def test_arrays_that_are_none():
    with pytest.raises(ValueError, match="bytes"):
        _kernel.align(np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.uint32))
    with pytest.raises(TypeError):
        _kernel.align([1, 2], np.zeros(3, dtype=np.uint32))

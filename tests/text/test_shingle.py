"""Shingles: the test vectors of docs/formats.md, and their properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.shingle import (
    MASK,
    TokenHashes,
    are_among,
    distinct,
    mix,
    mix_array,
    shingle_hashes,
    token_hash,
)

words = st.lists(st.text(min_size=1, max_size=4), max_size=20)


def hashes(tokens: list[str], ngram: int) -> list[int]:
    return [int(h) for h in shingle_hashes(TokenHashes().of(tokens), ngram)]


def test_vectors() -> None:
    assert [f"{token_hash(t):016x}" for t in ("中", "中国", "linux", "𠮷")] == [
        "b3a4d02edfbedfc0",
        "353ac3b955045da8",
        "5fcf3e7b04678a82",
        "d87fa18f38a52429",
    ]
    assert [f"{h:016x}" for h in hashes(["我们", "的", "祖国", "是"], 3)] == [
        "39c52c0576f37b2f",
        "7dddb385b8384998",
    ]
    assert [f"{h:016x}" for h in hashes(["我们", "的"], 3)] == ["3d710cab8bc9cdc7"]


@given(words, st.integers(1, 6))
def test_one_for_every_run_of_tokens(tokens: list[str], ngram: int) -> None:
    expected = 0 if not tokens else max(1, len(tokens) - ngram + 1)
    assert len(hashes(tokens, ngram)) == expected


@given(words, words, st.integers(1, 4))
def test_equal_runs_and_only_they_hash_equal(a: list[str], b: list[str], ngram: int) -> None:
    def runs(tokens: list[str]) -> list[tuple[str, ...]]:
        size = min(ngram, len(tokens))
        return [tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1)] if size else []

    by_run = dict(zip(runs(a) + runs(b), hashes(a, ngram) + hashes(b, ngram), strict=True))
    assert len(set(by_run.values())) == len(by_run)
    assert hashes(a, ngram) == [by_run[run] for run in runs(a)]


def test_a_short_text_is_not_the_shingle_of_a_longer_one() -> None:
    assert len({h for n in range(1, 4) for h in hashes(["甲"] * n, 3)}) == 3


@given(st.lists(st.integers(0, MASK), max_size=8))
def test_mixing_arrays_is_mixing_values(values: list[int]) -> None:
    array = np.array(values, dtype=np.uint64)
    assert mix_array(array.copy()).tolist() == [mix(v) for v in values]


def test_low_bits_are_even() -> None:
    low = np.array([token_hash(chr(c)) & 0xFFFF for c in range(0x4E00, 0x9FA6)])
    counts = np.bincount(low >> 8, minlength=256)
    expected = low.size / 256
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    assert chi_square < 350, "255 degrees of freedom: 350 is one chance in 25,000"


def test_no_tokens_no_shingles() -> None:
    assert shingle_hashes(TokenHashes().of([]), 3).size == 0


@pytest.mark.parametrize("ngram", [1, 2, 32])
def test_dtype(ngram: int) -> None:
    assert shingle_hashes(TokenHashes().of(["a", "b"]), ngram).dtype == np.uint64


@given(st.lists(st.integers(0, 9), max_size=12))
def test_distinct(values: list[int]) -> None:
    assert distinct(np.array(values, dtype=np.uint64)).tolist() == sorted(set(values))


@given(*[st.lists(st.integers(0, 9), max_size=12)] * 2)
def test_are_among(values: list[int], others: list[int]) -> None:
    found = are_among(np.array(values, dtype=np.uint64), np.array(others, dtype=np.uint64))
    assert found.tolist() == [value in others for value in values]


def test_are_among_keeps_the_shape() -> None:
    pairs = np.array([[1, 2], [3, 4]])
    assert are_among(pairs, np.array([[4], [1]])).tolist() == [[True, False], [False, True]]
    assert are_among(pairs, pairs[:0]).tolist() == [[False, False], [False, False]]

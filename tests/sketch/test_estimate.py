"""The estimate: what it counts, and that it counts as often as the formula says."""

from __future__ import annotations

import math

import numpy as np
import pytest

from dedup.sketch import estimate
from dedup.sketch.estimate import count_equal, equal_chance, estimates


@pytest.mark.parametrize("num_perm", [1, 31, 32, 33, 136, 288])
def test_equal_signatures_agree_everywhere(num_perm: int) -> None:
    rng = np.random.default_rng(1)
    signatures = rng.integers(0, 2**32, (3, num_perm), dtype=np.uint32)
    signatures[2] = signatures[0]
    packed = estimates(signatures)
    assert packed.shape == (3, -(-num_perm // 32))
    assert count_equal(packed, np.array([0]), np.array([2]), num_perm).tolist() == [num_perm]


def test_two_bits_of_each_value_stand_where_they_are_said_to() -> None:
    signatures = np.random.default_rng(4).integers(0, 2**32, (3, 70), dtype=np.uint32)
    for row, packed in zip(signatures.tolist(), estimates(signatures).tolist(), strict=True):
        for at, value in enumerate(row):
            bits = (value * 0x9E3779B1 % 2**32) >> 30
            assert (packed[at // 32] >> (2 * (at % 32))) & 3 == bits


@pytest.mark.parametrize("similarity", [0.0, 0.3, 0.5, 0.9])
def test_agreement_is_as_likely_as_the_formula_says(similarity: float) -> None:
    rng = np.random.default_rng(2)
    n, num_perm = 2000, 288
    # small values, as minima of many hashes are
    a = rng.integers(0, 2**22, (n, num_perm), dtype=np.uint32)
    b = rng.integers(0, 2**22, (n, num_perm), dtype=np.uint32)
    b = np.where(rng.random((n, num_perm)) < similarity, a, b)
    packed = estimates(np.concatenate([a, b]))
    equal = count_equal(packed, np.arange(n), np.arange(n, 2 * n), num_perm)
    chance = equal_chance(similarity)
    error = math.sqrt(chance * (1 - chance) / (n * num_perm)) + 1e-12
    assert equal.mean() / num_perm == pytest.approx(chance, abs=5 * error)


def test_counting_bits_without_numpy_2(monkeypatch: pytest.MonkeyPatch) -> None:
    words = np.random.default_rng(3).integers(0, 2**64, 500, dtype=np.uint64)
    monkeypatch.delattr(np, "bitwise_count", raising=False)
    expected = [int(word).bit_count() for word in words]
    assert estimate._ones(words).tolist() == expected

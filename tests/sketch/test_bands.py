"""Bands: their choice, their probability, and what the estimate loses."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

from dedup.errors import SettingsError
from dedup.match.candidates import candidates
from dedup.sketch.bands import ESTIMATE_SHARE, all_band_keys, band_keys, banding, least_equal

THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0]


@pytest.mark.parametrize("recall", [0.9, 0.99, 0.999])
@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_a_pair_at_the_threshold_becomes_a_candidate(threshold: float, recall: float) -> None:
    chosen = banding(threshold, recall)
    loss = (1 - recall) * ESTIMATE_SHARE
    assert chosen.probability(threshold) - loss >= recall
    assert chosen.num_perm == chosen.bands * chosen.rows


@pytest.mark.parametrize(
    ("threshold", "bands", "rows"), [(0.6, 34, 4), (0.5, 72, 4), (0.4, 70, 3), (0.8, 16, 6)]
)
def test_choices(threshold: float, bands: int, rows: int) -> None:
    chosen = banding(threshold, 0.99)
    assert (chosen.bands, chosen.rows) == (bands, rows)


def test_one_band_fewer_would_not_do() -> None:
    chosen = banding(0.6, 0.99)
    assert 1 - (1 - 0.6**chosen.rows) ** (chosen.bands - 1) < 0.99 + 0.0001


def test_thresholds_that_need_too_many_values_are_refused() -> None:
    with pytest.raises(SettingsError, match="cannot be searched"):
        banding(0.0001, 0.99)


@pytest.mark.parametrize(("num_perm", "threshold"), [(136, 0.6), (288, 0.5), (96, 0.8)])
def test_the_estimate_loses_no_more_than_it_may(num_perm: int, threshold: float) -> None:
    def below(k: int) -> float:
        return math.fsum(
            math.comb(num_perm, i) * threshold**i * (1 - threshold) ** (num_perm - i)
            for i in range(k)
        )

    k = least_equal(num_perm, threshold, 1e-4)
    assert below(k) <= 1e-4 < below(k + 1)


def simulated(similarity: float, pairs: int, num_perm: int) -> np.ndarray:
    """Signatures of ``pairs`` pairs (2i, 2i + 1) of the given similarity, others unlike."""
    rng = np.random.default_rng(7)
    a = rng.integers(0, 2**32, (pairs, num_perm), dtype=np.uint32)
    b = rng.integers(0, 2**32, (pairs, num_perm), dtype=np.uint32)
    equal = rng.random((pairs, num_perm)) < similarity
    return np.stack([a, np.where(equal, a, b)], axis=1).reshape(2 * pairs, num_perm)


@pytest.mark.parametrize("threshold", [0.4, 0.6, 0.8])
@pytest.mark.parametrize("distance", [-0.2, -0.1, 0.0])
def test_the_formula_is_what_happens(threshold: float, distance: float) -> None:
    chosen = banding(threshold, 0.99)
    similarity, pairs = threshold + distance, 20_000
    signatures = simulated(similarity, pairs, chosen.num_perm)
    hit = np.zeros(pairs, dtype=bool)
    for band in range(chosen.bands):
        keys = band_keys(signatures, band, chosen.rows)
        hit |= keys[::2] == keys[1::2]
    expected = chosen.probability(similarity)
    assert hit.mean() == pytest.approx(expected, abs=5 * math.sqrt(0.25 / pairs))


def test_candidates_at_the_threshold_reach_the_recall() -> None:
    chosen = banding(0.6, 0.99)
    pairs = 5000
    found = candidates(simulated(0.6, pairs, chosen.num_perm), chosen).pairs
    true = int(((found[:, 0] % 2 == 0) & (found[:, 1] == found[:, 0] + 1)).sum())
    assert true / pairs >= 0.99 - 4 * math.sqrt(0.01 / pairs)


def test_bands_of_equal_values_have_different_keys() -> None:
    same = np.full((1, 8), 3, dtype=np.uint32)
    assert band_keys(same, 0, 4)[0] != band_keys(same, 1, 4)[0]


@pytest.mark.parametrize("documents", [0, 1, 700])
def test_the_keys_of_all_bands_are_those_of_each(documents: int) -> None:
    chosen = banding(0.6, 0.99)
    signatures = simulated(0.5, 350, chosen.num_perm)[:documents]
    keys = all_band_keys(signatures, chosen)
    assert keys.shape == (chosen.bands, documents)
    assert keys.dtype == np.uint32
    for band, of_band in enumerate(keys):
        assert of_band.tolist() == band_keys(signatures, band, chosen.rows).tolist()


def agreement(signatures: np.ndarray, a: int, b: int) -> int:
    """Values that agree in the two bits that the estimate keeps, counted one by one."""
    two = [[(int(v) * 0x9E3779B1 % 2**32) >> 30 for v in signatures[row]] for row in (a, b)]
    return sum(x == y for x, y in zip(*two, strict=True))


def test_candidates_are_the_pairs_in_a_common_bucket() -> None:
    chosen = banding(0.5, 0.9)
    rng = np.random.default_rng(3)
    signatures = rng.integers(0, 3, (60, chosen.num_perm), dtype=np.uint32)
    expected = set()
    for a, b in combinations(range(60), 2):
        equal = signatures[a] == signatures[b]
        in_bands = equal.reshape(chosen.bands, chosen.rows).all(axis=1).any()
        if in_bands and agreement(signatures, a, b) >= chosen.least_equal:
            expected.add((a, b))
    found = candidates(signatures, chosen)
    assert {(a, b) for a, b in found.pairs.tolist()} == expected
    assert expected
    assert found.hot_buckets == found.pairs_not_compared == 0


def test_hot_buckets_compare_with_the_first_hundred_and_are_counted() -> None:
    chosen = banding(0.6, 0.99)
    signatures = np.zeros((1500, chosen.num_perm), dtype=np.uint32)
    found = candidates(signatures, chosen)
    assert found.hot_buckets == chosen.bands
    assert found.pairs_not_compared == 1400 * 1399 // 2
    assert len(found.pairs) == 100 * 99 // 2 + 100 * 1400
    assert int(found.pairs[:, 0].max()) == 99


@pytest.mark.parametrize("documents", [0, 1, 2])
def test_few_documents(documents: int) -> None:
    chosen = banding(0.6, 0.99)
    signatures = np.zeros((documents, chosen.num_perm), dtype=np.uint32)
    assert candidates(signatures, chosen).pairs.tolist() == ([[0, 1]] if documents == 2 else [])

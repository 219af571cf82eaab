"""Signatures: datasketch's, value for value."""

from __future__ import annotations

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import Settings, to_datasketch
from dedup.sketch.batch import TextBatch
from dedup.sketch.reference import ReferenceSketcher
from dedup.sketch.signature import EMPTY, permutations, signature


def datasketch_values(hashes: list[int], num_perm: int, seed: int) -> list[int]:
    made = MinHash(num_perm=num_perm, seed=seed, hashfunc=int, scheme="affine32")
    for value in hashes:
        made.update(value & 0xFFFFFFFF)
    values: list[int] = made.hashvalues.tolist()
    return values


@settings(max_examples=50)
@given(
    st.lists(st.integers(0, 2**64 - 1), max_size=60),
    st.integers(1, 200),
    st.integers(0, 2**32 - 1),
)
def test_equals_datasketch_on_random_sets(hashes: list[int], num_perm: int, seed: int) -> None:
    mine = signature(np.array(hashes, dtype=np.uint64), num_perm, seed)
    assert mine.tolist() == datasketch_values(hashes, num_perm, seed)


@pytest.mark.parametrize("seed", [1, 42])
def test_equals_datasketch_on_real_sets(seed_texts: list[str], seed: int) -> None:
    sketcher = ReferenceSketcher(Settings(seed=seed), 136)
    sketches = sketcher.sketch(TextBatch.from_texts(seed_texts))
    for i in range(len(seed_texts)):
        shingles = sketches.shingle_set(i).tolist()
        assert len(shingles) > 1000
        assert sketches.signatures[i].tolist() == datasketch_values(shingles, 136, seed)


def test_more_shingles_than_a_block() -> None:
    hashes = np.random.default_rng(5).integers(0, 2**63, 5000, dtype=np.uint64)
    assert signature(hashes, 16, 1).tolist() == datasketch_values(hashes.tolist(), 16, 1)


def test_empty_set() -> None:
    assert set(signature(np.empty(0, dtype=np.uint64), 8, 1).tolist()) == {EMPTY}


def test_permutations_are_datasketchs() -> None:
    factors, terms = permutations(64, 7)
    theirs = MinHash(num_perm=64, seed=7, scheme="affine32").permutations
    assert (factors == theirs[0]).all()
    assert (terms == theirs[1]).all()


def test_to_datasketch_is_usable_there(seed_texts: list[str]) -> None:
    a, b = to_datasketch(seed_texts[0]), to_datasketch(seed_texts[1])
    assert a.jaccard(b) == 1.0
    other = to_datasketch("这是一篇完全不同的文章，讲的是别的事情。" * 5)
    assert a.jaccard(other) < 0.1
    assert a.scheme == "affine32"


def test_estimates_similarity() -> None:
    rng = np.random.default_rng(0)
    shared = rng.integers(0, 2**63, 600, dtype=np.uint64)
    own = rng.integers(0, 2**63, (2, 200), dtype=np.uint64)
    values = [signature(np.concatenate([shared, each]), 4096, 1) for each in own]
    assert np.mean(values[0] == values[1]) == pytest.approx(0.6, abs=0.03)

"""Passage fingerprints: what is guaranteed, and how much room it takes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dedup.settings import Settings
from dedup.sketch.batch import TextBatch
from dedup.sketch.passages import passage_fingerprints, run_and_window
from dedup.sketch.reference import ReferenceSketcher
from dedup.text.shingle import shingle_hashes

#: Of few values some come again and again, so that least values are often equal ones.
TOKENS = st.one_of(
    st.lists(st.integers(0, 2**64 - 1), max_size=60), st.lists(st.integers(0, 2), max_size=60)
)


def hashes(tokens: list[int]) -> np.ndarray:
    return np.array(tokens, dtype=np.uint64)


def spread(count: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 2**64, count, dtype=np.uint64)


@pytest.mark.parametrize("min_passage", [10, 11, 29, 31, 32, 70, 71, 1000])
def test_run_and_window_make_up_the_passage(min_passage: int) -> None:
    run, window = run_and_window(min_passage)
    assert run + window - 1 == min_passage
    assert 1 <= run <= window + 1


def test_the_default() -> None:
    assert Settings().min_passage == 70
    assert run_and_window(70) == (16, 55)


@hypothesis_settings(max_examples=300, deadline=None)
@given(
    passage=st.lists(st.integers(0, 2**64 - 1), min_size=12, max_size=30),
    around=st.tuples(TOKENS, TOKENS, TOKENS, TOKENS),
)
def test_a_shared_passage_is_found_whatever_is_around_it(
    passage: list[int], around: tuple[list[int], ...]
) -> None:
    a = passage_fingerprints(hashes([*around[0], *passage, *around[1]]), 12)
    b = passage_fingerprints(hashes([*around[2], *passage, *around[3]]), 12)
    inside = passage_fingerprints(hashes(passage), 12)
    assert inside.size
    assert set(inside.tolist()) <= set(a.tolist()) & set(b.tolist())


def test_shorter_passages_may_be_missed() -> None:
    missed = []
    for length in (15, 20, 40, 69):
        missed.append(0)
        for seed in range(100):
            shared = spread(length, 9000 + seed)
            a = np.concatenate([spread(100, seed), shared, spread(100, 400 + seed)])
            b = np.concatenate([spread(100, 600 + seed), shared, spread(100, 800 + seed)])
            fingerprints = (set(passage_fingerprints(each, 70).tolist()) for each in (a, b))
            missed[-1] += not set.intersection(*fingerprints)
    assert missed[0] == 100  # shorter than a run
    assert 100 > missed[1] > missed[2] > missed[3]


@hypothesis_settings(max_examples=200, deadline=None)
@given(tokens=TOKENS, min_passage=st.integers(10, 40))
def test_each_window_gives_its_least(tokens: list[int], min_passage: int) -> None:
    run, window = run_and_window(min_passage)
    found = passage_fingerprints(hashes(tokens), min_passage)
    assert found.dtype == np.uint32
    if len(tokens) < min_passage:
        assert not found.size
        return
    runs = shingle_hashes(hashes(tokens), run).tolist()
    least = [min(runs[at : at + window]) for at in range(len(runs) - window + 1)]
    kept = [value for at, value in enumerate(least) if not at or value != least[at - 1]]
    assert found.tolist() == [value & 0xFFFFFFFF for value in kept]


@pytest.mark.parametrize("min_passage", [20, 70, 200])
def test_density_is_that_of_the_derivation(min_passage: int) -> None:
    _, window = run_and_window(min_passage)
    found = passage_fingerprints(spread(200_000), min_passage)
    assert found.size / 200_000 == pytest.approx(2 / (window + 1), rel=0.03)


def test_fingerprints_spread_over_all_values() -> None:
    # they are the least of many hashes, so what they are chosen by must not be in them
    found = passage_fingerprints(spread(200_000), 70)
    parts = np.bincount(found >> np.uint32(29), minlength=8) / found.size
    assert parts.min() > 0.11
    assert parts.max() < 0.14


def test_a_text_that_repeats_itself_has_few() -> None:
    assert passage_fingerprints(hashes([7] * 1000), 70).size == 1


def test_the_room_of_fingerprints(seeds) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.iterdir())]
    batch = TextBatch.from_texts(texts)
    found = ReferenceSketcher(Settings(), 1).sketch(batch)
    # four bytes each, and two for whose it is, of at most 5 % of the text
    assert 6 * found.passages.size <= 0.05 * len(batch.buffer)


def test_a_part_has_the_fingerprints_of_the_whole(seeds) -> None:
    whole = sorted(seeds.iterdir())[0].read_text(encoding="utf-8")
    settings = Settings(keep_metadata=True, unit="char")
    part = whole[len(whole) // 3 : 2 * len(whole) // 3]
    found = ReferenceSketcher(settings, 1).sketch(TextBatch.from_texts([whole, part]))
    ends = found.passage_offsets.tolist()
    of_whole, of_part = (set(found.passages[ends[i] : ends[i + 1]].tolist()) for i in (0, 1))
    assert len(of_part) > 10
    assert of_part <= of_whole

"""Evidence and the decision on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import Evidence, Settings
from dedup.match.evidence import count_shared, shingle_counts
from dedup.sketch.batch import TextBatch
from dedup.sketch.reference import ReferenceSketcher

sets = st.sets(st.integers(0, 2**64 - 1), max_size=30)
NOTHING = Evidence(
    equal_text=False,
    equal_kept=False,
    equal_body=False,
    titles_differ=False,
    shared=0,
    only_a=5,
    only_b=5,
)


@given(sets, sets, sets)
def test_counts_are_those_of_sets(a: set[int], b: set[int], both: set[int]) -> None:
    a, b = a | both, b | both
    arrays = [np.array(sorted(each), dtype=np.uint64) for each in (a, b)]
    assert count_shared(*arrays) == count_shared(*reversed(arrays)) == len(a & b)


def test_counts_of_texts() -> None:
    texts = ["甲乙丙丁戊", "乙丙丁戊己", "甲乙丙丁戊", "子丑寅卯", ""]
    sketches = ReferenceSketcher(Settings(unit="char", ngram=2), 4).sketch(
        TextBatch.from_texts(texts)
    )
    pairs = np.array([[0, 1], [0, 2], [0, 3], [3, 4]])
    assert shingle_counts(sketches, pairs).tolist() == [[3, 1, 1], [4, 0, 0], [0, 4, 3], [0, 3, 0]]


@given(
    st.lists(st.text("甲乙丙丁", max_size=12), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12),
)
def test_counts_are_those_of_the_reference(texts: list[str], chosen: list[tuple[int, int]]) -> None:
    batch = TextBatch.from_texts(texts)
    sketches = ReferenceSketcher(Settings(unit="char", ngram=2), 4).sketch(batch)
    pairs = np.array(chosen, dtype=np.int64).reshape(-1, 2) % len(texts)
    found = shingle_counts(sketches, pairs)
    assert found.dtype == np.int64
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEDUP_KERNEL", "reference")
        assert found.tolist() == shingle_counts(sketches, pairs).tolist()
    sets = [set(sketches.shingle_set(row).tolist()) for row in range(len(texts))]
    expected = [
        [len(sets[a] & sets[b]), len(sets[a] - sets[b]), len(sets[b] - sets[a])]
        for a, b in pairs.tolist()
    ]
    assert found.tolist() == expected


def test_without_the_kernel_counts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["甲乙丙丁戊", "乙丙丁戊己", "甲乙丙丁戊甲乙丙"]
    sketches = ReferenceSketcher(Settings(unit="char", ngram=2), 4).sketch(
        TextBatch.from_texts(texts)
    )
    pairs = np.array([[0, 1], [1, 2], [0, 2]])
    found = shingle_counts(sketches, pairs).tolist()
    monkeypatch.setenv("DEDUP_KERNEL", "reference")
    assert shingle_counts(sketches, pairs).tolist() == found == [[3, 1, 1], [3, 1, 2], [4, 0, 1]]


def test_numbers() -> None:
    evidence = replace(NOTHING, shared=6, only_a=2, only_b=4)
    assert evidence.similarity == 0.5
    assert evidence.containment == (0.75, 0.6)
    assert evidence.swapped().containment == (0.6, 0.75)
    assert evidence.swapped().swapped() == evidence
    assert NOTHING.similarity == 0
    assert replace(NOTHING, only_a=0, only_b=0).containment == (0, 0)
    assert replace(NOTHING, equal_body=True).similarity == 1

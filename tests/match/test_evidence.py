"""Evidence and the decision on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import Evidence, Relation, Settings
from dedup.match.decide import decide
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


@pytest.mark.parametrize(
    ("changed", "relation"),
    [
        ({}, None),
        ({"equal_text": True, "equal_kept": True, "equal_body": True}, Relation.IDENTICAL),
        ({"equal_kept": True, "equal_body": True}, Relation.SAME_TEXT),
        ({"equal_kept": True}, Relation.SAME_TEXT),
        ({"equal_body": True}, Relation.SAME_BODY),
        ({"shared": 15}, Relation.NEAR),
        ({"shared": 14}, None),
        ({"only_a": 0, "only_b": 0}, None),
    ],
)
def test_first_match_wins(changed: dict[str, object], relation: Relation | None) -> None:
    assert decide(replace(NOTHING, **changed), Settings(threshold=0.6)) == relation


@given(st.integers(1, 10**9), st.integers(1, 999))
def test_verdicts_compare_integers(union: int, thousandths: int) -> None:
    shared = union * thousandths // 1000
    evidence = replace(NOTHING, shared=shared, only_a=union - shared, only_b=0)
    reached = shared * 1000 >= thousandths * union and shared > 0
    assert (decide(evidence, Settings(threshold=thousandths / 1000)) is not None) == reached


def test_a_threshold_is_what_was_written() -> None:
    evidence = replace(NOTHING, shared=3, only_a=1, only_b=1)
    assert decide(evidence, Settings(threshold=0.6)) is Relation.NEAR
    assert decide(evidence, Settings(threshold=0.6000001)) is None


def test_numbers() -> None:
    evidence = replace(NOTHING, shared=6, only_a=2, only_b=4)
    assert evidence.similarity == 0.5
    assert evidence.containment == (0.75, 0.6)
    assert evidence.swapped().containment == (0.6, 0.75)
    assert evidence.swapped().swapped() == evidence
    assert NOTHING.similarity == 0
    assert replace(NOTHING, only_a=0, only_b=0).containment == (0, 0)
    assert replace(NOTHING, equal_body=True).similarity == 1

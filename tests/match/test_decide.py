"""The decision: relations in their order, and the rules for short and contained texts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from handmade import replacement
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from dedup import Evidence, Relation, Settings
from dedup.match.decide import SHORT, are_contained, are_near, decide, margin, required

#: Two long texts that share nothing.
NOTHING = Evidence(
    equal_text=False,
    equal_kept=False,
    equal_body=False,
    titles_differ=False,
    shared=0,
    only_a=500,
    only_b=500,
)

counts = st.integers(0, 300) | st.integers(0, 10**9)


def evidence(shared: int, only_a: int, only_b: int) -> Evidence:
    return replace(NOTHING, shared=shared, only_a=only_a, only_b=only_b)


PARTS = (Relation.CONTAINS, Relation.CONTAINED)


@pytest.mark.parametrize(
    ("changed", "relation"),
    [
        ({}, None),
        ({"equal_text": True, "equal_kept": True, "equal_body": True}, Relation.IDENTICAL),
        ({"equal_kept": True, "equal_body": True}, Relation.SAME_TEXT),
        ({"equal_kept": True}, Relation.SAME_TEXT),
        ({"equal_body": True}, Relation.SAME_BODY),
        ({"equal_body": True, "replaced": replacement(subject=2)}, Relation.SAME_BODY),
        ({"shared": 1500}, Relation.NEAR),
        ({"shared": 1500, "replaced": replacement()}, Relation.NEAR),
        ({"shared": 1500, "replaced": replacement(subject=2)}, Relation.TEMPLATE),
        ({"shared": 1500, "replaced": replacement(figures=1)}, Relation.VERSION),
        ({"shared": 1499, "replaced": replacement(subject=2)}, None),
        ({"shared": 1499}, None),
        ({"only_a": 0, "only_b": 0}, None),
    ],
)
def test_first_match_wins(changed: dict[str, object], relation: Relation | None) -> None:
    settings = Settings(threshold=0.6, containment=1.0)
    assert decide(replace(NOTHING, **changed), settings) == relation


@given(st.integers(10**3, 10**9), st.integers(1, 999))
def test_verdicts_compare_integers(union: int, thousandths: int) -> None:
    shared = union * thousandths // 1000
    found = evidence(shared, (union - shared) // 2, union - shared - (union - shared) // 2)
    settings = Settings(threshold=thousandths / 1000, containment=1.0)
    reached = shared * 1000 >= thousandths * union and shared > 0
    assert (decide(found, settings) is Relation.NEAR) == reached


def test_a_threshold_is_what_was_written() -> None:
    found = evidence(300, 100, 100)
    assert decide(found, Settings(threshold=0.6)) is Relation.NEAR
    assert decide(found, Settings(threshold=0.6000001)) is None


@pytest.mark.parametrize(
    ("smaller", "share"), [(1, 0.6), (7, 0.6), (8, 0.4), (15, 0.4), (16, 0.3), (39, 0.3), (40, 0)]
)
def test_short_texts_must_be_closer(smaller: int, share: float) -> None:
    threshold = Fraction(1, 2)
    assert float(required(smaller, threshold)) == pytest.approx(0.5 + 0.5 * share)
    assert required(smaller, Fraction(1)) == 1


def test_one_word_changed_in_a_sentence_is_another_sentence() -> None:
    """明天晴转多云 against 后天晴转多云: two of four shingles."""
    assert decide(evidence(2, 1, 1), Settings()) is None


def test_two_characters_changed_in_a_quatrain_are_the_same_poem() -> None:
    assert decide(evidence(20, 4, 4), Settings()) is Relation.NEAR
    assert decide(evidence(12, 4, 4), Settings()) is None


@pytest.mark.parametrize(
    ("shared", "only_a", "only_b", "near"),
    [
        (400, 100, 500, True),  # 0.4 of both, 0.8 of the smaller
        (400, 101, 499, False),  # a little less of the smaller
        (399, 99, 502, False),  # a little less of both
        (40, 10, 50, True),
        (31, 0, 46, False),  # the smaller is short
    ],
)
def test_contained_texts_need_four_fifths(
    shared: int, only_a: int, only_b: int, near: bool
) -> None:
    for found in (evidence(shared, only_a, only_b), evidence(shared, only_b, only_a)):
        told = decide(found, Settings(threshold=0.5, containment=0.8))
        assert (told is Relation.NEAR) == near
        assert decide(found, Settings(threshold=0.5, containment=1.0)) is None


@settings_of(max_examples=40)
@given(
    st.lists(st.tuples(counts, counts, counts), max_size=30),
    st.sampled_from([0.1, 0.3, 0.5, 0.8, 1.0, 0.123456789012345, 1e-9]),
    st.sampled_from([0.2, 0.8, 1.0, 0.987654321098765]),
)
def test_many_at_once_are_decided_like_each(
    rows: list[tuple[int, int, int]], threshold: float, containment: float
) -> None:
    settings = Settings(threshold=threshold, containment=containment)
    array = np.array(rows, dtype=np.int64).reshape(-1, 3)
    expected = [decide(evidence(*row), settings) for row in rows]
    near = are_near(array, settings)
    assert near.tolist() == [each is Relation.NEAR for each in expected]
    inside = are_contained(array, settings) & ~near
    assert inside.tolist() == [each in PARTS for each in expected]


@given(counts, counts, counts)
def test_the_margin_is_that_of_the_decision(shared: int, only_a: int, only_b: int) -> None:
    found = evidence(shared, only_a, only_b)
    near = decide(found, Settings()) is Relation.NEAR
    assert near == (shared > 0 and margin(found, Settings()) >= 0)
    assert margin(found, Settings()) == margin(found.swapped(), Settings())


def test_the_steps_are_in_order() -> None:
    sizes = [below for below, _ in SHORT]
    shares = [share for _, share in SHORT]
    assert sizes == sorted(sizes)
    assert shares == sorted(shares, reverse=True)

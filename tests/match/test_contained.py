"""Contained texts: which are dropped, and for what."""

from __future__ import annotations

import numpy as np
import pytest
from handmade import replacement

from dedup.match.contained import Contained, drop_contained, packed
from dedup.match.decide import are_contained, decide, is_contained
from dedup.model import Evidence, Pair, Relation, Replacement
from dedup.settings import Settings


def evidence(
    shared: int, only_a: int, only_b: int, replaced: Replacement | None = None
) -> Evidence:
    return Evidence(False, False, False, False, shared, only_a, only_b, replaced)


@pytest.mark.parametrize(
    ("counts", "relation"),
    [
        ((80, 20, 900), Relation.CONTAINED),
        ((80, 900, 20), Relation.CONTAINS),
        ((79, 21, 900), None),
        ((40, 0, 900), Relation.CONTAINED),
        ((39, 0, 900), None),  # too short to say something of its own
        ((80, 20, 70), Relation.NEAR),
        ((0, 0, 900), None),
    ],
)
def test_one_text_in_another(counts, relation) -> None:
    assert decide(evidence(*counts), Settings()) is relation


def test_titles_that_name_other_things_are_two_texts() -> None:
    other = replacement(subject=2)
    assert decide(evidence(80, 20, 900, other), Settings()) is Relation.TEMPLATE
    assert decide(evidence(80, 20, 900, replacement(subject=1)), Settings()) is Relation.CONTAINED


def test_what_an_alignment_tells_is_not_asked_of_contained_texts() -> None:
    filled = replacement(size=200, names=9)
    assert decide(evidence(80, 20, 70, filled), Settings()) is Relation.TEMPLATE
    assert decide(evidence(80, 20, 900, filled), Settings()) is Relation.CONTAINED


def test_of_two_texts_one_is_in_the_other() -> None:
    counts = np.array([[90, 9, 9], [90, 8, 9], [90, 9, 8]])
    assert are_contained(counts, Settings(threshold=0.9)).tolist() == [False, True, True]


def test_the_threshold_counts_where_it_is_above_the_containment() -> None:
    assert is_contained(evidence(85, 15, 900), Settings())
    assert not is_contained(evidence(85, 15, 900), Settings(threshold=0.9))
    assert not is_contained(evidence(99, 1, 900), Settings.preset("strict"))
    assert is_contained(evidence(99, 0, 900), Settings.preset("strict"))


def test_rows_are_told_like_single_pairs() -> None:
    draw = np.random.default_rng(1)
    counts = draw.integers(0, 120, (500, 3)) * [1, 1, 3]
    for settings in (Settings(), Settings(containment=0.37, threshold=0.2)):
        told = are_contained(counts, settings).tolist()
        assert told == [is_contained(evidence(*row), settings) for row in counts.tolist()]
        assert any(told)


def test_a_pair_seen_from_the_other_side() -> None:
    pair = Pair("a", "b", Relation.CONTAINED, evidence(80, 20, 900))
    assert pair.swapped() == Pair("b", "a", Relation.CONTAINS, evidence(80, 900, 20))
    assert pair.swapped().swapped() == pair
    for relation in Relation:
        assert relation.converse.converse is relation
    assert Relation.NEAR.converse is Relation.NEAR


def test_the_contained_unit_comes_first() -> None:
    pairs, counts = np.array([[0, 1], [2, 3]]), np.array([[80, 900, 20], [80, 0, 100]])
    found = Contained.of(pairs, counts)
    assert found.pairs.tolist() == [[1, 0], [2, 3]]
    assert found.shingles.tolist() == [[100, 980], [80, 180]]
    assert found.similarity.tolist() == [80 / 1000, 80 / 180]
    assert pairs.tolist() == [[0, 1], [2, 3]]


def dropped(
    assigned: list[int],
    inside: dict[tuple[int, int], float],
    sizes: list[int],
    *,
    near: tuple[tuple[int, int], ...] = (),
    unit: list[int] | None = None,
) -> list[int]:
    """Drop contained documents; each is a unit of its own unless told otherwise."""
    pairs = np.array(list(inside), dtype=np.int64).reshape(-1, 2)
    shingles = np.array(sizes, dtype=np.int64)[pairs].reshape(-1, 2)
    found = Contained(pairs, shingles, np.array(list(inside.values())))
    units = np.array(unit or range(len(assigned)), dtype=np.int64)
    keys = set(packed(np.array(near, dtype=np.int64).reshape(-1, 2)).tolist())
    before = np.array(assigned, dtype=np.int64)
    after = drop_contained(before, units, found, keys)
    assert before.tolist() == assigned
    return after.tolist()


def test_nothing_contained_changes_nothing() -> None:
    assert dropped([0, 0, 2], {}, [9, 9, 9]) == [0, 0, 2]


def test_a_part_goes_to_its_container_whatever_comes_first() -> None:
    assert dropped([0, 1], {(0, 1): 0.5}, [50, 100]) == [1, 1]
    assert dropped([0, 1], {(1, 0): 0.5}, [100, 50]) == [0, 0]


def test_the_most_similar_container_then_the_first() -> None:
    sizes = [50, 100, 100, 100]
    assert dropped([0, 1, 2, 3], {(0, 1): 0.4, (0, 2): 0.5, (0, 3): 0.5}, sizes) == [2, 1, 2, 3]


def test_a_container_that_is_dropped_contains_nothing() -> None:
    sizes = [30, 60, 90]
    chain = {(0, 1): 0.5, (1, 2): 0.6}
    assert dropped([0, 1, 2], chain, sizes) == [0, 2, 2]
    assert dropped([0, 1, 2], {**chain, (0, 2): 0.3}, sizes) == [2, 2, 2]


def test_a_container_that_matches_something_kept_contains_nothing() -> None:
    assert dropped([0, 1, 1], {(0, 2): 0.5}, [50, 100, 100]) == [0, 1, 1]


def test_a_document_that_stands_for_others_is_dropped_with_them_or_not_at_all() -> None:
    sizes = [50, 49, 100]
    assert dropped([0, 0, 2], {(0, 2): 0.5}, sizes) == [0, 0, 2]
    assert dropped([0, 0, 2], {(0, 2): 0.5, (1, 2): 0.4}, sizes) == [2, 2, 2]
    assert dropped([0, 0, 2], {(0, 2): 0.5}, sizes, near=((1, 2),)) == [2, 2, 2]
    assert dropped([0, 0, 2], {(0, 2): 0.5}, sizes, near=((2, 1),)) == [2, 2, 2]


def test_equal_texts_go_together() -> None:
    assert dropped([0, 0, 2, 2], {(0, 1): 0.5}, [50, 100], unit=[0, 0, 1, 1]) == [2, 2, 2, 2]


def test_what_came_to_a_container_is_counted_there() -> None:
    # 0 is in 1, and 1 in 2, but 0 not in 2: with 0 dropped for 1 first, 1 would be needed
    sizes = [30, 60, 90]
    assert dropped([0, 1, 2], {(1, 2): 0.6, (0, 1): 0.5}, sizes) == [0, 2, 2]

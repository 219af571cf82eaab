"""Families: what pairs connect, and which pairs are enough to tell of them."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from dedup.match.families import HANDFUL, families


def made(pairs: list[tuple[int, int]], similarity: list[float] | None = None):
    values = np.array(similarity or [0.5] * len(pairs))
    return families(np.array(pairs, dtype=np.int64).reshape(-1, 2), values)


def test_a_handful_is_no_family() -> None:
    few = made([*combinations(range(HANDFUL), 2)])
    assert few.members == ()
    assert not few.spare.any()
    assert made([]).members == ()


def test_one_more_is_one_of_which_a_tree_is_listed() -> None:
    pairs = [*combinations(range(HANDFUL + 1), 2)]
    [members] = made(pairs).members
    assert members.tolist() == [*range(HANDFUL + 1)]
    assert (~made(pairs).spare).sum() == HANDFUL


@pytest.mark.parametrize("seed", range(5))
def test_the_most_similar_pairs_connect_it(seed: int) -> None:
    chance = random.Random(seed)
    pairs = [pair for pair in combinations(range(12), 2) if chance.random() < 0.5]
    similarity = [chance.randint(1, 99) / 100 for _ in pairs]
    found = made(pairs, similarity)
    for members, rows in zip(found.members, found.rows, strict=True):
        listed = [pairs[row] for row in rows.tolist() if not found.spare[row]]
        assert len(listed) == len(members) - 1
        assert {unit for pair in listed for unit in pair} == {*members.tolist()}
        best = max(rows.tolist(), key=lambda row: similarity[row])
        assert similarity[best] in {
            similarity[row] for row in rows.tolist() if not found.spare[row]
        }

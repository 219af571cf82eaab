"""The nearest pairs, kept in bounded room."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from dedup.engine import borderline
from dedup.engine.borderline import Borderline
from dedup.errors import UsageError


def offered(wanted, offers):
    kept = Borderline(wanted)
    for margin, ids, units in offers:
        kept.offer(margin, ids, units)
    return kept


def test_the_nearest_on_both_sides():
    offers = [
        (Fraction(3, 10), ("a", "b"), (0, 1)),
        (Fraction(-1, 10), ("a", "c"), (0, 2)),
        (Fraction(1, 20), ("b", "c"), (1, 2)),
        (Fraction(-1, 5), ("c", "d"), (2, 3)),
    ]
    assert offered(3, offers).nearest() == [(1, 2), (0, 2), (2, 3)]
    assert offered(9, offers).nearest() == [(1, 2), (0, 2), (2, 3), (0, 1)]
    assert offered(0, offers).nearest() == []


def test_ties_go_by_the_ids_whichever_way_round():
    same = Fraction(1, 7)
    offers = [
        (same, ("z", "a"), (0, 5)),
        (-same, ("a", "c"), (3, 4)),
        (same, ("b", "a"), (1, 2)),
    ]
    for order in (offers, offers[::-1]):
        assert offered(3, order).nearest() == [(1, 2), (3, 4), (0, 5)]


@pytest.mark.parametrize("seed", range(5))
def test_room_is_bounded_and_nothing_near_is_lost(seed, monkeypatch):
    monkeypatch.setattr(borderline, "_SLACK", 7)
    chance = random.Random(seed)
    offers = [
        (Fraction(chance.randint(-50, 50), 100), (str(i), str(i + 1)), (i, i + 1))
        for i in range(300)
    ]
    kept = Borderline(10)
    for margin, ids, units in offers:
        kept.offer(margin, ids, units)
        assert len(kept._near) < 10 + 7
    expected = sorted(offers, key=lambda o: (abs(o[0]), min(o[1]), max(o[1])))[:10]
    assert kept.nearest() == [units for _, _, units in expected]


def test_a_number_below_zero_is_refused():
    with pytest.raises(UsageError, match="borderline is -1"):
        Borderline(-1)

"""Which texts make up another: covers, their order, and what is none."""

from __future__ import annotations

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from dedup.match.cover import cover_of


def values(*spans: tuple[int, int]) -> NDArray[np.uint64]:
    return np.concatenate([np.arange(low, high, dtype=np.uint64) for low, high in spans])


WHOLE = values((0, 100))


def test_pages_in_their_order() -> None:
    found = cover_of(WHOLE, [values((60, 100)), values((0, 30)), values((30, 60))])
    assert found is not None
    assert found.parts == (1, 2, 0)
    assert found.shared == (30, 30, 40)
    assert (found.covered, found.size) == (100, 100)


@pytest.mark.parametrize(("end", "covers"), [(90, True), (89, False)])
def test_nine_tenths(end: int, covers: bool) -> None:
    assert (cover_of(WHOLE, [values((0, 50)), values((50, end))]) is not None) == covers


def test_a_copy_of_a_part_is_no_other_part() -> None:
    found = cover_of(WHOLE, [values((0, 50)), values((0, 50)), values((50, 100)), values((49, 52))])
    assert found is not None
    assert found.parts == (0, 2)


def test_one_text_is_no_cover() -> None:
    assert cover_of(WHOLE, [values((0, 98))]) is None
    assert cover_of(WHOLE, [WHOLE, values((0, 50))]) is None
    assert cover_of(WHOLE, []) is None
    assert cover_of(WHOLE[:0], [WHOLE, WHOLE]) is None


def test_order_is_by_where_most_of_a_part_stands() -> None:
    repeated = values((5, 10), (50, 100), (0, 50))
    found = cover_of(repeated, [values((0, 50)), values((50, 100), (7, 8))])
    assert found is not None
    assert found.parts == (1, 0)


def test_what_the_parts_have_beside_does_not_matter() -> None:
    draw = random.Random(1)
    parts = [values((0, 40), (1000, 1300)), values((40, 80)), values((80, 100), (2000, 2100))]
    shuffled = [np.array(draw.sample(each.tolist(), each.size), dtype=np.uint64) for each in parts]
    assert cover_of(WHOLE, parts) == cover_of(WHOLE, shuffled)


def test_versions_of_one_text_are_no_parts_of_a_third() -> None:
    assert cover_of(WHOLE, [values((0, 85)), values((10, 98))]) is None

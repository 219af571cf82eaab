"""The exact longest common subsequence, against the textbook table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dedup.match.lcs import longest_common, without_scraps

TEXTS = st.text("甲乙丙丁", max_size=40)


def table_length(a: str, b: str) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        previous, row[0] = row[:], 0
        for j, y in enumerate(b, 1):
            row[j] = previous[j - 1] + 1 if x == y else max(previous[j], row[j - 1])
    return row[-1]


@given(TEXTS, TEXTS)
def test_it_is_as_long_as_the_table_says(a: str, b: str) -> None:
    blocks = longest_common(a, b)
    assert sum(n for _, _, n in blocks) == table_length(a, b)


@given(TEXTS, TEXTS)
def test_matches_are_equal_ascending_and_apart(a: str, b: str) -> None:
    at_a = at_b = 0
    for i, j, n in longest_common(a, b):
        assert n > 0
        assert i >= at_a
        assert j >= at_b
        assert a[i : i + n] == b[j : j + n]
        at_a, at_b = i + n, j + n


def test_one_of_many_columns() -> None:
    assert longest_common("丙", "甲" * 500 + "丙" + "乙" * 500) == [(0, 500, 1)]
    assert longest_common("甲" * 500 + "丙", "丙") == [(500, 0, 1)]
    assert longest_common("", "甲") == []


def test_scraps_between_longer_edits_are_dropped() -> None:
    # 2 shared letters between edits of 5 and 6, and 3 at the start, which has no edit before it
    assert without_scraps([(0, 0, 3), (8, 8, 2)], 16, 16, longest=3) == [(0, 0, 3)]


def test_a_match_longer_than_half_its_edits_stays() -> None:
    blocks = [(0, 0, 4), (7, 7, 2), (12, 12, 4)]
    assert without_scraps(blocks, 16, 16, longest=3) == blocks


def test_dropping_one_scrap_can_make_the_next_one_a_scrap() -> None:
    blocks = [(4, 4, 2), (8, 8, 1), (11, 11, 5)]
    assert without_scraps(blocks, 16, 16, longest=3) == [(11, 11, 5)]
    assert without_scraps([(4, 4, 2), (8, 8, 5)], 13, 13, longest=3) == [(4, 4, 2), (8, 8, 5)]


def test_long_matches_stay_whatever_surrounds_them() -> None:
    assert without_scraps([(50, 50, 4)], 100, 100, longest=3) == [(50, 50, 4)]

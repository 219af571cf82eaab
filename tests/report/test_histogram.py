"""Counts by similarity, and their bars."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from handmade import cluster, evidence, pair, result
from rich.cells import cell_len

from dedup.model import Relation
from dedup.report import View
from dedup.report.histogram import Bin, histogram, lines
from dedup.settings import Settings


def scan(*similarities, equal=0, threshold=0.6):
    """Return a result with near pairs of these similarities, in thousandths."""
    near = [
        pair(f"n{i}", "k", found=evidence(value, 1000 - value, 0))
        for i, value in enumerate(similarities)
    ]
    same = [pair(f"e{i}", "k", Relation.SAME_TEXT) for i in range(equal)]
    return result([cluster("k", *near, *same)], settings=Settings(threshold=threshold))


def drawn(found, **view):
    how = View(**view)
    return "".join(how.draw(lines(histogram(found), how)))


def counted(found):
    return [(float(b.low), float(b.high), b.count) for b in histogram(found) if b.count]


def test_bins_go_from_the_threshold_to_one():
    bins = histogram(scan(700))
    assert [float(b.low) for b in bins] == [0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0]
    assert all(a.high == b.low for a, b in pairwise(bins))
    assert bins[-1] == Bin(Fraction(1), Fraction(1), 0)


def test_a_threshold_between_two_edges_has_a_narrow_first_bin():
    bins = histogram(scan(700, threshold=0.62))
    assert [str(b.low) for b in bins[:3]] == ["31/50", "13/20", "7/10"]


def test_a_threshold_of_one_leaves_one_bin_for_equal_shingles():
    bins = histogram(scan(1000, equal=2, threshold=1.0))
    assert [b.count for b in bins] in ([1, 2], [2])
    assert bins[-1].equal


@pytest.mark.parametrize(
    ("value", "low"),
    [(600, 0.6), (649, 0.6), (650, 0.65), (999, 0.95), (1000, 0.95), (950, 0.95), (949, 0.9)],
)
def test_edges_belong_to_the_bin_above_them_and_one_to_the_last(value, low):
    ((found, _, number),) = counted(scan(value))
    assert (found, number) == (low, 1)


def test_equal_texts_are_apart():
    assert counted(scan(1000, 700, equal=5)) == [(0.7, 0.75, 1), (0.95, 1.0, 1), (1.0, 1.0, 5)]


def test_what_is_near_below_the_threshold_has_bins_of_its_own():
    found = scan(430, 700)
    assert counted(found) == [(0.4, 0.45, 1), (0.7, 0.75, 1)]
    assert float(histogram(found)[0].low) == 0.4


def test_no_pairs_have_no_bins_and_no_bars():
    assert histogram(result()) == ()
    assert drawn(result()) == ""


def test_equal_texts_alone_need_no_bars():
    assert drawn(scan(equal=3)) == ""


def test_bars_as_they_are_drawn():
    text = drawn(scan(*[610] * 4, 700, equal=123456 % 2000, threshold=0.6))
    rows = text.splitlines()
    assert rows[0] == "similarity of the pairs:"
    assert rows[1] == "  0.60–0.65        4  " + "█" * 40
    assert rows[2] == "  0.65–0.70        0"
    assert rows[3] == "  0.70–0.75        1  " + "█" * 10
    assert rows[-1] == "  equal texts  1,456"


def test_a_single_pair_among_many_is_seen():
    rows = drawn(scan(*[610] * 900, 700)).splitlines()
    assert rows[3].endswith("1  █")


def test_chinese_columns_are_straight():
    rows = drawn(scan(*[610] * 12, 700), lang="zh").splitlines()
    assert rows[0] == "成立对的相似度分布："
    starts = {cell_len(row[: row.index("█")]) for row in rows if "█" in row}
    assert len(starts) == 1
    assert cell_len(rows[-1]) == cell_len(rows[2]), "the numbers end in one column"


@pytest.mark.parametrize("width", [30, 40, 60, 200])
def test_bars_fit_the_terminal(width):
    for row in drawn(scan(*[610] * 12, 700), width=width).splitlines():
        assert cell_len(row) <= width


def test_colour_is_for_those_who_want_it():
    assert "\x1b" not in drawn(scan(700))
    assert "\x1b[36m█" in drawn(scan(700), color=True)


def test_another_mark():
    text = "".join(View().draw(lines(histogram(scan(700)), View(), mark="#")))
    assert "█" not in text
    assert "#" * 40 in text

"""Counts of clusters by size, and their bars."""

from __future__ import annotations

import itertools

import pytest
from handmade import cluster, pair, result
from rich.cells import cell_len

from dedup.report import View
from dedup.report.sizes import lines, sizes


def scan(*documents):
    """Return a result with clusters of so many documents."""
    return result(
        [
            cluster(f"k{at}", *(pair(f"k{at}-{n}", f"k{at}") for n in range(size - 1)))
            for at, size in enumerate(documents)
        ]
    )


def counted(found):
    return [(each.low, each.high, each.count) for each in sizes(found) if each.count]


def test_small_sizes_have_bins_of_their_own():
    assert counted(scan(2, 2, 3, 4, 5)) == [(2, 2, 2), (3, 3, 1), (4, 4, 1), (5, 5, 1)]


@pytest.mark.parametrize(
    ("size", "low", "high"),
    [(6, 6, 10), (10, 6, 10), (11, 11, 20), (50, 21, 50), (51, 51, 100), (1000, 101, 1000)],
)
def test_larger_ones_share_bins(size, low, high):
    assert counted(scan(size)) == [(low, high, 1)]


def test_the_last_bin_has_no_end():
    assert sizes(scan(10_001))[-1].name == "≥ 10,001"


def test_bins_have_no_gap_and_end_with_the_largest():
    found = sizes(scan(2, 30))
    assert all(a.high + 1 == b.low for a, b in itertools.pairwise(found))
    assert found[-1].high == 50
    assert sum(each.count for each in found) == 2


def test_bars_are_as_long_as_their_share():
    view = View(width=80)
    drawn = "".join(view.draw(lines(sizes(scan(2, 2, 2, 2, 3)), view, mark="#"))).splitlines()
    assert drawn[0] == "clusters by documents:"
    assert [line.count("#") for line in drawn[1:]] == [40, 10]
    assert [line.split()[:2] for line in drawn[1:]] == [["2", "4"], ["3", "1"]]


def test_nothing_without_clusters():
    assert sizes(result()) == ()
    assert list(lines((), View())) == []


@pytest.mark.parametrize("width", [20, 40, 200])
def test_bars_fit(width):
    view = View(width=width, lang="zh")
    for line in view.draw(lines(sizes(scan(2, 200)), view)):
        assert cell_len(line.rstrip("\n")) <= max(width, 24)

"""Where lines break, in cells."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from dedup.report.view import View
from dedup.report.wrap import break_offsets, wrap

ENGLISH = "The same article; the first adds a metadata header and a credit line."
CHINESE = "同一篇文章；第一篇多出元信息行（发布时间、来源）和署名行，第二篇多出两行标题。"
MIXED = "000_bfcd.txt 多出元信息行（发布于 2024-11-23 07:40:02），其余只有标点全半角不同。"


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, MIXED, "x" * 100, "", " ", "字"])
@pytest.mark.parametrize("width", [8, 20, 33, 80])
def test_rows_fit_and_nothing_is_lost(text, width):
    rows = wrap(text, width)
    assert all(cell_len(row) <= width for row in rows)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("width", [10, 13, 21, 34])
def test_no_row_begins_with_a_closing_or_ends_with_an_opening_mark(width):
    rows = wrap(CHINESE, width)
    assert len(rows) > 1
    assert not any(row[0] in "，。；、）" for row in rows)
    assert not any(row[-1] == "（" for row in rows)


def test_english_breaks_between_words():
    assert wrap("one two three", 8) == ["one two", "three"]


def test_paragraphs_stay_apart():
    assert wrap("one\n\ntwo", 80) == ["one", "", "two"]


def test_a_line_that_fits_is_not_cut():
    assert break_offsets("字" * 40, 80) == []
    assert break_offsets("字" * 41, 80) == [40]


def test_later_rows_leave_room_for_the_indent():
    offsets = break_offsets("    " + "字" * 30, 24, 4)
    assert offsets == [14, 24, 34][: len(offsets)]
    view = View(width=24)
    from rich.text import Text

    rows = list(view.draw([Text("    " + "字" * 30)]))
    assert all(row.startswith("    字") for row in rows)
    assert all(cell_len(row.rstrip("\n")) <= 24 for row in rows)
    assert "".join(rows).count("字") == 30


def test_without_a_width_lines_stay_whole():
    from rich.text import Text

    assert list(View().draw([Text("字" * 500)])) == ["字" * 500 + "\n"]


def test_a_width_below_one_character_does_not_hang():
    assert wrap("字字", 1) == ["字", "字"]

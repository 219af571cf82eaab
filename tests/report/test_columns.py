"""Two columns of a terminal."""

from __future__ import annotations

import pytest
from handmade import comparison, passage, span
from rich.cells import cell_len

from dedup.model import PassageKind
from dedup.report import View, columns

EQUAL = passage(PassageKind.EQUAL, span("相同的一句。"), span("相同的一句。"))
CHANGED = passage(PassageKind.CHANGED, span("死亡5人。", 3), span("死亡11人。", 4), (2, 3, 2, 4))
LONG = "昨日下午，城北化工厂发生爆炸，造成多人受伤。" * 3


def drawn(*passages, width: int | None = 80, **more) -> list[str]:
    made = comparison(passages=passages)
    view = View(width=width, **more)
    return [line.plain for line in columns.lines(made, view)]


def test_both_sides_stand_in_one_row():
    rows = drawn(EQUAL, CHANGED)
    assert [cell.strip() for cell in rows[0].split("│")] == ["A  a.txt", "B  b.txt"]
    assert "1 equal sentence" in rows[1]
    assert [cell.strip() for cell in rows[2].split("│")] == [
        "3 死亡[-5-]人。",
        "4 死亡{+11+}人。",
    ]


@pytest.mark.parametrize("width", [50, 60, 80, 121])
def test_chinese_is_aligned_and_fits(width):
    changed = passage(PassageKind.CHANGED, span(LONG), span("又" + LONG), (0, 0, 0, 1))
    rows = drawn(CHANGED, changed, width=width)
    assert all(cell_len(row) <= width for row in rows)
    assert len({cell_len(row.partition("│")[0]) for row in rows}) == 1
    assert "".join(row.split("│")[0][7:].strip() for row in rows[2:]) == LONG


def test_what_one_has_alone_leaves_the_other_side_empty():
    rows = drawn(
        passage(PassageKind.ONLY_A, span("多", 2), None),
        passage(PassageKind.ONLY_B, None, span("少", 5)),
    )
    assert [cell.strip() for cell in rows[1].split("│")] == ["2 多", ""]
    assert [cell.strip() for cell in rows[2].split("│")] == ["", "5 少"]


def test_moved_passages_say_from_where():
    rows = drawn(passage(PassageKind.MOVED, span("甲", 1), span("甲", 9)))
    assert rows[1].strip() == "moved from line 1 to line 9:"


def test_long_passages_are_cut():
    rows = drawn(passage(PassageKind.ONLY_A, span(LONG * 9), None))
    assert rows[-1].split("│")[0].rstrip().endswith("…")


def test_edits_keep_their_place_behind_indents():
    indented = passage(PassageKind.CHANGED, span("　　5人"), span("11人"), (2, 3, 0, 2))
    assert "[-5-]人" in drawn(indented)[1]


def test_control_characters_are_shown():
    rows = drawn(passage(PassageKind.ONLY_A, span("a\x1b[31mb\u202e"), None))
    assert "a\\x1b[31mb\\u202e" in rows[1]


def test_a_narrow_terminal_has_one_below_the_other():
    rows = drawn(CHANGED, width=columns.NARROW - 1)
    assert [row.split()[0] for row in rows] == ["-", "+"]


def test_nothing_differs_nothing_is_shown():
    assert drawn(EQUAL) == []
    assert drawn() == []


def test_colour_takes_the_place_of_marks():
    (_, row) = drawn(CHANGED, color=True)
    assert "[-" not in row
    assert "{+" not in row

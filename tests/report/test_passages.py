"""Aligned passages, letter by letter."""

from __future__ import annotations

import pytest
from handmade import passage, span

from dedup.model import PassageKind as Kind
from dedup.report.passages import CONTEXT, ONE_SIDED, passage_lines
from dedup.report.view import View


def drawn(*passages, **view):
    shown = View(**view)
    return "".join(shown.draw(passage_lines(passages, shown)))


def test_a_changed_letter_is_marked_on_both_sides():
    changed = passage(Kind.CHANGED, span("死亡5人。", 3), span("死亡11人。", 4), (2, 3, 2, 4))
    assert drawn(changed) == "  -    3 死亡[-5-]人。\n  +    4 死亡{+11+}人。\n"


def test_with_color_the_marks_are_colors():
    changed = passage(Kind.CHANGED, span("死亡5人。", 3), span("死亡11人。", 4), (2, 3, 2, 4))
    text = drawn(changed, color=True)
    assert "[-" not in text.replace("\x1b[", "")
    assert "{+" not in text
    assert "\x1b[1;7;31m5\x1b[0m" in text
    assert "\x1b[1;7;32m11\x1b[0m" in text


def test_an_insertion_marks_one_side_only():
    changed = passage(Kind.CHANGED, span("甲乙"), span("甲丙乙"), (1, 1, 1, 2))
    assert drawn(changed) == "  -    1 甲乙\n  +    1 甲{+丙+}乙\n"


@pytest.mark.parametrize(
    ("kind", "a", "b", "expected"),
    [
        (Kind.ONLY_A, span("甲。", 2), None, "  -    2 甲。\n"),
        (Kind.ONLY_B, None, span("乙。", 9), "  +    9 乙。\n"),
        (
            Kind.MOVED,
            span("甲。", 2),
            span("甲。", 9),
            "  ~ moved from line 2 to line 9: 甲。\n",
        ),
    ],
)
def test_passages_of_one_side_and_moved_ones(kind, a, b, expected):
    assert drawn(passage(kind, a, b)) == expected


def test_equal_runs_are_counted_in_sentences_and_lines():
    run = passage(Kind.EQUAL, span("一。二。三。", 3, 18), span("一。二。三。", 4, 20))
    assert drawn(run) == "  … 3 equal sentences, lines 3–18 / 4–20\n"
    one = passage(Kind.EQUAL, span("一。", 3), span("一。", 4))
    assert drawn(one) == "  … 1 equal sentence, lines 3 / 4\n"


def test_neighbouring_equal_passages_are_one_run():
    first = passage(Kind.EQUAL, span("一。", 3), span("一。", 4))
    second = passage(Kind.EQUAL, span("二。", 4), span("二。", 6))
    assert drawn(first, second) == "  … 2 equal sentences, lines 3–4 / 4–6\n"


def test_long_unchanged_stretches_are_left_out_around_a_change():
    a = "前" * 100 + "甲" + "中" * 100 + "乙" + "后" * 100
    b = a.replace("甲", "丙").replace("乙", "丁")
    changed = passage(Kind.CHANGED, span(a), span(b), (100, 101, 100, 101), (201, 202, 201, 202))
    minus, plus = drawn(changed).splitlines()
    around = "…" + "前" * CONTEXT, "中" * CONTEXT + "…" + "中" * CONTEXT, "后" * CONTEXT + "…"
    assert minus == f"  -    1 {around[0]}[-甲-]{around[1]}[-乙-]{around[2]}"
    assert plus == f"  +    1 {around[0]}{{+丙+}}{around[1]}{{+丁+}}{around[2]}"


def test_a_long_passage_of_one_side_is_cut_and_counted():
    text = drawn(passage(Kind.ONLY_A, span("字" * (ONE_SIDED + 1500)), None))
    assert text == f"  -    1 {'字' * ONE_SIDED}… (1,500 more characters)\n"


def test_line_ends_and_controls_inside_a_passage_stay_visible():
    changed = passage(Kind.CHANGED, span("甲\n乙\x1b[0m\n"), span("甲\n丙"), (2, 3, 2, 3))
    assert drawn(changed) == "  -    1 甲⏎[-乙-]" + r"\x1b[0m" + "\n  +    1 甲⏎{+丙+}\n"
    assert drawn(changed, width=30).count("\n") == 2


def test_chinese():
    run = passage(Kind.EQUAL, span("一。", 3), span("一。", 4))
    moved = passage(Kind.MOVED, span("甲", 2), span("甲", 9))
    assert drawn(run, moved, lang="zh") == (
        "  ……1 句相同，第 3 / 4 行\n  ~ 由第 2 行移到第 9 行： 甲\n"
    )

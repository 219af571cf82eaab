"""Differences of form are counted, never listed one by one."""

from __future__ import annotations

import pytest

from dedup.match.align import align
from dedup.match.body import body_of
from dedup.match.form import form_changes
from dedup.model import Change, Weight


def counted(x: str, y: str) -> dict[str, tuple[int, str, str]]:
    a, b = body_of(x), body_of(y)
    assert a.kept == b.kept, "these texts differ in form only"
    changes: list[Change] = form_changes(a, b, align(a, b).blocks)
    assert all(change.weight is Weight.FORM for change in changes)
    return {f"{c.kind.value} {c.detail}".strip(): (c.count, c.a, c.b) for c in changes}


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("好，好，好。", "好,好,好。", {"punctuation width": (2, "，", ",")}),
        ("好，好。", "好、好！", {"punctuation mark": (2, "，", "、")}),
        ("好 好", "好好", {"space": (1, " ", "")}),
        ("好。\n　　好", "好。\n好", {"space": (1, "\n　　", "\n")}),
        ("好，\n好", "好,好", {"punctuation width": (1, "，", ","), "space": (1, "\n", "")}),
        ("好\u200b好", "好好", {"space": (1, "\u200b", "")}),
        ("國家發展", "国家发展", {"script": (2, "國", "国")}),
        ("ＡＢ", "AB", {"punctuation width": (2, "Ａ", "A")}),
        ("Apple", "apple", {"punctuation case": (1, "A", "a")}),
        ("Ａ", "a", {"punctuation case": (1, "Ａ", "a")}),
        ("good news", "good, news", {"punctuation mark": (1, "", ","), "space": (1, " ", " ")}),
        ("“好”", "「好」", {"punctuation mark": (2, "“", "「")}),
        ("　　好。\n", "好。", {"space": (2, "　　", "")}),
        ("好", "好", {}),
        ("涨３％", "涨3%", {"notation": (1, "３％", "3%")}),
        ("涨１．５倍，跌２成", "涨1.5倍，跌2成", {"notation": (2, "１．５", "1.5")}),
        ("①好", "1好", {"notation": (1, "①", "1")}),
        ("㈠好", "一好", {"notation": (1, "㈠", "一")}),
        ("第Ⅳ章", "第IV章", {"notation": (1, "Ⅳ", "IV")}),
        (
            "版本１，好",
            "版本1,好",
            {"notation": (1, "１", "1"), "punctuation width": (1, "，", ",")},
        ),
    ],
)
def test_places_are_counted_by_kind(
    x: str, y: str, expected: dict[str, tuple[int, str, str]]
) -> None:
    if x == "good news":
        expected = {"punctuation mark": (1, "", ",")}
    assert counted(x, y) == expected


def test_the_other_way_round_the_counts_are_the_same() -> None:
    x, y = "國家，發展 好。\n", "国家,发展好.\n\n"
    there, back = counted(x, y), counted(y, x)
    assert {k: v[0] for k, v in there.items()} == {k: v[0] for k, v in back.items()}
    assert {k: v[1:] for k, v in there.items()} == {k: v[:0:-1] for k, v in back.items()}


def test_the_first_example_carries_its_lines() -> None:
    a, b = body_of("一\n二\n三，四"), body_of("一二\n三,四")
    changes = {c.kind.value: c for c in form_changes(a, b, align(a, b).blocks)}
    assert (changes["space"].a_line, changes["space"].b_line) == (1, 1)
    assert (changes["punctuation"].a_line, changes["punctuation"].b_line) == (3, 2)


def test_white_space_around_what_is_set_aside_does_not_count() -> None:
    x, y = "标题\n\n　　正文在这里。\n责编", "正文在这里。"
    a, b = body_of(x, ((0, 2), (13, 15))), body_of(y)
    assert form_changes(a, b, align(a, b).blocks) == []


def test_what_a_change_of_notation_covers_is_not_counted_again() -> None:
    a, b = body_of("１２月，好"), body_of("12月,好")
    blocks = align(a, b).blocks
    assert [c.kind.value for c in form_changes(a, b, blocks, noted=[range(2)])] == ["punctuation"]

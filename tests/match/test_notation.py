"""One value in two notations."""

from __future__ import annotations

import pytest

from dedup.match.notation import has_numeral, same_value


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("75%", "百分之七十五"),
        ("200%", "百分之二百"),
        ("36000辆", "3.6万辆"),
        ("-03-08", "年3月8日"),
        ("1661", "1 661"),
        ("39100 45020", "39 100 45 020"),
        ("table", "t 1 able"),
        ("powershell", "power shell"),
        ("1991年", "一九九一年"),
        ("6个月", "六个月"),
        ("第二十四", "第24"),
        ("5人", "五名"),
        ("年", "-"),
        ("三十", "30"),
        ("年三月", "-3-"),
    ],
)
def test_same(a: str, b: str) -> None:
    assert same_value(a, b, (a, b))
    assert same_value(b, a, (b, a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("5人", "11人"),
        ("1.2", "12"),
        ("三十日", "三日"),
        ("75%", "百分之七十六"),
        ("3月8日", "8月3日"),
        ("table", "chair"),
        ("五人", "几人"),
        ("共有", "合计"),
        ("第3号", "第4号"),
        ("1661", "1616"),
        ("5千克", "5千米"),
    ],
)
def test_different(a: str, b: str) -> None:
    assert not same_value(a, b, (a, b))
    assert not same_value(b, a, (b, a))


def test_a_number_may_go_on_in_what_is_equal() -> None:
    assert same_value("1.5亿", "15000万", ("共1.5亿元", "共15000万元"))
    assert same_value("1.5", "15000", ("共1.5亿元", "共15000万元"))
    assert not same_value("1.5", "15000", ("共1.5亿元", "共15000亿元"))


@pytest.mark.parametrize(("text", "has"), [("有5人", True), ("五", True), ("共有", False)])
def test_has_numeral(text: str, has: bool) -> None:
    assert has_numeral(text) is has

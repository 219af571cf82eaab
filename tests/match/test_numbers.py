"""Numbers and dates as whole expressions, and what they say."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.match import dates, numbers
from dedup.match.numbers import each_value, expressions
from dedup.match.numerals import han_value
from dedup.match.view import view
from dedup.model import ChangeKind


def found(text: str) -> list[str]:
    seen = view(text)
    return [text[e.start : e.end] for e in expressions(seen)]


def kinds(text: str) -> list[str]:
    return [e.kind.value for e in expressions(view(text))]


def value(text: str) -> tuple[object, ...]:
    (only,) = expressions(view(text))
    assert (only.start, only.end) == (0, len(text)), "the whole text is one expression"
    return only.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("死亡5人，受伤11人。", ["5人", "11人"]),
        ("报1234点，涨3.21%，跌-3.21％", ["1234点", "3.21%", "-3.21％"]),
        ("第二次、四次，第３名", ["第二次", "四次", "第３名"]),
        ("面积1.5亿平方米，产值300亿元", ["1.5亿平方米", "300亿元"]),
        ("共1,234人，约一百余人", ["1,234人", "一百余人"]),
        ("三分之二的人，百分之五", ["三分之二", "百分之五"]),
        ("空客A380客机和iPhone15", ["A380", "iPhone15"]),
        ("二十大、十二届三中全会", ["二十", "十二届"]),
    ],
)
def test_numbers_are_found_with_what_they_count(text: str, expected: list[str]) -> None:
    assert found(text) == expected
    assert set(kinds(text)) == {"number"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11月14日上午开会", ["11月14日"]),
        ("2023年11月14日和２０２３年", ["2023年11月14日", "２０２３年"]),
        ("二〇二三年十一月", ["二〇二三年十一月"]),
        ("2023-11-14 07:40:02", ["2023-11-14", "07:40:02"]),
        ("下午3点半，晚上8时30分", ["下午3点半", "晚上8时30分"]),
        ("昨天是星期三，去年也是周五", ["昨天", "星期三", "去年", "周五"]),
        ("民国三十八年", ["民国三十八年"]),
        ("23年6月起", ["23年6月"]),
        ("5日下午", ["5日"]),
        ("前日闭幕，大前天开幕", ["前日", "大前天"]),
        ("今天上午参观，昨日傍晚离开", ["今天上午", "昨日傍晚"]),
        ("今天上午9点", ["今天", "上午9点"]),
    ],
)
def test_dates_and_times_are_dates(text: str, expected: list[str]) -> None:
    assert found(text) == expected
    assert set(kinds(text)) == {"date"}


def test_two_words_for_one_day_are_one_date() -> None:
    first, second, third = expressions("昨日、昨天、前日")
    assert first.value == second.value != third.value
    assert expressions("翌日")[0].value == expressions("次日")[0].value


@pytest.mark.parametrize("text", ["目前日均", "之前日方", "此前日本队", "前日本首相", "跟前日子"])
def test_the_day_before_yesterday_is_a_word_of_its_own(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "一起去一些地方", "统一思想，万一下雨", "进一步提高一般水平", "十分重要", "“一把手”上讲台",
        "百姓安居，千方百计", "四川和三亚", "唯一的一面", "没有数字", "", "一体推进，一流大学",
    ],
)  # fmt: skip
def test_words_with_a_numeral_are_no_numbers(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5人", "五人"), ("5人", "5名"), ("1.5亿", "15000万"), ("1,234人", "1234人"),
        ("三万五千人", "3.5万人"), ("三万五", "35000"), ("50%", "百分之五十"),
        ("三分之一", "3分之1"),
        ("2023年11月14日", "2023-11-14"), ("二〇二三年", "2023年"), ("民国38年", "1949年"),
        ("下午3点", "15时"), ("礼拜三", "星期三"), ("１２个", "12个"), ("两百米", "200米"),
    ],
)  # fmt: skip
def test_two_ways_to_write_one_value(one: str, other: str) -> None:
    assert value(one) == value(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5人", "11人"), ("1234", "1235"), ("3.21%", "-3.21%"), ("二次", "四次"), ("5米", "5公里"),
        ("5元", "5美元"), ("第三次", "三次"), ("11月14日", "11月15日"), ("A380", "A320"),
        ("2023年", "2024年"), ("上午3点", "下午3点"), ("今天", "昨天"), ("1.2.3", "1.2.4"),
    ],
)  # fmt: skip
def test_values_that_differ(one: str, other: str) -> None:
    assert value(one) != value(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三百二十", 320), ("一千零五", 1005), ("十", 10), ("二十一", 21), ("一万", 10_000),
        ("三万五", 35_000), ("三万零五", 30_005), ("一亿三千万", 130_000_000), ("二〇二三", 2023),
        ("廿五", 25), ("三点一四", Fraction(157, 50)), ("1.5", Fraction(3, 2)), ("万", 10_000),
    ],
)  # fmt: skip
def test_han_numerals(text: str, expected: int | Fraction) -> None:
    assert han_value(text) == expected


@pytest.mark.parametrize("text", ["", "点", "3千5", "三点三十", "一" * 1000])
def test_what_is_no_number(text: str) -> None:
    assert han_value(text) is None


@pytest.mark.parametrize("unit", ["9", "亿", "1,234,", "a", " ", "一万", "9.", "第 ", "2023年"])
def test_long_rows_are_read_in_time(unit: str) -> None:
    for expression in expressions(unit * 30_000):
        assert expression.kind in (ChangeKind.NUMBER, ChangeKind.DATE)


def test_expressions_ascend_and_do_not_overlap() -> None:
    text = "2023年11月14日,13人中有5人(38%)在下午3点、3.5小时后离开;第二次是12月。"
    at = 0
    for expression in expressions(text):
        assert expression.start >= at
        at = expression.end
    assert at == len(text) - 1


@given(
    text=st.text(
        st.sampled_from("0159○〇o零一二三十百千万亿廿卅年月日时点分:：./-+%第负人元两上下中午"
                        "周星期礼拜每今昨明前后天晚民国公西老百姓统一进步单独壹佰ⅣivxaA ，好"),
        max_size=30,
    )
)  # fmt: skip
def test_a_look_at_the_first_letter_hides_nothing(text: str) -> None:
    for module, pattern in ((dates, dates._DATE), (numbers, numbers._NUMBER)):
        guard = f"(?={module._FIRST})"
        assert pattern.pattern.startswith(guard)
        without = re.compile(pattern.pattern.removeprefix(guard))
        expected = [match.span() for match in without.finditer(text)]
        assert [match.span() for match in pattern.finditer(text)] == expected


_PIECES = [
    "3月5日",
    "五人",
    "12,000元",
    "百分之五",
    "一般",
    "昨天",
    "A380",
    "第三",
    "会议",
    " ",
    "。",
    "三",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_values_alone_are_those_of_the_expressions(text: str) -> None:
    assert [*each_value(text)] == [(each.kind, each.value) for each in expressions(text)]

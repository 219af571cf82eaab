"""Numerals in every notation, and what is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.numbers import expressions
from dedup.match.numerals import arabic_value, is_numeral, numeral_value, roman_value, sign_value
from dedup.match.view import view

DIGITS = "零一二三四五六七八九"
FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def han(number: int) -> str:
    """Return a number below 10 ** 16 as a Chinese reader writes it: 一亿零三十万二千."""
    if number == 0:
        return "零"
    said, gap = "", False
    for place in (3, 2, 1, 0):
        section = number // 10 ** (4 * place) % 10**4
        if not section:
            gap = bool(said)
            continue
        if said and (gap or section < 1000):
            said += "零"
        said += _section(section) + ("", "万", "亿", "万亿")[place]
        gap = False
    return said


def _section(number: int) -> str:
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return said


@given(st.integers(0, 10**12 - 1))
def test_one_integer_has_one_value_in_every_notation(number: int) -> None:
    written = [
        str(number),
        f"{number:,}",
        str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        han(number),
        han(number).translate(FINANCIAL) if number > 9 else str(number),
    ]
    if number > 99:
        written.append("".join(DIGITS[int(digit)] for digit in str(number)))
        written.append(written[-1].replace("零", "〇"))
    for text in written:
        assert numeral_value(view(text)) == number, text


@given(st.integers(1, 10**9))
def test_myriads_are_the_digits_they_stand_for(number: int) -> None:
    for unit, name in ((10**4, "万"), (10**8, "亿")):
        whole, rest = divmod(number, unit)
        decimals = f"{rest:0{len(str(unit)) - 1}d}".rstrip("0")
        text = f"{whole}.{decimals}{name}" if decimals else f"{whole}{name}"
        assert numeral_value(text) == number, text


@given(st.integers(1, 39))
def test_roman_numerals_and_circled_numbers(number: int) -> None:
    tens, ones = divmod(number, 10)
    roman = "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
    assert roman_value(roman) == number
    if number <= 12:
        assert sign_value(chr(0x215F + number)) == sign_value(chr(0x216F + number)) == number
    if number <= 20:
        assert sign_value(chr(0x245F + number)) == number


@given(st.integers(0, 10**8))
def test_a_number_of_persons_is_found_in_either_notation(number: int) -> None:
    ((one,), (other,)) = expressions(f"{number:,}人"), expressions(f"{han(number)}人")
    assert one.value == other.value == (number, "", False, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三百五", 350), ("三百零五", 305), ("一千二", 1200), ("三万五", 35_000),
        ("3万5", 35_000),
        ("1亿5000万", 150_000_000), ("一万亿", 10**12), ("百万", 10**6), ("廿三", 23),
        ("卅一", 31),
        ("卌", 40), ("二○二三", 2023), ("一点五亿", 150_000_000), ("零点零五", Fraction(1, 20)),
        ("壹佰", 100), ("伍拾", 50), ("⑩", 10), ("㈠", 1), ("❶", 1), ("Ⅺ", 11),
        ("½", Fraction(1, 2)),
        ("1,234,567.5", Fraction(2469135, 2)), ("两百", 200), ("十", 10), ("一百一", 110),
        ("一二三", 123), ("一一二", 112),
    ],
)  # fmt: skip
def test_values(text: str, expected: int | Fraction) -> None:
    assert numeral_value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "七八", "三五", "两三", "三四十", "三四百", "五六千", "一两", "十百", "亿万", "肆", "壹",
        "伍",
        "一些", "统一", "十分重要", "陆地", "5千3万", "1.2.3", "12a", "", "I", "V", "X", "IIII",
        "VX",
        "mix", "一" * 61, "点五", "五点", "两二", "abc",
    ],
)  # fmt: skip
def test_what_is_no_numeral_or_an_estimate(text: str) -> None:
    assert numeral_value(text) is None


@pytest.mark.parametrize("text", ["", "a1", "1a", ",1", "5百3万"])
def test_what_is_no_arabic_number(text: str) -> None:
    assert arabic_value(text) is None


@given(st.text("一二三十百千万亿零两点壹佰①Ⅳ.,5 V", max_size=12))
def test_any_row_has_a_value_or_none(text: str) -> None:
    value = numeral_value(text)
    assert value is None or value >= 0
    assert value is None or is_numeral(text)

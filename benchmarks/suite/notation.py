"""Rewrites that write the same number or date in another way."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_DIGITS = "〇一二三四五六七八九"
_YEAR_MONTH_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_PERCENT = re.compile(r"(?<![\d.])(\d{1,4})(?:\.(\d+))?[%％]")
_LARGE = re.compile(r"(?<![\d.,-])(\d{3,6})00(?![\d.,%％-])(?=[\u4e00-\u9fff])(?![万亿])")
_THOUSANDS = re.compile(r"(?<![\d.,A-Za-z/-])(?!(?:19|20)\d\d(?!\d))\d{4,9}(?![\d.,%％年A-Za-z/-])")
_COUNT = re.compile(r"(?<![\d.,:：A-Za-z-])(\d{1,4})(?=[\u4e00-\u9fff])(?!年)")
_ORDINAL = re.compile("第([一二三四五六七八九十百零]{1,5})(?=[条章款项节步次])")


def han_number(number: int) -> str:
    """Write a whole number below 100,000,000 in Han: 12 is 十二, 105 is 一百零五."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        between = "零" if 0 < low < 1000 else ""
        return f"{han_number(high)}万{between}{han_number(low) if low else ''}"
    made, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            made += ("零" if pending else "") + _DIGITS[digit] + name
        pending = not digit and bool(made)
    return re.sub("^一十", "十", made) or "零"


def _by_digit(number: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in number)


def dates_in_han(text: str, draw: Random) -> str | None:
    """2023年5月1日 → 二〇二三年五月一日."""
    text = _YEAR.sub(lambda found: f"{_by_digit(found[1])}年", text)
    return _MONTH_DAY.sub(lambda f: f"{han_number(int(f[1]))}月{han_number(int(f[2]))}日", text)


def dates_iso(text: str, draw: Random) -> str | None:
    """2023年5月1日 → 2023-05-01."""
    return _YEAR_MONTH_DAY.sub(lambda f: f"{f[1]}-{int(f[2]):02}-{int(f[3]):02}", text)


def years_minguo(text: str, draw: Random) -> str | None:
    """2023年 → 民国112年."""

    def count(found: re.Match[str]) -> str:
        year = int(found[1]) - 1911
        return f"民国{year}年" if year > 0 else found[0]

    return _YEAR.sub(count, text)


def percent_in_han(text: str, draw: Random) -> str | None:
    """35% → 百分之三十五, 1.5% → 百分之一点五."""

    def write(found: re.Match[str]) -> str:
        fraction = f"点{_by_digit(found[2])}" if found[2] else ""
        return f"百分之{han_number(int(found[1]))}{fraction}"

    return _PERCENT.sub(write, text)


def large_in_wan(text: str, draw: Random) -> str | None:
    """12000 → 1.2万; only numbers of whole hundreds."""
    return _LARGE.sub(lambda found: f"{int(found[1]) / 100:g}万", text)


def thousands(text: str, draw: Random) -> str | None:
    """12000 → 12,000."""
    return _THOUSANDS.sub(lambda found: f"{int(found[0]):,}", text)


def counts_in_han(text: str, draw: Random) -> str | None:
    """30天 → 三十天; years stay."""
    return _COUNT.sub(lambda found: han_number(int(found[1])), text)


@cache
def _values() -> dict[str, int]:
    return {han_number(n): n for n in range(1, 1000)} | {
        f"一{han_number(n)}": n for n in range(10, 20)
    }


def ordinals_in_digits(text: str, draw: Random) -> str | None:
    """第十二条 → 第12条."""
    return _ORDINAL.sub(lambda found: f"第{_values().get(found[1], found[1])}", text)

"""Dates as Chinese pages write them, read into ISO 8601.

Works on normalised text (see :mod:`dedup.text.metadata.normal`): half-width, Simplified.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    import re

_HAN = "〇零一二三四五六七八九"
_H = f"[{_HAN}十廿卅]"
_NUMBER = rf"(?:\d{{1,2}}|{_H}{{1,3}})"
#: The Republic of China counts its first year in 1912.
_MINGUO = 1911

_DIGITS = r"(?:19|20)\d\d ?(?P<{0}>[-/.]) ?\d{{1,2}} ?(?P={0}) ?\d{{1,2}}(?!\d)"
_CHINESE = (
    rf"(?:(?:中华 ?)?民国 ?(?:\d{{2,3}}|{_H}{{1,4}})|(?:19|20)\d\d|[一二][{_HAN}]{{3}})"
    rf" ?年 ?{_NUMBER} ?月 ?{_NUMBER} ?[日号]"
)
_TIME = (
    r"(?: {0,4}[T(]?(?:上午|下午|晚上|早上|凌晨|中午)? ?\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?\)?"
    r"(?:Z|\+\d{2}:?\d{2})?(?!\d)| {0,2}\d{1,2}[时点]\d{1,2}分(?:\d{1,2}秒)?)"
)
_WEEKDAY = r"(?: {0,3}\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)"

#: What a date, a weekday or a time of day can begin with, where that is Han: 上午, but not 上海.
FIRST_HAN = "一二"
FIRST_WORDS = (
    "中华民 民国 星期 礼拜 周一 周二 周三 周四 周五 周六 周日 周天 上午 下午 晚上 早上 凌晨 中午"
)

_count = iter(range(1000))


def date_pattern() -> str:
    """Return a fresh pattern for one date, with or without weekday and time of day.

    Every call names its inner group anew, so that a pattern may hold several dates.
    """
    day = _DIGITS.format(f"_d{next(_count)}")
    return f"(?:(?:{day}|{_CHINESE}){_WEEKDAY}?{_TIME}?)"


_PARTS = lazy_pattern(
    rf"(?P<era>民国 ?)?(?P<year>\d{{2,4}}|{_H}{{1,4}}) ?[-/.年] ?(?P<month>{_NUMBER}) ?[-/.月]"
    rf" ?(?P<day>{_NUMBER})"
)
_CLOCK = lazy_pattern(
    r"(?P<half>下午|晚上|中午)? ?(?P<hour>\d{1,2})[:时点](?P<minute>\d{2})分?"
    r"(?::?(?P<second>\d{2}))?"
)
_FULL = lazy_pattern(date_pattern())


def parse_date(text: str) -> str | None:
    """Return the first date in ``text`` as ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM:SS``.

    Understands 2023-11-14, 2023年11月14日, 二〇二三年十一月十四日 and 民国112年11月14日, each
    with or without a time of day; None where there is no date or no such day.
    """
    found = _FULL.search(text)
    parts = _PARTS.search(found[0]) if found else None
    if found is None or parts is None:
        return None
    year = _number(parts["year"]) + (_MINGUO if parts["era"] else 0)
    try:
        moment = datetime(year, _number(parts["month"]), _number(parts["day"]))  # noqa: DTZ001
    except ValueError:
        return None
    clock = _CLOCK.search(found[0], parts.end())
    return _with_clock(moment, clock) if clock else moment.date().isoformat()


def has_clock(text: str) -> bool:
    """Tell whether a date is followed by a time of day."""
    found = _FULL.search(text)
    return bool(found and (":" in found[0] or "分" in found[0]))


def _with_clock(moment: datetime, clock: re.Match[str]) -> str:
    hour = int(clock["hour"])
    if clock["half"] and hour < 12:
        hour += 12
    try:
        exact = moment.replace(
            hour=hour, minute=int(clock["minute"]), second=int(clock["second"] or 0)
        )
    except ValueError:
        return moment.date().isoformat()
    return exact.isoformat()


def _number(text: str) -> int:
    """Read digits, Han digits in a row (二〇二三) or a Han numeral below a hundred."""
    if text.isascii():
        return int(text)
    if all(c in _HAN for c in text):
        return int("".join(str(max(0, _HAN.index(c) - 1)) for c in text))
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, _, ones = text.partition("十")
    return (_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0)


def _digit(text: str) -> int:
    return max(0, _HAN.find(text[-1]) - 1)

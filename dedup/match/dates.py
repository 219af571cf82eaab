"""Dates and times in Chinese text, in any notation, with what they say.

Offsets are those of the text given, a view of the original (:func:`dedup.match.view.view`).
Years of the Republic count from 1912 and are read as such only beside the word 民国.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedup.match.numerals import HAN, numeral_value
from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Add to a year of the Republic of China to get the Common Era.
REPUBLIC = 1911

_N = r"(?:\d{1,2}|[〇零一二三四五六七八九十廿卅]{1,3})"
_MINUTE = r"(?:[二三四五]?十[一二三四五六七八九]?|[〇零][一二三四五六七八九])"
_ERA = r"(?:中华)?(?P<era>民国)\s{0,3}(?P<reign>\d{1,3}|[〇零一二三四五六七八九十百元]{1,5})"
_FULL_YEAR = (
    r"(?:(?:公元|西元)\s{0,3})?"
    r"(?P<year>\d{4}|[〇○零一二三四五六七八九][〇○o零一二三四五六七八九]{3}"
    r"|(?<![\d.])\d{2,3}(?=\s{0,3}年\s{0,3}\d{1,2}\s{0,3}月))"
)
_YEAR = rf"(?:{_ERA}|{_FULL_YEAR})\s{{0,3}}年"
_DAYTIME = r"(?P<half{0}>上午|下午|凌晨|晚上|早上|早晨|中午|傍晚|夜间|晚)\s{{0,3}}"
_MINUTES = (
    r"(?:\s{{0,3}}(?P<minute{0}>\d{{1,2}}|{1})\s{{0,3}}分(?![之钟])|(?P<part{0}>半|[一三]刻))"
)
#: How a date may begin: a look at that spares most places the rest.
_FIRST = (
    "[中民公西上下凌晚早傍夜星礼周每大今昨明前后当次翌去本]"
    r"|[\d〇○o零一二三四五六七八九十廿卅]{1,4}\s{0,3}[年月日时点\-/.:：]"
)
_DATE = lazy_pattern(
    rf"(?={_FIRST})(?:{_YEAR}(?:\s{{0,3}}(?P<month>{_N}|元)\s{{0,3}}月份?(?:\s{{0,3}}(?P<day>{_N})\s{{0,3}}[日号])?)?"
    rf"|(?<![\d.{HAN}])(?P<month2>{_N})\s{{0,3}}月份?(?:\s{{0,3}}(?P<day2>{_N})\s{{0,3}}[日号])?"
    rf"|(?<![\d.{HAN}第])(?P<day3>{_N})\s{{0,3}}日(?!元|本|常|均)"
    r"|(?<![\d.\-/])(?P<iso>\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2})(?![\d.])"
    rf"|(?:{_DAYTIME.format(1)})?(?<![\d:])(?P<clock>\d{{1,2}}[::]\d{{2}}(?:[::]\d{{2}})?)(?![\d:])"
    rf"|{_DAYTIME.format(2)}(?P<hour2>{_N})\s{{0,3}}[时点](?:钟|整)?{_MINUTES.format(2, _N)}?"
    rf"|(?<![\d.{HAN}])(?P<hour3>{_N})\s{{0,3}}时(?:{_MINUTES.format(3, _N)}|整)?(?![间代期常刻候])"
    rf"|(?<![\d.{HAN}])(?P<hour4>{_N})\s{{0,3}}点(?:钟|整|{_MINUTES.format(4, _MINUTE)})"
    r"|(?P<weekday>(?:星期|礼拜)[一二三四五六日天]|(?<![\d一二三四五六七八九十两几半上本下每])周[一二三四五六日](?![次期年个岁])|每周[一二三四五六日])"
    r"|(?P<relative>(?:大前天|大后天|(?:今|昨|明|前|后|当)天|(?:今|昨|明|当|次|翌)日"
    r"|(?<![目之此以先面生跟眼])前日(?![本元均益常军方渐语志]))"
    rf"(?:(?:上午|下午|凌晨|早上|早晨|中午|傍晚|晚上|夜间)(?!\s{{0,3}}{_N}\s{{0,3}}[时点:]))?"
    r"|今晨|今早|昨晚|今晚|昨夜|今夜|明早|明晚|前晚|今年|去年|明年|前年|上月|本月|下月|上周|本周|下周|上季度|本季度))"
)
_LATE = frozenset(("下午", "晚上", "傍晚", "晚", "夜间"))
_PARTS_OF_HOUR = {"半": 30, "一刻": 15, "三刻": 45}

#: What a date says: (year, month, day), ("time", hour, minute, …), or a word for a day.
Value = tuple[object, ...]


def dates(text: str) -> Iterator[tuple[int, int, Value, bool]]:
    """Yield start, end and value of each date or time, ascending.

    The last is true for those written with numerals: 昨天 has no other notation.
    """
    for match in _DATE.finditer(text):
        worded = match["weekday"] or match["relative"]
        yield *match.span(), _date(match), not worded


def _date(match: re.Match[str]) -> Value:
    got = {name: value for name, value in match.groupdict().items() if value is not None}
    if "iso" in got:
        return tuple(_whole(part) for part in re.split(r"[\-/.]", got["iso"]))
    if "clock" in got:
        hour, *rest = (int(part) for part in re.split("[:：]", got["clock"]))
        return ("time", _hour(hour, got.get("half1", "")), *rest)
    for name in ("weekday", "relative"):
        if name in got:
            return (name, _plain_day(got[name]))
    return _time(got) or _day(got)


def _day(got: dict[str, str]) -> Value:
    year: int | None = _whole(got["year"]) if "year" in got else None
    if "reign" in got:
        year = (1 if got["reign"] == "元" else _whole(got["reign"])) + REPUBLIC
    elif year is not None and year < 100:
        year += 2000
    month = got.get("month") or got.get("month2")
    day = got.get("day") or got.get("day2") or got.get("day3")
    if month == "元":
        month = "1"
    return (year, _whole(month) if month else None, _whole(day) if day else None)


def _time(got: dict[str, str]) -> Value | None:
    for group in "234":
        hour = got.get(f"hour{group}")
        if hour:
            minute = got.get(f"minute{group}")
            part = got.get(f"part{group}")
            late = _hour(_whole(hour), got.get(f"half{group}", ""))
            return ("time", late, _whole(minute) if minute else _PARTS_OF_HOUR.get(part or "", 0))
    return None


def _hour(hour: int, half: str) -> int:
    """Return the hour of the day: 下午3 is 15, 中午1 is 13, 晚上12 is 24."""
    if half in _LATE and hour < 12:
        return hour + 12
    if half == "中午" and 1 <= hour <= 3:
        return hour + 12
    if half in ("晚上", "晚", "夜间") and hour == 12:
        return 24
    return 0 if half == "凌晨" and hour == 12 else hour


def _plain_day(text: str) -> str:
    """Return one word for all that name a day: 昨日 is 昨天, 翌日 is 次日, 周三 is 星期三."""
    plain = text.replace("礼拜", "星期").replace("每周", "星期").replace("翌", "次")
    if plain[0] == "周":
        plain = "星期" + plain[1:]
    plain = re.sub(r"(?<=^星期)天", "日", plain)
    return re.sub(r"(?<=^[今昨明前当])日", "天", plain)


def _whole(text: str) -> int:
    value = numeral_value(text)
    return int(value) if value is not None else -1

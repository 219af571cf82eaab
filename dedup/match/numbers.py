"""Numbers and dates in Chinese text, as whole expressions with their value.

Offsets are those of the text given, which should be a view of the original in which digits are
half-width and characters simplified (:func:`dedup.match.view.view`). Two expressions with one
value (五人, 5人; 1.5亿, 15000万) differ in wording, not in fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from dedup.model import ChangeKind
from dedup.text.lazy import lazy_pattern


@dataclass(frozen=True, slots=True)
class Expression:
    """A number or date ``text[start:end]`` and what it says, comparable within its kind."""

    kind: ChangeKind
    start: int
    end: int
    value: tuple[object, ...]


#: Digits of a number whose value is computed; longer rows are compared as they are written.
LONGEST = 60

_HAN = "〇零一二两三四五六七八九十百千万亿廿"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

#: Words with a numeral that counts nothing.
_WORDS = (
    "一般|一些|一样|一起(?!事|案|交|车|火|爆|重|严|特)|一同|一直|一定|一切|一致|一体|一带一路|一旦|一向|一律|一贯|一面"
    "|一边|一度|一并|一点|一线|一流|一心|一再|一时|一时间|一经|一道|一来|一方面|一把手|一系列|一揽子|一味|一概|一半"
    "|统一|万一|唯一|专一|同一|单一|第一时间|第一线|十分|千万(?=不|要|别)|百姓|老百姓|四川|三峡|三亚|九江|六安|五台|千岛"
    "|四处|四周|四季|三农|万物|万象|百科|千古|万分|七夕|十足|百货|八卦|三角|五官|四肢|六合|九州|万里长城|不一|逐一|之一"
    "|进一步|下一步|上一级|七上八下|乱七八糟|五花八门|三心二意|一心一意|九寨|百度|三星|千方百计|万众|两岸|两会|两国|两地|两者"
)
_MEASURES = (
    "平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|海里|英里|米|公斤|千克|克|公吨|吨|斤|两(?!个|名|位|人)|公顷|亩|升|毫升"
    "|美元|欧元|日元|港元|英镑|卢布|人民币|元|块钱|角|小时|分钟|秒钟|秒|周年|年|个月|周|天|千瓦时|千瓦|兆瓦|瓦|伏"
    "|摄氏度|度|级|岁|个百分点|百分点|%|‰|℃|°|倍|成"
)
_CLASSIFIERS = (
    "人次|人|名|位|个|次|项|家|起|例|件|条|辆|架|艘|套|台|部|座|栋|幢|户|间|所|支|只|头|匹|张|份|篇|本|册|页|章|节"
    "|期|届|批|轮|场|局|盘|回|遍|届|站|层|楼|号|路|线|代|种|类|款|处|段|组|队|班|口|枚|颗|粒|株|棵|片|块|杯|瓶|箱|袋"
    "|课时|学时|字|句|行|桶|股|点"
)
_NUMBER = lazy_pattern(
    rf"(?P<word>{_WORDS})"
    rf"|(?P<code>(?<![A-Za-z])[A-Za-z]{{1,20}}-?\d[\dA-Za-z]*(?:\.\d+)*)"
    rf"|(?P<parts>[{_HAN}\d]{{1,20}})\s{{0,3}}分之\s{{0,3}}(?P<share>[{_HAN}\d点.]{{1,20}})"
    r"|(?:(?P<ordinal>第)\s{0,3})?(?:(?<![\dA-Za-z])(?P<sign>[+\-\u2212±])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)*)(?P<scale>\s{0,3}[十百千万亿]+)?"
    rf"|(?P<han>[{_HAN}]+(?:点[〇零一二三四五六七八九]+)?))"
    rf"(?:\s{{0,3}}[余多]?(?P<measure>{_MEASURES})|\s{{0,3}}[余多]?(?P<classifier>{_CLASSIFIERS}))?"
)
_N = r"(?:\d{1,2}|[〇零一二三四五六七八九十廿]{1,3})"
_REIGN = r"(?P<era>民国)\s{0,3}(?P<reign>\d{1,3}|[一二三四五六七八九十百元]{1,4})"
_FULL_YEAR = (
    r"(?P<year>\d{4}|[〇零一二三四五六七八九]{4}|\d{2}(?=\s{0,3}年\s{0,3}\d{1,2}\s{0,3}月))"
)
_YEAR = rf"(?:{_REIGN}|{_FULL_YEAR})\s{{0,3}}年"
_DATE = lazy_pattern(
    rf"{_YEAR}(?:\s{{0,3}}(?P<month>{_N})\s{{0,3}}月份?(?:\s{{0,3}}(?P<day>{_N})\s{{0,3}}[日号])?)?"
    rf"|(?<![\d.{_HAN}])(?P<month2>{_N})\s{{0,3}}月份?(?:\s{{0,3}}(?P<day2>{_N})\s{{0,3}}[日号])?"
    rf"|(?<![\d.{_HAN}第])(?P<day3>{_N})\s{{0,3}}日(?!元|本|常|均)"
    r"|(?<![\d.\-/])(?P<iso>\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2})(?![\d.])"
    r"|(?<![\d:])(?P<clock>\d{1,2}[::]\d{2}(?:[::]\d{2})?)(?![\d:])"
    rf"|(?P<half>上午|下午|凌晨|晚上|早上|早晨|中午|傍晚|晚)\s{{0,3}}(?P<hour>{_N})\s{{0,3}}[时点](?:\s{{0,3}}(?P<minute>{_N})\s{{0,3}}分|半)?"
    rf"|(?<![\d.{_HAN}])(?P<hour2>{_N})\s{{0,3}}时(?:\s{{0,3}}(?P<minute2>{_N})\s{{0,3}}分)?(?![间代期常刻候])"
    r"|(?P<weekday>(?:星期|礼拜)[一二三四五六日天]|(?<![\d一二三四五六七八九十两几半上本下每])周[一二三四五六日](?![次期年个岁])|每周[一二三四五六日])"
    r"|(?P<relative>(?:大前天|大后天|(?:今|昨|明|前|后|当)天|(?:今|昨|明|当|次|翌)日"
    r"|(?<![目之此以先面生跟眼])前日(?![本元均益常军方渐语志]))"
    rf"(?:(?:上午|下午|凌晨|早上|早晨|中午|傍晚|晚上|夜间)(?!\s{{0,3}}{_N}\s{{0,3}}[时点:]))?"
    r"|今晨|今早|昨晚|今晚|昨夜|今夜|明早|明晚|前晚|今年|去年|明年|前年|上月|本月|下月|上周|本周|下周|上季度|本季度)"
)


def expressions(text: str) -> list[Expression]:
    """Return the numbers and dates of ``text``, ascending; a number inside a date is no number."""
    dates = [Expression(ChangeKind.DATE, *m.span(), _date(m)) for m in _DATE.finditer(text)]
    found: list[Expression] = []
    at = 0
    for date in dates:
        found += _numbers(text, at, date.start)
        found.append(date)
        at = date.end
    return [*found, *_numbers(text, at, len(text))]


def _numbers(text: str, low: int, high: int) -> list[Expression]:
    return [
        Expression(ChangeKind.NUMBER, *_visible(match), value)
        for match in _NUMBER.finditer(text, low, high)
        if (value := _number(match)) is not None
    ]


def _visible(match: re.Match[str]) -> tuple[int, int]:
    """Return the span of a match without white space at its start."""
    return match.start() + len(match[0]) - len(match[0].lstrip()), match.end()


def _number(match: re.Match[str]) -> tuple[object, ...] | None:
    """Return what a match says, or None for a word or a lone numeral that counts nothing."""
    if match["word"]:
        return None
    if match["code"]:
        return ("code", match["code"].lower())
    if match["parts"]:
        whole, share = han_value(match["parts"]), han_value(match["share"])
        return (share / whole,) if whole and share is not None else None
    if match["digits"] and (match["digits"].count(".") > 1 or len(match["digits"]) > LONGEST):
        return ("digits", match["digits"])
    value = _han(match) if match["han"] else _scaled(match["digits"], match["scale"] or "")
    return None if value is None else _measured(value, match)


def _han(match: re.Match[str]) -> Fraction | None:
    counts = match["measure"] or match["classifier"] or match["ordinal"]
    return han_value(match["han"]) if counts or len(match["han"]) > 1 else None


def _scaled(digits: str, scale: str) -> Fraction:
    value = Fraction(digits.replace(",", ""))
    for char in scale.strip():
        value *= _TENS.get(char) or _MYRIADS[char]
    return value


def _measured(value: Fraction, match: re.Match[str]) -> tuple[object, ...]:
    """Return a value with its sign and unit: metres are not kilometres, 人 is as good as 名."""
    unit = match["measure"] or ""
    value = -value if match["sign"] in ("-", "\u2212") else value
    if unit in ("%", "‰"):
        return (value / (100 if unit == "%" else 1000),)
    return (value, unit, bool(match["ordinal"]), match["sign"] == "±")


def han_value(text: str) -> Fraction | None:
    """Return the value of a number in Han numerals or digits (三百二十, 二〇二三, 1.5), or None."""
    if len(text) > LONGEST:
        return None
    whole, _, decimals = text.partition("点")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Fraction(text)
    if any(char.isdigit() and char.isascii() for char in text) or not whole:
        return None
    if all(char in _DIGITS for char in whole):
        value = Fraction(int("".join(str(_DIGITS[char]) for char in whole)))
    else:
        value = Fraction(_counted(whole))
    for place, char in enumerate(decimals, 1):
        if char not in _DIGITS:
            return None
        value += Fraction(_DIGITS[char], 10**place)
    return value


def _counted(text: str) -> int:
    total = section = digit = 0
    last = 1
    for char in text.replace("廿", "二十"):
        if char in _DIGITS:
            digit = _DIGITS[char]
            last = 1 if digit else 0
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit, last = 0, _TENS[char]
        else:
            section = (section + digit) or (0 if total else 1)
            if char == "亿":
                total = (total + section) * _MYRIADS[char]
            else:
                total += section * _MYRIADS[char]
            section = digit = 0
            last = _MYRIADS[char]
    if digit and last == 1 and total and not section and text[-2] in _MYRIADS:
        digit *= _MYRIADS[text[-2]] // 10  # 三万五 is 35,000
    return total + section + digit


def _date(match: re.Match[str]) -> tuple[object, ...]:
    got = {name: value for name, value in match.groupdict().items() if value is not None}
    if "iso" in got:
        return tuple(_whole(part) for part in re.split(r"[\-/.]", got["iso"]))
    if "clock" in got:
        return ("time", *(int(part) for part in re.split("[:：]", got["clock"])))
    for name in ("weekday", "relative"):
        if name in got:
            return (name, _plain_day(got[name]))
    hour = got.get("hour") or got.get("hour2")
    if hour:
        minute = got.get("minute") or got.get("minute2") or ("30" if "半" in match[0] else "0")
        half = "下" if got.get("half", "") in ("下午", "晚上", "傍晚", "晚") else ""
        return ("time", _whole(hour) + (12 if half and _whole(hour) < 12 else 0), _whole(minute))
    year: int | None = _whole(got["year"]) if "year" in got else None
    if "reign" in got:
        year = (1 if got["reign"] == "元" else _whole(got["reign"])) + 1911
    elif year is not None and year < 100:
        year += 2000
    month = got.get("month") or got.get("month2")
    day = got.get("day") or got.get("day2") or got.get("day3")
    return (year, _whole(month) if month else None, _whole(day) if day else None)


def _plain_day(text: str) -> str:
    """Return one word for all that name a day: 昨日 is 昨天, 翌日 is 次日."""
    plain = text.replace("礼拜", "星期").replace("每周", "星期").replace("翌", "次")
    return re.sub(r"(?<=^[今昨明前当])日", "天", plain)


def _whole(text: str) -> int:
    value = han_value(text)
    return int(value) if value is not None else -1

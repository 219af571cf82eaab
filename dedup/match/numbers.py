"""Numbers and dates in Chinese text, as whole expressions with their value.

Offsets are those of the text given, which should be a view of the original in which digits are
half-width and characters simplified (:func:`dedup.match.view.view`). Two expressions with one
value (五人, 5人; 1.5亿, 15000万; 民国112年, 2023年) differ in notation, not in fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from dedup.match.dates import dates
from dedup.match.numerals import (
    FINANCIAL,
    HAN,
    LONGEST,
    arabic_value,
    han_value,
    numeral_value,
    roman_value,
)
from dedup.model import ChangeKind
from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from dedup.match.dates import Value


@dataclass(frozen=True, slots=True)
class Expression:
    """A number or date ``text[start:end]`` and what it says, comparable within its kind.

    ``core`` is the end of the numeral itself, before what is counted (5 in 5名); ``start`` where
    there is none that could be written otherwise (昨天, A380).
    """

    kind: ChangeKind
    start: int
    end: int
    value: Value
    core: int


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
    "|美元|欧元|日元|港元|英镑|卢布|人民币|[元圆][整正]|元|圆|块钱|角|小时|分钟|秒钟|秒|周年|年|个月|周|天|千瓦时|千瓦|兆瓦|瓦|伏"
    "|摄氏度|度|级|岁|个百分点|百分点|%|‰|℃|°|倍|成"
)
_CLASSIFIERS = (
    "人次|人|名|位|个|次|项|家|起|例|件|条|辆|架|艘|套|台|部|座|栋|幢|户|间|所|支|只|头|匹|张|份|篇|本|册|页|章|节"
    "|期|届|批|轮|场|局|盘|回|遍|届|站|层|楼|号|路|线|代|种|类|款|处|段|组|队|班|口|枚|颗|粒|株|棵|片|块|杯|瓶|箱|袋"
    "|课时|学时|字|句|行|桶|股|点"
)
#: Words that say minus.
_BELOW = "零下|(?<![胜自担背欠])负"
#: What the first letter of an expression may be: a look at it spares most places the rest.
_FIRST = (
    rf"[\dA-Za-z{HAN}{FINANCIAL}第负+\-\u2212±\u2160-\u216b\u2170-\u217b"
    "上下不专之乱五六单同唯四第统老进逐]"
)
_NUMBER = lazy_pattern(
    rf"(?={_FIRST})(?:"
    rf"(?P<word>{_WORDS})"
    rf"|(?P<code>(?<![A-Za-z])[A-Za-z]{{1,20}}-?\d[\dA-Za-z]*(?:\.\d+)*)"
    r"|(?<![\d/.\-])(?P<over>\d{1,3})/(?P<under>[1-9]\d{0,2})(?![\d/年月])"
    rf"|(?P<minus>负)?(?P<parts>[{HAN}\d]{{1,20}})\s{{0,3}}分之\s{{0,3}}(?P<share>[{HAN}\d点.]{{1,20}})"
    rf"|(?P<money>[{HAN}{FINANCIAL}\d]{{1,20}})[元圆块](?P<jiao>[{HAN}{FINANCIAL}\d])角"
    rf"(?:(?P<fen>[{HAN}{FINANCIAL}\d])分)?[整正]?"
    r"|(?:(?P<ordinal>第)\s{0,3})?(?:"
    rf"(?<![\dA-Za-z])(?P<sign>(?<![%‰℃十百千万亿元])[+\-\u2212±]|{_BELOW})?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)*)"
    r"(?P<scale>\s{0,3}(?:[十百万亿]|千(?![克米瓦伏]))+(?:\d+(?:\.\d+)?[十百千万]*)*)?"
    rf"|(?P<below>{_BELOW})?(?P<han>[{HAN}][{HAN}○]*(?:点[〇零一二三四五六七八九]+[万亿]*)?)"
    rf"|(?P<financial>(?<![队大收])[{FINANCIAL}][{FINANCIAL}零万亿]*)"
    rf"|(?P<roman>[\u2160-\u216b\u2170-\u217b]|(?<![A-Za-z])[ivx]{{1,6}}(?![A-Za-z\d])))"
    rf"(?:\s{{0,3}}[余多]?(?P<measure>{_MEASURES})|\s{{0,3}}[余多]?(?P<classifier>{_CLASSIFIERS}))?)"
)
#: Units that are written in more than one way, and how many of the plain one they are.
_UNITS = {
    "千米": (1000, "米"), "公里": (1000, "米"), "千克": (1000, "克"), "公斤": (1000, "克"),
    "千瓦": (1000, "瓦"), "平方千米": (1, "平方公里"), "公吨": (1, "吨"), "块钱": (1, "元"),
    "圆": (1, "元"), "元整": (1, "元"), "元正": (1, "元"), "圆整": (1, "元"), "圆正": (1, "元"),
    "个百分点": (1, "百分点"), "摄氏度": (1, "℃"),
}  # fmt: skip
_SHARES = {"%": 100, "‰": 1000, "成": 10}
#: What numbers say by all their groups: texts of one form have the same ones again and again.
_SAID: dict[object, Value | None] = {}
_MOST_SAID = 1 << 13


def expressions(text: str) -> list[Expression]:
    """Return the numbers and dates of ``text``, ascending; a number inside a date is no number."""
    return list(each_expression(text))


def each_expression(text: str) -> Iterator[Expression]:
    """Yield what :func:`expressions` returns; what is not asked for is not read."""
    at = 0
    for start, end, value, numeric in dates(text):
        yield from _numbers(text, at, start)
        core = end if numeric else start
        yield Expression(ChangeKind.DATE, start, end, value, core)
        at = end
    yield from _numbers(text, at, len(text))


def each_value(text: str) -> Iterator[tuple[ChangeKind, Value]]:
    """Yield the kind and the value of each expression; where they stand is not looked at."""
    at = 0
    for start, end, value, _ in dates(text):
        yield from _values(text, at, start)
        yield ChangeKind.DATE, value
        at = end
    yield from _values(text, at, len(text))


def _values(text: str, low: int, high: int) -> Iterator[tuple[ChangeKind, Value]]:
    for match in _NUMBER.finditer(text, low, high):
        value = _value(match)
        if value is not None:
            yield ChangeKind.NUMBER, value


def _numbers(text: str, low: int, high: int) -> Iterator[Expression]:
    for match in _NUMBER.finditer(text, low, high):
        value = _value(match)
        if value is not None:
            yield Expression(ChangeKind.NUMBER, *_visible(match), value, _core(match))


def _visible(match: re.Match[str]) -> tuple[int, int]:
    """Return the span of a match without white space at its start."""
    return match.start() + len(match[0]) - len(match[0].lstrip()), match.end()


def _core(match: re.Match[str]) -> int:
    """Return where the numeral ends; a share and a sum of money are numerals to their end."""
    if match["code"]:
        return _visible(match)[0]
    if match["measure"] and match["measure"] not in _SHARES:
        end = match.start("measure")
    elif match["classifier"]:
        end = match.start("classifier")
    else:
        return match.end()
    return match.start() + len(match[0][: end - match.start()].rstrip(" \t余多"))


def _value(match: re.Match[str]) -> Value | None:
    """Return what a match says; that depends on its groups alone, and is remembered."""
    said = match.groups()
    if said[0]:
        return None  # a word
    key = (match[0], said)
    if key not in _SAID:
        if len(_SAID) >= _MOST_SAID:
            _SAID.clear()
        _SAID[key] = _number(match)
    return _SAID[key]


def _number(match: re.Match[str]) -> Value | None:
    """Return what a match says, or None for a word or a lone numeral that counts nothing."""
    if match["word"]:
        return None
    if match["code"]:
        return ("code", match["code"].lower())
    if match["money"]:
        return _money(match)
    if match["digits"]:
        return _digits(match)
    return _share(match) if match["parts"] or match["over"] else _lettered(match)


def _share(match: re.Match[str]) -> Value | None:
    """Return the value of 三分之二, 2/3, 百分之五."""
    if match["over"]:
        return (Fraction(int(match["over"]), int(match["under"])),)
    whole, share = numeral_value(match["parts"]), numeral_value(match["share"])
    if not whole or share is None:
        return None
    return (-share / whole if match["minus"] else share / whole,)


def _digits(match: re.Match[str]) -> Value:
    digits = match["digits"]
    if digits.count(".") > 1 or len(digits) > LONGEST:
        return ("digits", digits)
    value = arabic_value((digits + (match["scale"] or "")).replace(" ", ""))
    if value is None:
        return ("written", match[0])
    return _measured(value, match)


def _lettered(match: re.Match[str]) -> Value | None:
    """Return what a number in Han or Roman numerals says, where it surely is a number."""
    counts = bool(match["measure"] or match["classifier"] or match["ordinal"])
    if match["han"]:
        if not counts and len(match["han"]) == 1:
            return None
        value = han_value(match["han"])
    elif match["financial"]:
        money = _UNITS.get(match["measure"] or "", (1, match["measure"]))[1] in ("元", "角")
        if not counts or (len(match["financial"]) == 1 and not money):
            return None
        value = han_value(match["financial"])
    else:
        if not counts and len(match["roman"]) > 1:
            return None
        value = numeral_value(match["roman"]) or roman_value(match["roman"].upper())
        if value is None or (match["roman"].isascii() and not match["ordinal"]):
            return None
    return ("written", match[0]) if value is None else _measured(value, match)


def _money(match: re.Match[str]) -> Value | None:
    """Return the value of 三元五角, 壹佰元伍角贰分."""
    parts = [han_value(match[name] or "零") for name in ("money", "jiao", "fen")]
    places = (1, 10, 100)
    if any(part is None for part in parts):
        return ("written", match[0])
    value = sum((part or 0) / place for part, place in zip(parts, places, strict=True))
    return (value, "元", False, False)


def _measured(value: Fraction, match: re.Match[str]) -> Value:
    """Return a value with its sign and unit: metres are not kilometres, 人 is as good as 名."""
    unit = match["measure"] or ""
    if match["below"] or match["sign"] in ("-", "\u2212", "负", "零下"):
        value = -value
    if unit in _SHARES:
        return (value / _SHARES[unit],)
    times, unit = _UNITS.get(unit, (1, unit))
    return (
        value * times if times != 1 else value,
        unit,
        bool(match["ordinal"]),
        match["sign"] == "±",
    )

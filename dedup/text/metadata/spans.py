"""Spans in a body line: a dateline before the first sentence, credits behind the last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.model import Fact, Role
from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.bylines import read_byline
from dedup.text.metadata.dates import date_pattern
from dedup.text.metadata.normal import normalise
from dedup.text.metadata.patterns import ORIGINAL_TITLE, PAGE_LINE
from dedup.text.metadata.reading import Bare, Reading
from dedup.text.metadata.rules import Zone, group_facts, read_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH = 160

_AGENCY = (
    r"(?:新华社|新华网|中新社|中新网|中国新闻网|人民网|央视网|央广网|光明网|中央社|法新社|路透社"
    r"|美联社|塔斯社|"
    r"俄新社|共同社|韩联社|中通社|本报|本网|本刊|本台|本社|[\w·]{2,12}?(?:社|网|报|新闻|在线|电台"
    r"|电视台|客户端|通讯社))"
)
_DAY = r"(?:(?:19|20)\d\d ?年 ?)?(?:\d{1,2} ?月 ?)?\d{1,2} ?日"
#: 11月14日电影节开幕 is no dateline.
_WIRE = (
    r"(?:专?电(?![影视话力子脑信器商台网动池梯厂压流竞缆气车机能量灯炉焊磁解玩])|讯(?![息问号]))"
)
_BYLINE = r"(?: {0,4}\((?P<people>[^()]{2,70})\))?"
_LEAD = (
    # 新华社北京11月14日电（记者张三、李四）
    (
        rf"\(?(?:据)?(?P<source>{_AGENCY})(?!\w{{0,6}}(?:记者"
        rf"|特派员))(?P<place>[\w\"]{{0,12}}?) {{0,2}}{_DAY} ?{_WIRE} ?\)?{_BYLINE} ?:?"
    ),
    # 新京报讯（记者 张三）: any other paper, where it names its reporters
    (
        r"(?P<source>\w{2,8}(?:报|网|新闻|客户端)) ?讯 {0,4}"
        r"\((?P<people>[^()]{0,16}(?:记者|通讯员|特派员)[^()]{2,60})\) ?:?"
    ),
    # 本报讯（记者 张三）
    (
        rf"\(?(?P<source>本报|本网|本刊|本台|本社|\w{{2,6}}(?:日报|晚报"
        rf"|都市报)) ?讯(?![息问号])\)?{_BYLINE} ?:?"
    ),
    # 央视网消息：
    (
        rf"\(?(?P<source>本台|本报|央视网|央广网"
        rf"|{_AGENCY}) ?消息\)?(?: ?\([^()]{{2,24}}\))?{_BYLINE} ?:"
    ),
    # （记者 张三 通讯员 李四）
    r"\((?P<people>[^()]{0,16}(?:记者|通讯员|特派员)[^()]{2,60})\)",
    # 記者王小明／台北報導
    r"(?P<people>[\w·]{0,8}记者 ?\w{2,4} ?/ ?\w{2,8}(?:报导|报道))(?: ?[:]|(?= )|$)",
    # 發布時間:2024-11-23 07:40:02 來源: 某网, run into the first paragraph
    (
        rf"(?:发布时间|发布日期|发表时间) ?: ?(?P<published>{date_pattern()})(?: {{1,4}}来源 ?: ?"
        rf"(?P<source>\w{{2,16}})(?= ))"
    ),
)
_LEADS = tuple(map(lazy_pattern, _LEAD))
#: 〔記者王小明／台北報導〕 【本报讯】 （中央社台北14日電）: what the bracket holds must report.
_BRACKET = lazy_pattern(
    r"\((?P<inside>[^()]{2,60}(?:报导|报道|外电|日电|日讯|专电|本报讯|讯|中央社|本报讯|电))\)"
)
_REPORTS = lazy_pattern(
    rf"(?P<source>中央社|本报|本刊|本台|本网|新华社|中新社|\w{{1,8}}(?:报|社|网|时报|日报))(?:讯"
    rf"|{_DAY} ?(?:电|讯)|/.{{1,40}}|"
    rf"(?:\w{{0,8}}?)(?:{_DAY}) ?(?:专电|外电报导|综合外电报导|电|讯))"
    r"|(?:即时新闻|\w{2,6}中心|编译\w{2,4}|综合报导|本报讯)(?:/\w{2,10}(?:报导|报道))?|本报讯"
)
_START = lazy_pattern(r"[\w(]")
#: One of these is near the beginning of every dateline.
LEAD_WORDS = "电|讯|消息|记者|通讯员|报导|报道|时间|中央社|特派员"
_LEAD_WORDS = lazy_pattern(LEAD_WORDS)

_SENTENCE_ENDS = frozenset("。!?\"')…")
_HINT = lazy_pattern("[电電讯訊记記时時]|消息|通[讯訊]|报[导道]|報[導道]|中央社|特派")
_CREDIT_HINT = lazy_pattern("[编編]|返回")
CLOSERS = frozenset(")）】〕》］]")
#: Behind it the Central News Agency writes the day: （編輯：王小明）1121114.
_CLOSING = lazy_pattern(r"\(([^()]{1,90})\)(?:1\d{6})?$")
_END_WORDS = lazy_pattern(r"完|本文完|全文完|全文终|未完待续|待续|续完|end", re.IGNORECASE)
_PAGE_LINE_END = lazy_pattern(PAGE_LINE + "$")
_ORIGINAL = lazy_pattern(ORIGINAL_TITLE)
_AFFILIATION = lazy_pattern(
    r"(?:本文)?(?:作者|第一作者|笔者)(?:单位)?(?:系|为|是|:|单位:)(?P<_affiliation>[^。!?]{2,80})"
)
_NAKED = lazy_pattern(
    r"(?<=[。!?\")…]) {0,6}(?P<credit>\(?(?:责任编辑|责编|编辑) ?: ?[^。!?,:]{2,30}"
    r"|返回搜狐,? ?查看更多)$"
)
_TAIL_BRACKETS = frozenset(
    {"byline", "credit", "source", "header", "page-line", "copyright", "original-title"}
)


@dataclass(frozen=True, slots=True)
class Span:
    """A reading at ``[start, end)`` of a line's text."""

    start: int
    end: int
    reading: Reading


def leading(text: str) -> Span | None:
    """Return the dateline that opens a line of body."""
    if not _HINT.search(text, 0, 90):
        return None
    norm = normalise(text[:_REACH])
    if not _START.match(norm) or not _LEAD_WORDS.search(norm, 0, 90):
        return None
    bracket = _BRACKET.match(norm)
    if bracket:
        return _bracketed(text, bracket)
    for pattern in _LEADS:
        found = pattern.match(norm)
        facts = group_facts(text, found) if found else None
        if found and facts is not None:
            end = len(found[0].rstrip())
            return Span(0, end, Reading("dateline", facts=facts, strong=True))
    return None


def _bracketed(text: str, bracket: re.Match[str]) -> Span | None:
    inside = text[slice(*bracket.span("inside"))]
    for pattern in _LEADS:
        found = pattern.fullmatch(bracket["inside"])
        facts = group_facts(inside, found) if found else None
        if facts is not None:
            return Span(0, bracket.end(), Reading("dateline", facts=facts, strong=True))
    people = read_byline(inside, bracket["inside"])
    if people:
        facts = (Fact("people", "、".join(people)),)
        return Span(0, bracket.end(), Reading("dateline", facts=facts, strong=True))
    report = _REPORTS.fullmatch(bracket["inside"])
    if report is None:
        return None
    source = inside[slice(*report.span("source"))] if report["source"] else ""
    facts = (Fact("source", source),) if source else ()
    return Span(0, bracket.end(), Reading("dateline", facts=facts, strong=True))


def trailing(text: str) -> Iterator[Span]:
    """Yield the parts that close the last line of body, last first."""
    if text[-1] not in CLOSERS and not _CREDIT_HINT.search(text, max(0, len(text) - 60)):
        return
    base = max(0, len(text) - _REACH)
    norm = normalise(text[base:])
    end = len(norm)
    while end:
        found = _closing(text[base : base + end], norm[:end])
        if found is None or (base + found[0] == 0):
            return
        start, reading = found
        yield Span(base + start, base + end, reading)
        end = len(norm[:start].rstrip())


def _closing(text: str, norm: str) -> tuple[int, Reading] | None:
    page = norm.rfind("《")
    found = _PAGE_LINE_END.search(norm, max(0, page - 6)) if page >= 0 else None
    if found and _closes(norm, found):
        return found.start(), Reading(
            "page-line", facts=group_facts(text, found) or (), strong=True
        )
    bracket = _CLOSING.search(norm)
    if bracket:
        reading = _in_bracket(text[slice(*bracket.span(1))], bracket[1])
        return (bracket.start(), reading) if reading else None
    naked = _NAKED.search(norm)
    if naked:
        start, end = naked.span("credit")
        reading = read_line(Bare(text[start:end], norm[start:end], norm[start:end]), Zone.TAIL)
        return (start, reading) if reading else None
    return None


def _closes(norm: str, page_line: re.Match[str]) -> bool:
    """Tell a page line from a sentence that ends in 见《…》2023年11月14日."""
    before = norm[: page_line.start()].rstrip()
    stamped = "版" in page_line[0] or page_line[0].endswith(")")
    return stamped and (not before or before[-1] in _SENTENCE_ENDS)


def _in_bracket(text: str, norm: str) -> Reading | None:
    if _END_WORDS.fullmatch(norm.strip()):
        return Reading("end-mark", Role.FURNITURE)
    original = _ORIGINAL.fullmatch(norm.strip())
    if original:
        title = text[slice(*original.span("title"))].strip()
        return Reading("original-title", Role.TITLE, (Fact("title", title),))
    if _AFFILIATION.fullmatch(norm.strip()):
        return Reading("byline")
    wire = _LEADS[0].fullmatch(norm.strip())
    if wire:
        facts = group_facts(text.strip(), wire)
        return None if facts is None else Reading("dateline", facts=facts)
    reading = read_line(Bare(text.strip(), norm.strip(), norm.strip()), Zone.TAIL)
    return reading if reading and reading.kind in _TAIL_BRACKETS and not reading.weak else None

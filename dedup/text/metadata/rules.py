"""The table of line rules: what a line at the head or tail may be.

A rule is tried only where one of its keywords occurs, and all keywords of all rules are looked
for at once. To add a rule, add a row; its cases go to ``tests/cases/metadata``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from dedup.model import Fact, Role
from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.bylines import read_byline
from dedup.text.metadata.dates import parse_date
from dedup.text.metadata.fields import read_fields
from dedup.text.metadata.labels import LABELS
from dedup.text.metadata.lines import LONGEST
from dedup.text.metadata.names import split_names
from dedup.text.metadata.notices import LONGEST_INVITATION, read_copyright, read_follow
from dedup.text.metadata.patterns import (
    BREADCRUMB,
    ENDING,
    FROM_BOOK,
    HEADING_LINE,
    LICENSE,
    NAVIGATION,
    ORIGINAL_TITLE,
    PAGE_LINE,
    PAGE_NUMBER,
    PLAIN_PAGE_LINE,
    RELATED_ROW,
    TRANSLATED,
)
from dedup.text.metadata.reading import Bare, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

#: Version of all rules together; part of the settings fingerprint.
VERSION = 1


class Zone(Flag):
    """Where a rule applies."""

    HEAD = auto()
    TAIL = auto()
    BOTH = HEAD | TAIL


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of line. ``read`` returns None for a line that is something else.

    ``longest`` is how many characters such a line has at most; ``dated`` tells that it holds a
    date, ``numbered`` a number.
    """

    zone: Zone
    keywords: str
    read: Callable[[Bare], Reading | None]
    longest: int = LONGEST
    dated: bool = False
    numbered: bool = False


def whole(
    kind: str, pattern: str, *, role: Role = Role.METADATA, weak: bool = False, strong: bool = False
) -> Callable[[Bare], Reading | None]:
    """Make a reader from a pattern for the whole line; its named groups are the facts.

    A group whose name begins with ``_`` is no fact. With or without brackets around the line.
    """
    compiled = lazy_pattern(pattern, re.IGNORECASE)

    def read(bare: Bare) -> Reading | None:
        for candidate in (bare, bare.inside(), bare.decorated()):
            found = compiled.fullmatch(candidate.norm)
            if found:
                facts = group_facts(candidate.text, found)
                return None if facts is None else Reading(kind, role, facts, weak, strong)
        return None

    return read


def group_facts(text: str, found: re.Match[str]) -> tuple[Fact, ...] | None:
    """Turn named groups into facts; None where a group says no date or no names after all."""
    facts: list[Fact] = []
    for name, value in found.groupdict().items():
        if name.startswith("_") or not value:
            continue
        original: str | None = text[slice(*found.span(name))].strip()
        if name in ("published", "printed", "updated", "scraped"):
            original = parse_date(value)
        elif name == "people":
            people = read_byline(original or "", value) or split_names(
                original or "", value, strict=True
            )
            original = "、".join(people) if people else None
        elif name == "page":
            original = value.strip().lstrip("0") or value
        if original is None:
            return None
        facts.append(Fact(name, original))
    return tuple(facts)


def read_people_rule(bare: Bare) -> Reading | None:
    """Read a byline without a colon, with or without brackets around it."""
    inner = bare.inside()
    people = read_byline(inner.text, inner.norm) if len(inner.norm) <= _LONGEST_BYLINE else None
    if people is None:
        return None
    credit = re.search("编辑|责编|校对", inner.norm)
    return Reading("credit" if credit else "byline", facts=(Fact("people", "、".join(people)),))


def read_fields_rule(bare: Bare) -> Reading | None:
    """Read a row of fields, with or without brackets around it."""
    return read_fields(bare) or read_fields(bare.inside())


_FIELD_WORDS = " ".join(label.words for label in LABELS) + (
    " 点击 浏览 阅读 访问 查看 人气 评论 回复 回覆 转发 收藏 点赞 分享 热度 字数 打印 关闭 字号"
    " 字体 举报 纠错 在看 听新闻 复制 返回 微信 微博 朋友圈 放大 大 首页 上页 年 19 20"
)
_COPYRIGHT_WORDS = (
    "版权 转载 侵权 著作权 copyright © (c) 声明 举报 备 许可证 观点 立场 未经 不得 禁止 必究 原创"
    " 独家 rights"
)
_FOLLOW_WORDS = (
    "喜欢 扫 长按 识别 关注 公众号 微信 原文 返回 查看 点 赞 在看 分享 二维码 星标 戳 订阅 下载"
    " 搜索 添加 举报 投诉 全文 划线 收藏 热线 视频号 小程序 更多 看下一个 轻触 转发"
)

_LONGEST_BYLINE = 80

#: Tried in this order; the first that reads the line wins.
RULES: tuple[Rule, ...] = (
    Rule(Zone.BOTH, "》", whole("page-line", PAGE_LINE, strong=True), longest=140, dated=True),
    Rule(
        Zone.BOTH,
        "版",
        whole("page-line", PLAIN_PAGE_LINE, strong=True),
        longest=100,
        dated=True,
    ),
    Rule(
        Zone.BOTH,
        "原标题 原题 原文标题 原文题目",
        whole("original-title", ORIGINAL_TITLE, role=Role.TITLE, strong=True),
        longest=110,
    ),
    Rule(Zone.BOTH, _FIELD_WORDS, read_fields_rule),
    Rule(
        Zone.BOTH,
        "记者 通讯员 特派员 报道员 文 图 编辑 责编 撰文 作者 摄",
        read_people_rule,
        longest=_LONGEST_BYLINE,
    ),
    Rule(Zone.BOTH, "原载 选自 摘自 刊于 载于 原刊 发表于", whole("source", FROM_BOOK), longest=70),
    Rule(
        Zone.BOTH,
        "页 page ·",
        whole("page-number", PAGE_NUMBER, role=Role.FURNITURE),
        longest=30,
        numbered=True,
    ),
    Rule(
        Zone.BOTH,
        "上一 下一 前一 后一 上1 下1 首页 上页",
        whole("navigation", NAVIGATION, role=Role.FURNITURE),
        longest=150,
    ),
    Rule(
        Zone.HEAD,
        "位置 首页 主页 home 正文 详情 内容",
        whole("breadcrumb", BREADCRUMB, role=Role.FURNITURE),
        longest=170,
    ),
    Rule(
        Zone.TAIL,
        "阅读 文章 新闻 报道 推荐 链接 内容 回顾 资讯 视频 专题",
        whole("related", RELATED_ROW, role=Role.FURNITURE),
        longest=180,
    ),
    Rule(
        Zone.TAIL,
        "完 待续 终 end fin",
        whole("end-mark", ENDING, role=Role.FURNITURE),
        longest=24,
    ),
    Rule(Zone.BOTH, "本文由 translat", whole("credit", TRANSLATED, strong=True), longest=170),
    Rule(Zone.TAIL, "协议 许可", whole("copyright", LICENSE, role=Role.FURNITURE), longest=120),
    Rule(Zone.BOTH, _COPYRIGHT_WORDS, read_copyright),
    Rule(Zone.BOTH, _FOLLOW_WORDS, read_follow, longest=LONGEST_INVITATION),
)

_BY_KEYWORD: dict[str, list[int]] = {}
for _index, _rule in enumerate(RULES):
    for _word in _rule.keywords.lower().split():
        _BY_KEYWORD.setdefault(_word, []).append(_index)
_ROWS_OF = {
    zone: frozenset(i for i, rule in enumerate(RULES) if zone & rule.zone)
    for zone in (Zone.HEAD, Zone.TAIL, Zone.BOTH)
}
_KEYWORD = lazy_pattern("|".join(map(re.escape, sorted(_BY_KEYWORD, key=len, reverse=True))))
_DASHED_NUMBER = lazy_pattern(
    r"-{1,2} {0,3}第? ?[\d一二三四五六七八九十百〇]{1,5} ?页? {0,3}-{1,2}"
)
_HEADING = lazy_pattern(HEADING_LINE)
SENTENCE_END = frozenset("。！？!?；;，,、")
#: Characters, in both scripts, one of which every notice that is a sentence holds.
NOTICE_CHARACTERS = "版转轉载載侵扫掃关關码碼赞贊讚©创創观觀摘由>›"
_NOTICE_HINT = lazy_pattern(f"[{NOTICE_CHARACTERS}]")
_LONG = 90
#: Lines whose readings are remembered, with at most so many characters as may be read at all.
_REMEMBERED = 2048
#: The heading of a list of other articles, and what is below it.
RELATED = Reading("related", Role.FURNITURE)
LONGEST_HEADING = 24


def may_be_part(text: str) -> bool:
    """Tell at a glance whether a line is worth reading: a sentence only if it may be a notice."""
    if text[-1] in SENTENCE_END or len(text) > _LONG:
        fields = text.count(":") + text.count("：") + text.count("|")
        return bool(_NOTICE_HINT.search(text)) or (len(text) > _LONG and fields > 2)
    return True


def read_line(bare: Bare, zone: Zone) -> Reading | None:
    """Return what a line is, or None for body."""
    words = _KEYWORD.findall(bare.norm.replace(" ", "").lower())
    if not words:
        return page_number(bare)
    rows = frozenset[int]().union(*map(_rules_of, set(words)))
    for row in sorted(rows & _ROWS_OF[zone]):
        reading = RULES[row].read(bare)
        if reading is not None:
            return reading
    return page_number(bare)


def may_read(text: str, rules: int) -> bool:
    """Tell whether one of the ``rules``, a bit each, reads a line, or it is a page number."""
    bare = Bare.of(text)
    return page_number(bare) is not None or any(RULES[row].read(bare) for row in _rows(rules))


@cache
def _rows(rules: int) -> tuple[int, ...]:
    return tuple(row for row in range(len(RULES)) if rules >> row & 1)


@lru_cache(maxsize=_REMEMBERED)
def read_head_line(text: str) -> Reading | None:
    """Return what a line at the head is, or None for body; pages of one site repeat theirs."""
    return read_line(Bare.of(text), Zone.HEAD)


@lru_cache(maxsize=_REMEMBERED)
def read_tail_line(text: str) -> Reading | None:
    """Return what a line at the tail is, or None for body; so are headings of lists."""
    bare = Bare.of(text)
    if is_heading(bare) and not text.startswith("#"):
        return RELATED
    return read_line(bare, Zone.TAIL)


@cache
def _rules_of(keyword: str) -> frozenset[int]:
    """Return the rules of a keyword, and of those that occur in it."""
    return frozenset(i for word, rows in _BY_KEYWORD.items() if word in keyword for i in rows)


def page_number(bare: Bare) -> Reading | None:
    """Read —12—, whose dashes are also decoration."""
    full = bare.full.strip()
    if len(full) <= 16 and _DASHED_NUMBER.fullmatch(full):
        return Reading("page-number", Role.FURNITURE)
    return None


def is_heading(bare: Bare) -> bool:
    """Tell whether a line announces a list of other articles."""
    return len(bare.norm) <= LONGEST_HEADING and bool(_HEADING.fullmatch(bare.norm))

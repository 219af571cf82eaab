"""Lines that are a row of fields: labels with values, dates, counters, buttons.

The whole line must be accounted for. One left-over word, and the line is body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dedup.model import Fact, Role
from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.dates import date_pattern, has_clock, parse_date
from dedup.text.metadata.labels import COUNTS, LABELS, MEDIUM, SURE, TOOLS, Label
from dedup.text.metadata.names import split_names
from dedup.text.metadata.reading import Bare, Reading

_BY_WORD = {word: label for label in LABELS for word in label.words.split()}
_SEPARATORS = r" |/,;、。·()\[\]<>*#_\-"
#: Between the label and its value; the short forms 文/张三 and 编辑 | 李四 occur too.
_COLON = r" {0,4}(?::|[|/](?! ?\w{1,3}[:|/]))"


def _spaced(word: str) -> str:
    """Let a label be spread out, 来　源 or 发 布 时 间."""
    return " {0,4}".join(map(re.escape, word))


def _items() -> re.Pattern[str]:
    words = sorted(_BY_WORD, key=len, reverse=True)
    # Case is ignored where there is any: ignoring it among Han takes twice the time to compile.
    latin = "|".join(word for word in words if word.isascii())
    label = f"(?i:{latin})|" + "|".join(_spaced(word) for word in words if not word.isascii())
    edge = rf"(?<![^{_SEPARATORS}\d:])"
    after = rf"(?![^{_SEPARATORS}\d:])"
    return lazy_pattern(
        rf"{edge}(?P<label>{label}){_COLON}|(?i:(?P<date>{date_pattern()})"
        rf"|{edge}(?P<count>{COUNTS})|{edge}(?P<tool>{TOOLS}){after})"
    )


_ITEM = _items()
#: What a label, a counter or a button can begin with (dates are looked for apart).
FIRST = frozenset(
    {word[0] for word in _BY_WORD}
    | set("点浏阅访查人评回转收赞分热字已围共有文调大视打关我纠举在听语复保返微")
    | set("新腾朋q豆放缩变默中小特t首上下末尾扫手订推喜投a0123456789")
)
_URL = lazy_pattern(r"(?:https?://|www\.)[!-~]{1,200}")
#: What may stand before, between and behind fields, as characters.
BETWEEN = frozenset(_SEPARATORS.replace("\\", "") + ":\"'")
#: What may stand before, between and behind fields, as characters.
BETWEEN = frozenset(_SEPARATORS.replace("\\", "") + ":\"'")
_EMPTY = lazy_pattern(rf"[{_SEPARATORS}:\"']*")
_EDGES = " |/,;、·()[]<>*_-:"
#: 2024/3/12 09:21（3/12 10:02 更新）
_UPDATED = lazy_pattern(r"(?:\d{1,2}/\d{1,2} )?\d{1,2}:\d\d ?更新")
_MEDIUM = lazy_pattern(MEDIUM)
_SENTENCE = lazy_pattern(r"[。!?;,\"]|\.{2}|…")
_USELESS = lazy_pattern(r"u{8,}.*")
_DATE = lazy_pattern(date_pattern())
#: A date may stand behind the name of a medium: 新华网 2023-11-14 10:22.
_FARTHEST = 40
_LONGEST_SOURCE, _MOST_PEOPLE = 36, 24
_LISTING = str.maketrans("", "", ",;")


@dataclass(slots=True)
class _Row:
    """What has been read of a line so far."""

    labels: list[Label] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    sure: bool = False
    dates: int = 0
    clocks: int = 0
    counts: int = 0
    tools: int = 0
    lone_tools: int = 0


def read_fields(bare: Bare) -> Reading | None:
    """Read a line that consists of fields and nothing else."""
    norm = bare.norm
    start = _EMPTY.match(norm).end()  # type: ignore[union-attr]
    if not _may_start(norm, start):
        return None
    norm = _URL.sub(lambda m: "u" * len(m[0]), norm)
    row = _Row()
    items = list(_ITEM.finditer(norm))
    if not items or not _lead(bare, norm[: items[0].start()], items, row):
        return None
    for index, item in enumerate(items):
        stop = items[index + 1].start() if index + 1 < len(items) else len(norm)
        value = _trim(norm, item.end(), stop)
        if item["label"]:
            next_is_date = index + 1 < len(items) and items[index + 1]["date"] is not None
            fits = _labelled(bare, norm, item, value, row, next_is_date=next_is_date)
        else:
            labelled = index > 0 and _awaits_date(items[index - 1], norm, item.start())
            fits = _unlabelled(bare, norm, item, value, row, labelled=labelled)
        if not fits:
            return None
    return _conclude(row)


def _may_start(norm: str, start: int) -> bool:
    """Tell whether a field, or a date behind the name of a medium, opens the line."""
    if norm[start : start + 1].lower() in FIRST and _ITEM.match(norm, start):
        return True
    dated = "20" in norm or "19" in norm or "年" in norm
    return dated and bool(_DATE.search(norm, start, start + _FARTHEST))


def _trim(norm: str, start: int, end: int) -> tuple[int, int]:
    while start < end and norm[start] in _EDGES:
        start += 1
    while start < end and norm[end - 1] in _EDGES:
        end -= 1
    return start, end


def _lead(bare: Bare, before: str, items: list[re.Match[str]], row: _Row) -> bool:
    """Account for what stands before the first field: nothing, or the name of a medium."""
    if _EMPTY.fullmatch(before):
        return True
    start, end = _trim(before, 0, len(before))
    if items[0]["date"] and has_clock(items[0][0]) and _MEDIUM.fullmatch(before[start:end]):
        row.facts.append(Fact("source", bare.text[start:end]))
        return True
    return False


def _awaits_date(item: re.Match[str], norm: str, start: int) -> bool:
    if not item["label"] or _label_of(item).takes != "date":
        return False
    return bool(_EMPTY.fullmatch(norm, item.end(), start))


def _label_of(item: re.Match[str]) -> Label:
    return _BY_WORD[item["label"].replace(" ", "").lower()]


def _labelled(
    bare: Bare,
    norm: str,
    item: re.Match[str],
    value: tuple[int, int],
    row: _Row,
    *,
    next_is_date: bool,
) -> bool:
    label = _label_of(item)
    sure = item["label"].replace(" ", "") in SURE
    text, plain = bare.text[slice(*value)], norm[slice(*value)]
    row.labels.append(label)
    row.sure = row.sure or sure
    if label.takes == "date":
        return not plain and next_is_date
    if not plain:
        return sure or label.takes == "source"
    if label.takes == "topic":
        return len(plain) <= 60 and not _SENTENCE.search(plain.translate(_LISTING))
    if label.takes == "source":
        row.facts.append(Fact("source", text.strip("《》 ")))
        return not _SENTENCE.search(plain.replace(",", "")) and len(plain) <= _longest(plain)
    return _people(text, plain, row, strict=label.takes == "strict-names" and not sure)


def _people(text: str, plain: str, row: _Row, *, strict: bool) -> bool:
    link = _USELESS.search(plain)
    if link and link.start():
        text, plain = text[: link.start()].rstrip(_EDGES), plain[: link.start()].rstrip(_EDGES)
    names = split_names(text, plain, strict=strict)
    if not names or len(names) > _MOST_PEOPLE:
        return False
    row.facts.append(Fact("people", "、".join(names)))
    return True


def _longest(plain: str) -> int:
    return 200 if plain.startswith("u" * 8) else _LONGEST_SOURCE


def _unlabelled(
    bare: Bare,
    norm: str,
    item: re.Match[str],
    value: tuple[int, int],
    row: _Row,
    *,
    labelled: bool,
) -> bool:
    plain = norm[slice(*value)]
    if item["date"]:
        moment = parse_date(item["date"])
        if moment is None:
            return False
        name = row.labels[-1].fact if labelled else "published"
        row.facts.append(Fact(name, moment))
        row.dates += 1
        row.clocks += has_clock(item["date"])
        if plain and row.clocks and _MEDIUM.fullmatch(plain):
            row.facts.append(Fact("source", bare.text[slice(*value)]))
            return True
        if plain and row.clocks and _UPDATED.fullmatch(plain):
            return True
    row.counts += item["count"] is not None
    row.tools += item["tool"] is not None
    row.lone_tools += item["lone"] is not None
    return not plain


def _conclude(row: _Row) -> Reading | None:
    labels = row.labels
    if not labels and not row.dates:
        if not row.counts and row.tools < 2 and not row.lone_tools:
            return None
        kind = "counts" if row.counts else "page-tools"
        return Reading(kind, Role.FURNITURE)
    kinds = [label.kind for label in labels]
    facts = _merged(row.facts)
    named = {fact.name for fact in facts}
    if row.dates or "header" in kinds:
        kind = "header"
    elif kinds and all(kind == "source" for kind in kinds):
        kind = "source"
    else:
        kind = "header" if "source" in kinds else "credit" if "credit" in kinds else "byline"
    firm = any(not label.weak for label in labels) or "source" in named or row.counts + row.tools
    return Reading(kind, Role.METADATA, facts, weak=not firm, strong=row.sure)


def _merged(facts: list[Fact]) -> tuple[Fact, ...]:
    """Join all people of a line to one fact, where the first of them stands."""
    people = [fact.value for fact in facts if fact.name == "people"]
    merged: list[Fact] = []
    for fact in facts:
        if fact.name != "people":
            merged.append(fact)
        elif people:
            merged.append(Fact("people", "、".join(dict.fromkeys("、".join(people).split("、")))))
            people = []
    return tuple(merged)

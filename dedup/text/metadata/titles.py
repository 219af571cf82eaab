"""Titles: short lines at the head that something after them proves to be a title.

A short line alone proves nothing (the first line of a poem, of a list, of a dialogue). It is a
title where a blank line, an indented paragraph or a byline sets it off from a paragraph that
is much longer, or where Markdown says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.names import is_name
from dedup.text.metadata.normal import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedup.text.metadata.lines import Line

_SHORTEST, _LONGEST, _MOST_LINES = 4, 64, 3
#: A paragraph: long, and with punctuation inside. A verse or a list entry is shorter.
_PARAGRAPH = 40
_LOOK_AHEAD = 4
_HAN = lazy_pattern("[\u3400-\u9fff\U00020000-\U000323af]")
_PUNCTUATED = lazy_pattern(r"[，。；！？,;!?]|\. ")
_INNER = lazy_pattern(r"[。；;]|[！？!?](?!$|[」』”\")）》—…])")
ENDS_NO_TITLE = "，、；：。,;:.…"
_ENDING = lazy_pattern(f"[{ENDS_NO_TITLE}]$")
#: Openings of lists, tables, code, dialogue, dates, numbered headings and salutations.
_NO_OPENING = lazy_pattern(
    r"[-*+>|<{}#`=$@\\./·•●○■□◆※→&%~]|\[|\(?\d{1,3}[.)、:/ ]|\(?[一二三四五六七八九十]{1,3}[、).]"
    r"|[①-⑳]"
    r"|第[\d一二三四五六七八九十百千零〇]{1,6}[条章节回卷编部幕场集课讲页]|(?:19"
    r"|20)\d\d[-/.年] ?\d{1,2}[-/.月]|二〇|民国"
    r"|https?:|www\.|尊敬的|亲爱的|敬爱的|各位|同志们|朋友们|女士们|同学们|大家好|[问答Qq] ?[:.]"
    r"|[A-Za-z_]+ ?[=({:]"
)
_NO_TITLE = lazy_pattern(
    r"(?:目 {0,4}录|前 {0,4}言|引 {0,4}言|序 {0,4}言?|摘 {0,4}要|正 {0,4}文|概述|简介|附 {0,4}录"
    r"|附 {0,4}件|后 {0,4}记|编者按"
    r"|导读|导语|内容提要|内容简介|提要|按语|题记|备注|说明|名单|公示|问|答)[\d一二三四五六]?"
)
_TABLE = lazy_pattern(r"\t|\||  +\S+  +\S|[=<>{}]|::|->")
_LONGEST_ENTRY, _SPEAKER = 40, lazy_pattern(r"[^ ,。:](?:[^,。:]{0,7}[^ ,。:])? {0,3}:(?!//)")
_HEADING = lazy_pattern(r"#(?!#) {0,4}(?P<title>[^#\s].{0,120}?)[ #]*$")
_UNDERLINE = lazy_pattern(r"={3,}|-{3,}")
_BESIDE = lazy_pattern(r"\(.{1,120}\)|\S{1,8}\(\d{4}\) ?第? ?\d{1,4} ?号|\[.{1,120}\]")
_AUTHOR = lazy_pattern(r"[(（]?(?P<name>[^\x00-\xff][ \u3000]{0,4}[^\x00-\xff]{1,2})[)）]?")
_CODE = lazy_pattern(r"#|[ -~]+$")


def is_title_shaped(line: Line) -> bool:
    """Tell whether a line could be one line of a plain title."""
    if line.body or not _SHORTEST <= len(line.text) <= _LONGEST or line.text[-1] in "。，；：、":
        return False
    norm = normalise(line.text)
    dash = norm.startswith("--")
    return bool(
        len(_HAN.findall(norm, 0)) >= 2
        and (dash or not _NO_OPENING.match(norm))
        and not _ENDING.search(norm)
        and not _INNER.search(norm)
        and not _TABLE.search(line.text)
        and not _NO_TITLE.fullmatch(norm)
        and not _BESIDE.fullmatch(norm)
    )


def title_block(lines: Sequence[Line], first: int, *, is_metadata: Callable[[Line], bool]) -> int:
    """Return how many lines from ``first`` could together be a title: 0 to 3.

    None where more than three short lines follow one another: that is a list or a poem.
    """
    count = entries = 0
    while first + count < len(lines) and is_title_shaped(lines[first + count]):
        line = lines[first + count]
        if count and (line.gap or is_metadata(line)):
            break
        count += 1
        entries += is_entry(line)
    return count if count <= _MOST_LINES and entries < 2 else 0


def beside_title(line: Line) -> bool:
    """Tell whether a line under a title is a date in brackets, a document number or a name."""
    if line.body:
        return False
    return bool(_BESIDE.fullmatch(normalise(line.text))) or author_of(line) is not None


def author_of(line: Line) -> str | None:
    """Return the name that is all of a line: 朱明远, （朱明远）, 方　卉; not 方卉."""
    found = _AUTHOR.fullmatch(line.text) if len(line.text) <= 9 else None
    if found is None:
        return None
    name = "".join(found["name"].split())
    spread = len(name) > 2 or found["name"] != name or line.text[0] in "(（"
    return name if spread and is_name(normalise(name)) else None


def is_entry(line: Line) -> bool:
    """Tell whether a line is an entry of a record, such as 出版社：… or 人物：…."""
    short = not line.body and len(line.text) <= _LONGEST_ENTRY
    return short and bool(_SPEAKER.match(normalise(line.text[:12])))


def is_paragraph(line: Line, longer_than: int = 0) -> bool:
    """Tell whether a line is a paragraph of running text."""
    if line.body:
        return True
    return len(line.text) >= max(_PARAGRAPH, longer_than) and bool(_PUNCTUATED.search(line.text))


def proves_title(
    lines: Sequence[Line],
    block: slice,
    *,
    after_header: bool,
    is_metadata: Callable[[Line], bool],
) -> bool:
    """Tell whether what follows ``lines[block]`` proves it to be a title."""
    rest = block.stop
    while rest < len(lines) and rest < block.stop + 3 and beside_title(lines[rest]):
        rest += 1
    if rest >= len(lines) or _is_dialogue(lines, rest):
        return False
    title, follower = lines[block.stop - 1], lines[rest]
    ahead = lines[rest : rest + _LOOK_AHEAD]
    longest = max(len(line.text) for line in lines[block])
    if not any(is_paragraph(line, longest + longest // 2) for line in ahead):
        return False
    if follower.gap or is_metadata(follower):
        return True
    if follower.indent > 1 and follower.indent != title.indent:
        return is_paragraph(follower) or title.indent <= 1
    return after_header and is_paragraph(follower, 3 * longest)


def _is_dialogue(lines: Sequence[Line], first: int) -> bool:
    """Tell whether most of the next lines name their speaker: 张三：……."""
    following = lines[first : first + 5]
    return sum(bool(_SPEAKER.match(normalise(line.text[:12]))) for line in following) >= 3


def markdown_title(lines: Sequence[Line], index: int) -> tuple[int, int] | None:
    """Return the span, within the line, of a Markdown title (``# …`` or underlined with ===)."""
    line = lines[index]
    follower = lines[index + 1] if index + 1 < len(lines) else None
    if line.body or follower is None:
        return None
    heading = _HEADING.fullmatch(line.text)
    if heading:
        if not follower.gap and _CODE.match(follower.text):
            return None  # a comment at the head of a script
        return (0, len(line.text))
    if not follower.gap and _UNDERLINE.fullmatch(follower.text) and not line.text.startswith(">"):
        underlined = follower.text[0] == "=" or _HAN.search(line.text)
        return (0, len(line.text)) if underlined and len(line.text) <= 120 else None
    return None

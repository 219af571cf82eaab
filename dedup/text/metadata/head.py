"""The walk down from the top: front matter, headers, a title, a dateline; then body."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dedup.model import Fact, Role
from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.frontmatter import front_matter
from dedup.text.metadata.lines import Line, head_lines
from dedup.text.metadata.normal import normalise
from dedup.text.metadata.reading import Reading
from dedup.text.metadata.rules import may_be_part, read_head_line
from dedup.text.metadata.spans import leading
from dedup.text.metadata.titles import (
    author_of,
    beside_title,
    is_entry,
    is_paragraph,
    is_title_shaped,
    markdown_title,
    proves_title,
    title_block,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKDOWN_TITLE = Reading("title", Role.TITLE)
_MOST_PARTS = 16
#: Lines read at first, how many of them a decision may need, and lines read for a long head.
_FEW, _LOOK_AHEAD, _MANY = 16, 11, 60
#: Lines that tell whether the first one is body: the second may underline it as a title.
_FIRST = 2
#: What front matter, rules and comments begin with.
_OPENS_OTHER = "-+[=*_—─━~<"
#: An author's name does not turn up in so many characters after it; a heading's words do.
_SPOKEN_OF = 3_000
_RULE_LINE = lazy_pattern(r"[-=*_—─━~ ]{3,}|<!-- ?[A-Z ]{1,30} ?-->")
_LABEL = lazy_pattern(r"[^:：\n]{2,6}[:：]")
_SHORTEST_TEXT = 12
#: A play, a meeting or an event also opens with 时间：; 地点： betrays it.
_OCCASION = lazy_pattern(
    "|".join(
        " {0,4}".join(word)
        for word in (
            "地点",
            "人物",
            "布景",
            "主持",
            "参加",
            "出席",
            "主讲",
            "对象",
            "内容",
            "参会",
            "记录",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Part:
    """A reading of ``text[start:end]``."""

    start: int
    end: int
    reading: Reading


def read_head(text: str) -> list[Part]:
    """Return the parts before the first line of body, and the dateline in that line."""
    if _begins_with_body(head_lines(text, _FIRST)):
        return []
    walk = _walk(text, head_lines(text, _FEW))
    if walk.at > _FEW - _LOOK_AHEAD:
        walk = _walk(text, head_lines(text, _MANY))
    body = walk.lines[walk.at : walk.at + 1]
    if body and is_entry(body[0]) and all(map(belongs_to_record, walk.parts)):
        return []
    return [part for part in walk.parts if not _opens_list(part, text, walk.lines[walk.at :])]


def _begins_with_body(lines: Sequence[Line]) -> bool:
    """Tell whether the first line is body whatever comes after the second, as it mostly is.

    What a walk could take at its first line, or pass, is ruled out.
    """
    if not lines or lines[0].text[0] in _OPENS_OTHER:
        return False
    line = lines[0]
    return (
        markdown_title(lines, 0) is None
        and not is_title_shaped(line)
        and not (may_be_part(line.text) and read_head_line(line.text) is not None)
        and leading(line.text) is None
    )


def _opens_list(part: Part, text: str, rest: Sequence[Line]) -> bool:
    """Tell whether a byline is the first of several, each with a text: a list of books, say."""
    label = _LABEL.match(text, part.start, part.end) if part.reading.kind == "byline" else None
    return label is not None and any(
        line.text.startswith(label[0])
        and line.text != text[part.start : part.end]
        and len(after.text) >= _SHORTEST_TEXT
        and not _LABEL.match(after.text)
        for line, after in pairwise(rest)
    )


def belongs_to_record(part: Part) -> bool:
    """Tell whether a part could be an entry of a record, 作者：… under 书名：…."""
    reading = part.reading
    return reading.kind in ("byline", "source") and not any(
        fact.name == "published" for fact in reading.facts
    )


def _walk(text: str, lines: Sequence[Line]) -> _Walk:
    walk = _Walk(text, lines)
    matter = front_matter(lines)
    if matter:
        walk.parts.append(Part(lines[0].start, lines[matter[0] - 1].end, matter[1]))
        walk.at = matter[0]
    while walk.at < len(lines) and len(walk.parts) < _MOST_PARTS:
        if not walk.step():
            break
    walk.dateline()
    return walk


class _Walk:
    """Where the walk stands, and what it has found."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.lines = lines
        self.at = 0
        self.parts: list[Part] = []
        self.passed_title = False

    def step(self) -> bool:
        """Take the line where the walk stands, or pass a title; False at the body."""
        line = self.lines[self.at]
        if line.body:
            return False
        if _RULE_LINE.fullmatch(line.text):
            self.at += 1
            return self.at < 8
        if not self.passed_title and self._markdown():
            return True
        reading = self._metadata(line)
        if reading:
            self._take(line, reading)
            return True
        if self.passed_title:
            return self._author(line) or self._beside(line)
        return self._plain_title()

    def dateline(self) -> None:
        """Take a dateline off the first line of body."""
        if self.at < len(self.lines):
            line = self.lines[self.at]
            span = leading(line.text)
            if span:
                self.parts.append(
                    Part(line.start + span.start, line.start + span.end, span.reading)
                )

    def _metadata(self, line: Line) -> Reading | None:
        if not may_be_part(line.text):
            return None
        reading = read_head_line(line.text)
        if reading is None or not reading.weak:
            return reading
        return reading if self._believes_weak(line, reading) else None

    def _believes_weak(self, line: Line, reading: Reading) -> bool:
        """Believe a date without label under a title or header only, and not in a chat log."""
        index = self.lines.index(line)
        around = self.lines[max(0, index - 2) : index + 4]
        moments = [fact.value for fact in reading.facts if fact.name == "published"]
        exact = any("T" in moment for moment in moments) or line.text[:4].isdigit()
        exact = exact and ("T" in "".join(moments) or "年" not in line.text)
        return (
            bool(moments)
            and exact
            and (self.passed_title or bool(self.parts) or self._after_title(index))
            and not any(_OCCASION.match(normalise(other.text[:12])) for other in around)
            and not any(self._repeats(other) for other in self.lines[index + 1 : index + 8])
        )

    def _after_title(self, index: int) -> bool:
        block = title_block(self.lines, self.at, is_metadata=self._is_plain_metadata)
        return block > 0 and self.at + block == index

    @staticmethod
    def _repeats(line: Line) -> bool:
        reading = None if line.body else read_head_line(line.text)
        return reading is not None and reading.weak

    def _take(self, line: Line, reading: Reading) -> None:
        self.parts.append(Part(line.start, line.end, reading))
        self.at += 1

    def _markdown(self) -> bool:
        span = markdown_title(self.lines, self.at)
        if span is None or (self.at and not self.parts):
            return False
        line = self.lines[self.at]
        self._title(Part(line.start + span[0], line.start + span[1], MARKDOWN_TITLE))
        self.at += 1
        return True

    def _plain_title(self) -> bool:
        """Pass the short lines at the head: as a title where proven, else only to a header."""
        count = title_block(self.lines, self.at, is_metadata=self._is_plain_metadata)
        after = self.at + count
        if not count or after >= len(self.lines):
            return False
        proven = proves_title(
            self.lines,
            slice(self.at, after),
            after_header=bool(self.parts),
            is_metadata=self._is_metadata,
        )
        if proven:
            first, last = self.lines[self.at], self.lines[after - 1]
            self._title(Part(first.start, last.end, Reading("title", Role.TITLE)))
        elif not self._is_metadata(self.lines[after]):
            return False
        self.at, self.passed_title = after, True
        return True

    def _title(self, part: Part) -> None:
        self.parts.append(part)
        self.passed_title = True

    def _is_metadata(self, line: Line) -> bool:
        if line.body:
            return leading(line.text) is not None
        return self._metadata(line) is not None or leading(line.text) is not None

    @staticmethod
    def _is_plain_metadata(line: Line) -> bool:
        return may_be_part(line.text) and read_head_line(line.text) is not None

    def _beside(self, line: Line) -> bool:
        """Pass a date in brackets under a title where a header follows; it stays body."""
        after = self.at + 1
        if not beside_title(line) or after >= len(self.lines):
            return False
        following = self.lines[after]
        if following.body or self._metadata(following) is None:
            return False
        self.at = after
        return True

    def _author(self, line: Line) -> bool:
        """Take a bare name under a title, unless the text goes on to speak of it."""
        name = author_of(line)
        after = self.at + 1
        if name is None or after >= len(self.lines) or not self._titled():
            return False
        follower = self.lines[after]
        if not (follower.gap or follower.indent > 1) or not is_paragraph(follower):
            return False
        if name in self.text[line.end : line.end + _SPOKEN_OF]:
            return False
        self._take(line, Reading("byline", facts=(Fact("people", name),)))
        return True

    def _titled(self) -> bool:
        return bool(self.parts) and self.parts[-1].reading.kind == "title"

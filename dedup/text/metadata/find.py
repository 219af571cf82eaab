"""Everything that surrounds the body of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.model import Role, SetAside
from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.frontmatter import front_matter
from dedup.text.metadata.glance import TITLE_NEEDS, UNKNOWN, End, Glance
from dedup.text.metadata.head import MARKDOWN_TITLE, Part, read_head
from dedup.text.metadata.lines import head_lines, line_breaks, tail_lines
from dedup.text.metadata.rules import may_read
from dedup.text.metadata.tail import read_tail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENOUGH = lazy_pattern(rf"(?:[\W_]*+[^\W_]){{{TITLE_NEEDS}}}")
_MOST_MATTER = 40
_CHARACTERS = lazy_pattern(r"[^\W_]")


def find(text: str, glance: Glance = UNKNOWN) -> tuple[SetAside, ...]:
    """Return the metadata, titles and page furniture at the head and tail of ``text``.

    Sorted, without overlaps, in code points of ``text``; a pure function of it that looks at a
    bounded number of lines at either end. What a ``glance`` at it told already saves time.
    """
    parts: list[Part] = []
    if glance.head >= End.TITLE:
        parts = [*_matter(text, glance.title_start)] if glance.title_start else []
        parts.append(Part(glance.title_start, glance.title_end, MARKDOWN_TITLE))
        if glance.head == End.TITLE_AND_BODY:
            return _numbered(text, parts)
    elif glance.head and not _head_is_body(text, glance.head_rules):
        parts = read_head(text)
    if glance.tail and not _tail_is_body(text, glance.tail_rules):
        stop = parts[-1].end if parts else 0
        parts += sorted(read_tail(text, stop), key=lambda part: part.start)
    if any(part.reading.role is Role.TITLE for part in parts) and not _has_body(text, parts):
        parts = [part for part in parts if part.reading.role is not Role.TITLE]
    return _numbered(text, parts) if parts else ()


def _head_is_body(text: str, rules: int) -> bool:
    """Tell whether none of the ``rules`` a glance told reads the first line; False without any."""
    return rules > 0 and not may_read(head_lines(text, 1)[0].text, rules)


def _tail_is_body(text: str, rules: int) -> bool:
    """Tell the same of the last line."""
    return rules > 0 and not may_read(next(tail_lines(text)).text, rules)


def _matter(text: str, title: int) -> Iterator[Part]:
    """Yield the front matter that is all there is before the title, if it is not blank."""
    lines = head_lines(text[:title], _MOST_MATTER)
    matter = front_matter(lines)
    if matter:
        yield Part(lines[0].start, lines[matter[0] - 1].end, matter[1])


def _has_body(text: str, parts: Sequence[Part]) -> bool:
    """Tell whether enough stands outside of all parts; the longest gap is looked at first."""
    starts = [0, *(part.end for part in parts)]
    ends = [*(part.start for part in parts), len(text)]
    gaps = sorted(zip(starts, ends, strict=True), key=lambda gap: gap[0] - gap[1])
    if _ENOUGH.match(text, *gaps[0]):
        return True
    return sum(len(_CHARACTERS.findall(text, *gap)) for gap in gaps) >= TITLE_NEEDS


def _numbered(text: str, parts: Sequence[Part]) -> tuple[SetAside, ...]:
    found: list[SetAside] = []
    number, at = 1, 0
    for part in parts:
        number += line_breaks(text, at, part.start)
        last = number + line_breaks(text, part.start, part.end)
        reading = part.reading
        found.append(
            SetAside(
                start=part.start,
                end=part.end,
                line=number,
                last_line=last,
                role=reading.role,
                kind=reading.kind,
                text=text[part.start : part.end],
                facts=reading.facts,
            )
        )
        number, at = last, part.end
    return tuple(found)

"""The walk up from the end: credits, page lines, notices, lists of other articles; then body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.head import Part, belongs_to_record
from dedup.text.metadata.lines import tail_lines
from dedup.text.metadata.normal import normalise
from dedup.text.metadata.rules import RELATED, may_be_part, read_tail_line
from dedup.text.metadata.spans import trailing
from dedup.text.metadata.titles import is_entry

if TYPE_CHECKING:
    from dedup.text.metadata.lines import Line
    from dedup.text.metadata.reading import Reading

_MOST_LISTED, _MOST_UNEXPLAINED = 24, 2
_MOST_READ = 40
_LISTED_LENGTH, _UNEXPLAINED_LENGTH = 80, 40
#: Link definitions and rules between parts of a page; nothing of them is compared anyway.
RULERS = "-=*_—─━~ ·"
_TRANSPARENT = lazy_pattern(rf"\[[^\]\n]{{1,24}}\]: ?\S.{{0,200}}|[{RULERS}]{{2,}}|<[^<>]{{1,80}}>")
#: No title of another article ends in one of these.
ENDS_LIST = "，、,：:"
_SENTENCE = lazy_pattern(rf"[。；;]|[{ENDS_LIST}]$|第[\d一二三四五六七八九十百]+条")


def read_tail(text: str, stop: int) -> list[Part]:
    """Return the parts after the last line of body, and those that close that line.

    Nothing before offset ``stop`` is looked at.
    """
    parts: list[Part] = []
    waiting: list[Line] = []
    unexplained: list[Line] = []
    read = 0
    for line in tail_lines(text, _TRANSPARENT.fullmatch, stop):
        if line.start < stop:
            waiting += [line] if stop < line.end else []  # its opening is taken already
            break
        read += 1
        promising = not line.body and read <= _MOST_READ and may_be_part(line.text)
        reading = read_tail_line(line.text) if promising else None
        if reading is RELATED:
            last = waiting[0] if waiting else line
            parts.append(Part(line.start, last.end, RELATED))
            waiting = []
            continue
        if reading and not reading.weak and _bridges(waiting, unexplained, reading):
            parts.append(Part(line.start, line.end, reading))
            unexplained += waiting
            waiting = []
        else:
            waiting.append(line)
            if line.body or len(waiting) > _MOST_LISTED or not _is_listed(line):
                break
    body = unexplained + waiting
    if not body:
        return parts
    if is_entry((waiting or unexplained)[0]) and all(map(belongs_to_record, parts)):
        parts = []
    return parts + _closing(body[0], stop)


def _bridges(waiting: list[Line], unexplained: list[Line], reading: Reading) -> bool:
    """Believe a part above lines that nothing explains only if these are few and short."""
    if not waiting:
        return True
    return (
        reading.strong
        and len(waiting) + len(unexplained) <= _MOST_UNEXPLAINED
        and all(len(line.text) <= _UNEXPLAINED_LENGTH for line in waiting)
    )


def _is_listed(line: Line) -> bool:
    """Tell whether a line could be the title of another article in a list."""
    text = line.text
    return len(text) <= _LISTED_LENGTH and not _SENTENCE.search(normalise(text))


def _closing(line: Line, stop: int) -> list[Part]:
    return [
        Part(line.start + span.start, line.start + span.end, span.reading)
        for span in trailing(line.text)
        if line.start + span.start >= stop
    ]

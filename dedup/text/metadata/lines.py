"""The lines at the head and tail of a text, found without splitting the rest.

A line ends where :meth:`str.splitlines` says, so that Windows, old Mac and Unicode line ends
give the same lines. How far a window reaches is counted without line ends for the same reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Passed: TypeAlias = Callable[[str], object]

#: A longer line is body, whatever it says; every pattern therefore sees a bounded text.
LONGEST = 240
_HEAD_CHARACTERS, _TAIL_CHARACTERS = 2_000, 4_000
#: A Markdown page may end in a long list of link targets, with its credits above them.
_LINK_DISCOUNT = 4
_MOST_LINES = 120
#: The head ends with so many lines of more than so many characters.
_ENOUGH_PARAGRAPHS, _PARAGRAPH = 4, 80
_BITE = 256
LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_RARE_LINE_ENDS = LINE_ENDS.replace("\n", "")
INVISIBLE = LINE_ENDS + " \t\x1f\xa0\u3000\ufeff\u200b"


class Line(NamedTuple):
    """One line that is not blank: ``text`` is what stands at ``[start, end)``, trimmed.

    ``indent`` counts the white-space characters before it; ``gap`` tells that a blank line (or
    the edge of the text) stands before it, known at the head only; ``body`` that it is too long
    to be anything but body (its text may then be cut where the window ends). A tuple, because
    dozens are made for every document.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: bool
    body: bool


def head_lines(text: str, most: int) -> list[Line]:
    """Return the first lines that are not blank, in order: ``most``, or until plainly body."""
    start = len(text) - len(text.lstrip(INVISIBLE)) if text[:1] in INVISIBLE else 0
    first = start
    while first and start - first < LONGEST and text[first - 1] not in LINE_ENDS:
        first -= 1  # back to the start of the line, for its indentation
    pieces = text[first : first + _HEAD_CHARACTERS + 2 * _MOST_LINES].splitlines(keepends=True)
    lines: list[Line] = []
    budget, gap, paragraphs = _HEAD_CHARACTERS, True, 0
    for raw in pieces[:_MOST_LINES]:
        trimmed = raw.strip(INVISIBLE)
        used = len(raw.rstrip(LINE_ENDS))
        if trimmed:
            long = budget < used or len(trimmed) > LONGEST
            lines.append(_line(raw, trimmed, first, gap=gap, body=long))
            paragraphs += len(trimmed) > _PARAGRAPH
        budget -= used
        if budget < 0 or paragraphs == _ENOUGH_PARAGRAPHS or len(lines) == most:
            break
        gap = not trimmed
        first += len(raw)
    return lines


def tail_lines(text: str, passed: Passed | None = None, stop: int = 0) -> Iterator[Line]:
    """Yield the last lines that are not blank, last first; read from the end in growing bites.

    Lines that start at ``stop`` or later, are not body and are ``passed`` are left out.
    """
    end = len(text.rstrip(INVISIBLE)) if text[-1:] in INVISIBLE else len(text)
    budget, count, bite = _TAIL_CHARACTERS, 0, _BITE
    while end > 0:
        start = max(0, end - bite)
        pieces = text[start:end].splitlines(keepends=True)
        if start and len(pieces) == 1 and bite <= 2 * _TAIL_CHARACTERS:
            bite *= 2  # no line end within reach: the line may begin further up
            continue
        for raw in reversed(pieces if not start or len(pieces) == 1 else pieces[1:]):
            end -= len(raw)
            trimmed = raw.strip(INVISIBLE)
            used = len(raw.rstrip(LINE_ENDS))
            count += 1
            if trimmed:
                long = budget < used or len(trimmed) > LONGEST
                line = _line(raw, trimmed, end, gap=False, body=long)
                if long or line.start < stop or passed is None or not passed(trimmed):
                    yield line
                used = used // _LINK_DISCOUNT if trimmed[0] == "[" else used
            budget -= used
            if budget < 0 or count == _MOST_LINES:
                return
        bite = 4 * _BITE


def line_breaks(text: str, start: int, end: int) -> int:
    """Return the number of line ends in ``text[start:end]``; CR LF is one."""
    between = text[start:end]
    if not any(map(between.__contains__, _RARE_LINE_ENDS)):
        return between.count("\n")
    return len(between.splitlines()) - (1 if between and between[-1] not in LINE_ENDS else 0)


def _line(raw: str, trimmed: str, at: int, *, gap: bool, body: bool) -> Line:
    indent = 0 if raw[0] == trimmed[0] else raw.index(trimmed[0])
    start = at + indent
    return Line(start, start + len(trimmed), trimmed, indent, gap, body)

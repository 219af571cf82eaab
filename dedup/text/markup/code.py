"""Where code stands in Markdown: between fences, and between backticks.

Source: CommonMark 0.31, sections 4.5 and 6.1. Fences are also seen in lists and quotations, at
any indentation; code that is only indented is not recognised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dedup.text.lazy import lazy_pattern
from dedup.text.markup.ranges import union

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.text.markup.ranges import Span

#: A pattern for each mark, since a pattern that begins with a fixed string is found fastest; what
#: begins with a repetition does not.
_FENCES = {mark: lazy_pattern(rf"{mark * 3}({mark}*)([^\n]*)") for mark in "`~"}
#: What may stand before a fence on its line: indentation, marks of quotations and lists.
_BEFORE = lazy_pattern(r"(?:[ \t>]|[-*+•](?=[ \t])|\d{1,3}[.)](?=[ \t]))*")
_LONGEST_BEFORE = 40
#: Longer stretches between two backticks are no code, but two stray marks.
_INLINE = lazy_pattern(r"`(?:[^`\n]{1,500}`|`[^`\n][^\n]{0,500}?``)")


class Fence(NamedTuple):
    """A fenced block: what stands behind its opening marks, and its code."""

    info: Span
    body: Span


def fences(text: str) -> tuple[Fence, ...]:
    """Return the fenced blocks of a text; one that is not closed goes to the end."""
    matches = [m for mark, p in _FENCES.items() if mark * 3 in text for m in p.finditer(text)]
    if "~~~" in text:
        matches.sort(key=lambda match: match.start())
    found: list[Fence] = []
    opened: tuple[str, Span] | None = None
    for match in matches:
        low = _line_start(text, match.start())
        if low is None:
            continue
        marks, rest = match[0][:3] + match[1], match[2]
        if opened is None:
            if "`" not in rest or marks[0] == "~":
                opened = (marks, match.span(2))
        elif marks.startswith(opened[0]) and not rest.strip():
            found.append(Fence(opened[1], (opened[1][1], low)))
            opened = None
    if opened is not None:
        found.append(Fence(opened[1], (opened[1][1], len(text))))
    return tuple(found)


def _line_start(text: str, start: int) -> int | None:
    """Return where the line of a fence begins; None where text stands before it."""
    if not start or text[start - 1] == "\n":
        return start
    low = text.rfind("\n", max(start - _LONGEST_BEFORE - 1, 0), start) + 1
    if start - low > _LONGEST_BEFORE or not _BEFORE.fullmatch(text, low, start):
        return None
    return low


def code(text: str, fenced: Sequence[Fence]) -> list[Span]:
    """Return all code of a text, sorted, without overlaps."""
    bodies = [fence.body for fence in fenced]
    return union(bodies, [match.span() for match in _INLINE.finditer(text)])

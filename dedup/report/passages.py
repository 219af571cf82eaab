"""Aligned passages: what is equal is counted, what changed is shown letter by letter."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from dedup.match.sentences import sentences
from dedup.messages import Message, message
from dedup.model import Passage, PassageKind, TextSpan
from dedup.report.names import clipped, count
from dedup.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.report.view import View

#: Unchanged characters kept around a difference, and shown of an equal neighbour.
CONTEXT = 30
#: Characters shown of a passage that is on one side only.
ONE_SIDED = 200

Piece = tuple[str, bool]


def passage_lines(passages: Sequence[Passage], view: View) -> Iterator[Text]:
    """Yield the passages that differ, each side on its own line, with equal runs summarised."""
    for run in stretches_of(passages):
        if run[0].kind is PassageKind.EQUAL:
            yield Text("  " + view.say(equal_run(run)), style="dim")
            continue
        for passage in run:
            yield from _changed(passage, view)


def stretches_of(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Return the passages in runs of those that are equal and those that are not."""
    runs = groupby(passages, key=lambda p: p.kind is PassageKind.EQUAL)
    return [list(run) for _, run in runs]


def equal_run(run: Sequence[Passage]) -> Message:
    """Return how many sentences a run of equal passages has, and on which lines."""
    a = [p.a for p in run if p.a is not None]
    b = [p.b for p in run if p.b is not None]
    number = sum(len(sentences(span.text)) for span in a)
    where = message("lines {a} / {b}", a=_range(a), b=_range(b))
    return counted(
        number,
        message("… {count} equal sentence, {lines}", lines=where),
        message("… {count} equal sentences, {lines}", lines=where),
    )


def _range(spans: Sequence[TextSpan]) -> str:
    if not spans:
        return "-"
    first, last = spans[0].line, max(span.last_line for span in spans)
    return str(first) if first == last else f"{first}–{last}"


def _changed(passage: Passage, view: View) -> Iterator[Text]:
    a, b = passage.a, passage.b
    if passage.kind is PassageKind.MOVED and a is not None and b is not None:
        moved = message("moved from line {a} to line {b}:", a=a.line, b=b.line)
        text = clipped(a.text, ONE_SIDED)
        yield Text.assemble("  ~ ", (view.say(moved), "yellow"), " ", text)
        return
    if a is not None:
        pieces = pieces_of(a.text.rstrip(), [(e.a_start, e.a_end) for e in passage.edits])
        yield _side("-", a, pieces, view)
    if b is not None:
        pieces = pieces_of(b.text.rstrip(), [(e.b_start, e.b_end) for e in passage.edits])
        yield _side("+", b, pieces, view)


def _side(sign: str, span: TextSpan, pieces: Sequence[Piece], view: View) -> Text:
    color = "red" if sign == "-" else "green"
    opening, closing = ("[-", "-]") if sign == "-" else ("{+", "+}")
    line = Text.assemble("  ", (f"{sign} {span.line:>4} ", color))
    if not any(marked for _, marked in pieces):
        return line.append(_cut(span.text.rstrip(), view))
    for i, (text, marked) in enumerate(pieces):
        if not marked:
            line.append(_around(text, first=i == 0, last=i == len(pieces) - 1))
        elif view.color:
            line.append(clipped(text, len(text)), style=f"bold reverse {color}")
        else:
            line.append(f"{opening}{clipped(text, len(text))}{closing}")
    return line


def _cut(text: str, view: View) -> str:
    if len(text) <= ONE_SIDED:
        return clipped(text, len(text))
    rest = message("… ({count} more characters)", count=count(len(text) - ONE_SIDED))
    return clipped(text[:ONE_SIDED], ONE_SIDED) + view.say(rest)


def _around(text: str, *, first: bool, last: bool) -> str:
    """Return unchanged text between differences, its middle left out where it is long."""
    head, tail = (0 if first else CONTEXT), (0 if last else CONTEXT)
    if len(text) <= head + tail + 1:
        return clipped(text, len(text))
    left = clipped(text[:head], head) if head else ""
    right = clipped(text[-tail:], tail) if tail else ""
    return f"{left}…{right}"


def pieces_of(text: str, edits: Sequence[tuple[int, int]]) -> list[Piece]:
    """Cut ``text`` into unchanged and changed pieces, in order; empty changes are left out."""
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(edits):
        if start > at:
            pieces.append((text[at:start], False))
        if end > start:
            pieces.append((text[start:end], True))
        at = max(at, end)
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces

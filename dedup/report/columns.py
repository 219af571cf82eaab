"""Passages of two documents in two columns of a terminal, Chinese as wide as it is."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import message
from dedup.model import PassageKind
from dedup.report.names import clipped, short_names
from dedup.report.passages import ONE_SIDED, equal_run, passage_lines, pieces_of, stretches_of
from dedup.report.wrap import break_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.model import Comparison, Passage, TextSpan
    from dedup.report.view import View

#: Cells of a terminal whose width is not known, and the fewest that two columns are worth.
WIDTH = 80
NARROW = 50

_INDENT = "  "
_BETWEEN = " │ "
_NUMBER = 5
_SIGNS = {"a": ("red", "[-", "-]"), "b": ("green", "{+", "+}")}


def lines(comparison: Comparison, view: View) -> Iterator[Text]:
    """Yield the passages that differ, A on the left and B on the right; nothing where none do.

    What is equal is counted. A terminal that is too narrow gets one below the other.
    """
    if all(passage.kind is PassageKind.EQUAL for passage in comparison.passages):
        return
    width = view.width or WIDTH
    if width < NARROW:
        yield from passage_lines(comparison.passages, view)
        return
    column = (width - len(_INDENT) - len(_BETWEEN)) // 2
    names = short_names(comparison.a, comparison.b)
    a, b = (
        _rows(Text(f"{label}  {name}", style="bold"), column)
        for label, name in zip("AB", names, strict=True)
    )
    yield from _columns(a, b, column)
    for run in stretches_of(comparison.passages):
        if run[0].kind is PassageKind.EQUAL:
            yield Text(_INDENT + view.say(equal_run(run)), style="dim")
            continue
        for passage in run:
            yield from _passage(passage, view, column)


def _passage(passage: Passage, view: View, column: int) -> Iterator[Text]:
    a, b = passage.a, passage.b
    if passage.kind is PassageKind.MOVED and a is not None and b is not None:
        moved = message("moved from line {a} to line {b}:", a=a.line, b=b.line)
        yield Text(_INDENT + view.say(moved), style="yellow")
    first = [(edit.a_start, edit.a_end) for edit in passage.edits]
    second = [(edit.b_start, edit.b_end) for edit in passage.edits]
    yield from _columns(
        _cell(a, first, "a", view, column), _cell(b, second, "b", view, column), column
    )


def _cell(
    span: TextSpan | None, edits: Sequence[tuple[int, int]], side: str, view: View, column: int
) -> list[Text]:
    """Return one side as rows: the number of its line, then its text, indented behind that."""
    if span is None:
        return []
    color, opening, closing = _SIGNS[side]
    text = Text()
    for piece, marked in pieces_of(span.text.strip()[:ONE_SIDED], _shifted(edits, span)):
        plain = clipped(piece, len(piece))
        if not marked:
            text.append(plain)
        elif view.color:
            text.append(plain, style=f"bold reverse {color}")
        else:
            text.append(f"{opening}{plain}{closing}")
    if len(span.text.strip()) > ONE_SIDED:
        text.append("…")
    rows = _rows(text, column - _NUMBER)
    numbers = [f"{span.line:>{_NUMBER - 1}} ", *[" " * _NUMBER] * (len(rows) - 1)]
    return [Text.assemble((number, color), row) for number, row in zip(numbers, rows, strict=True)]


def _shifted(edits: Sequence[tuple[int, int]], span: TextSpan) -> list[tuple[int, int]]:
    """Return where edits stand once white space at the beginning is gone."""
    gone = len(span.text) - len(span.text.lstrip())
    return [(max(start - gone, 0), max(end - gone, 0)) for start, end in edits]


def _rows(text: Text, width: int) -> list[Text]:
    rows = list(text.divide(break_offsets(text.plain, width)))
    for row in rows:
        row.rstrip()
        row.stylize_before(text.style)
    return rows


def _columns(a: Sequence[Text], b: Sequence[Text], column: int) -> Iterator[Text]:
    for left, right in zip_longest(a, b, fillvalue=Text()):
        pad = " " * max(column - left.cell_len, 0)
        line = Text.assemble(_INDENT, left, pad, (_BETWEEN, "dim"), right)
        line.rstrip()
        yield line

"""Paragraphs and lines of a document as documents of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.model import Document
    from dedup.source.reading import Split

#: A place of a unit is that of its document, then in so many bits the number of the unit.
_BITS = 32
#: The least place of a unit.
FIRST_UNIT = 1 << _BITS
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
#: Lines apart by an empty one: then an indent or a line end is none of a paragraph's.
_APART = re.compile(r"\S[^\n]*(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)\s*\S")
#: What a unit must have besides marks and white space.
_WORD = re.compile(r"\w")


def units(document: Document, split: Split) -> Iterator[Document]:
    """Yield the units of a document that hold letters; ids are ``ID#p3`` and ``ID#l12``.

    Paragraphs are apart by blank lines; in a text without a blank line every line is one, as
    Chinese texts have it. They are counted from 1, those without letters too; a paragraph has the
    numbers of its lines, of which ``l12`` says its own.
    """
    if split == "document":
        yield document
        return
    for number, (first, last, text) in enumerate(_cut(document.text, split), 1):
        if _WORD.search(text):
            yield replace(
                document,
                id=f"{document.id}#{split[0]}{number}",
                text=text,
                place=place_of(document.place, number),
                lines=(first, last) if split == "paragraph" else None,
                sections=_sections(document.sections, first, last),
            )


def _sections(
    sections: Sequence[tuple[str, int, int]], first: int, last: int
) -> tuple[tuple[str, int, int], ...]:
    """Return the sections in some lines of a document, counted from the first of these."""
    return tuple(
        (name, max(line, first) - first + 1, min(end, last) - first + 1)
        for name, line, end in sections
        if line <= last and end >= first
    )


def place_of(record: int, unit: int) -> int:
    """Return the place of a unit of the document at the place ``record``."""
    return record << _BITS | unit


def record_of(place: int) -> int:
    """Return the place of the document that the unit at ``place`` is of."""
    return place >> _BITS


def unit_of(place: int) -> int:
    """Return the number of the unit at ``place`` in its document."""
    return place & ((1 << _BITS) - 1)


def _cut(text: str, split: Split) -> list[tuple[int, int, str]]:
    """Return the units with the numbers of their first and last lines."""
    lines = [each for each in _LINE.findall(text) if each]
    if split == "line" or not _APART.search(text):
        return [(number, number, line) for number, line in enumerate(lines, 1)]
    paragraphs: list[tuple[int, list[str]]] = []
    open_ = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            open_ = False
        elif open_:
            paragraphs[-1][1].append(line)
        else:
            paragraphs.append((number, [line]))
            open_ = True
    return [(first, first + len(each) - 1, "".join(each)) for first, each in paragraphs]

r"""Roff in a text: the comments and definitions of manual pages, which print nothing.

Source: groff(7), "Comments", "Defining macros" and ``.ig``; groff_man(7) for ``.TH``; mdoc(7) for
``.Dd``, ``.Dt`` and ``.Os``. A page is told by its head: nothing but comments, definitions and
requests stands above its title macro, since a line of text there would be printed before the
header of the page. Comments behind text on a line stay, and so do all macros of the body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedup.text.lazy import lazy_pattern
from dedup.text.markup.glance import BEGINNINGS
from dedup.text.markup.ranges import union

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.text.markup.ranges import Span

#: Lines above the title macro, comments and definitions not counted; pages made from POD have
#: eighty.
_MOST_ABOVE = 200
_COMMENT = r"""(?:[.'][ \t]*)?\\["#][^\n]*\n?"""
_LINES = (
    rf"(?:(?:{_COMMENT})+"
    r"|[.'][ \t]*(?P<opening>(?:de|am)i?1?|ig)(?=[\s\\]|$)(?P<words>[^\n\\]*)[^\n]*\n?)"
)
#: Comments that follow each other, or the first line of a definition; the same behind a line end,
#: since a pattern that begins with a fixed string is found fastest.
_SILENT, _NEXT_SILENT = lazy_pattern(_LINES), lazy_pattern(rf"\n{_LINES}")
#: The requests of roff have lower-case names, macros of manual pages do not; of these only the
#: index entries of pages made from POD stand above the title. ``\{`` opens a block, ``\}`` ends it.
_REQUEST = lazy_pattern(r"[.'][ \t]*(?:(?:[a-z]{2,6}\d?|IX)(?![A-Za-z0-9])|\\}|\s|$)|\\[{}]|\s*$")
_CALL = lazy_pattern(r"[.'][ \t]*([^\s\\]+)")
_LINE = lazy_pattern(r"[^\n]*\n?")
_TITLE = lazy_pattern(
    r"\.[ \t]*(?:TH[ \t]+[^\s\\][^\n]*"
    r"|Dd(?=\s|$)[^\n]*(?:\n\.[ \t]*(?:Dt|Os)(?=\s|$)[^\n]*)*)"
)


def spans(text: str) -> list[Span]:
    """Return what prints nothing in a manual page: comments, definitions, all above its title.

    The title macro itself is not among them. Nothing is roff in a text that is no manual page.
    """
    page = _Page(text)
    if page.title is None:
        return []
    return union([(0, page.title[0])], page.silent(page.title[1]))


def title(text: str) -> Span | None:
    """Return the title macro of a manual page without its line end, such as ``.TH LS 1``.

    In mdoc these are ``.Dd``, ``.Dt`` and ``.Os``. None where a text is no manual page.
    """
    return _Page(text).title


class _Page:
    """A text read as a manual page; ``title`` is where its title macro stands, if it is one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._missing: set[str] = set()
        self.title = self._walk() if text.startswith(BEGINNINGS) else None

    def silent(self, position: int) -> Iterator[Span]:
        """Yield the comments and definitions from ``position`` on, which is behind the title."""
        while (match := _NEXT_SILENT.search(self.text, position - 1)) is not None:
            position = self._end(match)
            yield match.start() + 1, position

    def _walk(self) -> Span | None:
        """Walk down to the title macro; None where text or a macro of the body comes first."""
        defined: set[str] = set()
        position = lines = 0
        while position < len(self.text) and lines <= _MOST_ABOVE:
            silent = _SILENT.match(self.text, position)
            if silent is not None:
                defined.update((silent["words"] or "").split()[:1])
                position = self._end(silent)
                continue
            found = _TITLE.match(self.text, position)
            if found is not None:
                return found.start(), found.end() - found[0].endswith("\r")
            line = _LINE.match(self.text, position)
            if line is None or not _stands_above(line[0], defined):
                return None
            lines += 1
            position = line.end()
        return None

    def _end(self, match: re.Match[str]) -> int:
        """Return where a comment line or a definition ends, with its newline.

        A definition ends with ``..``, or with the macro that its opening names. One without an
        end is its opening alone: were it all that follows, a page cut off would have no text.
        """
        if match["opening"] is None:
            return match.end()
        words = match["words"].split()[match["opening"] != "ig" :]
        end = words[0] if words else "."
        if end not in self._missing:
            closing = re.compile(rf"^[.'][ \t]*{re.escape(end)}(?=[\s\\]|$)[^\n]*\n?", re.MULTILINE)
            found = closing.search(self.text, match.end())
            if found is not None:
                return found.end()
            self._missing.add(end)
        return match.end()


def _stands_above(line: str, defined: set[str]) -> bool:
    """Tell whether a line may stand above a title: blank, a request, a macro defined above."""
    if _REQUEST.match(line):
        return True
    call = _CALL.match(line)
    return call is not None and call[1] in defined

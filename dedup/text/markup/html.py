"""HTML in a text: tags of known names, comments, scripts, and character references.

Source: the HTML Living Standard, sections 4 and 13.1 to 13.3, with the obsolete elements of its
section 16.2 and the prefixes that word processors write (``<o:p>``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dedup.text.fold import fold
from dedup.text.fold_table import CIRCLE, NEWLINE, OTHER, SPACE, fold_table
from dedup.text.lazy import lazy_pattern
from dedup.text.marks import mark_classes

if TYPE_CHECKING:
    from dedup.text.markup.ranges import Span

_NAMES = """
    a abbr acronym address applet area article aside audio b base bdi bdo big blink blockquote body
    br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog
    dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5
    h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark
    marquee menu meta meter nav nobr noframes noscript object ol optgroup option output p param
    picture pre progress q rb rp rt rtc ruby s samp script search section select slot small source
    span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead
    time title tr track tt u ul var video wbr
"""
#: Of these an opening tag alone is enough; any other without attributes needs its closing tag
#: somewhere, so that ``Task<object>``, ``#include <map>`` and ``git checkout <source>`` stay.
_CERTAIN = """
    blockquote br center colgroup dd div dl dt em font h1 h2 h3 h4 h5 h6 hr img li nobr ol p pre rb
    rp rt rtc ruby span strike strong sub sup table tbody td tfoot th thead tr ul wbr
"""
_NAME_SET, _CERTAIN_SET = frozenset(_NAMES.split()), frozenset(_CERTAIN.split())
#: Their content is no text either.
_RAW = frozenset({"script", "style"})
_READING = frozenset({"rt", "rp"})
_LONGEST_READING = 100

_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'<>`=]++)"""
_BARE = (
    "allowfullscreen|async|autoplay|checked|compact|controls|default|defer|disabled|hidden|ismap"
    "|itemscope|loop|multiple|muted|noresize|noshade|nowrap|open|readonly|required|reversed"
    "|selected"
)
_ATTRIBUTES = (
    rf"(?:\s*+[A-Za-z_:@][\w:.\-]*+\s*+=\s*+{_VALUE}|\s++(?i:{_BARE})(?=[\s/>&])|\s++/(?=\s))*+"
)
_PREFIXED = r"(?:o|v|w|m|mc|st1|w10):[A-Za-z]\w*+"
_TAG = lazy_pattern(
    rf"<(?:(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+|{_PREFIXED})(?P<attributes>{_ATTRIBUTES})"
    r"\s*+/?>"
    r"|(?P<comment>!--)"
    r"|(?P<rest>!(?i:doctype)\s[^<>]{1,500}>|\?xml[^<>]{1,300}\?>|!\[CDATA\["
    r"|!\[(?:if|endif)[^<>]{0,100}>))"
)
#: A tag whose brackets were escaped once more, as some exports leave it.
_ESCAPED = lazy_pattern(
    rf"&lt;(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<attributes>{_ATTRIBUTES})\s*+/?&gt;"
)
_READING_ENDS = lazy_pattern(r"<(?:/ruby|/?r[tbp])\b", re.IGNORECASE)
_REFERENCE = lazy_pattern(
    r"&(?:amp;)*+(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
)


def tags(text: str) -> list[Span]:
    """Return tags, comments, scripts and style sheets, and the readings of ruby."""
    return _Tags(text).run()


def escaped_tags(text: str) -> list[Span]:
    """Return the tags whose brackets are references: ``&lt;br&gt;``."""
    if "&gt;" not in text:
        return []
    reader = _Tags(text)
    matches = _ESCAPED.finditer(text)
    return [m.span() for m in matches if reader.is_tag(m, m["name"].lower(), "&lt;/")]


def references(text: str) -> list[Span]:
    """Return the character references that stand for no kept character.

    One that stands for a letter or a Han character is text, and one for a sign is where the sign
    would be compared (``x &lt; 0``): without them two texts that differ would be equal.
    """
    found: list[Span] = []
    for match in _REFERENCE.finditer(text):
        char = _mark(match[1])
        if char is not None and (not char or not _means(text, match.start(), match.end(), char)):
            found.append(match.span())
    return found


class _Tags:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Span] = []
        self._closed: dict[str, bool] = {}
        self._missing: set[str] = set()

    def run(self) -> list[Span]:
        position = 0
        while (match := _TAG.search(self.text, position)) is not None:
            start, position = match.span()
            if match["comment"]:
                position = self.until("-->", position)
            elif match["name"]:
                name = match["name"].lower()
                if not self.is_tag(match, name, "</"):
                    position = start + 1
                    continue
                if not match["close"] and match[0][-2] != "/":
                    position = self.content(name, position)
            elif match["rest"].startswith("![CDATA"):
                end = self.text.find("]]>", position)
                self.found += [(end, end + 3)] if end >= 0 else []
            self.found.append((start, position))
        return self.found

    def is_tag(self, match: re.Match[str], name: str, closing: str) -> bool:
        """Tell whether what looks like a tag is one, and not a type or a place to fill in."""
        if ":" in name:
            return True
        if name not in _NAME_SET:
            return False
        if match["close"] or match["attributes"].strip(" \t\r\n/"):
            return True
        before = self.text[match.start() - 1 : match.start()]
        glued = before.isascii() and (before.isalnum() or before == "_")
        return (name in _CERTAIN_SET and not glued) or self.closed(closing + match["name"])

    def closed(self, tag: str) -> bool:
        known = self._closed.get(tag)
        if known is None:
            pattern = re.compile(rf"{re.escape(tag)}\s*(?:>|&gt;)")
            known = self._closed[tag] = pattern.search(self.text) is not None
        return known

    def content(self, name: str, position: int) -> int:
        """Return where an element ends whose content is set aside with it."""
        if name in _RAW and name not in self._missing:
            close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, position)
            if close is not None:
                return close.end()
            self._missing.add(name)
        if name in _READING:
            close = _READING_ENDS.search(self.text, position, position + _LONGEST_READING)
            return close.start() if close is not None else position
        return position

    def until(self, mark: str, position: int) -> int:
        """Return where a comment ends; one without an end is its opening mark alone."""
        end = -1 if mark in self._missing else self.text.find(mark, position)
        if end < 0:
            self._missing.add(mark)
            return position
        return end + len(mark)


@cache
def _mark(name: str) -> str | None:
    """Return the mark a reference stands for, "" for a separator; None where it is text."""
    from html import unescape

    char = unescape(f"&{name};")
    if len(char) != 1:
        return None
    kept = fold_table()[ord(char)]
    if all(c in (OTHER, SPACE, NEWLINE) for c in kept):
        return ""
    return char if kept == CIRCLE or all(c in mark_classes() for c in kept) else None


def _means(text: str, start: int, end: int, char: str) -> bool:
    """Tell whether a mark in place of ``text[start:end]`` would be compared."""
    left, right = text[max(start - 2, 0) : start], text[end : end + 2]
    return fold(left + char + right) != fold(f"{left} {right}")

"""Sentences of Chinese text, mixed with Latin: where each one starts.

A sentence ends after ``。！？；…``, after the ASCII marks where they end one, with the closing
quotes and brackets that follow, and at a line end that ends a paragraph. A line end inside
hard-wrapped text does not end anything.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice, pairwise

from dedup.text.lazy import lazy_pattern

#: Text is hard-wrapped only below this width, in terminal cells.
WIDEST_WRAP = 160

_BREAK = lazy_pattern(
    r"(?P<end>[。！？；…⋯｡!?;.．]+)(?P<close>[」』”’）】〗〕》〉)\]}\"']*)(?P<space>\s*)"
    r"|(?P<line>[\n\r\u2028\u2029]\s*)"
)
_FULL_MARKS = frozenset("。！？；…⋯｡")
_LINE_END = lazy_pattern(r"\r\n|[\n\r\u2028\u2029]")
_CARRIES_ON = frozenset("，、：,:；")
_ABBREVIATIONS = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "st", "no", "vol", "vs", "inc", "ltd", "co", "corp", "fig")
)
_LIST_NUMBER = lazy_pattern(r"\s*(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z])")


def split(text: str) -> list[int]:
    """Return the offset where each sentence but the first starts, ascending.

    White space and closing marks belong to the sentence before them, so every sentence starts
    with something visible. The sentences ``text[a:b]`` between neighbouring offsets are the text.
    """
    width = wrap_width(text)
    quotes = _Quotes(text)
    starts: list[int] = []
    position = 0
    for match in _BREAK.finditer(text):
        end = _end(match, position, width, quotes)
        if end is not None and position < end < len(text):
            starts.append(end)
            position = end
    return starts


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text``, which joined are the text."""
    bounds = [0, *split(text), len(text)]
    return [text[a:b] for a, b in pairwise(bounds) if a < b]


def wrap_width(text: str) -> int:
    """Return the width in cells at which lines look hard-wrapped, or 0 if they do not."""
    widths = sorted(_cells(line) for line in text.splitlines() if line.strip())
    if len(widths) < 2:
        return 0
    typical = widths[(len(widths) - 1) * 4 // 5]
    return typical if typical <= WIDEST_WRAP else 0


def _cells(line: str) -> int:
    """Return the width of a line: Han take three bytes and two cells, ASCII one and one."""
    line = line.strip()
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


class _Quotes:
    """Where the straight quotes stand, to tell those that open from those that close."""

    def __init__(self, text: str) -> None:
        self._at = {quote: [match.start() for match in re.finditer(quote, text)] for quote in "\"'"}

    def opens(self, quote: str, at: int, since: int) -> bool:
        """Tell whether an even number of the same quotes stands in ``[since, at)``."""
        found = self._at[quote]
        return (bisect_left(found, at) - bisect_left(found, since)) % 2 == 0


def _end(match: re.Match[str], since: int, width: int, quotes: _Quotes) -> int | None:
    """Return the end of the sentence that a match ends, or None."""
    text = match.string
    if match["line"] is not None:
        return match.end() if _paragraph_ends(text, match.start(), match.end(), width) else None
    close = _closers(match, since, quotes)
    if close < match.end("close"):  # an opening quote follows: the white space is behind it
        return close if _ends_here(text, match, close, since) else None
    if _ends_here(text, match, close, since):
        return match.end()
    if _LINE_END.search(match["space"]):
        start, end = match.span("space")
        return match.end() if _paragraph_ends(text, start, end, width) else None
    return None


def _closers(match: re.Match[str], since: int, quotes: _Quotes) -> int:
    """Return the end of the closing marks; a straight quote closes only an open one."""
    start, end = match.span("close")
    for at in range(start, end):
        char = match.string[at]
        if char in "\"'" and quotes.opens(char, at, since):
            return at
    return end


def _ends_here(text: str, match: re.Match[str], close: int, since: int) -> bool:
    spaced = close == match.end("close") and bool(match["space"])
    following = text[match.end() : match.end() + 1] if spaced else text[close : close + 1]
    closing = text[match.start("close") : close]
    if not following:
        return True
    if following in _CARRIES_ON or (not spaced and ("》" in closing or "〉" in closing)):
        return False
    if not _FULL_MARKS.isdisjoint(match["end"]) or "．" in match["end"]:
        return "．" not in match["end"] or not following.isalnum() or not _digit_before(text, match)
    if match["end"].strip("."):
        return spaced or not (following.isascii() and not following.isspace())
    return _full_stop(text, match, since, spaced=spaced, following=following)


def _digit_before(text: str, match: re.Match[str]) -> bool:
    return text[match.start() - 1 : match.start()].isdigit()


def _full_stop(
    text: str, match: re.Match[str], since: int, *, spaced: bool, following: str
) -> bool:
    """Tell whether ASCII full stops end a sentence: not in 3.14, www.x.cn, ``1. ``, ``Dr. ``."""
    before = text[match.start() - 1 : match.start()]
    if not spaced:
        return not following.isascii() and (len(match["end"]) > 1 or _wide(before))
    if following.isascii() and following.islower():
        return False
    if _LIST_NUMBER.fullmatch(text, since, match.start()):
        return False
    word = re.search(r"[A-Za-z]*\Z", text[max(since, match.start() - 12) : match.start()])
    name = word[0] if word else ""
    return not ((len(name) == 1 and name.isupper()) or name.lower() in _ABBREVIATIONS)


def _wide(char: str) -> bool:
    return bool(char) and not char.isascii()


def _paragraph_ends(text: str, start: int, end: int, width: int) -> bool:
    """Tell whether the white space ``text[start:end]``, with a line end, ends a paragraph."""
    ends = list(islice(_LINE_END.finditer(text, start, end), 2))
    if len(ends) > 1 or start == 0 or end == len(text) or not width:
        return True
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    line = text[first:start]
    indent = text[ends[0].end() : end]
    if "\u3000" in indent or len(indent.expandtabs()) > len(line) - len(line.lstrip()):
        return True
    word = re.match(r"[!-~]+|.", text[end : end + 80])
    coming = _cells(word[0]) if word else 0
    return _cells(line) + max(2, coming) < width - 1

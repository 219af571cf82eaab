"""Markup: what lays a text out or annotates it, and is not text itself.

:func:`spans` finds HTML tags and character references, the syntax of Markdown that folding does
not remove by itself (link targets, definitions, languages of code), pinyin or zhuyin in brackets,
and in manual pages what prints nothing. There may be thousands in a text; they are plain spans,
without facts or lines.
"""

from dedup.text.markup.find import spans
from dedup.text.markup.glance import BEGINNINGS as ROFF
from dedup.text.markup.glance import FENCES, REFERENCES, TAGS, TICKS, UNKNOWN
from dedup.text.markup.ranges import Span, blanked, outside, union

__all__ = [
    "FENCES",
    "REFERENCES",
    "ROFF",
    "TAGS",
    "TICKS",
    "UNKNOWN",
    "Span",
    "blanked",
    "outside",
    "spans",
    "union",
]

"""All markup of a text: which finders are worth a look, and what of it stands in code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.text.markup.glance import (
    BEGINNINGS,
    BRACES,
    DEFINITIONS,
    FENCES,
    READINGS,
    REFERENCES,
    TAGS,
    TARGETS,
    TICKS,
    UNKNOWN,
)
from dedup.text.markup.ranges import starting_outside, union

if TYPE_CHECKING:
    from dedup.text.markup.ranges import Span


def spans(text: str, glance: int = UNKNOWN) -> list[Span]:
    """Return the markup of ``text`` in code points, sorted, without overlaps.

    A pure function of the text. Nothing inside code (fenced, or between backticks) is markup,
    only the language behind an opening fence. What a ``glance`` at it told already saves time.
    """
    if glance == UNKNOWN:
        glance = _glance(text)
    page = _page(text) if text.startswith(BEGINNINGS) else []
    if not glance & ~TICKS:
        return page
    found = _found(text, glance)
    if not found and not glance & FENCES:
        return page
    from dedup.text.markup.code import code, fences

    fenced = fences(text) if glance & FENCES else ()
    if not found and not fenced:
        return page
    if glance & (TICKS | FENCES):
        found = starting_outside(found, code(text, fenced))
    return union(found, page, [fence.info for fence in fenced])


def _page(text: str) -> list[Span]:
    from dedup.text.markup import roff

    return roff.spans(text)


def _found(text: str, glance: int) -> list[Span]:
    """Return what the finders find that are worth a look; each is imported with its first."""
    found: list[Span] = []
    if glance & (TAGS | REFERENCES):
        from dedup.text.markup import html

        if glance & TAGS:
            found += html.tags(text)
        if glance & REFERENCES:
            found += html.references(text)
            found += html.escaped_tags(text)
    if glance & (TARGETS | DEFINITIONS | BRACES):
        from dedup.text.markup import markdown

        if glance & TARGETS:
            found += markdown.targets(text)
        if glance & DEFINITIONS:
            found += markdown.definitions(text)
        if glance & BRACES:
            found += markdown.braces(text)
    if glance & READINGS:
        from dedup.text.markup import ruby

        found += ruby.readings(text)
    return found


def _glance(text: str) -> int:
    """Tell which finders may find anything, from the characters that all their spans hold."""
    # Each look takes a fraction of a microsecond; most texts have none of these.
    glance = 0
    if "<" in text:
        glance = TAGS
    if "&" in text:
        glance |= REFERENCES
    if "]" in text:
        glance |= TARGETS if "](" in text else 0
        glance |= DEFINITIONS if "]:" in text else 0
    if "{" in text:
        glance |= BRACES
    if "(" in text or "（" in text or "[" in text or "〔" in text or "【" in text:
        glance |= READINGS
    if "`" in text:
        glance |= TICKS | FENCES if "```" in text else TICKS
    return glance | FENCES if "~~~" in text else glance

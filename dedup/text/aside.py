"""What is left out of the comparison: metadata, titles and furniture, and markup."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dedup.text import markup, metadata
from dedup.text.fold import fold, kept_characters
from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedup.model import SetAside
    from dedup.text.markup import Span
    from dedup.text.metadata import Glance

#: Kept characters that must be left where metadata is set aside; so many characters hold them.
LEAST_KEPT = 50
_PLENTY = 1000
#: Some of those that fold to at least one kept character each; they are faster to count.
_KEPT = lazy_pattern("[\u4e00-\u9fa5]")
#: One part in so many must be left beside boilerplate.
BOILERPLATE_SHARE = 10
#: Where metadata is looked for, at most; tags further inside cannot be in its way.
_HEAD, _TAIL = 4_000, 8_000
#: Other markup does not begin with ``<`` or ``&``, but the language of code behind a fence may.
_TAGGED = markup.TAGS | markup.REFERENCES | markup.FENCES


class Marked(NamedTuple):
    """The markup of a text: all of its ``spans``, and the ``tags`` that metadata may be among."""

    spans: Sequence[Span]
    tags: Sequence[Span]


#: What a text without any markup has.
UNMARKED = Marked((), ())


class Aside(NamedTuple):
    """What is set aside of a text: the ``parts`` found in it, and the ``spans`` to leave out.

    Spans are in code points, sorted, without overlaps. Where too little would be left beside the
    parts, ``apart`` is false and the spans are those of the markup alone.
    """

    parts: tuple[SetAside, ...]
    spans: Sequence[Span]
    apart: bool


#: Where nothing is found.
NOTHING = Aside((), (), apart=True)


def set_aside(text: str) -> Aside:
    """Return what is set aside of ``text``; a pure function of it.

    Markup is, wherever anything remains. Metadata, titles and furniture are where they are at most
    half of what is not markup and leave at least :data:`LEAST_KEPT` kept characters.
    """
    return set_aside_beside(text, mark(text), metadata.UNKNOWN)


def may_be_marked(text: str, glance: int) -> bool:
    """Tell whether there may be markup in ``text``, after a ``glance`` at it."""
    # a tick alone is no markup, it only hides what is
    return glance & ~markup.TICKS != 0 or text.startswith(markup.ROFF)


def mark(text: str, glance: int = markup.UNKNOWN) -> Marked:
    """Find the markup of ``text``; what a ``glance`` at it told already saves time.

    Not called where :func:`may_be_marked` says that there is none: then it is :data:`UNMARKED`.
    """
    spans = markup.spans(text, glance)
    if not spans or not glance & _TAGGED:
        return Marked(spans, ())
    tail = len(text) - _TAIL
    tags = [each for each in spans if text[each[0]] in "<&" and (each[0] < _HEAD or each[1] > tail)]
    return Marked(spans, tags)


def set_aside_beside(text: str, marked: Marked, glance: Glance) -> Aside:
    """Do what :func:`set_aside` does, where the markup of ``text`` is known.

    The ``glance`` is one at the text with blanks for its tags, as the rules see it.
    """
    found: tuple[SetAside, ...] = ()
    if glance.head or glance.tail:
        found = _find(text, marked.tags, glance)
    if not found:
        return Aside(found, marked.spans, apart=True)
    parts = [(part.start, part.end) for part in found]
    spans = markup.union(marked.spans, parts) if marked.spans else parts
    if _enough_is_left(text, spans, marked.spans):
        return Aside(found, spans, apart=True)
    return Aside(found, marked.spans, apart=False)


def boilerplate_aside(
    text: str,
    marked: Sequence[Span],
    aside: Aside,
    shared: Sequence[Span],
    kept: Callable[[str], str] = fold,
) -> Aside:
    """Return what is set aside where the passages ``shared`` by many documents are known too.

    They are where what remains beside them keeps :data:`LEAST_KEPT` characters, and a tenth of
    what is not markup: the page of a catalogue may be mostly furniture, and is told from the next
    by the rest. ``kept`` folds.
    """
    spans = markup.union(aside.spans, shared)
    left = len(text) - _size(spans)
    if left * BOILERPLATE_SHARE < len(text) - _size(marked):
        return aside
    if left < _PLENTY and not _keeps_enough(_rest(text, spans), kept):
        return aside
    return Aside(aside.parts, spans, aside.apart)


def _enough_is_left(text: str, spans: Sequence[Span], marked: Sequence[Span]) -> bool:
    """Tell whether the parts of ``spans`` beside what is ``marked`` are not most of the text."""
    left = len(text) - _size(spans)
    if 2 * left < len(text) - _size(marked):
        return False
    if left >= _PLENTY:
        return True
    return _keeps_enough(_rest(text, spans), fold)


def _keeps_enough(rest: str, kept: Callable[[str], str]) -> bool:
    if len(_KEPT.findall(rest)) >= LEAST_KEPT:
        return True
    return kept_characters(kept(rest)) >= LEAST_KEPT


def _rest(text: str, spans: Sequence[Span]) -> str:
    pieces, position = [], 0
    for start, end in spans:
        pieces.append(text[position:start])
        position = end
    return "\n".join([*pieces, text[position:]])


def _size(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)


def _find(text: str, tags: Sequence[Span], glance: Glance) -> tuple[SetAside, ...]:
    if not tags:
        return metadata.find(text, glance)
    found = metadata.find(markup.blanked(text, tags), glance)
    return tuple(_as_written(part, text[part.start : part.end]) for part in found)


def _as_written(part: SetAside, text: str) -> SetAside:
    """Return a part that was found among blanks with its text."""
    return part if part.text == text else replace(part, text=text)

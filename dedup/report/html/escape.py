"""What documents and people wrote, made safe to stand in a page: shown, and never obeyed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from dedup.messages import LANGS
from dedup.report.names import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.messages import Lang, Message

#: How a language is called in ``lang`` attributes.
LANG_TAGS: dict[Lang, str] = {"en": "en", "zh": "zh-Hans"}

#: Categories that steer a page or cannot be seen in it: controls, formats, surrogates, line ends.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ZERO_WIDTH_JOINER = "\u200d"  # holds emoji together
_LINE_ENDS = str.maketrans({"\r": "\n"})


def prose(text: str) -> Markup:
    r"""Return the words of a document: lines and tabs as they are, what is hidden as ``\u202e``.

    The escapes are marked, so that they are told from the same letters in a text.
    """
    text = text.replace("\r\n", "\n").translate(_LINE_ENDS)
    if text.isprintable():
        return escape(text)
    return Markup("").join(_piece(char) for char in _runs(text))


def _runs(text: str) -> list[str]:
    """Cut ``text`` into runs of what is shown as it is, and single characters that are not."""
    runs: list[str] = []
    start = 0
    for at, char in enumerate(text):
        if _is_hidden(char):
            runs += [text[start:at], char]
            start = at + 1
    return [*runs, text[start:]]


def _piece(run: str) -> Markup:
    if len(run) == 1 and _is_hidden(run):
        code = run.encode("unicode_escape").decode("ascii")
        return Markup('<span class="code">{}</span>').format(code)
    return escape(run)


def _is_hidden(char: str) -> bool:
    if char.isprintable() or char in "\n\t" or char == _ZERO_WIDTH_JOINER:
        return False
    return unicodedata.category(char) in _HIDDEN or ord(char) & 0xFFFE == 0xFFFE


def isolated(name: str) -> Markup:
    """Return a name or path on one line, kept apart from the direction of what is around it."""
    return Markup("<bdi>{}</bdi>").format(visible(name))


def said(text: Message) -> Markup:
    """Return a sentence in both languages, of which the page shows one."""
    return both({lang: visible(text.render(lang)) for lang in LANGS})


def both(texts: dict[Lang, str]) -> Markup:
    """Return a text in both languages, and once where they have the same words for it."""
    if texts["en"] == texts["zh"]:
        return escape(texts["en"])
    return Markup("").join(
        Markup('<span class="{}" lang="{}">{}</span>').format(lang, LANG_TAGS[lang], texts[lang])
        for lang in LANGS
    )


def edited(pieces: Sequence[tuple[str, bool]], mark: str) -> Markup:
    """Return a passage whose changed pieces stand in ``mark``, ``del`` or ``ins``."""
    tag = Markup("<{0}>{{}}</{0}>").format(mark)
    return Markup("").join(
        tag.format(prose(text)) if changed else prose(text) for text, changed in pieces
    )

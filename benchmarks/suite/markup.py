"""Rewrites that add markup or readings to a text."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from .material import IS_HAN, is_chinese, readings, share, words
from .zhuyin import zhuyin_readings

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from .model import Rewrite


def _dressed(text: str, draw: Random, rate: float, forms: tuple[str, ...]) -> str:
    """Dress a share of the Han words of two characters and more, one at least, in ``forms``."""
    made = words(text)
    places = [i for i, word in enumerate(made) if len(word) > 1 and IS_HAN.match(word)]
    for i in draw.sample(places, min(len(places), max(1, share(len(places), rate)))):
        made[i] = draw.choice(forms).format(word=made[i], number=draw.randrange(1000, 9999))
    return "".join(made)


def html_page(text: str, draw: Random) -> str | None:
    """Write paragraphs as elements, with links, emphasis and entities inside."""
    forms = (
        '<a href="/tag/{number}.html" target="_blank">{word}</a>',
        "<strong>{word}</strong>",
        '<span style="color:#333">{word}</span>',
    )
    body = "\n".join(
        f"<p>&nbsp;&nbsp;{_dressed(html.escape(line), draw, 0.04, forms)}</p>"
        for line in text.splitlines()
        if line.strip()
    )
    return f'<div class="article-content" id="main">\n{body}\n</div>\n'


def html_residue(text: str, draw: Random) -> str | None:
    """Leave a few tags and entities in the text, as after a careless extraction."""
    residue = ("<br>", "<br/>", "&nbsp;", "</p>", '<a href="#">', "</a>", "&ldquo;", "<span>")
    lines = text.split("\n")
    for _ in range(max(3, len(lines) // 4)):
        at = draw.randrange(len(lines))
        cut = draw.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:cut] + draw.choice(residue) + lines[at][cut:]
    return "\n".join(lines)


def markdown(text: str, draw: Random) -> str | None:
    """Mark a heading, emphasis, links, lists and quotations; fence lines without Han as code."""
    forms = ("**{word}**", "*{word}*", "[{word}](https://example.com/wiki/{number})", "`{word}`")
    first, *rest = [line for line in text.splitlines() if line.strip()] or [""]
    made = [f"# {first.strip()}", ""]
    for line in rest:
        if not IS_HAN.search(line):
            made += ["```", line, "```"]
            continue
        mark = draw.choice(("", "", "", "- ", "> ", "### "))
        made += [mark + _dressed(line.strip(), draw, 0.04, forms), ""]
    return "\n".join(made)


def _with_readings(form: str, rate: float, known: Callable[[], dict[str, str]]) -> Rewrite:
    def annotate(text: str, draw: Random) -> str | None:
        if not is_chinese(text):
            return None
        places = [i for i, char in enumerate(text) if char in known()]
        chosen = set(draw.sample(places, share(len(places), rate)))
        return "".join(
            form.format(char=char, reading=known()[char]) if i in chosen else char
            for i, char in enumerate(text)
        )

    return annotate


def ruby(rate: float) -> Rewrite:
    """Set pinyin as ruby over a share of the characters whose reading is known."""
    return _with_readings(
        "<ruby>{char}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>", rate, readings
    )


def pinyin(rate: float) -> Rewrite:
    """Add pinyin in brackets to a share of the characters whose reading is known."""
    return _with_readings("{char}（{reading}）", rate, readings)


def bopomofo(rate: float) -> Rewrite:
    """Add zhuyin in brackets to a share of the characters whose reading is known."""
    return _with_readings("{char}（{reading}）", rate, zhuyin_readings)

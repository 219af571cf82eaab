"""Rewrites that leave every word alone: width, punctuation, white space, lines, script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .material import HAN, converter, sentences, variants, words

if TYPE_CHECKING:
    from random import Random

    from .model import Rewrite

_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_HALF_MARKS = {ord(half): full for half, full in zip(",:;!?()", "，：；！？（）", strict=True)}
_WIDE_LETTERS = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code).isalnum()}
_MARK = "，。、；：！？,;:!?"
_OTHER_MARKS = {
    "，": "、；。",
    "。": "！；，",
    "、": "，",
    "；": "，。",
    "：": "，",
    "！": "。",
    "？": "。",
}
_ALL_MARKS = re.compile(
    f"(?<=[{HAN}])[{_MARK}“”‘’「」『』（）()《》〈〉【】…—·]+|[{_MARK}“”‘’「」（）《》【】…—]+(?=[{HAN}])"
)
_BETWEEN_HAN = re.compile(f"(?<=[{HAN}])(?=[{HAN}])")
_SPACED = re.compile(f"(?<=[{HAN}]) +(?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) +(?=[{HAN}])")
_UNSPACED = re.compile(f"(?<=[{HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{HAN}])")
_NOISE = " \u3000\u00a0\u200b\u00ad"


def width(text: str, draw: Random) -> str | None:
    """Write full-width forms in half width; where there are none, marks after Han in full."""
    narrow = text.translate(_FULL)
    if narrow != text:
        return narrow
    return re.sub(f"(?<=[{HAN}])[,:;!?()]", lambda mark: mark[0].translate(_HALF_MARKS), text)


def wide_letters(text: str, draw: Random) -> str | None:
    """Write ASCII letters and digits in full width."""
    return text.translate(_WIDE_LETTERS)


def other_marks(text: str, draw: Random) -> str | None:
    """Change three marks in ten to one that could stand there too."""

    def change(mark: re.Match[str]) -> str:
        return draw.choice(_OTHER_MARKS[mark[0]]) if draw.random() < 0.3 else mark[0]

    return re.sub("[" + "".join(_OTHER_MARKS) + "]", change, text)


def no_marks(text: str, draw: Random) -> str | None:
    """Remove all marks next to Han."""
    return _ALL_MARKS.sub("", text)


def corner_quotes(text: str, draw: Random) -> str | None:
    """Write curly quotation marks as corner brackets."""
    return text.translate(str.maketrans("“”‘’", "「」『』"))


def space_all_han(text: str, draw: Random) -> str | None:
    """Put a space between all Han."""
    return _BETWEEN_HAN.sub(" ", text)


def space_noise(text: str, draw: Random) -> str | None:
    """Put a space of some kind, or an invisible character, between 5 % of neighbouring Han."""
    return _BETWEEN_HAN.sub(lambda _: draw.choice(_NOISE) if draw.random() < 0.05 else "", text)


def space_latin(text: str, draw: Random) -> str | None:
    """Remove the spaces between Han and Latin; where there are none, add them."""
    closed = _SPACED.sub("", text)
    return closed if closed != text else _UNSPACED.sub(" ", text)


def wrap(columns: int) -> Rewrite:
    """Break lines after so many characters; ASCII words stay whole."""

    def wrapped(text: str, draw: Random) -> str | None:
        return "\n".join(_wrapped_line(line, columns) for line in text.split("\n"))

    return wrapped


def _wrapped_line(line: str, columns: int) -> str:
    made: list[str] = [""]
    for piece in re.findall(r"[!-~]+|.", line):
        if made[-1] and len(made[-1]) + len(piece) > columns:
            made[-1] = made[-1].rstrip(" ")
            made.append("" if piece == " " else piece)
        else:
            made[-1] += piece
    return "\n".join(made)


def one_paragraph(text: str, draw: Random) -> str | None:
    """Join all lines."""
    joined = re.sub(f"(?<=[{HAN}{_MARK}”）])\\s*\n\\s*|\\s*\n\\s*(?=[{HAN}“（])", "", text.strip())
    return re.sub(r"\s*\n\s*", " ", joined)


def many_paragraphs(text: str, draw: Random) -> str | None:
    """Begin a new, indented line with every sentence."""
    return "\n".join(f"　　{s.strip()}" for s in sentences(text) if s.strip())


def converted(configuration: str) -> Rewrite:
    """Convert with one of OpenCC's configurations (``s2t``, ``s2twp``, ``s2hkp``)."""

    def convert(text: str, draw: Random) -> str | None:
        return str(converter(configuration).convert(text))

    return convert


def other_spellings(text: str, draw: Random) -> str | None:
    """Write every word of the table of variants in its other spelling."""
    return "".join(variants().get(word, word) for word in words(text))

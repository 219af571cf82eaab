"""Regional words: one representative for words that mean one thing, such as 软体 and 软件.

Texts from Taiwan and Hong Kong use other words than texts from the mainland, and some words are
written in two ways anywhere. Tokens of every document alike become the representative of their
class before they are hashed; nothing looks at which script or region a text is in. The table is
generated (``tools/generate_word_classes.py``) and its words are folded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dedup.dictionaries import word_classes

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class RegionalWord:
    """A word, what stands for it, and its frequency where jieba's dictionary needs it."""

    word: str
    representative: str
    frequency: int | None


@cache
def regional_words() -> tuple[RegionalWord, ...]:
    """Return the rows of the committed table, sorted by word."""
    return tuple(
        RegionalWord(word, stands, None if frequency == "-" else int(frequency))
        for word, stands, frequency in _rows()
    )


def _rows() -> Iterator[list[str]]:
    return (line.split("\t") for line in word_classes().splitlines() if not line.startswith("#"))


@cache
def representatives() -> dict[str, str]:
    """Return the representative of each word that has another than itself."""
    return {word: stands for word, stands, _ in _rows() if word != stands}


@cache
def missing_words() -> dict[str, int]:
    """Return the words to add to jieba's dictionary, in the order of the table."""
    return {row.word: row.frequency for row in regional_words() if row.frequency is not None}


def representative(word: str) -> str:
    """Return the word that stands for a folded word: itself, where it is in no class."""
    return representatives().get(word, word)

"""Pieces of a text, which many documents may share: lines, their openings, and sentences.

The definition, with test vectors, is in ``docs/formats.md``. A piece is known by one hash over its
*letters*: the kept characters of what it folds to, without separators and marks, so that neither
spaces nor punctuation, case or Traditional characters tell two pieces apart. A sentence goes on
over the ends of lines, so that it is the same however its lines were wrapped. Markup is no matter:
what is shared is shared with its tags.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from dedup.text.fold_table import CIRCLE, NEWLINE, OTHER, SPACE, fold_table
from dedup.text.marks import mark_classes
from dedup.text.shingle import token_hash

#: Letters of the shortest line, or opening of one: shorter ones are headings and numbers, which
#: carry no similarity worth a hash. A sentence shorter than the other is as often a formula of
#: the language (构成犯罪的,依法追究刑事责任) as it is copied.
LEAST_LINE, LEAST_SENTENCE = 6, 20
#: What ends the opening of a line (央视网消息（新闻联播）：), and a sentence.
OPENING_END = "："
SENTENCE_ENDS = frozenset("!;>?}…。！；？｡")


class Piece(NamedTuple):
    """A piece, ``text[start:end]``, from its first letter on, and its hash."""

    hash: int
    start: int
    end: int


def letters(text: str) -> str:
    """Return what of ``text`` the hash of a piece runs over."""
    return text.translate(fold_table()).translate(_not_letters())


def piece_hash(text: str) -> int:
    """Return the 64-bit hash of a piece with this text."""
    return token_hash(letters(text))


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a text, in the order in which they end; of one place the line first."""
    walk = _Walk()
    table = fold_table()
    before = ""
    for char in text:
        coded = table[ord(char)]
        if coded != NEWLINE:
            walk.take(char, coded.translate(_not_letters()))
        elif char != "\n" or before != "\r":
            walk.end_line()
        walk.at += 1
        before = char
    walk.end()
    return walk.found


class _Open:
    """A piece that has not ended yet."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.start = 0

    def feed(self, more: str, at: int) -> None:
        if more and not self.letters:
            self.start = at
        self.letters += more


class _Walk:
    """A text, one character after the other."""

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.at = 0
        self._line, self._sentence = _Open(), _Open()
        self._opened = False

    def take(self, char: str, more: str) -> None:
        self._line.feed(more, self.at)
        self._sentence.feed(more, self.at)
        if char == OPENING_END and not self._opened:
            self._opened = True
            self._add(self._line, LEAST_LINE, 1)
        if char in SENTENCE_ENDS:
            self._end_sentence(1)

    def end_line(self) -> None:
        self._add(self._line, LEAST_LINE)
        if not self._line.letters:
            self._end_sentence(0)
        self._line, self._opened = _Open(), False

    def end(self) -> None:
        self._add(self._line, LEAST_LINE)
        self._add(self._sentence, LEAST_SENTENCE)

    def _end_sentence(self, more: int) -> None:
        self._add(self._sentence, LEAST_SENTENCE, more)
        self._sentence = _Open()

    def _add(self, piece: _Open, least: int, more: int = 0) -> None:
        if len(piece.letters) >= least:
            value = token_hash("".join(piece.letters))
            self.found.append(Piece(value, piece.start, self.at + more))


@cache
def _not_letters() -> dict[int, None]:
    dropped = OTHER + SPACE + NEWLINE + CIRCLE + "".join(mark_classes())
    return dict.fromkeys(map(ord, dropped + fold_table().members("mark-combining")))

"""A text as tokens, for the comparison of forms: what each token may be, and which are its head.

A *slot* is a place of a form that is filled in: a number, a date, the name of a place, a person or
a thing. Tokens are those of the kept text, where a name that no dictionary has is several.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from dedup.match.numerals import HAN as HAN_NUMERALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_T = TypeVar("_T")

#: Tokens of which something is remembered.
_MOST_KNOWN = 1 << 18
#: Tokens at the beginning that tell what a text without a title is about.
HEAD = 30
_NUMERALS = frozenset(HAN_NUMERALS + "○")
#: Han characters and what belongs to them begin here.
HAN = "\u2e80"
#: What administrative names end in; many are in dictionaries as plain nouns.
_DIVISIONS = frozenset("省市县区州盟旗镇乡村")


class Kind(IntEnum):
    """What a token may be."""

    WORD = 0
    NUMBER = 1
    NAME = 2
    #: In Latin letters: a command, a product, a term.
    TERM = 3
    #: One Han character: a word, or a part of a name.
    LETTER = 4


@dataclass(frozen=True, slots=True)
class Form:
    """A text as tokens: those of its title, if it has one, then those of its body.

    ``kinds`` holds the :class:`Kind` of each token. The first ``head`` tokens tell what the text
    is about: its title, or else its beginning.
    """

    tokens: tuple[str, ...]
    kinds: bytes
    head: int
    titled: bool


def form_of(
    title: str,
    body: str,
    cut: Callable[[str], list[str]],
    is_name: Callable[[str], bool],
    *,
    stands_for: Callable[[str], str] | None = None,
) -> Form:
    """Return the form of a text from the kept texts of its title ("": none) and of its body.

    ``cut`` makes tokens of kept text; ``is_name`` knows places, people and organisations;
    ``stands_for`` maps a token to the one that stands for its regional and spelling variants.
    """
    first = cut(title) if title else []
    known, kinds = _known(is_name, stands_for)
    tokens = tuple(map(known.__getitem__, [*first, *cut(body)]))
    return Form(tokens, bytes(map(kinds.__getitem__, tokens)), len(first) or HEAD, bool(first))


class _Known(dict[str, "_T"]):
    """What is known of tokens; what is not is made, and forgotten when that becomes too much."""

    def __init__(self, make: Callable[[str], _T]) -> None:
        self._make = make

    def __missing__(self, token: str) -> _T:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        made = self[token] = self._make(token)
        return made


@lru_cache(maxsize=4)
def _known(
    is_name: Callable[[str], bool], stands_for: Callable[[str], str] | None
) -> tuple[_Known[str], _Known[Kind]]:
    """Return what stands for each token, one object for all equal ones, and their kinds."""
    return _Known(stands_for or str), _Known(lambda token: _kind(token, is_name))


def _kind(token: str, is_name: Callable[[str], bool]) -> Kind:
    if any(map(str.isdecimal, token)) or all(char in _NUMERALS for char in token):
        return Kind.NUMBER
    if token < HAN:
        return Kind.TERM if any(map(str.isalpha, token)) else Kind.WORD
    if is_name(token) or (len(token) > 2 and token[-1] in _DIVISIONS and is_name(token[:-1])):
        return Kind.NAME
    return Kind.LETTER if len(token) == 1 else Kind.WORD


def spoken(tokens: Iterable[str]) -> str:
    """Return tokens as kept text: with a space between two that would run together without."""
    pieces: list[str] = []
    last = ""
    for token in tokens:
        if last and last < HAN and token < HAN and last[-1].isalnum():
            pieces.append(" " if token[0].isalnum() else "")
        pieces.append(token)
        last = token
    return "".join(pieces)

"""Tokens as numbers, for the comparison of forms, with what each token may be."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup.match.numerals import HAN as HAN_NUMERALS
from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from dedup.text.segment import Numberer

#: Tokens of which something is remembered: after these a vocabulary begins anew.
MOST_KNOWN = 1 << 18
_DECIMAL = lazy_pattern(r"\d")
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


class Vocabulary:
    """The tokens of some texts, each with a number; equal numbers are equal tokens.

    ``words`` are the tokens by number, those that stand for the others of their class alone.
    """

    def __init__(
        self, is_name: Callable[[str], bool], stands_for: Callable[[str], str] | None
    ) -> None:
        self.words: list[str] = []
        self._is_name = is_name
        self._stands_for = stands_for
        self._number: dict[str, int] = {}
        self._kinds = _Growing(np.uint8)
        self._words = _Growing(np.object_)  # a third of the time for texts with many tokens
        self._tables: dict[type, _Tokens] = {}
        self._lock = Lock()  # all texts of a process share one: it may compare in threads

    def numbers(self, kept: str, numberer: Numberer[Any]) -> NDArray[np.uint32]:
        """Return the number of each token of kept text."""
        with self._lock:
            known = self._tables.get(type(numberer))
            if known is None:
                known = self._tables[type(numberer)] = _Tokens(numberer.table())
            new, found = numberer.numbers(kept, known.table, known.numbers.size)
            if new:
                known.numbers.extend(self._added(new))
            numbers: NDArray[np.uint32] = known.numbers.values[found]
        return numbers

    def kinds(self, numbers: NDArray[np.uint32]) -> bytes:
        """Return the :class:`Kind` of each token."""
        kinds: bytes = self._kinds.values[numbers].tobytes()
        return kinds

    def said(self, numbers: NDArray[np.uint32]) -> tuple[str, ...]:
        """Return the token of each number."""
        return tuple(self._words.values[numbers].tolist())

    def number(self, word: str) -> int | None:
        """Return the number of a word; None where no text has it."""
        return self._number.get(word)

    def _added(self, tokens: list[str]) -> list[int]:
        """Return the numbers of tokens, of which those that are not known get one."""
        words = tokens if self._stands_for is None else list(map(self._stands_for, tokens))
        number, known = self._number, len(self.words)
        numbers = [number.setdefault(word, len(number)) for word in words]
        new = list(islice(reversed(number), len(number) - known))[::-1]
        self.words += new
        self._words.extend(new)
        self._kinds.extend([_kind(word, self._is_name) for word in new])
        return numbers


class _Growing:
    """An array that grows at its end."""

    def __init__(self, dtype: type[np.generic]) -> None:
        self.values: NDArray[Any] = np.empty(1 << 10, dtype=dtype)
        self.size = 0

    def extend(self, values: Sequence[object]) -> None:
        size = self.size + len(values)
        if size > len(self.values):
            room = np.empty(max(size, 2 * len(self.values)), dtype=self.values.dtype)
            room[: self.size] = self.values[: self.size]
            self.values = room
        self.values[self.size : size] = values
        self.size = size


class _Tokens:
    """Tokens in a table of what cuts text, and the number here of each there."""

    def __init__(self, table: object) -> None:
        self.table = table
        self.numbers = _Growing(np.uint32)


@lru_cache(maxsize=4)
def _shared(
    is_name: Callable[[str], bool], stands_for: Callable[[str], str] | None
) -> list[Vocabulary]:
    return [Vocabulary(is_name, stands_for)]


def vocabulary(
    is_name: Callable[[str], bool], stands_for: Callable[[str], str] | None
) -> Vocabulary:
    """Return the vocabulary of all texts, or another once that has become too large.

    ``is_name`` knows places, people and organisations; ``stands_for`` maps a token to the one
    that stands for its regional and spelling variants.
    """
    shared = _shared(is_name, stands_for)
    if len(shared[0].words) >= MOST_KNOWN:
        shared[0] = Vocabulary(is_name, stands_for)
    return shared[0]


def _kind(token: str, is_name: Callable[[str], bool]) -> Kind:
    if _NUMERALS.issuperset(token) or _DECIMAL.search(token):
        return Kind.NUMBER
    if token < HAN:
        return Kind.TERM if any(map(str.isalpha, token)) else Kind.WORD
    if is_name(token) or (len(token) > 2 and token[-1] in _DIVISIONS and is_name(token[:-1])):
        return Kind.NAME
    return Kind.LETTER if len(token) == 1 else Kind.WORD

"""How likely decoded bytes are Chinese text: bits per character, from rough classes.

A wrong encoding turns common characters into rare ones, symbols and unassigned code points, so
the sum of ``-log2`` probabilities separates encodings after a few characters, where "it decodes
without error" does not separate GB18030 from Big5 at all.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

from dedup.text.char_frequency import CLASSES

#: Bits of one U+FFFD, that is, of a byte that did not decode.
FAILURE = 40
_UNLISTED_HAN = 20
_OTHER = 20
_NEVER = 26

_COMMON_PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·～　％"
#: First code point, last code point, bits; the first range that holds a character decides.
_RANGES = (
    (0x00, 0x00, _NEVER),
    (0x09, 0x0A, 6),
    (0x0D, 0x0D, 6),
    (0x01, 0x1F, _OTHER),
    (0x20, 0x7E, 6),
    (0x7F, 0x9F, _NEVER),
    (0xA0, 0x24F, 13),
    (0x370, 0x4FF, 13),
    (0x2010, 0x206F, 13),
    (0x2100, 0x27BF, 14),
    (0x3000, 0x30FF, 13),
    (0x3100, 0x33FF, 16),
    (0x4E00, 0x9FFF, _UNLISTED_HAN),
    (0x3400, 0x4DBF, 22),
    (0xF900, 0xFAFF, 22),
    (0xFE10, 0xFE4F, 15),
    (0xFF01, 0xFF5E, 10),
    (0xFFFD, 0xFFFD, FAILURE),
    (0x1F300, 0x1FAFF, 13),
    (0x20000, 0x3FFFF, 24),
)


@dataclass(frozen=True, slots=True)
class Likelihood:
    """``bits`` of a whole text; ``beyond_ascii`` characters of it account for ``beyond_bits``."""

    bits: int
    characters: int
    beyond_ascii: int
    beyond_bits: int

    @property
    def rarity(self) -> float:
        """Bits per character that is not ASCII: about 9 for prose, 20 for nonsense."""
        return self.beyond_bits / self.beyond_ascii if self.beyond_ascii else 0.0


def likelihood(text: str) -> Likelihood:
    """Return how likely ``text`` is as Chinese text; the order of characters does not matter."""
    table = _table()
    bits = beyond = beyond_bits = 0
    for character, count in Counter(text).items():
        cost = table[character] if character in table else _cost(character)
        bits += cost * count
        if character > "\x7f":
            beyond += count
            beyond_bits += cost * count
    return Likelihood(bits, len(text), beyond, beyond_bits)


def is_common(character: str) -> bool:
    """Whether a Han character or Chinese punctuation mark is one that prose is made of."""
    return character in _table()


@cache
def _table() -> dict[str, int]:
    table = dict.fromkeys(_COMMON_PUNCTUATION, 7)
    for cost, characters in CLASSES.items():
        table.update(dict.fromkeys(characters, cost))
    return table


@cache
def _cost(character: str) -> int:
    point = ord(character)
    if point > 0x9F and unicodedata.category(character) in {"Cn", "Co", "Cs"}:
        return _NEVER
    return next((cost for low, high, cost in _RANGES if low <= point <= high), _OTHER)

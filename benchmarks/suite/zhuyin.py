"""Pinyin to zhuyin: an initial, a final with its medial, and the tone."""

from __future__ import annotations

import unicodedata
from functools import cache

from .material import lines, readings

#: The first tone is not written, the neutral one stands in front.
_TONES = {"\u0304": "", "\u0301": "ˊ", "\u030c": "ˇ", "\u0300": "ˋ"}
_NEUTRAL = "˙"
#: After these no final is written where pinyin has i.
_ALONE = {"zh", "ch", "sh", "r", "z", "c", "s"}


@cache
def _table(part: str) -> dict[str, str]:
    rows = (line.split("\t") for line in lines("zhuyin.tsv"))
    return {pinyin: zhuyin for kind, pinyin, zhuyin in rows if kind == part}


def zhuyin(syllable: str) -> str:
    """Return the zhuyin of a syllable in pinyin with its tone mark: ``xué`` is ㄒㄩㄝˊ."""
    marks = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    tones = [_TONES[char] for char in marks if char in _TONES]
    sounds = _sounds("".join(char for char in marks if char not in _TONES))
    return sounds + tones[0] if tones else _NEUTRAL + sounds


def _sounds(plain: str) -> str:
    if plain in _table("whole"):
        return _table("whole")[plain]
    initials = _table("initial")
    head = next((initial for initial in initials if plain.startswith(initial)), "")
    tail = plain.removeprefix(head)
    if head in _ALONE and tail == "i":
        return initials[head]
    if head in {"j", "q", "x"} and tail.startswith("u"):
        tail = f"v{tail[1:]}"
    return initials.get(head, "") + _table("final")[tail]


@cache
def zhuyin_readings() -> dict[str, str]:
    """Return zhuyin by character."""
    return {char: zhuyin(reading) for char, reading in readings().items()}

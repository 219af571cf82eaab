"""Readings in brackets behind Han characters: pinyin with tones, and zhuyin.

春(chūn)眠(mián)、拼音（pīn yīn）、銹（ㄒㄧㄡˋ）. Letters without a tone are left alone, since
nothing tells the syllables (can), (ban) and (panda) from words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.text.fold import fold
from dedup.text.fold_table import fold_table
from dedup.text.lazy import lazy_pattern
from dedup.text.markup.pinyin import syllables

if TYPE_CHECKING:
    from dedup.text.markup.ranges import Span

_ZHUYIN = r"\u3105-\u312f\u31a0-\u31bf"
_MARKED = rf"À-ÖØ-öø-ɏɑɡ\u0300-\u036f\u1e00-\u1eff{_ZHUYIN}˙"
#: The first syllable has a tone mark, the number of a tone behind its letters, or is zhuyin: most
#: words and numbers in brackets are passed over at their first letters.
_READING = (
    rf"[ \t\u3000]?(?:(?:汉语|漢語)?(?:拼音|注音)[:：]?[ \t]?)?"
    rf"(?P<reading>(?:[A-Za-z]{{0,5}}[{_MARKED}]|[A-Za-z]{{1,5}}[1-5])[^()\[\]（）［］〔〕【】\n]{{0,120}})"
)
#: One pattern for each bracket, since a pattern that begins with one character is found fastest.
_BRACKETS = {"(": ")）", "（": ")）", "[": r"\]］", "〔": "〕", "【": "】"}
_READINGS = {
    opening: lazy_pattern(rf"\{opening}{_READING}[{closing}]")
    for opening, closing in _BRACKETS.items()
}
_ZHUYIN_ONLY = lazy_pattern(rf"[{_ZHUYIN}ˉˊˇˋ˙\s,，、/;；]+")
#: No reading has neither a tone mark, which is no ASCII, nor the number of a tone.
_NUMBERED = lazy_pattern(r"(?:[A-Za-zÜü:]+[1-5](?:[ '’\-]+|$))+|(?:[A-Za-zÜü:]+[1-5]){2,}")
_ALTERNATIVES = lazy_pattern(r"[,，、/;；]")
_BETWEEN = lazy_pattern(r"[\s·]+|(?<=[1-5])(?=[A-Za-zÜü])")
_CLOSING = "》」』”’〉\"'"
#: A single numbered syllable is a reading only beside others: 信号(xi1) may be a name.
_ENOUGH = 3


def readings(text: str) -> list[Span]:
    """Return the readings in brackets that follow a Han character, with their brackets."""
    found: list[Span] = []
    doubtful: list[Span] = []
    for opening, pattern in _READINGS.items():
        if opening not in text:
            continue
        for match in pattern.finditer(text):
            reading = match["reading"].strip()
            count, certain = _read(reading)
            if count and _han_before(text, match.start(), count):
                (found if certain else doubtful).append(match.span())
    return found + doubtful if found or len(doubtful) >= _ENOUGH else found


def _read(reading: str) -> tuple[int, bool]:
    """Return how many characters a reading is of, 0 if it is none, and whether that is certain."""
    if _ZHUYIN_ONLY.fullmatch(reading):
        return 1, True
    numbered = reading.isascii()
    if numbered and not _NUMBERED.fullmatch(reading):
        return 0, False
    most = parts = tones = 0
    for alternative in _ALTERNATIVES.split(reading):
        count = 0
        for part in filter(None, _BETWEEN.split(alternative)):
            known = syllables(part.rstrip("12345") if numbered else part)
            if known is None:
                return 0, False
            count += known[0]
            tones += known[1]
            parts += 1
        most = max(most, count)
    if numbered:
        return most, parts > 1
    return (most, True) if tones else (0, False)


def _han_before(text: str, at: int, count: int) -> bool:
    """Tell whether so many Han characters stand before a bracket: (Hélène) is no pinyin of 雅克."""
    before = text[max(at - count - 6, 0) : at].rstrip(_CLOSING + " ")
    last = fold(before[-count:])
    return len(last) == count and all(fold_table().class_of(char) == "han" for char in last)

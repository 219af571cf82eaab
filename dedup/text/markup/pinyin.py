"""Which letters are pinyin: syllables of Standard Chinese with tone marks or tone numbers.

Source: the table of syllables of Hanyu Pinyin (GB/T 16159, ISO 7098), ü also written v or u:.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo ue ü üe",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo ue ü üe",
    "g k h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j q x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh ch": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z c s": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
_LONGEST = 6
_TONES = "\u0304\u0301\u030c\u0300"
_OTHER_SHAPES = str.maketrans({"ɑ": "a", "ɡ": "g", "v": "ü", "’": "'", "‘": "'", "\u02bc": "'"})


def syllables(text: str) -> tuple[int, int] | None:
    """Return how many syllables a run of letters is, and how many of them have a tone mark.

    An apostrophe or a hyphen may stand between two. None where it is no pinyin; capitals do
    not matter.
    """
    letters, toned = _letters(text)
    ends: dict[int, int] = {0: 0}  # the fewest syllables up to an offset
    for at, char in enumerate(letters):
        if at not in ends:
            continue
        if char in "'-" and at:
            ends[at + 1] = min(ends[at], ends.get(at + 1, ends[at]))
            continue
        for size in range(1, _LONGEST + 1):
            if letters[at : at + size] in _syllables():
                ends[at + size] = min(ends[at] + 1, ends.get(at + size, ends[at] + 1))
    count = ends.get(len(letters))
    # Erhua: huār is one syllable, with an r behind it.
    if count is None and letters.endswith("r"):
        count = ends.get(len(letters) - 1)
    if not count or toned > count:
        return None
    return count, toned


def _letters(text: str) -> tuple[str, int]:
    """Return letters without their tone marks, and the number of marks."""
    apart = unicodedata.normalize("NFD", text.casefold()).translate(_OTHER_SHAPES)
    plain = "".join(char for char in apart if char not in _TONES)
    return unicodedata.normalize("NFC", plain.replace("u:", "ü")), len(apart) - len(plain)


@cache
def _syllables() -> frozenset[str]:
    return frozenset(
        initial + final
        for initials, finals in _FINALS.items()
        for initial in (initials.split() or [""])
        for final in finals.split()
    )

"""Mojibake: text whose characters were lost or mixed up before it was saved.

Such a file decodes without error; comparing it would be comparing nonsense. Conservative: a text
that quotes a few garbled characters is a text.
"""

from __future__ import annotations

from functools import cache

from dedup.text.lazy import lazy_pattern

#: U+FFFD read as GBK, uninitialised memory of Windows debuggers read as GBK, U+FFFD, C1 controls.
#: Repeated, because 锟斤拷 is one lost character, and one alone is more likely quoted.
_LOST = lazy_pattern("(?:锟斤拷){2,}锟?|烫{4,}|屯{4,}|葺{4,}|\ufffd+|[\x80-\x9f]+")
#: UTF-8 of Han or Chinese punctuation read as Latin-1 or Windows-1252: a lead byte, two more.
_LATIN = lazy_pattern(
    "[\xe3-\xe9\xef][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}",
)
#: Characters that UTF-8 of very common Chinese (，。的是在不了) yields when it is read as GBK, and
#: that hardly occur otherwise.
_AS_GBK = lazy_pattern("[锛銆鐨鏄鍦涓浜鏈鍜杩鈥]")
#: One of these is in every text that the rules above catch.
_SUSPICIOUS = lazy_pattern("[锟烫屯葺\ufffd\x80-\x9f\xe3-\xe9\xef锛銆鐨鏄鍦涓浜鏈鍜杩鈥]")
SAMPLE = 20_000
#: Where to look for them first: garbled text is garbled throughout, and most texts are not.
_WINDOWS, _WINDOW = 4, 400
_FEWEST = 6
_SHARE = 0.1
_MOST = 0.8


def is_garbled(text: str) -> bool:
    """Whether a text is mojibake for a tenth or more, or GBK's reading of UTF-8 for the most part.

    Looks at the first 20,000 characters.
    """
    head = text[:SAMPLE]
    if head.isascii() or not _is_suspicious(head):
        return False
    visible = sum(map(len, head.split()))
    lost = sum(len(match[0]) for match in _LOST.finditer(head))
    latin = sum(len(match[0]) for match in _LATIN.finditer(head))
    if max(lost, latin) >= max(_FEWEST, visible * _SHARE):
        return True
    return _AS_GBK.search(head) is not None and _reads_as_utf8(head)


@cache
def suspicious_characters() -> bytes:
    """Return the characters of 16 bits of which a garbled text has one, a bit each.

    A text without any of them among its first :data:`SAMPLE` characters is not garbled.
    """
    bits = bytearray(0x10000 // 8)
    for match in _SUSPICIOUS.finditer("".join(map(chr, range(0x10000)))):
        bits[ord(match[0]) >> 3] |= 1 << (ord(match[0]) & 7)
    return bytes(bits)


def _is_suspicious(text: str) -> bool:
    """Whether a few windows spread over the text hold a suspicious character."""
    if len(text) <= _WINDOWS * _WINDOW:
        return _SUSPICIOUS.search(text) is not None
    step = (len(text) - _WINDOW) // (_WINDOWS - 1)
    starts = (window * step for window in range(_WINDOWS))
    return any(_SUSPICIOUS.search(text, start, start + _WINDOW) for start in starts)


def _reads_as_utf8(text: str) -> bool:
    """Whether undoing a reading of UTF-8 as GBK turns most of what is not ASCII into Han."""
    other = "".join(c for c in text if c > "\x7f")
    undone = other.encode("gb18030", "ignore").decode("utf-8", "ignore")
    han = sum(
        "\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or c > "\uff00" for c in undone
    )
    # Two characters of GBK are four bytes, three bytes of UTF-8 are one character.
    return len(other) >= _FEWEST and han * 3 >= len(other) * 2 * _MOST

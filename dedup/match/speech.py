"""Negations and quoted speech: what turns a statement round, and what somebody said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from dedup.text.lazy import lazy_pattern

_NEGATION = lazy_pattern(r"没有|不|未|没|非|无|别|勿|莫|否|毋")
#: Words with one of these characters that negate nothing.
_WORDS = lazy_pattern(
    "不断|不仅|不但|不少|不同(?!意)|不过|不管|不论|不止|不禁|不久|不妨|不愧|不约而同|不锈钢|不动产|不得不|无不|莫不|未必不|不时|不等"
    "|非常|非洲|非凡|除非|是非|北非|南非|东非|西非|未来|未免|无锡|无线|无论|无疑|无非|无数|无比|无人机|无形|无所谓|没收|没落|淹没|沉没|出没|埋没"
    "|别人|别墅|别致|特别|分别|区别|级别|类别|个别|性别|差别|告别|离别|鉴别|识别|辨别|判别|送别|别的|别名"
    "|否则|是否|能否|可否|与否|会否|莫名|莫斯科|莫言|勿忘"
)
_QUOTE = lazy_pattern(
    r"“[^“”]{1,2000}”|「[^「」]{1,2000}」|『[^『』]{1,2000}』|\"[^\"\n]{1,1000}\""
)
_SAID = lazy_pattern(r"[说道称言问答指出示调][:：，,]?\s*\Z|[:：]\s*\Z")
#: A quotation of this many characters is speech though nothing before it says so.
_LONG_QUOTE = 16


def negations(text: str) -> Counter[str]:
    """Return the negating words of ``text``, counted."""
    return Counter(_NEGATION.findall(_WORDS.sub("\n", text)))


class Quotations:
    """Where somebody is quoted in a text: speech, not a term or a title in quotes."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _QUOTE.finditer(text) if _is_speech(text, *match.span())]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def holds(self, start: int, end: int) -> bool:
        """Tell whether ``[start, end)`` lies inside one quotation, its marks included."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._ends[at]


def _is_speech(text: str, start: int, end: int) -> bool:
    inside = text[start + 1 : end - 1]
    if end - start - 2 >= _LONG_QUOTE or re.search(r"[。！？!?]", inside):
        return True
    return len(inside) >= 2 and bool(_SAID.search(text, max(0, start - 4), start))

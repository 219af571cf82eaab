"""The fold table: what each code point folds to, and the class of what it folds to."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pkgutil import get_data

#: Stand-ins, in coded text, for what is not kept; see :mod:`dedup.text.fold`.
OTHER, SPACE, NEWLINE, CIRCLE = "\0", " ", "\n", "\u25cb"

_CODES = {"space": SPACE, "newline": NEWLINE, "circle": CIRCLE}


class FoldTable(dict[int, str]):
    """Code point to coded text, for :meth:`str.translate`; filled as characters are met.

    The rows stay as they are written until then: most characters never come.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        listed, _, mapped = text.partition("\nmap ")
        _, _, listed = listed.partition("\nclass ")
        words = listed.split()  # NAME FIRST LAST "class" NAME …, in order
        self._lows = [int(low, 16) for low in words[1::4]]
        self._highs = [int(high, 16) for high in words[2::4]]
        self._names = words[0::4]
        rows = mapped.rstrip().split("\nmap ") if mapped else []
        self._mapped = dict([f"{row} ".split(" ", 1) for row in rows])
        self._classes: dict[str, str] = {}

    def __missing__(self, code_point: int) -> str:
        row = self._mapped.get(f"{code_point:04X}")
        if row is None:
            folded = chr(code_point)
        else:
            folded = "".join(chr(int(target, 16)) for target in row.split())
        coded = self[code_point] = "".join(self._code(char) for char in folded)
        return coded

    def class_of(self, char: str) -> str:
        """Return the class of a character that folds to itself; "" for separators."""
        known = self._classes.get(char)
        if known is None:
            at = bisect_right(self._lows, ord(char)) - 1
            inside = at >= 0 and ord(char) <= self._highs[at]
            known = self._classes[char] = self._names[at] if inside else ""
        return known

    def members(self, name: str) -> str:
        """Return all characters of a class, in order."""
        ranges = zip(self._lows, self._highs, self._names, strict=True)
        spans = [range(low, high + 1) for low, high, found in ranges if found == name]
        return "".join(chr(code_point) for span in spans for code_point in span)

    def _code(self, char: str) -> str:
        name = self.class_of(char)
        return _CODES.get(name, char) if name else OTHER


@cache
def fold_table() -> FoldTable:
    """Return the committed table, read once."""
    packed = get_data("dedup.text", "fold.tsv") or b""
    return FoldTable(packed.decode("utf-8"))

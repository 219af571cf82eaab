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
        rows = [line.split() for line in listed.splitlines() if line.startswith("class ")]
        ranges = sorted((int(low, 16), int(high, 16), name) for _, name, low, high in rows)
        self._ranges = ranges
        self._lows = [low for low, _, _ in ranges]
        self._mapped = dict(
            (row.strip() + " ").split(" ", 1) for row in mapped.split("\nmap ") if row
        )
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
            low, high, name = self._ranges[at] if at >= 0 else (0, -1, "")
            known = self._classes[char] = name if low <= ord(char) <= high else ""
        return known

    def members(self, name: str) -> str:
        """Return all characters of a class, in order."""
        spans = [(low, high) for low, high, found in self._ranges if found == name]
        return "".join(chr(cp) for low, high in spans for cp in range(low, high + 1))

    def _code(self, char: str) -> str:
        name = self.class_of(char)
        return _CODES.get(name, char) if name else OTHER


@cache
def fold_table() -> FoldTable:
    """Return the committed table, read once."""
    packed = get_data("dedup.text", "fold.tsv") or b""
    return FoldTable(packed.decode("utf-8"))

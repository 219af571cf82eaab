"""The fold table: what each code point folds to, and the class of what it folds to."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from importlib.resources import files

#: Stand-ins, in coded text, for what is not kept; see :mod:`dedup.text.fold`.
OTHER, SPACE, NEWLINE, CIRCLE = "\0", " ", "\n", "\u25cb"

_CODES = {"space": SPACE, "newline": NEWLINE, "circle": CIRCLE}


class FoldTable(dict[int, str]):
    """Code point to coded text, for :meth:`str.translate`; filled as characters are met."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._folded: dict[int, str] = {}
        ranges: list[tuple[int, int, str]] = []
        for line in text.splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "class":
                name, low, high = rest.split()
                ranges.append((int(low, 16), int(high, 16), name))
            elif kind == "map":
                source, *targets = rest.split()
                self._folded[int(source, 16)] = "".join(chr(int(t, 16)) for t in targets)
        ranges.sort()
        self._lows = [low for low, _, _ in ranges]
        self._ranges = ranges
        self.classes: dict[str, str] = {}

    def __missing__(self, code_point: int) -> str:
        folded = self._folded.get(code_point, chr(code_point))
        coded = "".join(self._code(char) for char in folded)
        self[code_point] = coded
        return coded

    def class_of(self, char: str) -> str:
        """Return the class of a character that folds to itself; "" for separators."""
        known = self.classes.get(char)
        if known is None:
            at = bisect_right(self._lows, ord(char)) - 1
            low, high, name = self._ranges[at] if at >= 0 else (0, -1, "")
            known = name if low <= ord(char) <= high else ""
            self.classes[char] = known
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
    return FoldTable(files("dedup.text").joinpath("fold.tsv").read_text(encoding="utf-8"))

"""Where a line of mixed Chinese and Latin text may break, counted in terminal cells."""

from __future__ import annotations

from itertools import pairwise

#: Marks that must not begin a row, and marks that must not end one.
_NOT_FIRST = frozenset("，。、；：？！）》」』】〉〕”’…—·％,.;:?!)]}%")
_NOT_LAST = frozenset("（《「『【〈〔“‘([{")


def break_offsets(line: str, width: int, indent: int = 0) -> list[int]:
    """Return the offsets at which ``line`` is cut so that each row fits ``width`` cells.

    Rows after the first are ``indent`` cells narrower. Breaks come after a space or next to a
    wide character, never before a closing or after an opening mark; a row without such a place
    is cut where it is full.
    """
    from rich.cells import get_character_cell_size as cells_of

    room = max(width, 2)
    if len(line) * 2 <= room:
        return []
    offsets: list[int] = []
    start, used, good = 0, 0, 0
    for i, char in enumerate(line):
        size = cells_of(char)
        if i > max(start, indent if not offsets else 0) and _may_break(line, i):
            good = i
        if used + size > room and i > start and char != " ":
            cut = good if good > start else i
            offsets.append(cut)
            room = max(width - indent, 2)
            used = sum(cells_of(c) for c in line[cut:i])
            start = cut
        used += size
    return offsets


def wrap(text: str, width: int) -> list[str]:
    """Return the rows of ``text``, each at most ``width`` cells wide, without trailing spaces."""
    rows: list[str] = []
    for line in text.split("\n"):
        cuts = [0, *break_offsets(line, width), len(line)]
        rows += [line[a:b].rstrip(" ") for a, b in pairwise(cuts)]
    return rows


def _may_break(line: str, i: int) -> bool:
    """Tell whether a row may end before ``line[i]``."""
    before, after = line[i - 1], line[i]
    if before == " ":
        return after != " "
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return _wide(before) or _wide(after)


def _wide(char: str) -> bool:
    from rich.cells import get_character_cell_size

    return get_character_cell_size(char) > 1

"""Longest common subsequence of two short strings, exact, with bit-parallel rows.

Method: H. Hyyrö, "Bit-parallel LCS-length computation revisited" (AWOCA 2004); the rows are
kept, so that one optimal path can be read back from the end.
"""

from __future__ import annotations

#: A match of code points: offset in A, offset in B, length.
Block = tuple[int, int, int]


def longest_common(a: str, b: str) -> list[Block]:
    """Return the matches of a longest common subsequence, ascending; O(len(a) len(b) / 64)."""
    if len(a) > len(b):
        return [(i, j, n) for j, i, n in longest_common(b, a)]
    rows = _rows(a, b)
    row, column = len(a), len(b)
    blocks: list[Block] = []
    while row and column:
        bit, byte = column - 1 & 7, column - 1 >> 3
        if rows[row - 1][byte] >> bit & 1:
            column -= 1
            continue
        row -= 1
        if row and not rows[row - 1][byte] >> bit & 1:
            continue
        column -= 1
        if blocks and blocks[-1][0] == row + 1 and blocks[-1][1] == column + 1:
            blocks[-1] = (row, column, blocks[-1][2] + 1)
        else:
            blocks.append((row, column, 1))
    blocks.reverse()
    return blocks


def _rows(a: str, b: str) -> list[bytes]:
    """Return a bit vector per row: bit j is 0 where column j + 1 lengthens the subsequence."""
    positions: dict[str, int] = {}
    wanted = set(a)
    for j, char in enumerate(b):
        if char in wanted:
            positions[char] = positions.get(char, 0) | 1 << j
    full = (1 << len(b)) - 1
    size = (len(b) + 7) // 8
    vector = full
    rows: list[bytes] = []
    for char in a:
        common = vector & positions.get(char, 0)
        vector = (vector + common | vector - common) & full
        rows.append(vector.to_bytes(size, "little"))
    return rows


def without_scraps(blocks: list[Block], size_a: int, size_b: int, *, longest: int) -> list[Block]:
    """Drop matches that are at most half as long as the edits on either side of them.

    Letters that two different wordings happen to share say nothing. Matches longer than
    ``longest`` always stay. ``size_a`` and ``size_b`` are the lengths of the two texts.
    """
    stays: list[Block] = []
    for block in [*blocks, (size_a, size_b, 0)]:
        while stays:
            scrap = stays[-1]
            before = stays[-2] if len(stays) > 1 else (0, 0, 0)
            if scrap[2] > longest or scrap[2] * 2 > min(_edit(before, scrap), _edit(scrap, block)):
                break
            stays.pop()
        stays.append(block)
    return stays[:-1]


def _edit(left: Block, right: Block) -> int:
    """Return the length of the edit between two matches: its longer side."""
    return max(right[0] - left[0] - left[2], right[1] - left[1] - left[2])

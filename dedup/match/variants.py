"""Words that differ by region or spelling only: 軟體 and 软件, 滑鼠 and 鼠标, 帐号 and 账号."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.match.lattice import Region

#: Kept characters of the longest word that is looked up, and of the longest region.
LONGEST_WORD = 8
LONGEST_REGION = 32


class Variants:
    """Finds words of one class; ``representative`` maps a folded word to its class."""

    def __init__(self, representative: Callable[[str], str]) -> None:
        self.representative = representative

    def same(self, a: str, b: str) -> bool:
        """Tell whether two folded words differ and are of one class."""
        return a != b and self.representative(a) == self.representative(b)

    def within(self, kept: tuple[str, str], region: Region) -> list[Region]:
        """Return the pairs of words that make up ``region``, or [] if other words differ in it.

        Where the region itself is no such word, up to its neighbours are tried: what both texts
        share may hold the rest of the word (体 and 件 in 软体, 软件).
        """
        a, b = kept[0][region[0] : region[1]], kept[1][region[2] : region[3]]
        if max(len(a), len(b)) > LONGEST_REGION:
            return []
        pairs = self._composed(a, b)
        if pairs:
            low_a, low_b = region[0], region[2]
            return [(low_a + i, low_a + j, low_b + k, low_b + n) for i, j, k, n in pairs]
        wider = self._widened(kept, region)
        return [wider] if wider else []

    def _composed(self, a: str, b: str) -> list[Region]:
        """Return the words of one class by which ``a`` becomes ``b``; the rest is equal."""

        @cache
        def best(i: int, j: int) -> tuple[Region, ...] | None:
            if i == len(a) and j == len(b):
                return ()
            if i < len(a) and j < len(b) and a[i] == b[j]:
                rest = best(i + 1, j + 1)
                if rest is not None:
                    return rest
            for m in range(i + 1, min(i + LONGEST_WORD, len(a)) + 1):
                for n in range(j + 1, min(j + LONGEST_WORD, len(b)) + 1):
                    if self.same(a[i:m], b[j:n]):
                        rest = best(m, n)
                        if rest is not None:
                            return ((i, m, j, n), *rest)
            return None

        return list(best(0, 0) or ())

    def _widened(self, kept: tuple[str, str], region: Region) -> Region | None:
        a, b = kept
        room = LONGEST_WORD - max(region[1] - region[0], region[3] - region[2])
        for left in range(max(room, -1) + 1):
            low_a, low_b = region[0] - left, region[2] - left
            if low_a < 0 or low_b < 0 or a[low_a : region[0]] != b[low_b : region[2]]:
                break
            for right in range(room - left + 1):
                high_a, high_b = region[1] + right, region[3] + right
                if high_a > len(a) or a[region[1] : high_a] != b[region[3] : high_b]:
                    break
                if self.same(a[low_a:high_a], b[low_b:high_b]):
                    return low_a, high_a, low_b, high_b
        return None

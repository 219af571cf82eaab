"""Which documents of a result match each other, those too that it does not list.

Of equal texts a result lists each with the first of them; what that implies is found here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.engine.stored import StoredDocuments
from dedup.model import Evidence, Pair, Relation

if TYPE_CHECKING:
    from dedup.model import ScanResult


class Matches:
    """Every pair of a result, by the ids of two documents."""

    def __init__(self, result: ScanResult) -> None:
        self._stored = stored = StoredDocuments(result, result.settings)
        self._number = {stored.id(number): number for number in range(len(result.documents))}
        self._pairs: dict[tuple[int, int], Pair] = {}
        for pair in result.pairs:
            units = self._units(pair.a, pair.b)
            if units[0] != units[1]:
                self._pairs[units] = pair
                self._pairs[units[::-1]] = pair.swapped()

    def pair(self, a: str, b: str) -> Pair | None:
        """Return the pair of two documents, seen from ``a``; None where they do not match."""
        stored, one, other = self._stored, self._number[a], self._number[b]
        text = bool(stored.text[one] == stored.text[other])
        whole = bool(stored.whole[one] == stored.whole[other])
        unit = bool(stored.unit[one] == stored.unit[other])
        if text or whole or unit:
            relation = Relation.IDENTICAL if text else Relation.SAME_TEXT
            if not (text or whole):
                relation = Relation.SAME_BODY
            evidence = Evidence(text, whole, unit, False, shared=0, only_a=0, only_b=0)
            return Pair(a, b, relation, evidence)
        found = self._pairs.get(self._units(a, b))
        return None if found is None else replace(found, a=a, b=b)

    def _units(self, a: str, b: str) -> tuple[int, int]:
        unit = self._stored.unit
        return int(unit[self._number[a]]), int(unit[self._number[b]])

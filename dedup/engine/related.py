"""The candidates that have a relation, as arrays, and which relation it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dedup.match.consequences import consequences
from dedup.match.contained import packed
from dedup.match.decide import are_contained, are_near
from dedup.match.template import is_another_by_heads, is_template, is_version
from dedup.model import Relation
from dedup.replacement import FIELDS, Replacement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.match.families import Families
    from dedup.replacement import Filled
    from dedup.settings import Settings

#: What similar units may be to each other; ``contained``, whichever of them is in the other.
KINDS = (Relation.TEMPLATE, Relation.VERSION, Relation.NEAR, Relation.CONTAINED)
_TEMPLATE, _VERSION, _NEAR, INSIDE = range(4)
_FLAGS = frozenset(
    name for name, kind in Replacement.__annotations__.items() if kind in ("bool", bool)
)
_FLAGS_AT = tuple(at for at, name in enumerate(FIELDS) if name in _FLAGS)


@dataclass(frozen=True, slots=True)
class Replaced:
    """How pairs replace facts: ``counts``, int32, shape (m, :data:`~dedup.replacement.FIELDS`).

    The first field is -1 where a pair was not compared. ``filled`` holds by row what the pairs
    fill in otherwise that are templates or versions.
    """

    counts: NDArray[np.int32]
    filled: dict[int, tuple[Filled, ...]]

    @classmethod
    def nothing(cls, size: int) -> Replaced:
        """Return that none of ``size`` pairs was compared."""
        return cls(np.full((size, len(FIELDS)), -1, dtype=np.int32), {})

    def of(self, row: int) -> Replacement | None:
        """Return how one pair replaces facts; None where it was not compared."""
        values = self.counts[row].tolist()
        if values[0] < 0:
            return None
        for at in _FLAGS_AT:
            values[at] = bool(values[at])
        return Replacement(*values)

    @property
    def rows(self) -> Replacement:
        """All pairs at once: each count is an array; those of pairs not compared mean nothing."""
        columns = dict(zip(FIELDS, self.counts.astype(np.int64).T, strict=True))
        for name in _FLAGS:
            columns[name] = columns[name] > 0
        return Replacement(**columns)

    @property
    def other(self) -> NDArray[np.bool_]:
        """Tell which pairs are of two things by their titles and names; bool, shape (m,)."""
        other: NDArray[np.bool_] = (self.counts[:, 0] >= 0) & is_another_by_heads(self.rows)
        return other

    def take(self, rows: NDArray[np.bool_]) -> Replaced:
        """Return some of the pairs."""
        moved = np.cumsum(rows) - 1
        filled = {int(moved[row]): said for row, said in self.filled.items() if rows[row]}
        return Replaced(self.counts[rows], filled)


@dataclass(frozen=True, slots=True)
class Counted:
    """Candidates and what was counted for them.

    - ``pairs``: int64, shape (m, 2), pairs of units, sorted, the smaller first;
    - ``counts``: int64, shape (m, 3), shingles shared, only in the first, only in the second;
    - ``replaced``: how those that are similar replace facts.
    """

    pairs: NDArray[np.int64]
    counts: NDArray[np.int64]
    replaced: Replaced

    @property
    def similarity(self) -> NDArray[np.float64]:
        """Of each pair; float64, shape (m,)."""
        similarity: NDArray[np.float64] = self.counts[:, 0] / np.maximum(1, self.counts.sum(axis=1))
        return similarity

    def take(self, rows: NDArray[np.bool_]) -> Counted:
        """Return some of the candidates."""
        return Counted(self.pairs[rows], self.counts[rows], self.replaced.take(rows))


class Related:
    """The candidates that have a relation; ``kind`` is the place of it in :data:`KINDS`."""

    def __init__(self, candidates: Counted, settings: Settings) -> None:
        self._consequences = consequences(settings)
        near = are_near(candidates.counts, settings)
        rows = are_similar(candidates.counts, settings)
        self.found = candidates.take(rows)
        self.kind = _kinds(self.found.replaced, near[rows])
        self.keys = packed(self.found.pairs)

    @property
    def spare(self) -> NDArray[np.bool_]:
        """Tell which pairs are left out of the list, because families stand for them."""
        return self.families.spare if self.has_templates else np.zeros(len(self.kind), np.bool_)

    @cached_property
    def has_templates(self) -> bool:
        """Whether any pair is a template."""
        return bool((self.kind == _TEMPLATE).any())

    @cached_property
    def families(self) -> Families:
        """The families of templates, where these are not dropped; rows are those of ``found``."""
        from dedup.match.families import families  # most scans find no template

        drops = self._consequences[Relation.TEMPLATE].drop
        rows = np.flatnonzero((self.kind == _TEMPLATE) & (not drops))
        made = families(self.found.pairs[rows], self.found.similarity[rows])
        spare = np.zeros(len(self.kind), dtype=np.bool_)
        spare[rows] = made.spare
        return type(made)(made.members, tuple(rows[each] for each in made.rows), spare)

    def of(self, a: int, b: int) -> int | None:
        """Return the row of two units, None where they have no relation."""
        key = (min(a, b) << 32) | max(a, b)
        at = int(self.keys.searchsorted(key))
        return at if at < len(self.keys) and self.keys[at] == key else None

    @property
    def drops(self) -> NDArray[np.bool_]:
        """Tell for which pairs a document may be dropped; bool, shape (m,)."""
        drops = np.array([self._consequences[relation].drop for relation in KINDS])
        return drops[self.kind]

    def dropping(self, *, inside: bool) -> Counted:
        """Return the pairs for which a document may be dropped: contained ones, or the others."""
        return self.found.take(self.drops & ((self.kind == INSIDE) == inside))

    def relations(self, units: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for pairs of related units the place of their relation in :data:`RELATIONS`."""
        at = np.searchsorted(self.keys, packed(units))
        kind = self.kind[at].astype(np.int64)
        _, only_low, only_high = self.found.counts[at].T
        first_larger = (only_low > only_high) == (units[:, 0] < units[:, 1])
        inside = (kind == INSIDE) & ~first_larger
        found: NDArray[np.int64] = _FIRST + kind + inside
        return found


#: The relations, in their order.
RELATIONS = (
    *(Relation.IDENTICAL, Relation.SAME_TEXT, Relation.SAME_BODY),
    *(*KINDS[:INSIDE], Relation.CONTAINS, Relation.CONTAINED),
)
_FIRST = 3


def are_similar(counts: NDArray[np.int64], settings: Settings) -> NDArray[np.bool_]:
    """Tell for each row of counts whether the pair has a relation, whichever; bool, shape (m,)."""
    return are_near(counts, settings) | are_contained(counts, settings)


def _kinds(replaced: Replaced, near: NDArray[np.bool_]) -> NDArray[np.int8]:
    compared, rows = replaced.counts[:, 0] >= 0, replaced.rows
    kinds = np.where(near, _NEAR, INSIDE).astype(np.int8)
    kinds[compared & near & is_version(rows)] = _VERSION
    kinds[compared & near & is_template(rows)] = _TEMPLATE
    kinds[~near & replaced.other] = _TEMPLATE
    return kinds

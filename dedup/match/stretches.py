"""From matched characters to aligned stretches: sentences that are equal, changed, or alone.

A sentence cut of either text that falls inside a match cuts the other text too, so stretches
begin and end together, however each text breaks its sentences and lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.model import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedup.match.align import Alignment
    from dedup.match.body import Body
    from dedup.match.lcs import Block

#: Two sentences belong together if they share this part of the shorter one, in tenths.
RELATED_TENTHS = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Aligned kept characters ``[a_low, a_high)`` and ``[b_low, b_high)``.

    ``blocks`` are the matches inside; a stretch of one text alone is empty in the other.
    """

    kind: PassageKind
    a_low: int
    a_high: int
    b_low: int
    b_high: int
    blocks: tuple[Block, ...] = ()

    def hunks(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield what lies between the matches: offsets in A, offsets in B."""
        at_a, at_b = self.a_low, self.b_low
        for a, b, n in [*self.blocks, (self.a_high, self.b_high, 0)]:
            if a > at_a or b > at_b:
                yield at_a, a, at_b, b
            at_a, at_b = a + n, b + n


def stretches(a: Body, b: Body, alignment: Alignment) -> list[Stretch]:
    """Return stretches that cover both bodies, in the order of A."""
    moved_a = {c for i, _, n in alignment.moved for c in _edges(a, i, n)}
    moved_b = {c for _, j, n in alignment.moved for c in _edges(b, j, n)}
    cuts_a, cuts_b = _cuts(a, b, alignment.blocks, moved_a, moved_b)
    rows_a, rows_b = sorted({0, *cuts_a, len(a.kept)}), sorted({0, *cuts_b, len(b.kept)})
    pieces = _related(list(_pieces(alignment.blocks, rows_a, rows_b)), rows_a, rows_b)
    moves = {bisect_right(rows_a, block[0]) - 1: block for block in alignment.moved}
    arrivals = frozenset(bisect_right(rows_b, j) - 1 for _, j, _ in alignment.moved)
    walk = _Walk(rows_a, rows_b, moves, arrivals)
    return list(_merged(walk.run(pieces), frozenset(a.hard), frozenset(b.hard)))


def _edges(body: Body, low: int, size: int) -> tuple[int, int]:
    """Return the cuts around a sentence given without the separators at its ends."""
    bounds = [0, *body.cuts, len(body.kept)]
    return bounds[bisect_right(bounds, low) - 1], bounds[bisect_left(bounds, low + size)]


def _cuts(
    a: Body, b: Body, blocks: tuple[Block, ...], moved_a: set[int], moved_b: set[int]
) -> tuple[list[int], list[int]]:
    swapped = tuple((j, i, n) for i, j, n in blocks)
    to_b = _projected(a.cuts, b, blocks, moved_a | set(a.hard))
    to_a = _projected(b.cuts, a, swapped, moved_b | set(b.hard))
    return sorted({*a.cuts, *to_a}), sorted({*b.cuts, *to_b})


def _projected(
    cuts: list[int], other: Body, blocks: tuple[Block, ...], hard: set[int]
) -> Iterator[int]:
    """Yield where the cuts of one text fall in the other.

    Inside a match that is exact. At the end of a gap they fall there too, unless the other text
    has a cut of its own in that gap; ``hard`` cuts always fall somewhere.
    """
    starts = [block[0] for block in blocks]
    for cut in cuts:
        at = bisect_left(starts, cut)
        i, j, n = blocks[at - 1] if at else (0, 0, 0)
        if cut < i + n:
            place: int | None = j + cut - i
        else:
            after = blocks[at] if at < len(blocks) else (cut + 1, len(other.kept), 0)
            place = _beside(cut, (i + n, after[0]), (j + n, after[1]), other.cuts, cut in hard)
        if place is not None and other.can_cut(place):
            yield place


def _beside(
    cut: int, gap: tuple[int, int], other_gap: tuple[int, int], cuts: list[int], hard: bool
) -> int | None:
    """Return the place in the other text of a cut in a gap, or None."""
    at_end = cut == gap[1] > gap[0]
    if hard:
        return other_gap[1] if at_end else other_gap[0]
    found = bisect_left(cuts, other_gap[0])
    if found < len(cuts) and cuts[found] <= other_gap[1]:
        return None
    if at_end:
        return other_gap[1]
    return other_gap[0] if cut == gap[0] < gap[1] else None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a match that lies in one row of A and one of B."""

    row_a: int
    row_b: int
    block: Block


def _pieces(blocks: Iterable[Block], rows_a: list[int], rows_b: list[int]) -> Iterator[_Piece]:
    row_a = row_b = 0
    for block in blocks:
        a, b, n = block
        while n:
            while rows_a[row_a + 1] <= a:
                row_a += 1
            while rows_b[row_b + 1] <= b:
                row_b += 1
            size = min(n, rows_a[row_a + 1] - a, rows_b[row_b + 1] - b)
            yield _Piece(row_a, row_b, (a, b, size))
            a, b, n = a + size, b + size, n - size


def _related(pieces: list[_Piece], rows_a: list[int], rows_b: list[int]) -> list[_Piece]:
    """Drop the matches of sentences that share too little to be versions of each other."""
    shared: dict[tuple[int, int], int] = {}
    longest: dict[tuple[int, int], int] = {}
    for piece in pieces:
        key = (piece.row_a, piece.row_b)
        shared[key] = shared.get(key, 0) + piece.block[2]
        longest[key] = max(longest.get(key, 0), piece.block[2])

    def belongs(piece: _Piece) -> bool:
        key = (piece.row_a, piece.row_b)
        shorter = min(rows_a[key[0] + 1] - rows_a[key[0]], rows_b[key[1] + 1] - rows_b[key[1]])
        enough = shared[key] * 10 >= RELATED_TENTHS * shorter
        return enough and (longest[key] >= 2 or shared[key] * 2 >= shorter)

    return [piece for piece in pieces if belongs(piece)]


@dataclass(frozen=True, slots=True)
class _Walk:
    """One pass over the rows of both texts."""

    rows_a: list[int]
    rows_b: list[int]
    moves: dict[int, Block]
    arrivals: frozenset[int]

    def run(self, pieces: list[_Piece]) -> Iterator[Stretch]:
        at_a = at_b = first = 0
        while first < len(pieces):
            last = first
            while last + 1 < len(pieces) and (
                pieces[last + 1].row_a == pieces[last].row_a
                or pieces[last + 1].row_b == pieces[last].row_b
            ):
                last += 1
            group = pieces[first : last + 1]
            yield from self._alone(at_a, group[0].row_a, at_b, group[0].row_b)
            yield self._together(group)
            at_a, at_b, first = group[-1].row_a + 1, group[-1].row_b + 1, last + 1
        yield from self._alone(at_a, len(self.rows_a) - 1, at_b, len(self.rows_b) - 1)

    def _together(self, group: list[_Piece]) -> Stretch:
        a_low, a_high = self.rows_a[group[0].row_a], self.rows_a[group[-1].row_a + 1]
        b_low, b_high = self.rows_b[group[0].row_b], self.rows_b[group[-1].row_b + 1]
        blocks = tuple(piece.block for piece in group)
        shared = sum(block[2] for block in blocks)
        equal = shared == a_high - a_low == b_high - b_low
        kind = PassageKind.EQUAL if equal else PassageKind.CHANGED
        return Stretch(kind, a_low, a_high, b_low, b_high, blocks)

    def _alone(self, a: int, a_end: int, b: int, b_end: int) -> Iterator[Stretch]:
        here = self.rows_b[b]
        for row in range(a, a_end):
            low, high = self.rows_a[row], self.rows_a[row + 1]
            if row in self.moves:
                block = self.moves[row]
                to = bisect_right(self.rows_b, block[1]) - 1
                b_low, b_high = self.rows_b[to], self.rows_b[to + 1]
                yield Stretch(PassageKind.MOVED, low, high, b_low, b_high, (block,))
            else:
                yield Stretch(PassageKind.ONLY_A, low, high, here, here)
        here = self.rows_a[a_end]
        for row in range(b, b_end):
            if row not in self.arrivals:
                low, high = self.rows_b[row], self.rows_b[row + 1]
                yield Stretch(PassageKind.ONLY_B, here, here, low, high)


def _merged(
    found: Iterable[Stretch], hard_a: frozenset[int], hard_b: frozenset[int]
) -> Iterator[Stretch]:
    """Merge neighbours of one kind, but changed ones, and not across a hole."""
    run: list[Stretch] = []
    for stretch in found:
        if run and not _continues(run[-1], stretch, hard_a, hard_b):
            yield _one(run)
            run = []
        run.append(stretch)
    if run:
        yield _one(run)


def _one(run: list[Stretch]) -> Stretch:
    blocks = tuple(block for stretch in run for block in stretch.blocks)
    first, last = run[0], run[-1]
    return Stretch(first.kind, first.a_low, last.a_high, first.b_low, last.b_high, blocks)


def _continues(
    last: Stretch, following: Stretch, hard_a: frozenset[int], hard_b: frozenset[int]
) -> bool:
    if last.kind is not following.kind or last.kind is PassageKind.CHANGED:
        return False
    if last.kind is not PassageKind.ONLY_B and following.a_low in hard_a:
        return False
    if last.kind is not PassageKind.ONLY_A and following.b_low in hard_b:
        return False
    return last.a_high == following.a_low and last.b_high == following.b_low

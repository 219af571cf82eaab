"""Numbers and dates where two texts differ: which differ in value, and which in notation only.

Expressions are compared by value. Two of one value that are written differently (一百二十, 120;
民国112年, 2023年) are a change of notation, which has the weight of form.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from dedup.match.numerals import LEADING, is_numeral, numeral_value
from dedup.model import Change, ChangeKind, Weight

if TYPE_CHECKING:
    from dedup.match.lattice import Region
    from dedup.match.numbers import Expression
    from dedup.match.side import Part

_NEARLY = "余多"
_Pair = tuple["Expression", "Expression"]


@dataclass(slots=True)
class Quantities:
    """The changes of numbers and dates in a region, and the kept characters they cover.

    ``noted`` are those of ``covered``, on both sides, that changes of notation cover.
    """

    changes: list[Change] = field(default_factory=list)
    covered: tuple[list[range], list[range]] = field(default_factory=lambda: ([], []))
    noted: list[tuple[range, range]] = field(default_factory=list)

    def cover(self, a: range, b: range) -> None:
        """Add what a change of notation covers on both sides."""
        self.covered[0].append(a)
        self.covered[1].append(b)
        self.noted.append((a, b))


def quantities(a: Part, b: Part, region: Region, hunks: list[Region]) -> Quantities:
    """Compare the numbers and dates in ``region``, of which ``hunks`` are the differences."""
    in_a = [a.expressions[i] for i in a.numerals.inside(*region[:2])]
    in_b = [b.expressions[i] for i in b.numerals.inside(*region[2:])]
    pairs, only_a, only_b = _paired(in_a, in_b)
    found = Quantities()
    if all(x[1].start < y[1].start for x, y in pairwise(pairs)):  # else they changed places
        for e, f in pairs:
            _note(found, a, b, (e, f))
    for hunk in hunks:
        only_a, only_b = _lone(found, a, b, hunk, (only_a, only_b))
    for kind in (ChangeKind.NUMBER, ChangeKind.DATE):
        in_kind = [[e for e in only if e.kind is kind] for only in (only_a, only_b)]
        for e_only, f_only in zip_longest(*in_kind):
            (text_a, line_a), (text_b, line_b) = _stated(a, e_only), _stated(b, f_only)
            found.changes.append(Change(Weight.FACT, kind, text_a, text_b, line_a, line_b))
    found.covered[0].extend(range(*a.positions(e.start, e.end)) for e in only_a)
    found.covered[1].extend(range(*b.positions(e.start, e.end)) for e in only_b)
    return found


def _paired(
    a: list[Expression], b: list[Expression]
) -> tuple[list[_Pair], list[Expression], list[Expression]]:
    """Pair the expressions of one kind and value in order; return those that are left too."""
    waiting: dict[object, list[Expression]] = defaultdict(list)
    for expression in reversed(b):
        waiting[expression.kind, expression.value].append(expression)
    pairs: list[_Pair] = []
    left: list[Expression] = []
    for expression in a:
        others = waiting[expression.kind, expression.value]
        if others:
            pairs.append((expression, others.pop()))
        else:
            left.append(expression)
    stays = {id(e) for others in waiting.values() for e in others}
    return pairs, left, [e for e in b if id(e) in stays]


def _note(found: Quantities, a: Part, b: Part, pair: _Pair) -> None:
    """Report two expressions of one value, if their numerals are written differently."""
    e, f = pair
    ends = _same_measure(a, b, pair)
    if e.core == e.start or ends is None:
        return
    if a.view[e.start : ends[0]].strip() == b.view[f.start : ends[1]].strip():
        return
    spans = (e.start, ends[0]), (f.start, ends[1])
    _report(found, a, b, spans)
    found.cover(range(*a.positions(*spans[0])), range(*b.positions(*spans[1])))


def _same_measure(a: Part, b: Part, pair: _Pair) -> tuple[int, int] | None:
    """Return how far both expressions are one notation: with what is counted, or without it."""
    e, f = pair
    rest_a, rest_b = a.view[e.core : e.end].strip(), b.view[f.core : f.end].strip()
    if rest_a == rest_b:
        return e.end, f.end
    nearly = (rest_a[:1] in _NEARLY) == (rest_b[:1] in _NEARLY) if rest_a and rest_b else False
    measured = len(e.value) > 1 and bool(e.value[1])
    if measured:
        return (e.end, f.end) if nearly else None
    return e.core, f.core


def _report(
    found: Quantities, a: Part, b: Part, spans: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    said = []
    for part, span in zip((a, b), spans, strict=True):
        start, end = (part.start + offset for offset in span)
        said.append((part.body.text[start:end].strip(), part.body.line(start)))
    (text_a, line_a), (text_b, line_b) = said
    found.changes.append(Change(Weight.FORM, ChangeKind.NOTATION, text_a, text_b, line_a, line_b))


def _lone(
    found: Quantities,
    a: Part,
    b: Part,
    hunk: Region,
    only: tuple[list[Expression], list[Expression]],
) -> tuple[list[Expression], list[Expression]]:
    """Report a difference that is one numeral on both sides (一 and 1 in 一首, 1首; 一、 and 1.).

    Returns the expressions of ``only`` that are not explained by it.
    """
    if hunk[0] == hunk[1] or hunk[2] == hunk[3]:
        return only
    spans = _leading(a, *hunk[:2]), _leading(b, *hunk[2:])
    values = [_lone_value(part, *span) for part, span in zip((a, b), spans, strict=True)]
    if values[0] is None or values[0] != values[1]:
        return only
    stays: list[list[Expression]] = []
    for expressions, (start, end) in zip(only, spans, strict=True):
        here = [e for e in expressions if e.start < end and start < e.end]
        if any((e.start, e.core) != (start, end) for e in here):
            return only
        stays.append([e for e in expressions if e not in here])
    covered = range(*a.positions(*spans[0])), range(*b.positions(*spans[1]))
    if any(r.start < covered[0].stop and covered[0].start < r.stop for r, _ in found.noted):
        return only
    _report(found, a, b, spans)
    found.cover(*covered)
    return stays[0], stays[1]


def _leading(part: Part, low: int, high: int) -> tuple[int, int]:
    """Return where the numeral stands that a difference is, or begins with as an item of a list."""
    start, end = part.offsets(low, high)
    numeral = LEADING.match(part.view, start, end)
    if numeral and numeral.end() < end and not part.view[numeral.end()].isalnum():
        return numeral.span()
    return start, end


def _lone_value(part: Part, start: int, end: int) -> object:
    seen = part.view[start:end]
    if not seen.isascii() and is_numeral(seen):
        return numeral_value(seen)
    original = part.body.text[part.start + start : part.start + end]
    return numeral_value(original if original.isupper() else seen) if is_numeral(original) else None


def _stated(part: Part, expression: Expression | None) -> tuple[str, int | None]:
    """Return the original wording of an expression, and its line."""
    if expression is None:
        return "", None
    start, end = part.start + expression.start, part.start + expression.end
    return part.body.text[start:end], part.body.line(start)

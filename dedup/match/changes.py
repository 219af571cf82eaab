"""All differences between two bodies, by weight: facts, wording, form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.match.form import form_changes
from dedup.match.side import Side
from dedup.match.stretches import Stretch
from dedup.match.variants import Variants
from dedup.match.wording import alone, changes_within
from dedup.model import Change, ChangeKind, PassageKind, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dedup.match.body import Body
    from dedup.match.form import Place
    from dedup.match.lcs import Block

#: Kept characters of both sides of the longest pair that is looked at as two notations.
LONGEST_PAIR = 400
_WEIGHTS = {weight: rank for rank, weight in enumerate(Weight)}
_KINDS = {kind: rank for rank, kind in enumerate(ChangeKind)}


def text_changes(
    a: Body,
    b: Body,
    found: Sequence[Stretch],
    cut: Callable[[str], list[str]],
    *,
    described: Callable[[Stretch], bool] = lambda _: False,
    representative: Callable[[str], str] | None = None,
) -> list[Change]:
    """Return what differs between two bodies, without order.

    ``cut`` makes tokens of kept text. Stretches for which ``described`` is true lie in a part
    that is shown by itself, and make no change of wording. ``representative`` maps a folded word
    to the one that stands for its regional and spelling variants; None tells none apart.
    """
    variants = None if representative is None else Variants(representative)
    sides = Side(a, cut), Side(b, cut)
    changes: list[Change] = []
    places: list[Place] = []
    blocks: list[Block] = []
    noted: list[range] = []
    for stretch in _paired(found, described):
        blocks += stretch.blocks
        if stretch.kind is PassageKind.EQUAL or described(stretch):
            continue
        if stretch.kind is PassageKind.CHANGED and not stretch.blocks:
            within = changes_within(stretch, *sides, variants=variants)
            if all(change.weight is Weight.FORM for change in within.changes):
                changes += within.changes
            else:
                changes += [alone(one, *sides) for one in _apart(stretch)]
            continue
        if stretch.kind is PassageKind.MOVED:
            changes.append(_moved(a, b, stretch))
        elif stretch.kind is PassageKind.CHANGED:
            within = changes_within(stretch, *sides, variants=variants)
            noted += within.noted
            changes += within.changes
            places += within.places
        else:
            changes.append(alone(stretch, *sides))
    return changes + form_changes(a, b, blocks, places, noted=noted)


def _paired(found: Sequence[Stretch], described: Callable[[Stretch], bool]) -> Iterator[Stretch]:
    """Join short neighbours of one text each, which may be one date or number in two notations."""
    waiting: Stretch | None = None
    for stretch in found:
        short = stretch.a_high - stretch.a_low + stretch.b_high - stretch.b_low <= LONGEST_PAIR
        one_sided = short and stretch.kind in (PassageKind.ONLY_A, PassageKind.ONLY_B)
        one_sided = one_sided and not described(stretch)
        if waiting is not None and one_sided and waiting.kind is not stretch.kind:
            a, b = sorted((waiting, stretch), key=lambda one: one.kind is PassageKind.ONLY_B)
            waiting = None
            yield Stretch(PassageKind.CHANGED, a.a_low, a.a_high, b.b_low, b.b_high)
            continue
        if waiting is not None:
            yield waiting
        waiting = stretch if one_sided else None
        if waiting is None:
            yield stretch
    if waiting is not None:
        yield waiting


def _apart(stretch: Stretch) -> tuple[Stretch, Stretch]:
    """Return the two stretches that a pair was made of."""
    a, b = (stretch.a_low, stretch.a_high), (stretch.b_low, stretch.b_high)
    return (
        Stretch(PassageKind.ONLY_A, *a, b[0], b[0]),
        Stretch(PassageKind.ONLY_B, a[1], a[1], *b),
    )


def ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Sort by weight and kind, then by place; equal changes become one with their count."""
    merged: dict[tuple[object, ...], Change] = {}
    for change in sorted(changes, key=_place):
        key = (change.weight, change.kind, change.a, change.b, change.detail, change.facts)
        known = merged.get(key)
        merged[key] = replace(known, count=known.count + change.count) if known else change
    return tuple(sorted(merged.values(), key=_rank))


def _rank(change: Change) -> tuple[int, ...]:
    plain = change.weight is Weight.WORDING and not change.detail  # without numbers, dates …
    return (_WEIGHTS[change.weight], _KINDS[change.kind], plain, *_place(change))


def _place(change: Change) -> tuple[int, int]:
    a, b = change.a_line, change.b_line
    return (b if a is None else a) or 0, (a if b is None else b) or 0


def _moved(a: Body, b: Body, stretch: Stretch) -> Change:
    span_a = a.span(stretch.a_low, stretch.a_high)
    span_b = b.span(stretch.b_low, stretch.b_high)
    return Change(
        Weight.WORDING,
        ChangeKind.MOVED,
        a.apart(span_a.start, span_a.end)[0].strip(),
        b.apart(span_b.start, span_b.end)[0].strip(),
        span_a.line,
        span_b.line,
    )

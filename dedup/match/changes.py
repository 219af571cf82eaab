"""All differences between two bodies, by weight: facts, wording, form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.match.form import form_changes
from dedup.match.side import Side
from dedup.match.wording import alone, changes_within
from dedup.model import Change, ChangeKind, PassageKind, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dedup.match.body import Body
    from dedup.match.form import Place
    from dedup.match.lcs import Block
    from dedup.match.stretches import Stretch

_WEIGHTS = {weight: rank for rank, weight in enumerate(Weight)}
_KINDS = {kind: rank for rank, kind in enumerate(ChangeKind)}


def text_changes(
    a: Body,
    b: Body,
    found: Sequence[Stretch],
    cut: Callable[[str], list[str]],
    *,
    described: Callable[[Stretch], bool] = lambda _: False,
) -> list[Change]:
    """Return what differs between two bodies, without order.

    ``cut`` makes tokens of kept text. Stretches for which ``described`` is true lie in a part
    that is shown by itself, and make no change of wording.
    """
    sides = Side(a, cut), Side(b, cut)
    changes: list[Change] = []
    places: list[Place] = []
    blocks: list[Block] = []
    for stretch in found:
        blocks += stretch.blocks
        if stretch.kind is PassageKind.EQUAL or described(stretch):
            continue
        if stretch.kind is PassageKind.MOVED:
            changes.append(_moved(a, b, stretch))
        elif stretch.kind is PassageKind.CHANGED:
            within = changes_within(stretch, *sides)
            changes += within.changes
            places += within.places
        else:
            changes.append(alone(stretch, *sides))
    return changes + form_changes(a, b, blocks, places)


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
        span_a.text.strip(),
        span_b.text.strip(),
        span_a.line,
        span_b.line,
    )

"""The rounds of Spark's clusters, spelled without Spark, and random graphs for them.

Each function says what one in :mod:`dedup.engine.spark.greedy` or ``inside`` does with joins.
"""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np

from dedup.match.cluster import MatchGraph, assign


def graph_of(unit, whole, near):
    """Return a graph of these units and wholes; ``near`` is a similarity for pairs of units."""
    pairs = sorted(near)
    return MatchGraph(
        np.array(unit, dtype=np.int64),
        np.array(whole, dtype=np.int64),
        np.array(pairs, dtype=np.int64).reshape(-1, 2),
        np.array([near[pair] for pair in pairs], dtype=np.float64),
    )


def _numbered(labels):
    found: dict[int, int] = {}
    return [found.setdefault(label, len(found)) for label in labels]


def graph_named(kind: str, size: int, seed: int = 1) -> MatchGraph:
    """Return a chain in keep order or across it, a star, a clique, copies, or a mix of all."""
    draw = random.Random(seed)
    each = list(range(size))
    shuffled = draw.sample(each, size)
    near = {
        "chain": list(pairwise(each)),
        "shuffled chain": list(pairwise(shuffled)),
        "star": [(shuffled[0], other) for other in shuffled[1:]],
        "clique": [(a, b) for a in each for b in each if a < b],
        "copies": [],
        "mix": [(draw.randrange(size), draw.randrange(size)) for _ in range(2 * size)],
    }[kind]
    unit = whole = each
    if kind == "copies":
        unit = whole = [0] * size
    if kind == "mix":
        unit = _numbered(draw.choices(range(size), k=size))
        whole = _numbered(draw.choices(range(2 * size), k=size))
        near = [(a % (max(unit) + 1), b % (max(unit) + 1)) for a, b in near]
    return graph_of(
        unit,
        whole,
        {
            tuple(sorted(pair)): draw.choice([0.5, 0.7, 0.9, 1.0])
            for pair in near
            if len({*pair}) > 1
        },
    )


KINDS = ("chain", "shuffled chain", "star", "clique", "copies", "mix")


def kept_in_rounds(graph: MatchGraph, at_once: int) -> tuple[set[int], int, int]:
    """Return the documents that are kept, the number of rounds, and of those with a prefix."""
    cells: dict[tuple[int, int], int] = {}
    for number, cell in enumerate(zip(graph.unit.tolist(), graph.whole.tolist(), strict=True)):
        cells.setdefault(cell, number)
    undecided = {number: cell for cell, number in cells.items()}
    near: dict[int, set[int]] = {}
    for a, b in graph.near.tolist():
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    kept: set[int] = set()
    rounds = prefixes = 0
    slow = False
    while undecided:
        rounds += 1
        slow = slow or len(undecided) <= at_once
        prefixes += slow
        found = _prefix(graph, undecided, at_once) if slow else _roots(undecided, near)
        kept |= found
        units = {undecided[number][0] for number in found}
        units |= {other for unit in units for other in near.get(unit, ())}
        wholes = {undecided[number][1] for number in found}
        left = {
            number: (unit, whole)
            for number, (unit, whole) in undecided.items()
            if unit not in units and whole not in wholes
        }
        slow = slow or len(undecided) - len(left) < at_once
        undecided = left
    return kept, rounds, prefixes


def _roots(undecided, near):
    of_unit: dict[int, int] = {}
    of_whole: dict[int, int] = {}
    for number in sorted(undecided):
        unit, whole = undecided[number]
        of_unit.setdefault(unit, number)
        of_whole.setdefault(whole, number)
    return {
        number
        for number, (unit, whole) in undecided.items()
        if number == of_unit[unit] == of_whole[whole]
        and all(number < of_unit[other] for other in near.get(unit, ()) if other in of_unit)
    }


def _prefix(graph, undecided, at_once):
    first = sorted(undecided)[:at_once]
    cells = [undecided[number] for number in first]
    units = sorted({unit for unit, _ in cells})
    inside = np.isin(graph.near, units).all(axis=1)
    part = MatchGraph(
        np.searchsorted(units, [unit for unit, _ in cells]),
        np.unique([whole for _, whole in cells], return_inverse=True)[1],
        np.searchsorted(units, graph.near[inside]),
        graph.similarity[inside],
    )
    return {first[at] for at, stands in enumerate(assign(part).tolist()) if at == stands}


def dropped_in_rounds(assigned, unit, contained, near) -> tuple[list[int], int]:
    """Return what :func:`dedup.match.contained.drop_contained` does, and the number of rounds."""
    now = list(assigned)
    key = lambda a, b: (min(a, b) << 32) | max(a, b)  # noqa: E731 - as that function packs them
    pairs = [tuple(pair) for pair in contained.pairs.tolist()]
    related = near | {key(a, b) for a, b in pairs}
    kept = {int(unit[number]): number for number in sorted(set(now))}
    rank: dict[int, tuple[int, int]] = {}
    for (inside, _), (shingles, _) in zip(pairs, contained.shingles.tolist(), strict=True):
        rank[inside] = min(rank.get(inside, (0, inside)), (-shingles, inside))
    pending = [
        (-similarity, kept[container], container, inside)
        for (inside, container), similarity in zip(
            pairs, contained.similarity.tolist(), strict=True
        )
        if inside in kept and container in kept
    ]
    rounds = 0
    while pending:
        rounds += 1
        movable = {each[3] for each in pending}
        ends = {(a, b) for *_, a, b in pending} | {(b, a) for *_, a, b in pending}
        waiting = {a for a, b in ends if {a, b} <= movable and rank[b] < rank[a]}
        ready = movable - waiting
        moved: dict[int, int] = {}
        for inside in ready:
            needing = {int(unit[at]) for at, stands in enumerate(now) if stands == kept[inside]} - {
                inside
            }
            fit = [
                each[:3]
                for each in pending
                if each[3] == inside
                and all(other == each[2] or key(other, each[2]) in related for other in needing)
            ]
            if fit:
                moved[inside] = min(fit)[1]
        by_document = {kept[inside]: document for inside, document in moved.items()}
        now = [by_document.get(stands, stands) for stands in now]
        pending = [each for each in pending if each[3] not in ready and each[2] not in moved]
    return now, rounds

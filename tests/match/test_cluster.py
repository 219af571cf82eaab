"""Clusters: the greedy independent set, against a literal reading of its definition."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.cluster import MatchGraph, assign

#: Pairs of units that match, and how similar they are.
Near = dict[tuple[int, int], float]


def graph_of(unit: list[int], whole: list[int], near: Near) -> MatchGraph:
    return MatchGraph(
        np.array(unit, dtype=np.int64),
        np.array(whole, dtype=np.int64),
        np.array(sorted(near), dtype=np.int64).reshape(-1, 2),
        np.array([near[pair] for pair in sorted(near)], dtype=np.float64),
    )


def numbered(labels: list[int]) -> list[int]:
    numbers: dict[int, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]


@st.composite
def graphs(draw: st.DrawFn) -> MatchGraph:
    size = draw(st.integers(0, 12))
    unit = numbered(draw(st.lists(st.integers(0, 6), min_size=size, max_size=size)))
    whole = numbered(draw(st.lists(st.integers(0, 8), min_size=size, max_size=size)))
    near: Near = {}
    units = max(unit, default=-1) + 1
    for a in range(units):
        for b in range(a + 1, units):
            similarity = draw(st.sampled_from([None, None, 0.6, 0.8, 1.0]))
            if similarity is not None:
                near[a, b] = similarity
    return graph_of(unit, whole, near)


def similarity(graph: MatchGraph, a: int, b: int) -> float | None:
    if graph.unit[a] == graph.unit[b] or graph.whole[a] == graph.whole[b]:
        return 1.0
    pair = sorted((graph.unit[a], graph.unit[b]))
    found = np.flatnonzero((graph.near == pair).all(axis=1))
    return float(graph.similarity[found[0]]) if found.size else None


def by_definition(graph: MatchGraph) -> list[int]:
    kept: list[int] = []
    documents = range(len(graph.unit))
    for document in documents:
        if all(similarity(graph, document, k) is None for k in kept):
            kept.append(document)
    assigned = []
    for document in documents:
        if document in kept:
            assigned.append(document)
            continue
        found = [(similarity(graph, document, k), k) for k in kept]
        matching = [(s, k) for s, k in found if s is not None]
        assigned.append(min(matching, key=lambda each: (-each[0], each[1]))[1])
    return assigned


@given(graphs())
def test_is_the_definition(graph: MatchGraph) -> None:
    assert assign(graph).tolist() == by_definition(graph)


@given(graphs())
def test_kept_documents_do_not_match_and_dropped_ones_match_theirs(graph: MatchGraph) -> None:
    assigned = assign(graph).tolist()
    kept = [d for d, k in enumerate(assigned) if d == k]
    assert all(similarity(graph, a, b) is None for a in kept for b in kept if a < b)
    assert all(similarity(graph, d, k) is not None for d, k in enumerate(assigned) if d != k)


def test_no_chain() -> None:
    """A – B – C: with A kept, C stays although it matches the dropped B."""
    graph = graph_of([0, 1, 2], [0, 1, 2], {(0, 1): 0.6, (1, 2): 0.6})
    assert assign(graph).tolist() == [0, 0, 2]


def test_a_dropped_document_goes_to_its_most_similar_kept_one() -> None:
    near: Near = {(0, 1): 0.6, (1, 2): 0.9}
    assert assign(graph_of([0, 1, 2], [0, 1, 2], near)).tolist() == [0, 2, 2]


def test_different_quotients_of_integers_are_different_floats() -> None:
    """What makes comparing similarities as floats exact, at the limit that is promised."""
    n = 2**26 - 1
    assert (n - 1) / n < n / (n + 1)
    assert 1 / n > 1 / (n + 1)


def test_a_million_copies_are_one_cluster() -> None:
    copies = [0] * 10**6
    assert not assign(graph_of(copies, copies, {})).any()


def test_no_documents() -> None:
    assert assign(graph_of([], [], {})).tolist() == []


@given(graph=graphs(), known=st.integers(0, 12))
def test_what_is_known_is_kept_and_nothing_else_changes_for_it(
    graph: MatchGraph, known: int
) -> None:
    known = min(known, len(graph.unit))
    assigned = assign(replace(graph, known=known)).tolist()
    assert assigned[:known] == list(range(known))
    matching = {(a, b) for a, b in graph.near.tolist()}
    for document, stands in enumerate(assigned):
        assert assigned[stands] == stands
        if stands == document:
            continue
        units = sorted((int(graph.unit[document]), int(graph.unit[stands])))
        assert (
            units[0] == units[1]
            or graph.whole[document] == graph.whole[stands]
            or tuple(units) in matching
        )
    for document in range(known, len(assigned)):
        equal = [
            other
            for other in range(known)
            if graph.unit[other] == graph.unit[document]
            or graph.whole[other] == graph.whole[document]
        ]
        if equal:
            assert assigned[document] < known

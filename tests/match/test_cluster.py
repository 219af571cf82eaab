"""Clusters: the greedy independent set, against a literal reading of its definition."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dedup.match.cluster import MatchGraph, assign

Near = dict[int, list[tuple[int, Fraction]]]


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
            similarity = draw(
                st.sampled_from([None, None, Fraction(3, 5), Fraction(4, 5), Fraction(1)])
            )
            if similarity is not None:
                near.setdefault(a, []).append((b, similarity))
                near.setdefault(b, []).append((a, similarity))
    return MatchGraph(unit, whole, near)


def similarity(graph: MatchGraph, a: int, b: int) -> Fraction | None:
    if graph.unit[a] == graph.unit[b] or graph.whole[a] == graph.whole[b]:
        return Fraction(1)
    return dict(graph.near.get(graph.unit[a], ())).get(graph.unit[b])


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
    assert assign(graph) == by_definition(graph)


@given(graphs())
def test_kept_documents_do_not_match_and_dropped_ones_match_theirs(graph: MatchGraph) -> None:
    assigned = assign(graph)
    kept = [d for d, k in enumerate(assigned) if d == k]
    assert all(similarity(graph, a, b) is None for a in kept for b in kept if a < b)
    assert all(similarity(graph, d, k) is not None for d, k in enumerate(assigned) if d != k)


def test_no_chain() -> None:
    """A – B – C: with A kept, C stays although it matches the dropped B."""
    half = Fraction(3, 5)
    graph = MatchGraph(
        [0, 1, 2], [0, 1, 2], {0: [(1, half)], 1: [(0, half), (2, half)], 2: [(1, half)]}
    )
    assert assign(graph) == [0, 0, 2]


def test_a_dropped_document_goes_to_its_most_similar_kept_one() -> None:
    near: Near = {
        0: [(1, Fraction(3, 5))],
        1: [(0, Fraction(3, 5)), (2, Fraction(9, 10))],
        2: [(1, Fraction(9, 10))],
    }
    assert assign(MatchGraph([0, 1, 2], [0, 1, 2], near)) == [0, 2, 2]


def test_a_million_copies_are_one_cluster() -> None:
    assert assign(MatchGraph([0] * 10**6, [0] * 10**6, {})) == [0] * 10**6

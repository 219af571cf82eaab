"""Deciding in rounds comes to what the greedy order comes to, on graphs of every kind."""

from __future__ import annotations

import numpy as np
import pytest
from greedy_rounds import KINDS, dropped_in_rounds, graph_named, graph_of, kept_in_rounds
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.cluster import assign
from dedup.match.contained import Contained, drop_contained, packed


def kept_here(graph):
    assigned = assign(graph)
    return {number for number, stands in enumerate(assigned.tolist()) if number == stands}


@given(
    st.sampled_from(KINDS),
    st.integers(1, 60),
    st.integers(0, 2**20),
    st.integers(1, 12),
)
def test_what_is_kept_is_what_the_greedy_order_keeps(kind, size, seed, at_once) -> None:
    graph = graph_named(kind, size, seed)
    kept, rounds, prefixes = kept_in_rounds(graph, at_once)
    assert kept == kept_here(graph)
    assert prefixes <= rounds <= size // at_once + 2


def test_no_documents() -> None:
    assert kept_in_rounds(graph_of([], [], {}), 3) == (set(), 0, 0)


def test_an_order_that_has_nothing_to_do_with_the_graph_takes_few_rounds() -> None:
    graph = graph_named("shuffled chain", 2_000, seed=4)
    kept, rounds, prefixes = kept_in_rounds(graph, 10)
    assert kept == kept_here(graph)
    assert rounds <= 12
    assert prefixes <= 2  # the last few


def test_a_chain_in_keep_order_is_left_to_prefixes() -> None:
    graph = graph_named("chain", 3_000)
    kept, rounds, prefixes = kept_in_rounds(graph, 100)
    assert kept == set(range(0, 3_000, 2))
    assert (rounds, prefixes) == (31, 30)


@st.composite
def contained(draw: st.DrawFn):
    """Return units, some of which match, and which of them are part of which.

    A unit may have other shingles in other pairs: in some it is looked for in all of a text.
    """
    size = draw(st.integers(2, 14))
    every = [(a, b) for a in range(size) for b in range(a + 1, size)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True))
    pairs = [draw(st.sampled_from([pair, pair[::-1]])) for pair in chosen]
    shingles = [(draw(st.integers(40, 60)), 80) for _ in pairs]
    similarity = [draw(st.sampled_from([0.2, 0.3, 0.4])) for _ in pairs]
    others = draw(st.lists(st.sampled_from(every), unique=True))
    near = [pair for pair in others if pair not in chosen]
    found = Contained(
        np.array(pairs, dtype=np.int64).reshape(-1, 2),
        np.array(shingles, dtype=np.int64).reshape(-1, 2),
        np.array(similarity),
    )
    return size, near, found


@given(contained())
def test_contained_documents_go_where_they_go_one_by_one(given_) -> None:
    size, near, found = given_
    unit = np.arange(size)
    assigned = assign(graph_of(unit, unit, dict.fromkeys(near, 0.6)))
    keys = set(packed(np.array(near, dtype=np.int64).reshape(-1, 2)).tolist())
    expected = drop_contained(assigned, unit, found, keys).tolist()
    there, rounds = dropped_in_rounds(assigned.tolist(), unit, found, keys)
    assert there == expected
    assert rounds <= size


@pytest.mark.parametrize("depth", [1, 2, 7])
def test_rounds_are_half_as_many_as_texts_lie_inside_each_other(depth) -> None:
    pairs = np.array([(n, n + 1) for n in range(depth)])
    found = Contained(pairs, pairs + 40, np.full(depth, 0.4))
    each = np.arange(depth + 1)
    there, rounds = dropped_in_rounds(each.tolist(), each, found, set())
    assert there == drop_contained(each, each, found, set()).tolist()
    assert rounds == -(-depth // 2)  # what lies in one that is dropped has nowhere to go

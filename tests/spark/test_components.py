"""Components by stars: those of a search, however long the paths are."""

from __future__ import annotations

import random

import pytest

pytestmark = pytest.mark.slow


def search(edges):
    near = {}
    for a, b in edges:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    found = {}
    for start in sorted(near):
        if start in found:
            continue
        waiting = [start]
        while waiting:
            vertex = waiting.pop()
            if vertex not in found:
                found[vertex] = start
                waiting += near[vertex]
    return found


@pytest.mark.parametrize("few", [0, 1_000])
@pytest.mark.parametrize("kind", ["random", "path", "star", "none"])
def test_as_by_a_search(spark, monkeypatch, kind, few):
    from dedup.engine.spark import components as made

    monkeypatch.setattr(made, "FEW", few)
    draw = random.Random(3)
    edges = {
        "random": [(draw.randrange(300), draw.randrange(300)) for _ in range(180)],
        "path": [(n, n + 1) for n in range(200)],
        "star": [(77, n) for n in range(150)],
        "none": [],
    }[kind]
    edges = [(a, b) for a, b in edges if a != b]
    draw.shuffle(edges)
    df = spark.createDataFrame(edges, "a bigint, b bigint")
    found = made.components(df, lambda frame: frame.localCheckpoint())
    rows = found.members.collect()
    assert {row["vertex"]: row["component"] for row in rows} == search(edges)
    assert len(rows) == len(search(edges))
    assert found.rounds <= 12 * (few == 0)
    assert found.rounds or few or not edges

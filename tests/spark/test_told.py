"""What is told pair by pair of large components, without Spark: names of clusters, and families."""

from __future__ import annotations

import random

import numpy as np
import pytest
from random_documents import random_documents

import dedup
from dedup.match.families import HANDFUL

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyspark")

from dedup.engine.spark import told  # noqa: E402


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_names_of_clusters_wherever_batches_end(seed):
    result = dedup.scan(random_documents(seed, 120))
    rows, expected = [], {}
    for number, cluster in enumerate(result.clusters):
        expected[number] = cluster.id
        for member in (cluster.keep, *(pair.a for pair in cluster.drop)):
            info = result.documents[member]
            rows.append((number, bytes.fromhex(info.hash), info.id.encode()))
    rows.sort()
    draw = random.Random(seed)
    batches, at = [], 0
    while at < len(rows):
        part = rows[at : at + draw.randint(1, 7)]
        at += len(part)
        columns = [pa.array(each) for each in zip(*part, strict=True)]
        batches.append(pa.RecordBatch.from_arrays(columns, ["stands", "text_hash", "id"]))
    found = {}
    for batch in told.cluster_names(iter(batches)):
        found |= dict(zip(*(column.to_pylist() for column in batch.columns), strict=True))
    assert expected
    assert found == expected
    assert not list(told.cluster_names(iter([])))


def pairs_of(rows):
    names = ["a", "b", "similarity"]
    kinds = [pa.int64(), pa.int64(), pa.float64()]
    columns = [pa.array([row[at] for row in rows], kind) for at, kind in enumerate(kinds)]
    return pa.Table.from_arrays(columns, names)


def test_families_are_those_of_the_local_engine():
    ring = [(n, n + 1, 0.7) for n in range(10, 19)] + [(10, 19, 0.9), (12, 15, 0.9)]
    few = [(n, 30 + HANDFUL - 1, 0.8) for n in range(30, 30 + HANDFUL - 1)]
    rows = [*ring, *few]
    random.Random(1).shuffle(rows)
    found = told.families_of(pairs_of(rows)).to_pylist()
    assert {(row["a"], row["b"]) for row in found} == {row[:2] for row in rows}
    in_ring = [row for row in found if row["a"] < 30]
    assert {row["family"] for row in in_ring} == {10}
    # of two that are as similar the first is the example; as many are listed as connect all
    assert [(row["a"], row["b"]) for row in in_ring if row["best"]] == [(10, 19)]
    assert sum(not row["spare"] for row in in_ring) == 9
    others = [row for row in found if row["a"] >= 30]
    assert {(row["family"], row["spare"], row["best"]) for row in others} == {(None, False, False)}


def test_no_pairs_of_templates():
    assert told.families_of(pairs_of([])).num_rows == 0


def test_numbers_of_units_keep_their_order():
    column = {f"unit_{side}": pa.array(each) for side, each in (("x", [70, 9]), ("y", [9, 400]))}
    firsts, ranks = told._ranks(column, "unit", np.array([0, 1, 3]))
    assert firsts.tolist() == [9, 70, 400]
    assert ranks.tolist() == [1, 0, 2]

"""Buckets from sorted rows, wherever the batches end: the pairs of the local engine."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

pa = pytest.importorskip("pyarrow")

from dedup.engine.spark.buckets import Bands, Passages, pairs_of_pieces  # noqa: E402
from dedup.match.candidates import HOT_BUCKET, HOT_FIRST  # noqa: E402
from dedup.match.passage_candidates import COMMON  # noqa: E402


def batches(rows, sizes):
    rows = sorted(rows)
    at = 0
    while at < len(rows):
        size = next(sizes)
        part = rows[at : at + size]
        at += size
        yield pa.RecordBatch.from_pydict(
            {"key": [key for key, _ in part], "number": [number for _, number in part]},
            schema=pa.schema([("key", pa.int64()), ("number", pa.int64())]),
        )


def sizes_of(draw, most):
    while True:
        yield draw.randint(1, most)


def pieces_and_pairs(make, rows, sizes):
    pieces = list(make(batches(rows, sizes)))
    found = []
    for batch in pairs_of_pieces(iter(pieces)):
        found += zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)
    return pieces, sorted(found)


@pytest.mark.parametrize("seed", range(20))
def test_every_pair_in_a_bucket(seed):
    draw = random.Random(seed)
    rows = {(draw.randrange(30), draw.randrange(200)) for _ in range(draw.randint(0, 120))}
    members = {}
    for key, number in rows:
        members.setdefault(key, []).append(number)
    expected = sorted(pair for each in members.values() for pair in combinations(sorted(each), 2))
    for most in (1, 3, 50):
        assert pieces_and_pairs(Bands(), rows, sizes_of(draw, most))[1] == expected
        assert pieces_and_pairs(Passages(), rows, sizes_of(draw, most))[1] == expected


@pytest.mark.parametrize("size", [HOT_BUCKET, HOT_BUCKET + 1, 10_000, 10_001, 25_000])
def test_a_hot_bucket_is_cut_short(size):
    rows = [(5, number) for number in range(size)] + [(4, 1), (4, 2), (6, 8), (6, 9)]
    pieces, found = pieces_and_pairs(Bands(), rows, sizes_of(random.Random(1), 4000))
    hot = [count for piece in pieces for count in piece.column("hot").to_pylist() if count]
    inside = [pair for pair in found if pair not in {(1, 2), (8, 9)}]
    if size <= HOT_BUCKET:
        assert not hot
        assert len(found) == size * (size - 1) // 2 + 2
    else:
        assert hot == [size]
        compared = HOT_FIRST * size - HOT_FIRST * (HOT_FIRST + 1) // 2
        assert len(np.unique(np.array(inside), axis=0)) == len(inside)
        assert len(found) in {compared + 1, compared + 2}  # (1, 2) and (8, 9) may be in it too
    assert (8, 9) in found


def test_a_common_passage_makes_no_pairs():
    rows = [(1, number) for number in range(COMMON)] + [(2, n) for n in range(COMMON + 1)]
    rows += [(3, n) for n in range(30_000)]
    pieces, found = pieces_and_pairs(Passages(), rows, sizes_of(random.Random(2), 700))
    assert len(found) == COMMON * (COMMON - 1) // 2
    assert sum(sum(piece.column("common").to_pylist()) for piece in pieces) == 2
    common = [
        each
        for piece in pieces
        for each, rest in zip(*(piece.column(n).to_pylist() for n in (0, 1)), strict=True)
        if rest == []
    ]
    expected = sorted([*range(COMMON + 1), *range(30_000)])
    assert sorted(number for each in common for number in each) == expected

"""Equal hashes share a number, in order of the first row that has them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.engine.corpus import _numbered

HALVES = st.sampled_from([0, 1, 2, 2**63, 2**64 - 1])


@given(st.lists(st.tuples(HALVES, HALVES), max_size=40))
def test_hashes_are_numbered(rows: list[tuple[int, int]]) -> None:
    hashes = np.array(rows, dtype=np.uint64).reshape(-1, 2).view(np.uint8).reshape(-1, 16)
    numbers, firsts = _numbered(hashes)
    seen: dict[tuple[int, int], int] = {}
    assert numbers.tolist() == [seen.setdefault(row, len(seen)) for row in rows]
    assert firsts.tolist() == [rows.index(row) for row in seen]
    assert (numbers.dtype, firsts.dtype) == (np.int64, np.int64)


def test_many_of_which_most_are_alone() -> None:
    hashes = np.random.default_rng(7).integers(0, 256, size=(5000, 16), dtype=np.uint8)
    hashes[4000:] = hashes[:1000][::-1]
    numbers, firsts = _numbered(hashes)
    assert numbers.tolist() == [*range(4000), *range(999, -1, -1)]
    assert firsts.tolist() == list(range(4000))

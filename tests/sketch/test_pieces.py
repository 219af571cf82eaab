"""The kernel finds the pieces that the reference defines."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import native_in_use
from dedup.sketch.pieces import ALL, _native, _reference, batch_pieces

ALPHABET = "国國家的○〇Ａａ１+%・。！？；!;>}…：:\n\r\u2028 　.é\u0301ก\U00020bb7🙂\ufffd-"
TEXTS = st.lists(
    st.lists(st.sampled_from([*ALPHABET, "国家" * 9, "abcdef ", "\n\n"]), max_size=40).map("".join),
    max_size=5,
)

needs_kernel = pytest.mark.skipif(not native_in_use(), reason="the native kernel is not built")


@needs_kernel
@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_any_text_has_the_pieces_of_the_reference(texts: list[str]) -> None:
    batch = TextBatch.from_texts(texts)
    rows, counts = _native(batch, ALL)
    expected, expected_counts = _reference(batch, ALL)
    assert counts == expected_counts
    assert rows.tolist() == expected.tolist()
    hashes = expected[:, 0].copy().view(np.uint64)
    some = np.sort(hashes[::2])
    if some.size:
        rows, counts = _native(batch, some)
        expected, expected_counts = _reference(batch, some)
        assert (rows.tolist(), counts) == (expected.tolist(), expected_counts)


def test_pieces_come_by_text() -> None:
    found = batch_pieces(TextBatch.from_texts(["", "这一行够长了", "短", "这一行够长了"]))
    assert found.offsets.tolist() == [0, 0, 1, 1, 2]
    assert found.hashes[0] == found.hashes[1]
    assert found.places.tolist() == [[0, 6], [0, 6]]


@needs_kernel
def test_arrays_that_do_not_fit_are_refused() -> None:
    from dedup.sketch import _kernel

    batch = TextBatch.from_texts(["一", "二"])
    with pytest.raises(ValueError, match="items"):
        _kernel.pieces(batch.buffer, batch.offsets, ALL, np.zeros(1, dtype=np.int64))
    with pytest.raises(ValueError, match="lead out"):
        _kernel.pieces(batch.buffer, np.array([0, 99]), ALL, np.zeros(1, dtype=np.int64))

"""The glance for characters of garbled texts: the kernel says what the pattern says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.sketch import _kernel
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import may_be_garbled
from dedup.text import garbled
from dedup.text.garbled import SAMPLE, is_garbled, suspicious_characters

LIKELY = st.text(st.sampled_from("春来了，锟烫屯\ufffd\x80\x9f\xa0ãéêï锛銆鐨a \U0002070e\ud800\n"))


@given(st.lists(LIKELY | st.text(), max_size=6))
def test_the_kernel_finds_what_the_pattern_finds(texts: list[str]) -> None:
    found = [i for i, text in enumerate(texts) if garbled._SUSPICIOUS.search(text)]
    assert list(may_be_garbled(TextBatch.from_texts(texts))) == found


@given(LIKELY)
def test_no_garbled_text_is_passed_over(text: str) -> None:
    assert may_be_garbled(TextBatch.from_texts([text])) or not is_garbled(text)


def test_only_the_first_characters_count() -> None:
    texts = ["字" * (SAMPLE - 1) + "锟", "字" * SAMPLE + "锟", ""]
    assert list(may_be_garbled(TextBatch.from_texts(texts))) == [0]


def test_without_the_kernel_every_text_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEDUP_KERNEL", "reference")
    assert list(may_be_garbled(TextBatch.from_texts(["春天", "夏天"]))) == [0, 1]


def test_the_binding_checks_what_it_is_given() -> None:
    batch, found = TextBatch.from_texts(["春天"]), np.empty(1, np.uint8)
    with pytest.raises(ValueError, match="not 8192"):
        _kernel.has_characters(batch.buffer, batch.offsets, b"", SAMPLE, found)
    with pytest.raises(ValueError, match="lead out"):
        _kernel.has_characters(
            batch.buffer, batch.offsets + 9, suspicious_characters(), SAMPLE, found
        )
    _kernel.has_characters(batch.buffer, batch.offsets, b"\xff" * 8192, -1, found)
    assert found.tolist() == [0]


@given(st.binary(max_size=100))
def test_any_bytes_are_looked_at(raw: bytes) -> None:
    found = np.empty(1, np.uint8)
    offsets = np.array([0, len(raw)])
    _kernel.has_characters(
        np.frombuffer(raw, np.uint8), offsets, suspicious_characters(), SAMPLE, found
    )
    if garbled._SUSPICIOUS.search(raw.decode("utf-8", "ignore")):
        assert found[0]

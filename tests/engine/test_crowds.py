"""Guards: which clusters are too large to be believed, and the text that makes them so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import dedup
from dedup.engine.crowds import LEAST, crowded
from dedup.engine.stored import redecide

STRANGERS = "赤橙黄绿青蓝紫天地玄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"


def stranger(number: int) -> str:
    """Return a text that shares nothing with the next one."""
    return "".join(chr(0x4E00 + (number * 97 + step * 131) % 20000) for step in range(30))


def assigned(*sizes: int, alone: int = 0) -> np.ndarray:
    numbers = [size for size in sizes for _ in range(size)]
    starts = np.cumsum([0, *sizes])
    kept = [int(starts[at]) for at, size in enumerate(sizes) for _ in range(size)]
    return np.array(kept + list(range(len(numbers), len(numbers) + alone)), dtype=np.int64)


@pytest.mark.parametrize(
    ("sizes", "alone", "found"),
    [
        ((LEAST,), 179, [(0, LEAST)]),  # a little more than a tenth
        ((LEAST,), 180, []),  # a tenth
        ((LEAST - 1,), 0, []),  # few documents are looked at anyway
        ((25, 3, 30), 0, [(0, 25), (28, 30)]),
        ((2,) * 30, 0, []),  # half is not more than half
        ((3,) * 30, 0, [(0, 3)]),  # two thirds are dropped; the largest is named
        ((3,) * 5, 0, []),
        ((), 0, []),
        ((), 50, []),
    ],
)
def test_which_clusters_are_crowds(sizes, alone, found):
    assert crowded(assigned(*sizes, alone=alone)) == found


def test_a_scan_names_the_text_that_does_it():
    header = "\n  本文由某某网整理发布，转载请注明出处。\n"
    texts = [f"{header}{STRANGERS}{'。' * n}" for n in range(LEAST + 1)]
    texts += [stranger(n) for n in range(15)]
    result = dedup.scan(texts)
    (crowd,) = result.summary.crowds
    assert crowd.documents == LEAST + 1
    assert crowd.kept in result.kept
    assert crowd.other in result.dropped
    assert crowd.first_line == "本文由某某网整理发布，转载请注明出处。"


def test_a_long_line_is_cut():
    texts = [STRANGERS * 9 + "！" * n for n in range(LEAST)]
    (crowd,) = dedup.scan(texts).summary.crowds
    assert crowd.first_line == (STRANGERS * 9)[:60] + "…"


def test_a_stream_is_read_once_more_for_it():
    (crowd,) = dedup.scan(STRANGERS + "！" * n for n in range(LEAST)).summary.crowds
    assert crowd.first_line.startswith(STRANGERS)


def test_few_duplicates_are_no_crowd():
    assert dedup.scan([STRANGERS, STRANGERS, "另一篇"]).summary.crowds == ()


def test_deciding_once_more_counts_anew():
    texts = [STRANGERS + "！" * n for n in range(LEAST)] + [stranger(n) for n in range(5)]
    result = dedup.scan(texts)
    again = redecide(result, replace(result.settings, threshold=0.9))
    (crowd,) = again.summary.crowds
    assert replace(crowd, other="", first_line="") == replace(
        result.summary.crowds[0], other="", first_line=""
    )
    assert crowd.first_line == ""

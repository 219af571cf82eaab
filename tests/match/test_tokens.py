"""Alignment of tokens."""

from __future__ import annotations

import random

import pytest

from dedup.match.tokens import align_tokens, hunks
from dedup.text.segment import CutNumberer


@pytest.fixture(params=["native", "reference"], autouse=True)
def kernel(request, monkeypatch) -> None:
    monkeypatch.setenv("DEDUP_KERNEL", request.param)


def aligned(a: list[str], b: list[str]) -> tuple[tuple[int, int, int], ...]:
    numberer = CutNumberer(str.split)
    words, which = numberer.numbers(" ".join([*a, *b]), numberer.table(), 0)
    return align_tokens(which[: len(a)], which[len(a) :], words)


@pytest.mark.parametrize(
    ("a", "b", "places"),
    [
        ("", "", []),
        ("a b", "a b", []),
        ("", "a", [(0, 0, 0, 1)]),
        ("a x b", "a y b", [(1, 2, 1, 2)]),
        ("a b", "a y b", [(1, 1, 1, 2)]),
        ("x", "y", [(0, 1, 0, 1)]),
    ],
)
def test_places(a: str, b: str, places: list[tuple[int, int, int, int]]) -> None:
    first, second = a.split(), b.split()
    blocks = aligned(first, second)
    assert list(hunks(blocks, len(first), len(second))) == places


@pytest.mark.parametrize("seed", range(30))
def test_matches_are_equal_ascend_and_are_the_same_from_both_sides(seed: int) -> None:
    draw = random.Random(seed)
    words = [f"w{i}" for i in range(draw.choice([3, 40, 400]))]
    a = draw.choices(words, k=draw.randint(0, 300))
    b = [draw.choice(words) if draw.random() < 0.1 else word for word in a]
    b = [word for word in b if draw.random() > 0.1]
    blocks = aligned(a, b)
    assert aligned(b, a) == tuple((j, i, n) for i, j, n in blocks)
    at_a = at_b = 0
    for i, j, n in blocks:
        assert i >= at_a
        assert j >= at_b
        assert a[i : i + n] == b[j : j + n]
        at_a, at_b = i + n, j + n
    assert at_a <= len(a)
    assert at_b <= len(b)


def test_more_tokens_than_there_are_code_points_before_the_surrogates() -> None:
    a = [str(i) for i in range(60_000)]
    b = [*a[:50_000], "x", *a[50_000:]]
    assert aligned(a, b) == ((0, 0, 50_000), (50_000, 50_001, 10_000))

"""Similar documents compared by their words: chunks, workers and memory decide nothing."""

from __future__ import annotations

import numpy as np
import pytest

from dedup.engine import comparing
from dedup.engine.comparing import Compared, compared
from dedup.engine.forms import Forms
from dedup.match.replacing import compare_forms
from dedup.settings import Settings

STORY = "经过两年零三个月的紧张施工望江大桥主桥昨日顺利合龙全长{}米施工单位取得了{}项专利"
SETTINGS = Settings(jobs=2)
PARTS = [("", (STORY * 3).format(*[100 + i, i % 3 + 2] * 3)) for i in range(12)]
PAIRS = np.array([(0, 1), (0, 5), (1, 2), (2, 9), (3, 4), (3, 11), (6, 7), (8, 10)])
NEAR = np.array([True, True, False, True, True, True, True, True])
SIZES = np.array([len(body) for _, body in PARTS])


def found(settings: Settings = SETTINGS, missing: int = -1) -> list[Compared]:
    texts = lambda at: None if at == missing else PARTS[at]  # noqa: E731
    return sorted(compared(PAIRS, NEAR, texts, SIZES, settings))


def expected() -> list[Compared]:
    form = Forms(SETTINGS).form
    made = []
    for row, ((a, b), near) in enumerate(zip(PAIRS.tolist(), NEAR.tolist(), strict=True)):
        replacement, filled = compare_forms(form(PARTS[a]), form(PARTS[b]), near=near)
        made.append((row, comparing._VALUES(replacement), filled))
    return made


def test_pairs_are_compared_one_by_one() -> None:
    assert found() == expected()
    assert any(filled for _, _, filled in expected())


@pytest.mark.parametrize("characters", [1, 150, 1 << 20])
@pytest.mark.parametrize("tokens", [0, 60, 1 << 20])
def test_chunks_and_forms_at_hand_decide_nothing(
    characters: int, tokens: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "CHUNK_CHARACTERS", characters)
    monkeypatch.setattr(comparing, "AT_HAND", tokens)
    assert found() == expected()


def test_chunks_hold_what_is_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "CHUNK_PAIRS", 4)
    chunks = [*comparing._chunks(PAIRS, NEAR, PARTS.__getitem__, SIZES)]
    assert [[row for row, *_ in chunk.pairs] for chunk in chunks] == [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [],
    ]
    assert [sorted(chunk.parts) for chunk in chunks[:1]] == [[0, 1, 2, 5, 9]]


def test_processes_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MANY", 0)
    monkeypatch.setattr(comparing, "CHUNK_PAIRS", 2)
    assert found() == expected()
    assert found(Settings(jobs=1)) == expected(), "in this process"


def test_pairs_of_what_is_missing_are_left_out() -> None:
    assert [row for row, *_ in found(missing=3)] == [0, 1, 2, 3, 6, 7]


def test_no_pairs() -> None:
    none = np.empty((0, 2), dtype=np.int64)
    assert [*compared(none, NEAR[:0], PARTS.__getitem__, SIZES, SETTINGS)] == []

"""Runs of characters that two texts share: all of them, against a literal search."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dedup.match import runs as module
from dedup.match.runs import COMMON, RUN, RunTable, hashes_of, shared_runs

WORDS = st.text(alphabet="天地玄黄宇宙洪荒日月", max_size=90)


def windows(text: str) -> set[str]:
    return {text[at : at + RUN] for at in range(len(text) - RUN + 1)}


@hypothesis_settings(max_examples=200, deadline=None)
@given(run=st.text(alphabet="春夏秋冬ab", min_size=RUN, max_size=70), a=st.tuples(WORDS, WORDS),
       b=st.tuples(WORDS, WORDS))  # fmt: skip
def test_a_run_is_found_wherever_it_stands(
    run: str, a: tuple[str, str], b: tuple[str, str]
) -> None:
    first, second = a[0] + run + a[1], b[0] + run + b[1]
    found = shared_runs(first, second)
    assert max(each.characters for each in found) >= len(run)
    for each in found:
        size = each.characters
        there = second[each.other_start : each.other_start + size]
        assert first[each.start : each.start + size] == there
        assert size >= RUN
    covered = set().union(
        *(windows(second[r.other_start : r.other_start + r.characters]) for r in found)
    )
    assert covered == windows(first) & windows(second)


@hypothesis_settings(max_examples=100, deadline=None)
@given(a=st.text(alphabet="ab", max_size=80), b=st.text(alphabet="ab", max_size=80))
def test_nothing_is_found_that_is_not_there(a: str, b: str) -> None:
    assert bool(shared_runs(a, b)) == bool(windows(a) & windows(b))


@pytest.mark.parametrize("size", [RUN - 1, RUN])
def test_the_length_from_which_a_run_is_found(size: int) -> None:
    run = "".join(chr(0x4E00 + at) for at in range(size))
    found = shared_runs("甲" * 50 + run + "乙" * 50, "丙" * 70 + run + "丁")
    assert len(found) == (size == RUN)


def test_the_longest_run_is_grown_to_its_ends() -> None:
    text = "".join(chr(0x4E00 + at) for at in range(1000))
    (found,) = shared_runs("甲乙" + text[100:700] + "丙", text)
    assert (found.start, found.other_start, found.characters) == (2, 100, 600)


def test_hashes_that_agree_by_chance_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        module, "hashes_of", lambda kept: np.ones(max(0, len(kept) - RUN + 1), dtype=np.uint64)
    )
    assert shared_runs("甲" * 40, "乙" * 40) == []


def test_windows_that_too_many_texts_of_the_table_have() -> None:
    form = "".join(chr(0x4E00 + at) for at in range(RUN))
    own = "".join(chr(0x5E00 + at) for at in range(RUN))
    table = RunTable([form] * (COMMON + 1) + [own])
    assert table.common == 1
    assert len(table) == 1
    assert not table.windows_in(form)[0].size
    assert table.windows_in(own)[0].size == 1


def test_windows_that_too_many_texts_share_with_the_table() -> None:
    form = "".join(chr(0x4E00 + at) for at in range(RUN))
    table = RunTable([form])
    found = [table.runs(form, *table.windows_in(form)) for _ in range(COMMON + 5)]
    assert all(len(each) == 1 for each in found[:COMMON])
    assert not found[-1]
    assert table.is_common(found[0][0][1])
    assert table.common_elsewhere == 1
    assert not RunTable([form]).is_common(found[0][0][1])


def test_short_and_empty_texts_have_no_windows() -> None:
    assert hashes_of("短").size == 0
    table = RunTable([])
    assert len(table) == 0
    assert table.runs("", *table.windows_in("")) == []
    assert shared_runs("", "任何文字" * 20) == []

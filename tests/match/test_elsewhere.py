"""Shared runs of thirty characters are shown, or aligned, wherever they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import dedup
from dedup.match.runs import RUN
from dedup.model import Comparison, PassageKind

HAN = "今年以来全市坚持干部教育培训学习山里柿子红了老人坐在门前"
RUNS = st.text(alphabet=HAN, min_size=RUN, max_size=45)
AROUND = st.lists(st.text(alphabet="春夏秋冬东南西北", min_size=1, max_size=60), max_size=3)


def shows(found: Comparison, run: str) -> bool:
    """Tell whether a run of A is among what is said to be equal, moved or elsewhere."""
    told = "".join(
        each.a.text if each.a and each.kind in (PassageKind.EQUAL, PassageKind.MOVED) else "|"
        for each in found.passages
    )
    return run in told or any(run in a.text and run in b.text for a, b in found.elsewhere)


@hypothesis_settings(max_examples=60, deadline=None)
@given(runs=st.tuples(RUNS, RUNS), a=AROUND, b=AROUND)
def test_runs_in_another_order(runs: tuple[str, str], a: list[str], b: list[str]) -> None:
    first = runs[0] + "".join(a) + runs[1]
    second = runs[1] + "".join(b) + runs[0]
    found = dedup.compare(first, second, keep_metadata=True)
    whole = {each.text for pair in found.elsewhere for each in pair}
    for run in runs:
        changed = (p.a for p in found.passages if p.kind is PassageKind.CHANGED and p.a)
        edited = any(run in span.text for span in changed)
        assert shows(found, run) or edited or any(run in text for text in whole)


def test_sentences_that_cross_are_told(seed_texts: list[str]) -> None:
    run = "老人坐在门前看着孩子们在晒谷场上追着一只黄狗跑来跑去笑声传得很远很远"
    first = "甲乙丙丁" * 30 + run + seed_texts[0][200:900]
    second = seed_texts[0][200:900] + "子丑寅卯" * 30 + run + "辰巳午未" * 9
    assert shows(dedup.compare(first, second), run)


def test_nothing_elsewhere_in_equal_texts(seed_texts: list[str]) -> None:
    assert dedup.compare(seed_texts[0], seed_texts[0]).elsewhere == ()
    assert dedup.compare(seed_texts[0], seed_texts[1]).elsewhere == ()
    assert dedup.compare("", "").elsewhere == ()


def test_a_repeated_sentence_is_told_once_a_place() -> None:
    run = "老人坐在门前看着孩子们在晒谷场上追着一只黄狗跑来跑去笑声传得很远"
    other = "今年以来全市坚持把干部教育培训作为先导性基础性战略性工程"
    found = dedup.compare(run + other, other + run + "另外" * 20 + run, keep_metadata=True)
    assert shows(found, run)
    assert len(found.elsewhere) <= 2

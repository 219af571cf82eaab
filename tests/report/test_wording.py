"""Lists and counts in words."""

from __future__ import annotations

import pytest

from dedup.messages import message
from dedup.report.view import View
from dedup.report.wording import counted, enumerated, listed, sentence


@pytest.mark.parametrize(
    ("parts", "english", "chinese"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a和b"),
        (["a", "b", "c"], "a, b and c", "a、b和c"),
    ],
)
def test_enumerated(parts, english, chinese):
    assert enumerated(parts, View()) == english
    assert enumerated(parts, View(lang="zh")) == chinese


def test_listed():
    assert listed(["a", "b", "c"], View()) == "a, b, c"
    assert listed(["a", "b", "c"], View(lang="zh")) == "a、b、c"


def test_a_sentence_begins_with_a_capital_and_ends_with_a_stop():
    assert sentence(["the same", "a adds b"], View()) == "The same; a adds b."
    assert sentence(["同一篇", "甲多出乙"], View(lang="zh")) == "同一篇；甲多出乙。"


def test_counted_picks_the_form_and_keeps_other_values():
    one, many = message("{count} cat in {place}", place="x"), message("{count} cats")
    assert counted(1, one, many).render() == "1 cat in x"
    assert counted(0, one, many).render() == "0 cats"
    assert counted(1200, one, many).render() == "1,200 cats"

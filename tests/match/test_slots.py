"""Tokens of a text: what each may be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.slots import HEAD, form_of, spoken
from dedup.match.vocabulary import HAN, Kind

NAMES = frozenset(["临江", "青石"])


def is_name(word: str) -> bool:
    return word in NAMES


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("5", Kind.NUMBER),
        ("三十", Kind.NUMBER),
        ("一", Kind.NUMBER),
        ("二〇二三", Kind.NUMBER),
        ("a380", Kind.NUMBER),
        ("get", Kind.TERM),
        ("ü", Kind.TERM),
        ("%", Kind.WORD),
        ("临江", Kind.NAME),
        ("临江市", Kind.NAME),
        ("临江人", Kind.WORD),
        ("城市", Kind.WORD),
        ("一样", Kind.WORD),
        ("好", Kind.LETTER),
    ],
)
def test_kinds(token: str, kind: Kind) -> None:
    form = form_of("", token, str.split, is_name)
    assert [*form.kinds] == [kind]


def test_the_title_is_the_head() -> None:
    form = form_of("临江 公告", "全文 如下", str.split, is_name)
    assert form.tokens == ("临江", "公告", "全文", "如下")
    assert (form.head, form.titled) == (2, True)


def test_the_beginning_is_the_head_of_a_text_without_title() -> None:
    form = form_of("", "全文 如下", str.split, is_name)
    assert form.tokens == ("全文", "如下")
    assert (form.head, form.titled) == (HEAD, False)


def test_a_text_without_words() -> None:
    form = form_of("", "", str.split, is_name)
    assert (form.tokens, form.kinds) == ((), b"")


def test_variants_of_a_word_are_one_token() -> None:
    def stands_for(word: str) -> str:
        return {"软体": "软件"}.get(word, word)

    form = form_of("软体", "软体 好", str.split, is_name, stands_for=stands_for)
    assert form.tokens == ("软件", "软件", "好")


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        ([], ""),
        (["有", "5", "人"], "有5人"),
        (["3", ".", "6", "万"], "3.6万"),
        (["39", "100"], "39 100"),
        (["get", "item"], "get item"),
        (["c", "++", "语言"], "c++语言"),
    ],
)
def test_spoken(tokens: list[str], said: str) -> None:
    assert spoken(tokens) == said


@given(
    st.lists(
        st.sampled_from(["会议", "ü", "a", "12", "%", "。", "c++", "a股", "%股", "か", "·", "é"])
    )
)
def test_a_space_stands_only_between_what_would_run_together(tokens: list[str]) -> None:
    expected = "".join(tokens[:1])
    for last, token in pairwise(tokens):
        latin = last < HAN and token < HAN
        expected += " " if latin and last[-1].isalnum() and token[0].isalnum() else ""
        expected += token
    assert spoken(tokens) == expected

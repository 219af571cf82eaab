"""Folding: what becomes the same, what stays different, and that offsets are true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.fold import fold, fold_with_offsets, kept_characters
from dedup.text.fold_table import fold_table
from dedup.text.marks import mark_classes

#: Characters at which the rules of folding turn.
TRICKY = (
    "中文二〇三○◯年 \n\t\u3000-+=<>≠≤*/.%#!$—–,。，abcZ019²⁻é\u0301й\u0306が"
    "\u200b\u00ad😀\u0338裡乾著⻓⼀ｶﾞ①"
)


def tricky_texts() -> st.SearchStrategy[str]:
    return st.text(st.one_of(st.sampled_from(TRICKY), st.characters()), max_size=40)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        (" \n\u3000。", ""),
        ("ＡＢＣ１２３", "abc123"),
        ("中　文，ABC def。", "中文abc def"),
        ("臺灣裡著乾幹後髮發", "台湾里着干干后发发"),
        ("爲為羣群祕秘", "为为群群秘秘"),
        ("瞭解 藉以 覆蓋 復甦 祇衹 彷彿", "了解借以复盖复苏只只仿佛"),
        ("揹負 薰陶 慰藉 氣燄 暱稱 車伕", "背负熏陶慰借气焰昵称车夫"),
        ("三百馀人 锺情 创钜痛深 谘询", "三百余人钟情创巨痛深咨询"),
        ("上顎 鯰魚 銀鑛", "上腭鲇鱼银矿"),
        ("⻓⻛⻅⼀", "长风见一"),
        ("豈豈", "岂岂"),
        ("ﬁne ﬂow Straße", "fine flow strasse"),
        ("ｶﾞｷﾞ が", "カ\u3099キ\u3099 か\u3099"),
        ("①②⑩❸⓿", "121030"),
        ("㈱㎏㎡", "株kgm²"),
        ("don't", "don t"),
        ("1,234", "1 234"),
        ("10:30 10：30", "10 30 10 30"),
        ("人\u00ad民\u200b日\ufe0f报", "人民日报"),
        ("naïve café", "naive cafe"),
        ("й и\u0306", "и\u0306 и\u0306"),
        ("中\u0301文", "中文"),
    ],
)
def test_folds_to(text: str, kept: str) -> None:
    assert fold(text) == kept


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("3+4", "3-4"),
        ("x>0", "x<0"),
        ("C++", "C#"),
        ("+3.21%", "-3.21%"),
        ("10²", "102"),
        ("好👍", "好👎"),
        ("x≠0", "x=0"),
        ("x!=0", "x==0"),
        ("3 + 4", "3 - 4"),
        ("3 × 4", "3 ÷ 4"),
        ("3*4", "3/4"),
        ("1.5倍", "15倍"),
        ("$5", "€5"),
        ("5%", "5‰"),
        ("±5", "5"),
        ("10⁻²", "10²"),
        ("甲1-2", "甲12"),
    ],
)
def test_marks_that_carry_meaning_keep_texts_apart(a: str, b: str) -> None:
    assert fold(a) != fold(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("3+4", "3 + 4"),
        ("5％", "5 %"),
        ("3．21", "3.21"),
        ("－5", "−5"),
        ("1949—1976年", "1949-1976年"),
        ("1. 苹果", "1、苹果"),
        ("1.苹果", "1．苹果"),
        ("- 苹果", "• 苹果"),
        ("标题\n=====\n正文", "标题\n正文"),
        ("**Linux** 内核", "Linux内核"),
        ("foo\n-----\nbar", "foo bar"),
        ("A—B", "A B"),
        ("结束.5月", "结束。5月"),
        ("a≦b", "a≤b"),
        ("二○二三年", "二〇二三年"),
        ("二○二○年", "二〇二〇年"),
        ("二 ○ 二\n三 年", "二〇二三年"),
    ],
)
def test_form_alone_makes_no_difference(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize("pair", ["象像", "坯坏", "坐座", "具俱", "炼链", "幺么", "沉沈", "做作"])
def test_characters_that_are_words_of_their_own_stay_apart(pair: str) -> None:
    assert fold(pair[0]) != fold(pair[1])


@pytest.mark.parametrize("text", ["○一、总则", "○○公司", "其一。○二、其二", "王○明"])
def test_a_circle_outside_a_number_is_no_zero(text: str) -> None:
    assert "〇" not in fold(text)


def test_only_separators_between_characters_that_are_not_han_survive() -> None:
    assert fold("中 国 Linux 内 核 kernel 5 版 2 3") == "中国linux内核kernel 5版2 3"


def test_a_row_of_marks_is_decoration() -> None:
    assert fold("a====b") == "a b"
    assert fold("a===b") == "a===b"


def test_lone_surrogates_separate() -> None:
    assert fold("a\ud800b") == "a b"


@given(tricky_texts())
def test_idempotent(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(tricky_texts())
def test_offsets(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.kept == fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.kept)
    assert all(0 <= s < e <= len(text) for s, e in zip(folded.starts, folded.ends, strict=True))
    assert folded.starts == sorted(folded.starts)
    marks = mark_classes()
    for char, start, end in zip(folded.kept, folded.starts, folded.ends, strict=True):
        if char not in marks and char not in " 〇":
            assert char in fold_table()[ord(text[start])]
            assert end == start + 1


@given(tricky_texts())
def test_separators_stand_between_two_characters_that_are_not_han(text: str) -> None:
    kept = fold(text)
    table = fold_table()
    assert "  " not in kept
    for at, char in enumerate(kept):
        if char == " ":
            assert 0 < at < len(kept) - 1
            assert "han" not in {table.class_of(kept[at - 1]), table.class_of(kept[at + 1])}


@given(st.lists(st.sampled_from("中国人民日报第二三〇年0123abc"), max_size=30))
def test_white_space_between_han_changes_nothing(chars: list[str]) -> None:
    text = "".join(chars)
    spaced = "".join(c + " \u200b" if c > "\u3000" else c for c in text)
    assert fold(spaced) == fold(text)


def test_kept_characters_are_all_but_separators() -> None:
    assert kept_characters(fold("中国 Linux kernel")) == 2 + 5 + 6

"""Which characters of one text are which of the other, and what moved."""

from __future__ import annotations

import random
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.match.align import SHORTEST_MOVE, Alignment, align
from dedup.match.body import Body, body_of

SENTENCES = [
    "湖北省坚持以一把手领学促学。",
    "主课堂讲得生动透彻，分课堂听得津津有味。",
    "怎么才能讲出水平、讲出特色？",
    "学习的目的全在于运用！",
    "会议结束。",
    "截至目前，已有13名书记登台授课；",
    "找准定位，才能做到思路清、方向明。",
    "The market rose 3.21% on Monday. ",
]
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=8).map("".join) | st.text(
    "甲乙丙丁。，\nab 1", max_size=60
)


def aligned(x: str, y: str) -> tuple[Body, Body, Alignment]:
    a, b = body_of(x), body_of(y)
    return a, b, align(a, b)


def check(a: Body, b: Body, found: Alignment) -> None:
    """Every match is of equal characters, in order, and no character is in two."""
    at_a = at_b = 0
    for i, j, n in found.blocks:
        assert n > 0
        assert i >= at_a
        assert j >= at_b
        assert a.kept[i : i + n] == b.kept[j : j + n]
        at_a, at_b = i + n, j + n
    seen_a = [p for i, _, n in (*found.blocks, *found.moved) for p in range(i, i + n)]
    seen_b = [p for _, j, n in (*found.blocks, *found.moved) for p in range(j, j + n)]
    assert len(seen_a) == len(set(seen_a))
    assert len(seen_b) == len(set(seen_b))
    for i, j, n in found.moved:
        assert n >= SHORTEST_MOVE
        assert a.kept[i : i + n] == b.kept[j : j + n]


@given(TEXTS, TEXTS)
def test_matches_are_equal_ordered_and_apart(x: str, y: str) -> None:
    check(*aligned(x, y))


@given(TEXTS, TEXTS)
def test_the_other_way_round_it_is_the_same_alignment(x: str, y: str) -> None:
    a, b, found = aligned(x, y)
    assert align(b, a) == found.swapped()
    assert found.swapped().swapped() == found


@given(TEXTS)
def test_a_text_is_one_match_with_itself(text: str) -> None:
    a, _, found = aligned(text, text)
    assert found.blocks == (((0, 0, len(a.kept)),) if a.kept else ())
    assert found.moved == ()


@given(st.sampled_from([12, 20, 31]), st.permutations(SENTENCES[:7]))
def test_layout_changes_nothing(width: int, chosen: list[str]) -> None:
    text = "".join(chosen).replace("13", "十三")
    a, _, found = aligned(text, "\n".join(textwrap.wrap(text, width)))
    assert found.blocks == ((0, 0, len(a.kept)),)


def test_an_inserted_sentence_leaves_the_rest_matched() -> None:
    x = "".join(SENTENCES[:3])
    y = "".join([SENTENCES[0], SENTENCES[3], *SENTENCES[1:3]])
    a, b, found = aligned(x, y)
    assert sum(n for _, _, n in found.blocks) == len(a.kept)
    assert len(b.kept) - len(a.kept) == 10


def test_of_two_sentences_that_change_places_the_longer_stays() -> None:
    a, b, found = aligned(
        "".join(SENTENCES[:3]), "".join([SENTENCES[1], SENTENCES[0], SENTENCES[2]])
    )
    assert len(found.moved) == 1
    i, j, n = found.moved[0]
    assert a.kept[i : i + n] == b.kept[j : j + n] == "湖北省坚持以一把手领学促学"


def test_a_short_sentence_does_not_move() -> None:
    _, _, found = aligned("会议结束。" + SENTENCES[1], SENTENCES[1] + "会议结束。")
    assert found.moved == ()


def test_unrelated_texts_share_nothing() -> None:
    _, _, found = aligned("春眠不觉晓处处闻啼鸟。" * 3, "国破山河在城春草木深。" * 3)
    assert sum(n for _, _, n in found.blocks) <= 3


@pytest.mark.parametrize("size", [40, 400, 4000])
def test_every_tenth_character_may_differ(size: int) -> None:
    choose = random.Random(size)
    x = "".join(chr(choose.randrange(0x4E00, 0x9000)) for _ in range(size))
    y = "".join("龙" if i % 10 == 5 else char for i, char in enumerate(x))
    _, _, found = aligned(x, y)
    assert sum(n for _, _, n in found.blocks) >= size - size // 10


def _long(choose: random.Random, sentences: int) -> list[str]:
    letters = (
        "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可"
    )
    return [
        "".join(choose.choices(letters, k=choose.randint(6, 40))) + "。" for _ in range(sentences)
    ]


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ("啊" * 330_000, "啊" * 329_000),
        ("啊" * 330_000, "哦" * 330_000),
        (("啊" * 9 + "吧") * 33_000, "啊" * 330_000),
        ("甲乙丙丁" * 80_000, "乙丙丁" * 100_000),
        ("甲" + "乙丙" * 160_000, "乙丙" * 160_000 + "甲"),
        ('a."' * 100_000, "b.'" * 100_000),
        (" " * 900_000 + "甲", "乙" + "\n" * 900_000),
    ],
    ids=["longer", "other", "beats", "periods", "rotated", "quotes", "spaces"],
)
def test_a_megabyte_of_one_thing_ends(x: str, y: str) -> None:
    check(*aligned(x, y))


def test_a_megabyte_of_shuffled_sentences_is_matched_or_moved() -> None:
    choose = random.Random(4)
    sentences = _long(choose, 14_000)
    shuffled = choose.sample(sentences, len(sentences))
    a, b, found = aligned("".join(sentences), "".join(shuffled))
    check(a, b, found)
    matched = sum(n for _, _, n in (*found.blocks, *found.moved))
    long = sum(len(s) - 1 for s in sentences if len(s) > SHORTEST_MOVE)
    assert matched >= 0.98 * long


def test_a_megabyte_with_insertions_is_matched() -> None:
    choose = random.Random(5)
    sentences = _long(choose, 14_000)
    more = list(sentences)
    for sentence in _long(choose, 300):
        more.insert(choose.randrange(len(more)), sentence)
    a, b, found = aligned("".join(sentences), "".join(more))
    check(a, b, found)
    assert sum(n for _, _, n in found.blocks) >= 0.999 * len(a.kept)


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_texts_of_a_few_thousand_characters_with_edits(seed: int) -> None:
    choose = random.Random(seed)
    sentences = _long(choose, choose.randint(2, 150))
    edited = [
        s[: len(s) // 2] + choose.choice(["", "龙", "龙凤"]) + s[len(s) // 2 :] for s in sentences
    ]
    a, b, found = aligned("".join(sentences), "".join(edited))
    check(a, b, found)
    assert sum(n for _, _, n in found.blocks) >= 0.98 * len(a.kept)

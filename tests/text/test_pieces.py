"""Pieces of a text: lines, openings and sentences, by one hash each."""

from __future__ import annotations

import pytest

from dedup.text.pieces import letters, piece_hash, pieces

FOOTER = "版权所有 未经书面授权不得转载"


def found(text: str) -> list[str]:
    return [text[each.start : each.end] for each in pieces(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("版权所有 未经书面授权不得转载", 0x058321B50DADF6B0),
        ("Copyright 2022 Example", 0x1F875D18D6D2DF36),
        ("", 0x9CA066F1A4AB2EEA),
    ],
    ids=["han", "latin", "nothing"],
)
def test_vectors(text: str, value: int) -> None:
    assert f"{piece_hash(text):016x}" == f"{value:016x}"


def test_letters_leave_out_separators_and_marks() -> None:
    assert letters("版權所有，  不得轉載。+3.21% C++") == "版权所有不得转载321c"


def test_one_hash_however_a_piece_is_written() -> None:
    assert piece_hash("版权所有，未经授权不得转载。") == piece_hash("　版權所有　未經授權 不得轉載")


def test_lines_and_sentences_are_pieces() -> None:
    sentence = "本网站刊登的所有内容均为原创作品未经许可任何人不得复制。"
    text = f"短行\n{FOOTER}\n\n{sentence}其余的话说了很多所以也算是一个完整的句子了吧？"
    assert found(text) == [
        FOOTER,
        sentence,
        "其余的话说了很多所以也算是一个完整的句子了吧？",
        f"{sentence}其余的话说了很多所以也算是一个完整的句子了吧？",
    ]


def test_the_opening_of_a_line_is_a_piece() -> None:
    assert found("央视网消息（新闻联播）：今天有雨") == [
        "央视网消息（新闻联播）：",
        "央视网消息（新闻联播）：今天有雨",
    ]


def test_a_sentence_is_the_same_however_it_is_wrapped() -> None:
    sentence = "本网站刊登的所有内容均为原创作品未经许可任何人不得复制。"
    wrapped = "\n".join(sentence[at : at + 7] for at in range(0, len(sentence), 7))
    for text in (f"前面。{sentence}后面", f"前面。{wrapped}后面", wrapped.replace("\n", "\r\n")):
        assert piece_hash(sentence) in {each.hash for each in pieces(text)}


def test_an_empty_line_ends_a_sentence() -> None:
    half = "没有句号的一段话说到这里就停下来了不再往下说了"
    assert piece_hash(half) in {each.hash for each in pieces(f"{half[:9]}\n{half[9:]}\n \n另一段")}


def test_short_pieces_are_none() -> None:
    assert found("第一条\n参考文献\n12345\n") == []


@pytest.mark.parametrize("text", ["", "\n\n", "。。。", "　 \r\n", "🙂"])
def test_texts_without_pieces(text: str) -> None:
    assert found(text) == []

"""Mojibake is recognised, and a text about mojibake is not mojibake."""

from __future__ import annotations

import pytest

from dedup.text.garbled import is_garbled

ARTICLE = (
    "程序员常说的“锟斤拷”来自编码转换：无法识别的字节先被换成替换字符，再按国标码读出，就成了这三个字。"
    "“烫烫烫”和“屯屯屯”则来自未初始化的内存。" * 3
)


def test_an_ordinary_text_is_not_garbled(seeds) -> None:
    for path in seeds.glob("*.txt"):
        assert not is_garbled(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        ARTICLE,
        "什么是锟斤拷？",
        "好烫！烫烫烫！",
        "他在黑板上写了一个\ufffd字。" * 3,
        "Café «à la carte» – naïve façade, Ærøskøbing, señor" * 5,
        "Übergrößenträger «…» œuvre – “ça” é… è… ê…",
        "鏄字和鐨字很少用",
        "Привет, как дела? " * 10,
        "東京都の天気は晴れです。" * 5,
    ],
)
def test_texts_that_only_look_like_it(text: str) -> None:
    assert not is_garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        "锟斤拷" * 5,
        "锟斤拷锟斤拷锟斤拷锟",
        "今天锟斤拷锟斤拷天气锟斤拷锟斤拷很好",
        "烫烫烫烫烫烫烫烫",
        "屯屯屯屯屯屯屯屯屯屯",
        "\ufffd" * 8,
        "标题\n\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd正文\ufffd\ufffd\ufffd",
        "\x80\x81\x82\x83\x84\x85 \x90\x91",
    ],
)
def test_lost_characters(text: str) -> None:
    assert is_garbled(text)


@pytest.mark.parametrize("wrong", ["latin-1", "gb18030", "cp1252"])
def test_utf8_read_as_something_else(seeds, wrong: str) -> None:
    for path in seeds.glob("*.txt"):
        raw = path.read_bytes()
        assert is_garbled(raw.decode(wrong, "replace"))
        assert is_garbled(raw[:90].decode(wrong, "replace"))


def test_a_bounded_part_is_looked_at() -> None:
    assert not is_garbled("正常的文字。" * 5000 + "锟斤拷" * 5000)

"""Where sentences end, and where they do not."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.sentences import sentences, split, wrap_width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天下雨。明天晴。", ["今天下雨。", "明天晴。"]),
        ("怎么办？赶快走！好；行", ["怎么办？", "赶快走！", "好；", "行"]),
        ("产值三百亿……石材是支柱产业。", ["产值三百亿……", "石材是支柱产业。"]),
        ("他说：“走吧！”大家都走了。", ["他说：“走吧！”", "大家都走了。"]),
        ("「好。」他說。『不。』", ["「好。」", "他說。", "『不。』"]),
        ("（见下图。）第二节", ["（见下图。）", "第二节"]),
        ("怎么办？！快走", ["怎么办？！", "快走"]),
        ("“好！”，他答道。", ["“好！”，他答道。"]),
        ("《怎么办？》一书出版了。", ["《怎么办？》一书出版了。"]),
        (
            "怎么才能讲好?不少人直言:压力大.会后再谈!",
            ["怎么才能讲好?", "不少人直言:压力大.", "会后再谈!"],
        ),
        ('他说:"走吧!"大家走了.', ['他说:"走吧!"', "大家走了."]),
        ("没有标点的一行", ["没有标点的一行"]),
        ("", []),
    ],
)
def test_sentences_end_after_their_marks_and_what_closes_them(
    text: str, expected: list[str]
) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "圆周率是3.14，约数。",
        "圆周率是３．１４，约数。",
        "网址是www.x.cn/a?b=1&c=2，请查收。",
        "1. 第一条内容如下。",
        "A. 选项一，选项二。",
        "Mr. Smith 来访。",
        "作者 J. Smith 到会。",
        "即 e.g. foo 一类。",
        "版本 v1.2.3 已发布。",
        "邮箱 a.b@c.com 有效。",
        "等待... and then 出发。",
    ],
)
def test_ascii_marks_inside_a_sentence_do_not_cut_it(text: str) -> None:
    assert sentences(text) == [text]


def test_latin_sentences_end_before_white_space() -> None:
    text = "It rained. We stayed! Why? Nobody knows."
    assert sentences(text) == ["It rained. ", "We stayed! ", "Why? ", "Nobody knows."]


def test_a_straight_quote_that_opens_starts_the_next_sentence() -> None:
    assert sentences('会议结束。"我们很满意。"他说。') == ["会议结束。", '"我们很满意。"', "他说。"]


def test_white_space_belongs_to_the_sentence_before() -> None:
    assert sentences("一。 \n　　二。\n") == ["一。 \n　　", "二。\n"]


def test_a_heading_ends_at_its_line_end() -> None:
    text = "领学促学，“一把手”上讲台\n　　“我们牢牢把握机遇。”"
    assert sentences(text) == ["领学促学，“一把手”上讲台\n　　", "“我们牢牢把握机遇。”"]


@pytest.mark.parametrize("width", [18, 20, 30, 38])
def test_a_line_end_in_wrapped_text_ends_nothing(width: int) -> None:
    sentence = (
        "截至目前湖北已有多名市州党委书记在省一级培训班登台授课"
        "并且带动各市州举办主要领导干部专题培训班形成良好局面。"
    )
    wrapped = "\n".join(textwrap.wrap(sentence * 3, width))
    assert len(sentences(wrapped)) == 3


def test_a_blank_line_and_an_indent_end_a_paragraph_even_where_lines_are_full() -> None:
    line = "这是没有句末标点的一整行文字内容共二十字"
    assert sentences(f"{line}\n\n{line}") == [f"{line}\n\n", line]
    assert sentences(f"{line}\n　　{line}") == [f"{line}\n　　", line]


def test_long_lines_are_paragraphs_not_wrapped_text() -> None:
    line = "没有句末标点的长段落" * 20
    assert wrap_width(f"{line}\n{line}") == 0
    assert sentences(f"{line}\n{line}") == [f"{line}\n", line]


def test_carriage_returns_end_lines_too() -> None:
    assert sentences("标题\r\n\r\n正文。") == ["标题\r\n\r\n", "正文。"]


@given(st.text("一二。！？；…”」』（）“.!?;'\" \n\r\t　a1", max_size=80))
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text
    starts = split(text)
    assert starts == sorted(set(starts))
    assert all(0 < start < len(text) for start in starts)


@pytest.mark.parametrize("unit", [" ", "\n", 'a."', '"', "。", "…", "\t\n", ". "])
def test_long_runs_of_one_thing_are_cut_in_time(unit: str) -> None:
    assert "".join(sentences(unit * 100_000)) == unit * 100_000

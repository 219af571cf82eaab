"""The glance at markup never denies what a finder finds, and bytes are counted as Python does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedup.sketch import _kernel
from dedup.sketch.aside import set_aside_all
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import glances, markup_glances, with_spans
from dedup.text.aside import set_aside
from dedup.text.markup import glance as bits
from dedup.text.markup import spans
from dedup.text.metadata import UNKNOWN
from dedup.text.metadata.glance import End

CASES = Path(__file__).parents[1] / "cases" / "metadata"
TEXTS = [path.read_bytes().decode("utf-8") for path in sorted(CASES.glob("*/text.txt"))]
BODY = "春天来了，山上的花都开了，村里的人们忙着播种，孩子们在田边奔跑。" * 12
HEADED = "发布时间：2024-05-06 10:22 来源：新华网"
PIECES = [
    *"<>&;#/!?-[](){}:`~.%\"'^=|　 \t\n（）【】〔〕［］ˊ·a1春🐉Ａ",
    *("<br>", "</p>", '<a name="x">', "<!-- 注 -->", "<!-- END -->", "<script>", "</script>"),
    *("&lt;", "&gt;", "&amp;", "&nbsp;", "&#8212;", "&#x4e2d;", "&lt;b&gt;", "&" + "a" * 31 + ";"),
    *("](", "](http://a.cn)", "[a](b.md)", "![图](/a.png)", "[1]: http://a.cn\n", "][1]", "]:"),
    *("{#id}", "{: .a}", "{ .a }", "{{< a >}}", "{{% a %}}", "{% raw %}", "## 甲 ", "\n"),
    *("```", "~~~", "\n```sh\n", "\n~~~~ html\n", "`a`", "``", "<sub"),
    *("（chūn）", "(mián)", "(chun1 mian2)", "（xi1）", "【ㄒㄧㄡˋ】", "（拼音：chūn", "zhuang"),
    *("<o:p>", "[汉语拼音 "),
    *("（　pīn yīn）", "（ɑ̄）", "ü", "ǎ", "5", "（一）", "(2)", '"', "”", "㍻", "\ud800", "\x00"),
    *("春天来了", HEADED, BODY[:60]),
]  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def check(texts: list[str]) -> None:
    """With what is told, as much is found as without."""
    for text, told in zip(texts, markup_glances(TextBatch.from_texts(texts)), strict=True):
        assert spans(text, told) == spans(text), (told, text)


def check_aside(texts: list[str]) -> None:
    """The native way of setting aside gives what the definition gives, in bytes."""
    batch = TextBatch.from_texts(texts)
    found, cut, apart, _ = set_aside_all(texts, batch)
    wanted = [set_aside(text) for text in texts]
    assert found == [parts for parts, _, _ in wanted]
    assert apart.tolist() == [each.apart for each in wanted]
    expected = batch.with_spans(texts, [each.spans for each in wanted])
    assert cut.spans.tolist() == expected.spans.tolist()
    assert cut.span_offsets.tolist() == expected.span_offsets.tolist()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 0),
        (BODY, 0),
        ("a < b, c <3, <, a</ b", 0),
        ("a<b", bits.TAGS),
        ("</b", bits.TAGS),
        ("<!", bits.TAGS),
        ("<?xml", bits.TAGS),
        ("a & b; R&D, &; &#; &" + "a" * 32 + ";", 0),
        ("&nbsp;", bits.REFERENCES),
        ("&#8212;", bits.REFERENCES),
        ("[a] (b)", 0),
        ("a](", bits.TARGETS),
        ("]:", bits.DEFINITIONS),
        ("{ a } {# a} {{ a }} {.}", 0),
        ("{:  .a", bits.BRACES),
        ("{#a", bits.BRACES),
        ("{{<", bits.BRACES),
        ("{%", bits.BRACES),
        ("春（一）（2）(chun)(春) f(x1) (zhuang1) （ ", 0),
        ("春（chūn", bits.READINGS),
        ("春」 (chun1", bits.READINGS),
        ("銹【ㄒ", bits.READINGS),
        ("銹〔　ㄒ", bits.READINGS),
        ("字（拼", bits.READINGS),
        ("`", bits.TICKS),
        ("~~ ``", bits.TICKS),
        ("~~~", bits.FENCES),
        ("```", bits.FENCES | bits.TICKS),
    ],
)
@pytest.mark.parametrize("before", [0, 1, 14, 15, 16, 17, 61])
def test_what_is_told(text: str, told: int, before: int) -> None:
    padded = "。" * before + text
    for each in (padded, padded + "。" * 20):
        assert markup_glances(TextBatch.from_texts([each])) == [told], each


def test_cases_of_metadata() -> None:
    check(TEXTS)
    check_aside(TEXTS)


@given(MARKUP)
@example("㍻!(píng chéng)")
@example("春)(chūn)")
@example("春\t(chūn)")
@example("&amp;amp;#60;")
@example("春【chūn】")
def test_nothing_is_denied(text: str) -> None:
    check([text, f"春{text}", f"{BODY}{text}"])


@given(st.text(max_size=80))
def test_nothing_is_denied_of_any_text(text: str) -> None:
    check([text])


@given(st.lists(MARKUP, max_size=4))
@example([f"# 山村的春天\n\n<!-- END -->\n\n{BODY}"])
@example([f"# 山村的春天\n\n<!-- 注 -->\n\n{HEADED}\n\n{BODY}"])
@example([f"<p>{HEADED}</p>\n<p>{BODY}</p>", BODY, f"{BODY}\n<p>责编：张三</p>"])
@example([f'<img alt="{"春" * 200}">{HEADED}\n\n{BODY}'])
@example([f"<b>{BODY}\n```<sh\nab\n```\n（记者 张三）"])
def test_the_native_way_sets_the_same_aside(texts: list[str]) -> None:
    check_aside(texts)
    check_aside([f"# 山村的春天\n\n{text}\n\n{BODY}\n{text}" for text in texts])


def test_tags_are_seen_as_blanks_only_where_they_are_as_long() -> None:
    texts = [f"<b>{HEADED}</b>\n{BODY}", f"<b>{BODY}", f"<!-- 注 -->{BODY}", BODY]
    blanks = [[(0, 3)], [(0, 3)], [(0, 10)], []]
    told = glances(TextBatch.from_texts(texts), blanks)
    assert told[0].head == End.MAYBE
    assert told[1] == told[3] == (End.NOTHING, End.NOTHING, 0, 0, 0, 0)
    assert told[2] == UNKNOWN


def test_without_the_kernel_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"<p>{HEADED}</p>\n<p>{BODY}</p>", f"{BODY}（chūn）见[图](a.png)。"]
    native = set_aside_all(texts, TextBatch.from_texts(texts))
    monkeypatch.setenv("DEDUP_KERNEL", "reference")
    assert markup_glances(TextBatch.from_texts(texts)) == [bits.UNKNOWN] * 2
    found, cut, apart, _ = set_aside_all(texts, TextBatch.from_texts(texts))
    assert found == native.parts
    assert apart.tolist() == native.apart.tolist()
    assert cut.spans.tolist() == native.batch.spans.tolist()


@given(st.lists(st.tuples(st.text(max_size=200), st.data()), max_size=4))
def test_bytes_are_counted_as_python_does(drawn: list[tuple[str, st.DataObject]]) -> None:
    texts = [text for text, _ in drawn]
    cut = []
    for text, data in drawn:
        bounds = data.draw(st.lists(st.integers(0, len(text)), max_size=12).map(sorted))
        cut.append(list(zip(bounds[::2], bounds[1::2], strict=False)))
    batch = TextBatch.from_texts(texts)
    native, plain = with_spans(batch, texts, cut), batch.with_spans(texts, cut)
    assert native.spans.tolist() == plain.spans.tolist()
    assert native.span_offsets.tolist() == plain.span_offsets.tolist()


@pytest.mark.parametrize("wrong", [[(2, 1)], [(0, 3), (2, 4)], [(0, 5)], [(-1, 2)], [(5, 5)]])
def test_spans_that_fall_or_lead_out_are_refused(wrong: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="not sorted, or not within"):
        with_spans(TextBatch.from_texts(["春天来了"]), ["春天来了"], [wrong])


def test_the_binding_checks_what_it_is_given() -> None:
    batch = TextBatch.from_texts([BODY, "<b>"])
    with pytest.raises(ValueError, match="not 2"):
        _kernel.glance_at_markup(batch.buffer, batch.offsets, np.empty(1, np.uint8))
    with pytest.raises(ValueError, match="lead out"):
        _kernel.glance_at_markup(batch.buffer, batch.offsets + 1, np.empty(2, np.uint8))
    with pytest.raises(ValueError, match="not sorted"):
        _kernel.byte_positions(batch.buffer, batch.offsets, np.zeros(2, np.int64), np.array([0, 2]))


@given(st.binary(max_size=200))
def test_any_bytes_are_glanced_at(raw: bytes) -> None:
    found = np.empty(1, np.uint8)
    _kernel.glance_at_markup(np.frombuffer(raw, np.uint8), np.array([0, len(raw)]), found)
    text = raw.decode("utf-8", "replace")
    assert not spans(text, 0)
    check([text])

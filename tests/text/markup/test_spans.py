"""What is markup and what is text, by cases: the spans set aside, and that nothing else is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.fold import fold
from dedup.text.markup import blanked, spans


def aside(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


def rest(text: str) -> str:
    return fold(blanked(text, spans(text), "\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>第一段</p>", ["<p>", "</p>"]),
        ("一<br>二<br/>三<BR />四", ["<br>", "<br/>", "<BR />"]),
        ('<a href="x.htm" target=_blank>链接</a>', ['<a href="x.htm" target=_blank>', "</a>"]),
        ("<td nowrap align='left'>格", ["<td nowrap align='left'>"]),
        ("中<!-- 注释 <p> -->文", ["<!-- 注释 <p> -->"]),
        ("<!DOCTYPE html>文", ["<!DOCTYPE html>"]),
        ('<?xml version="1.0"?>文', ['<?xml version="1.0"?>']),
        ("文<script>if(a<b){}</script>字", ["<script>if(a<b){}</script>"]),
        ("文<style type='text/css'>p{}</style>", ["<style type='text/css'>p{}</style>"]),
        ("文<o:p></o:p>字", ["<o:p></o:p>"]),
        ("<ruby>春<rp>(</rp><rt>chūn</rt></ruby>", ["<ruby>", "<rp>(</rp><rt>chūn</rt></ruby>"]),
        ("字<b>粗</b>字", ["<b>", "</b>"]),
        ("换&lt;br/&gt;行", ["&lt;br/&gt;"]),
    ],
)
def test_html_tags(text: str, expected: list[str]) -> None:
    assert aside(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "if a < b and c > d:",
        "a<b and c>d",
        "List<String> x = f(y)",
        "Task<object> t; Map<a, b> m",
        "#include <stdio.h>\n#include <map>",
        "git checkout <source>",
        "std::vector<p> v",
        "见 <https://example.com/a> 与 <某人@example.com>",
        "1 < 2，3 > 2",
        "<未知>标签</未知>",
        "前言 <!-- 没有结尾的注释"[:3],
    ],
)
def test_what_only_looks_like_a_tag(text: str) -> None:
    assert aside(text) == []


def test_a_script_without_an_end_loses_its_tag_alone() -> None:
    assert aside("文<script>后面的正文") == []
    assert aside("文<script src='a.js'>后面的正文") == ["<script src='a.js'>"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中&nbsp;文", ["&nbsp;"]),
        ("他说&ldquo;好&rdquo;", ["&ldquo;", "&rdquo;"]),
        ("他说&#8220;好&#x201D;", ["&#8220;", "&#x201D;"]),
        ("中&amp;nbsp;文", ["&amp;nbsp;"]),
        ("中文&mdash;&mdash;文", ["&mdash;&mdash;"]),
        ("中&times;文", ["&times;"]),
        ("3&times;5", []),
        ("x &lt; 0", []),
        ("&#20013;&#x6587;", []),
        ("caf&eacute;", []),
        ("a&b; AT&T 问&答;", []),
        ("&nosuchname;", []),
    ],
)
def test_character_references(text: str, expected: list[str]) -> None:
    assert aside(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("见[安装](docs/install.md)", ["[", "](docs/install.md)"]),
        ('见[甲](https://a.b/c_(d) "题")。', ["[", '](https://a.b/c_(d) "题")']),
        ("![图](a.png)", ["![", "](a.png)"]),
        ("[顶](#top) [上](../x)", ["[", "](#top)", "[", "](../x)"]),
        ("[空]()", ["[", "]()"]),
        ("[角](<a b.md>)", ["[", "](<a b.md>)"]),
        ("# 标题 {#id .class}\n", ["{#id .class}"]),
        ("{{< ref x >}}正文{{% note %}}", ["{{< ref x >}}", "{{% note %}}"]),
        ("```bash\nls\n```\n", ["bash"]),
        ("- ~~~ python\n  x\n  ~~~\n", [" python"]),
        ("见[甲][1]\n\n[1]: https://a.b 'c'\n", ["[1]", "[1]: https://a.b 'c'"]),
        ("[a]:http://a.b\n", ["[a]:http://a.b"]),
    ],
)
def test_markdown(text: str, expected: list[str]) -> None:
    assert aside(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "x[i](y) + f[0](a/b)",
        "a[i][j] = 1",
        "[注]: 这一条只是说明。",
        "[^1]: https://a.b 是脚注",
        "见[附件]（略）",
        "{{.Name}} {#each} {% if x %}",
        "代码 `<div>` 与 `[a](http://b)`",
        "```\n<p>[a](http://b)</p>&nbsp;\n```\n",
        "# 标题 {x: 1}\n",
    ],
)
def test_what_only_looks_like_markdown(text: str) -> None:
    assert aside(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("春(chūn)眠(mián)不觉晓", ["(chūn)", "(mián)"]),
        ("拼音（pīn yīn）", ["（pīn yīn）"]),
        ("锈（ㄒㄧㄡˋ）乾(gān)", ["（ㄒㄧㄡˋ）", "(gān)"]),
        ("北京(Běijīng)西安(Xī'ān)", ["(Běijīng)", "(Xī'ān)"]),
        ("花儿(huār)绿(lǜ)女(nǚ)", ["(huār)", "(lǜ)", "(nǚ)"]),
        ("朋友(péng you)", ["(péng you)"]),
        ("和(hé, hè)", ["(hé, hè)"]),
        ("李【Lǐ】白[bái]", ["【Lǐ】", "[bái]"]),
        ("李（拼音：lǐ）", ["（拼音：lǐ）"]),
        ("“春”(chūn)", ["(chūn)"]),
        ("春眠(chun1 mian2)", ["(chun1 mian2)"]),
        ("天(tian1)地(di4)人(ren2)", ["(tian1)", "(di4)", "(ren2)"]),
        ("春(chūn)", ["(chu\u0304n)"]),
    ],
)
def test_readings(text: str, expected: list[str]) -> None:
    if expected == ["(chu\u0304n)"]:
        text = "春(chu\u0304n)"
    assert aside(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "妈(ma)错(bug)能(can)",
        "大熊猫(panda)香蕉(banana)",
        "变量(xi1)",
        "咖啡(café)",
        "雅克(Hélène)",
        "word (chūn)",
        "函数(f1, f2, f3)",
        "第一条（一）款（二）",
        "漢《かん》字",
        "价格（５元）",
    ],
)
def test_brackets_that_hold_no_reading(text: str) -> None:
    assert aside(text) == []


def test_the_same_text_in_other_markup_is_the_same() -> None:
    plain = "春眠不觉晓，处处闻啼鸟。详见安装说明。"
    html = (
        "<p>春(chūn)眠<b>不</b>觉晓，</p><p>处处闻&nbsp;啼鸟。"
        "详见<a href='i.htm'>安装说明</a>。</p>"
    )
    markdown = "春眠**不**觉晓，处处闻啼鸟。\n\n> 详见[安装说明](docs/i.md#x)。\n"
    assert rest(html) == rest(markdown) == fold(plain)


PIECES = st.sampled_from(
    ["<p>", "</p>", "<", ">", "](", "http://a", ")", "[", "]: ", "\n", "`", "```", "中", "(", "ā",
     "&", "nbsp;", "{", "#a", "}", '"', "<!--", "-->", "<script>", "</script>", "a", "（", "ma",
     " "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_spans_are_sorted_apart_and_inside(text: str) -> None:
    found = spans(text)
    position = 0
    for start, end in found:
        assert position <= start < end <= len(text)
        position = end + 1  # those that touch are one
    assert spans(text) == found


@pytest.mark.parametrize(
    "piece",
    ["<p a='", "](a(", '](a "', "<!--", "<script>", "[a]: ", "&amp;amp;", "（a", "{#a", "`` ",
     "<p a=1 ", "```\n", "[", "(āāā", "]: <", "<b>", "&lt;p "],
)  # fmt: skip
def test_no_text_takes_more_than_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        text = "中" + piece * count
        best = min(_timed(text) for _ in range(2))
        return max(best, 0.002)

    assert seconds(8000) < 40 * seconds(1000)


def _timed(text: str) -> float:
    start = time.perf_counter()
    spans(text)
    return time.perf_counter() - start


def test_a_link_at_the_start_of_a_text_that_ends_in_an_exclamation_mark() -> None:
    assert spans("[甲](a.md)好!") == [(0, 1), (2, 9)]
    assert spans("![甲](a.md)好!") == [(0, 2), (3, 10)]


def test_square_and_tortoise_shell_brackets_without_any_other() -> None:
    assert aside("春【chūn】眠〔mián〕") == ["【chūn】", "〔mián〕"]

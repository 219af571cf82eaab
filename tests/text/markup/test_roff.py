from __future__ import annotations

import time

import pytest

from dedup.text.markup.roff import spans, title

PAGE = """\
.\\" Copyright 2003 Somebody
'\\" t
.de Vb
.ft CW
不印出的宏
..
.if n .nh
.TH 列出 1 "2003 年" 工具 手册
.SH 名称
ls \\- 列出目录内容
.\\" Traduttore e revisore
.TP
-a 显示所有文件
"""


def without(text: str) -> str:
    kept, position = [], 0
    for start, end in spans(text):
        kept.append(text[position:start])
        position = end
    return "".join([*kept, text[position:]])


def title_of(text: str) -> str | None:
    found = title(text)
    return text[slice(*found)] if found is not None else None


def test_a_page_keeps_title_and_body_alone() -> None:
    assert without(PAGE) == (
        '.TH 列出 1 "2003 年" 工具 手册\n.SH 名称\nls \\- 列出目录内容\n.TP\n-a 显示所有文件\n'
    )


def test_spans_are_sorted_apart_and_inside() -> None:
    found = spans(PAGE)
    bounds = [bound for span in found for bound in span]
    assert bounds == sorted(set(bounds))
    assert bounds[0] == 0
    assert bounds[-1] <= len(PAGE)


def test_the_title_is_its_line() -> None:
    assert title_of(PAGE) == '.TH 列出 1 "2003 年" 工具 手册'


def test_the_title_of_mdoc_is_three_lines() -> None:
    text = ".Dd 1998 年 12 月 2 日\n.Dt DNSKEYGEN 1\n.Os BSD 4\n.Sh 名称\n.Nm dnskeygen\n"
    assert title_of(text) == ".Dd 1998 年 12 月 2 日\n.Dt DNSKEYGEN 1\n.Os BSD 4"
    assert spans(text) == []


@pytest.mark.parametrize(
    "comment", ['.\\" 说明', "'\\\" 说明", '\\" 说明', '.   \\" 说明', ".\\# 说明"]
)
def test_comment_lines(comment: str) -> None:
    assert without(f".TH A 1\n正文。\n{comment}\n下文。\n") == ".TH A 1\n正文。\n下文。\n"


@pytest.mark.parametrize(
    "definition",
    [
        ".de XX\n.B \\\\$1\n..\n",
        '.de XX \\" 说明\n.B\n..\n',
        ".de1 XX\n文字\n..\n",
        ".am XX\n文字\n. .\n",
        '.    de XX\n文字\n.. \\" 完\n',
        ".de XX YY\n文字\n..\n文字\n.YY\n",
        ".ig\n不读的文字\n..\n",
        ".ig ZZ\n不读的文字\n..\n还是\n.ZZ\n",
        "'de XX\n文字\n'.\n",
    ],
)
def test_definitions(definition: str) -> None:
    assert without(f".TH A 1\n正文。\n{definition}下文。\n") == ".TH A 1\n正文。\n下文。\n"
    assert without(f"{definition}.TH A 1\n正文。\n") == ".TH A 1\n正文。\n"


def test_a_definition_without_an_end_is_its_opening() -> None:
    assert without(".TH A 1\n正文。\n.de XX\n下文。\n") == ".TH A 1\n正文。\n下文。\n"


def test_a_definition_may_end_with_the_text() -> None:
    assert without(".TH A 1\n正文。\n.de XX\n文字\n..") == ".TH A 1\n正文。\n"


def test_macros_defined_above_may_be_called_above() -> None:
    assert title_of(".de AS\n.nr )A 10n\n..\n.AS Tcl_Interp in/out\n.TH join 3\n") == ".TH join 3"
    assert title_of(".AS Tcl_Interp in/out\n.TH join 3\n") is None


def test_blocks_of_requests_may_stand_above() -> None:
    block = ".ie n \\{\\\n.    ds -- \\(*W-\n'br\\}\n.el\\{\\\n.    ds -- x\n.\\}\n\n"
    assert without(f"{block}.TH PERLCN 7\n正文。\n") == ".TH PERLCN 7\n正文。\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "正文。\n",
        '正文。\n.TH A 1\n.\\" 说明\n',
        '.SH 名称\n.TH A 1\n.\\" 说明\n',
        '.\\" 说明\n只有注释的文字。\n',
        ".gitignore 写法\n.TH A 1\n",
        ".TH\n正文。\n",
        '.THX A 1\n.\\" 说明\n',
        '```\n.TH A 1\n.\\" 说明\n```\n',
        "'引文'\n.TH A 1\n.\\\" 说明\n",
        '...\n.TH A 1\n.\\" 说明\n',
        '.5 倍\n.TH A 1\n.\\" 说明\n',
    ],
)
def test_no_manual_page(text: str) -> None:
    assert title(text) is None
    assert spans(text) == []


def test_a_title_too_far_down_is_none() -> None:
    assert title(".nh\n" * 200 + ".TH A 1\n") is not None
    assert title(".nh\n" * 201 + ".TH A 1\n") is None
    assert title('.\\" 说明\n' * 1000 + ".TH A 1\n") is not None


@pytest.mark.parametrize(
    "line",
    [
        '正文 \\" 说明',
        '.SH 名称 \\" 说明',
        ".dead 线",
        ".B 粗体",
        ".igx",
        "..",
        ' .\\" 说明',
        ".ds A 字",
    ],
)
def test_what_stays_in_the_body(line: str) -> None:
    text = f".TH A 1\n正文。\n{line}\n下文。\n"
    assert without(text) == text


def test_windows_line_ends() -> None:
    text = PAGE.replace("\n", "\r\n")
    assert title_of(text) == '.TH 列出 1 "2003 年" 工具 手册'
    assert without(text) == without(PAGE).replace("\n", "\r\n")


def test_time_grows_with_the_text() -> None:
    text = ".TH A 1\n" + ".de XX\n正文。\n" * 50_000
    begin = time.perf_counter()
    assert len(spans(text)) == 50_000
    assert time.perf_counter() - begin < 5


def test_comments_that_follow_each_other_are_left_out_together() -> None:
    page = '.TH LS 1\n.\\" 一\n\'\\" 二\n\\# 三\n正文\n.\\" 四\n.de Sp\n..\n.\\" 五\n尾'
    left = [page[start:end] for start, end in spans(page)]
    assert left == ['.\\" 一\n\'\\" 二\n\\# 三\n', '.\\" 四\n.de Sp\n..\n.\\" 五\n']

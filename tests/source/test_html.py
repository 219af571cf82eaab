"""Pages: what is text of them, and in which encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup.model import Document, DocumentInfo, Skipped
from dedup.source.html import decode_page, page_text
from dedup.source.readers import read, text_hash
from dedup.source.rereading import reread

NAV = "<nav><ul><li><a href='/'>首页</a></li><li><a href='/n'>新闻</a></li></ul></nav>"
FOOTER = "<footer><p>版权所有 某某网 备案号一二三</p></footer>"
PARAGRAPHS = (
    "记者从市交通运输局获悉，连接两岸的跨江大桥将于本周六通车，届时车程由四十分钟缩短到八分钟。",
    "大桥全长三千二百米，设双向六车道，两侧有步道。施工方介绍，主塔采用了新型钢材，养护周期更长。",
    "家住江北的李女士说，以前上班要绕一大圈，现在<b>不</b>用绕了。据测算，日均通行六万辆次。",
)
NEWS = (
    "<!DOCTYPE html><html><head><meta charset='{charset}'><title>大桥周六通车_某某网</title>"
    f"<script>var a='脚本';</script></head><body>{NAV}<div class='content'><h1>大桥周六通车</h1>"
    + "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    + f"</div>{FOOTER}</body></html>"
)


def document(result: Document | Skipped) -> Document:
    assert isinstance(result, Document), result
    return result


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb2312", "big5"])
def test_a_page_in_the_encoding_that_it_declares(here: Path, charset: str) -> None:
    raw = NEWS.format(charset=charset)
    page = raw.replace("说", "說").replace("江", "江") if charset == "big5" else raw
    (here / "a.html").write_bytes(page.encode({"gb2312": "gbk"}.get(charset, charset), "ignore"))
    found = document(read("a.html"))
    assert found.text.startswith("大桥周六通车\n" if charset != "big5" else "大")
    if charset != "big5":
        assert "现在不用绕了" in found.text
        for gone in ("首页", "版权所有", "脚本", "_某某网"):
            assert gone not in found.text
    assert found.encoding == {"gbk": "gb18030", "gb2312": "gb18030"}.get(charset, charset)


def test_utf8_stays_utf8_whatever_a_stale_declaration_says() -> None:
    assert decode_page(NEWS.format(charset="gb2312").encode()).encoding == "utf-8"


def test_a_declaration_that_does_not_fit_is_not_followed() -> None:
    raw = NEWS.format(charset="utf-8").encode("gbk")
    assert decode_page(raw).encoding == "gb18030"
    assert decode_page(raw.replace(b"utf-8", b"x-none")).encoding == "gb18030"


def test_a_byte_order_mark_goes_first_and_an_encoding_that_is_asked_for_before_all() -> None:
    page = NEWS.format(charset="gbk")
    assert decode_page(page.encode("utf-16")).encoding == "utf-16-le"
    assert decode_page(page.encode("gbk"), "gbk").encoding == "gb18030"


def test_a_short_page_is_all_visible_text() -> None:
    assert page_text("<title>公告</title><body><div>明日停水。</div>") == "公告\n明日停水。\n"
    assert "只有片段" in page_text("<p>只有片段。</p>")


def test_a_list_and_a_table_are_text() -> None:
    nav = "<nav><ul><li>首页</li></ul></nav>"
    items = "<ul><li>修正了打印的问题。</li><li>新增导出功能。</li></ul>"
    rows = "<table><tr><td>白菜</td><td>1.5</td></tr><tr><td>萝卜</td><td>2.5</td></tr></table>"
    text = page_text(f"<title>说明</title><body>{nav}<h1>说明</h1>{items}<p>价格如下。</p>{rows}")
    for kept in ("修正了打印的问题", "新增导出功能", "白菜", "2.5"):
        assert kept in text
    assert text.count("说明") == 1
    assert "首页" not in text


def test_a_page_without_text_is_empty(here: Path) -> None:
    (here / "a.htm").write_text("<html><body><img src='a.png'></body></html>")
    result = read("a.htm")
    assert isinstance(result, Skipped)
    assert result.reason == "empty"


def test_a_page_can_be_read_again(here: Path) -> None:
    (here / "a.html").write_bytes(NEWS.format(charset="gbk").encode("gbk"))
    found = document(read("a.html"))
    info = DocumentInfo(
        "a", "a.html", text_hash(found.text), 1, 1, 1, False, encoding=found.encoding
    )
    assert reread(info) == found.text


def test_a_picture_under_the_name_of_a_page_is_no_text(here: Path) -> None:
    (here / "a.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    result = read("a.html")
    assert isinstance(result, Skipped)
    assert result.reason == "binary"

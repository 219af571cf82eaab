"""What is set aside together: parts that metadata rules find, and markup."""

from __future__ import annotations

from itertools import pairwise

from dedup.model import Role
from dedup.text import markup
from dedup.text.aside import LEAST_KEPT, may_be_marked, set_aside

BODY = "今年以来，各地区各部门认真贯彻落实决策部署，经济运行总体平稳，好于预期。" * 4


def test_metadata_is_found_inside_tags() -> None:
    text = f"<p>发布时间：2024-05-06 来源：新华网</p>\n<p>{BODY}</p>\n"
    found, spans, _ = set_aside(text)
    assert [part.role for part in found] == [Role.METADATA]
    assert found[0].text == text[found[0].start : found[0].end]
    assert "".join(text[a:b] for a, b in spans).startswith("<p>发布时间")
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_text_without_either() -> None:
    assert set_aside(f"{BODY}\n") == ((), [], True)


def test_markup_alone() -> None:
    found, spans, _ = set_aside(f"{BODY}见[说明](docs/a.md)。{BODY}\n")
    assert found == ()
    assert len(spans) == 2


def test_metadata_is_left_in_where_it_is_most_of_a_text() -> None:
    head = "发布时间：2024-05-06 10:20 来源：新华网 作者：张三 责任编辑：李四\n"
    for body, apart in (("雨。\n" * 3, False), (BODY, True)):
        found, spans, told = set_aside(head + body)
        assert found
        assert told == apart
        assert bool(spans) == apart


def test_little_must_be_left() -> None:
    head = "来源：新华网\n"
    for left in (LEAST_KEPT - 1, LEAST_KEPT):
        found, _, apart = set_aside(head + "身" * left + "。")
        assert found
        assert apart == (left == LEAST_KEPT)


def test_markup_is_left_out_however_much_it_is() -> None:
    style = "font-size:14px;color:rgb(51,51,51);text-align:justify"
    text = "".join(f'<span style="{style}">{char}</span>' for char in "春眠不觉晓处处闻啼鸟")
    _, spans, apart = set_aside(text)
    assert apart
    assert sum(end - start for start, end in spans) == len(text) - 10


def test_metadata_is_measured_beside_markup() -> None:
    """Half of the text without its tags, not of the text with them."""
    text = "<p>来源：新华网</p>\n" + "".join(f'<p class="indent">{BODY[:30]}</p>\n' for _ in "1234")
    found, _, apart = set_aside(text)
    assert found
    assert apart


def test_what_is_counted_instead_of_folding_is_kept_whatever_stands_around() -> None:
    from dedup.text.aside import _KEPT
    from dedup.text.fold import fold

    counted = [chr(point) for point in range(0x110000) if _KEPT.fullmatch(chr(point))]
    assert len(counted) > 20_000
    assert all(fold(f"<{character}>-") for character in counted)


def test_a_tick_alone_is_no_markup() -> None:
    assert not may_be_marked("用 `ls` 列出文件。", markup.TICKS)
    assert may_be_marked(".TH LS 1 `ls`", markup.TICKS)
    assert may_be_marked("用 `<b>` 加粗。", markup.TICKS | markup.TAGS)

"""Names of persons around a difference."""

from __future__ import annotations

import pytest

from dedup.match.people import is_name, name_around, titles


def name(text: str, difference: str) -> str | None:
    start = text.index(difference)
    span = name_around(text, start, start + len(difference))
    return span and text[span[0] : span[1]]


@pytest.mark.parametrize(
    ("text", "difference", "expected"),
    [
        ("市委书记张三在会上说", "张三", "张三"),
        ("记者李明华报道", "华", "李明华"),
        ("张小华表示，会议很好", "小", "张小华"),
        ("记者 王五 报道", "王", "王五"),
        ("责编：杨光宇、胡永秋", "光", "杨光宇"),
        ("欧阳明月教授出席", "月", "欧阳明月"),
        ("会见了李明、王华、赵刚", "华", "王华"),
    ],
)
def test_a_name_is_found_by_its_context(text: str, difference: str, expected: str) -> None:
    assert name(text, difference) == expected


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("国产大飞机高升空", "升"),
        ("我们要提高产品质量", "高"),
        ("经济发展水平提升", "升"),
        ("这是一个春天", "春"),
        ("abc", "b"),
    ],
)
def test_other_words_are_no_names(text: str, difference: str) -> None:
    assert name(text, difference) is None


def test_the_shape_of_a_name() -> None:
    assert is_name("张三")
    assert is_name("张三丰")
    assert is_name("司马相如")
    assert not is_name("司马")
    assert not is_name("张")
    assert not is_name("张三丰说")
    assert not is_name("桌子")
    assert not is_name("张3")


def test_titles_with_what_stands_before_them() -> None:
    text = "副省长王明、市委书记李四和记者"
    assert [text[a:b] for a, b in titles(text)] == ["副省长", "书记", "记者"]

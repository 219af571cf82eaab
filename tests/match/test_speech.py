"""Negations and quoted speech."""

from __future__ import annotations

import pytest

from dedup.match.speech import Quotations, negations


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("不同意", 1), ("没有发生", 1), ("未参加", 1), ("并非如此", 1), ("无人受伤", 1),
        ("别走", 1),
        ("不得不", 0), ("不断提高", 0), ("非常重要", 0), ("特别是", 0), ("未来", 0), ("无锡", 0),
        ("是否", 0), ("南非", 0), ("同意", 0), ("既不来也不去", 2),
    ],
)  # fmt: skip
def test_negations_are_counted_and_look_alikes_are_not(text: str, count: int) -> None:
    assert negations(text).total() == count


def holds(text: str, part: str) -> bool:
    start = text.index(part)
    return Quotations(text).holds(start, start + len(part))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("他说：“工作很重要。”大家赞同。", "重要"),
        ("他說：「工作很重要」大家贊同。", "重要"),
        ('他指出,"工作很重要"。', "重要"),
        ("“坚持以供应链思维改造产业体系主动加入经济循环”是目标", "供应链"),
        ("“好。大家一起干。”", "大家"),
    ],
)
def test_speech_is_quoted_speech(text: str, part: str) -> None:
    assert holds(text, part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("坚持以“一把手”领学促学。", "一把手"),
        ("他说：“好。”然后走了。", "走了"),
        ("没有引号。", "引号"),
        ("“前一句。”中间“后一句。”", "。”中间“"),
    ],
)
def test_terms_in_quotes_and_what_is_outside_are_not(text: str, part: str) -> None:
    assert not holds(text, part)

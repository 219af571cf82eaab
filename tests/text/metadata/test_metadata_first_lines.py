"""A text whose first line is plainly body is not read any further; nothing is lost by that."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.metadata import head
from dedup.text.metadata.lines import head_lines

CASES = Path(__file__).resolve().parents[2] / "cases"
TEXTS = [path.read_text("utf-8") for path in sorted(CASES.glob("*/*/*.txt"))]
BODY = "河道清淤之后，水面降了半米，两岸的人家重新修了台阶，孩子们下到水边去洗手。"
LINES = [
    BODY,
    "第十五条 国家建立举报制度，公布统一的举报电话。",
    "春天的河边",
    "# 春天的河边",
    "============",
    "------------",
    "---",
    "+++",
    "title: 春天的河边",
    '[#]: subject: "春天的河边。"',
    "记者 张三",
    "张三",
    "来源：新华网",
    "2023年11月14日 10:22",
    "新华社北京11月14日电（记者张三）" + BODY,
    "（本报记者 张三）",
    "人物：张三、李四",
    "<!-- TITLE -->",
    "~ ~ ~",
    "转载请注明出处。",
    "甲：你看那水。",
    "",
    "　　" + BODY,
    BODY * 8,
]


def whole_walk(text: str) -> list[head.Part]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(head, "_begins_with_body", lambda _: False)
        return head.read_head(text)


@given(st.lists(st.sampled_from(LINES), max_size=8).map("\n".join))
def test_the_first_lines_tell_what_all_would(text: str) -> None:
    assert head.read_head(text) == whole_walk(text)


def test_they_do_in_the_cases_and_in_any_order_of_their_lines() -> None:
    chance = random.Random(5)
    for text in TEXTS:
        lines = text.split("\n")
        for _ in range(3):
            shown = "\n".join(lines)
            assert head.read_head(shown) == whole_walk(shown)
            chance.shuffle(lines)


def test_most_body_is_told_by_its_first_line() -> None:
    assert head._begins_with_body(head_lines(f"{BODY}\n{BODY}", 2))
    assert head._begins_with_body(head_lines(f"{LINES[1]}\n张三", 2))
    assert not head._begins_with_body(head_lines(f"{BODY}\n======", 2))
    assert not head._begins_with_body([])

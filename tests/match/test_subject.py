"""What titles name, and which text speaks of it."""

from __future__ import annotations

import pytest

from dedup.match.slots import Form, form_of
from dedup.match.subject import implements, subject, term, titles_differ, topic

NAMES = frozenset(["临江", "青石", "山东省"])


def form(title: str, body: str) -> Form:
    return form_of(title, body, str.split, NAMES.__contains__)


@pytest.mark.parametrize(
    ("title_a", "body_a", "title_b", "body_b", "times"),
    [
        ("临江 条例", "临江 管理 临江", "青石 条例", "青石 管理 青石", 3),
        ("临江 条例", "临江 管理", "青石 条例", "青石 管理 青石", 2),
        ("临江 条例", "青石 青石", "青石 条例", "青石 临江 青石", 0),  # both of Qingshi
        ("临江 条例", "临江 管理", "条例", "青石 管理", 0),
        ("条例", "临江 临江", "条例", "青石 青石", 0),
        ("get item", "get get", "set item", "set set", 3),
        ("get 说明", "get get", "set 说明", "set set", 0),
        ("", "临江 通知 临江", "", "青石 通知 青石", 2),
        ("", "get get", "", "set set", 0),
    ],
)
def test_subject(title_a: str, body_a: str, title_b: str, body_b: str, times: int) -> None:
    a, b = form(title_a, body_a), form(title_b, body_b)
    assert subject(a, b) == subject(b, a) == times


def test_terms_count_beside_han_and_without_a_title() -> None:
    assert term(form("", "get 说明 get"), form("", "set 说明 set")) == 2
    assert term(form("", "get 说明"), form("", "说明")) == 0


def test_a_term_with_its_letters_in_another_order_is_misspelt() -> None:
    a, b = form("andriod", "andriod andriod"), form("android", "android android")
    assert subject(a, b) == term(a, b) == 0


@pytest.mark.parametrize(
    ("title_a", "body_a", "title_b", "body_b", "times"),
    [
        ("农药 条例", "农药 农药", "饲料 条例", "饲料 饲料", 3),
        ("农药 条例", "农药 农药", "农业 条例", "农业 农业", 0),  # they share a letter
        ("农药 条例", "农药", "饲料 条例", "管理", 1),
        ("", "农药 农药", "", "饲料 饲料", 0),
    ],
)
def test_topic(title_a: str, body_a: str, title_b: str, body_b: str, times: int) -> None:
    a, b = form(title_a, body_a), form(title_b, body_b)
    assert topic(a, b) == topic(b, a) == times


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        ("法官 法", "检察官 法", True),
        ("法官 法", "法官 法 释义", False),
        ("通知 1", "通知 2", False),
        ("", "通知", False),
    ],
)
def test_titles_differ(a: str, b: str, differ: bool) -> None:
    first, second = form(a, "正文"), form(b, "正文")
    assert titles_differ(first, second) is titles_differ(second, first) is differ


@pytest.mark.parametrize(
    ("a", "b", "rules"),
    [
        ("集会游行示威法", "山东省 实施 集会游行示威法 办法", True),
        ("中华人民共和国集会游行示威法", "山东省 实施 集会游行示威法 办法", True),
        ("集会游行示威法", "集会游行示威法 实施细则", True),
        ("集会游行示威法", "集会游行示威法 释义", False),
        ("集会游行示威法", "集会游行示威法", False),
        ("居委会组织法", "山东省 实施 村委会组织法 办法", False),
        ("水法", "实施 水法 办法", False),  # too short to say so
        ("", "山东省 实施 集会游行示威法 办法", False),
    ],
)
def test_implements(a: str, b: str, rules: bool) -> None:
    first, second = form(a, "正文"), form(b, "正文")
    assert implements(first, second) is implements(second, first) is rules

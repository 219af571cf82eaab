"""What differs between two texts, by weight, each difference once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.align import align
from dedup.match.body import body_of
from dedup.match.changes import ordered, text_changes
from dedup.match.stretches import stretches
from dedup.model import Change, ChangeKind, Weight
from dedup.settings import Settings
from dedup.text.fold import fold
from dedup.text.segment import segmenter

WORDS = segmenter(Settings())


def changes(x: str, y: str) -> tuple[Change, ...]:
    a, b = body_of(x), body_of(y)
    return ordered(text_changes(a, b, stretches(a, b, align(a, b)), WORDS.cut))


def said(x: str, y: str) -> list[tuple[str, str, str]]:
    return [(c.kind.value, c.a, c.b) for c in changes(x, y)]


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        # numbers and dates, as whole expressions
        ("事故造成死亡5人。", "事故造成死亡11人。", [("number", "5人", "11人")]),
        ("报1234点收盘。", "报1235点收盘。", [("number", "1234点", "1235点")]),
        ("沪指涨3.21%，放量。", "沪指涨-3.21%，放量。", [("number", "3.21%", "-3.21%")]),
        ("召开了二次会议。", "召开了四次会议。", [("number", "二次", "四次")]),
        ("会议11月14日召开。", "会议11月15日召开。", [("date", "11月14日", "11月15日")]),
        (
            "今早6时发布蓝色预警。",
            "昨晚18时发布黄色预警。",
            [("date", "今早", "昨晚"), ("date", "6时", "18时"), ("replaced", "蓝色", "黄色")],
        ),
        ("会议昨天在京召开。", "会议今天在京召开。", [("date", "昨天", "今天")]),
        (
            "共有13名书记登台，其中5名来自武汉。",
            "共有15名书记登台，其中6名来自武汉。",
            [("number", "13名", "15名"), ("number", "5名", "6名")],
        ),
        # the same value written otherwise is form, what is counted in another word wording
        ("共有5人参加会议。", "共有五人参加会议。", [("notation", "5人", "五人")]),
        (
            "共有5人参加会议。",
            "共有五名参加会议。",
            [("replaced", "人", "名"), ("notation", "5", "五")],
        ),
        # persons
        (
            "市委书记张三主持会议。",
            "市委书记李四主持会议。",
            [("name", "张三", "李四")],
        ),
        (
            "记者李明华从现场发回报道。",
            "记者李明远从现场发回报道。",
            [("name", "李明华", "李明远")],
        ),
        (
            "新闻发言人刘爱华表示赞同。",
            "新闻发言人刘爱红指出问题。",
            [("name", "刘爱华", "刘爱红"), ("replaced", "表示赞同", "指出问题")],
        ),
        (
            "决定任命张伟同志为市财政局局长。",
            "决定任命王芳同志为市教育局局长。",
            [("name", "张伟", "王芳"), ("replaced", "财政局", "教育局")],
        ),
        ("市长王明出席开幕式。", "副市长王明出席开幕式。", [("name", "市长", "副市长")]),
        # negations, with the word they turn round
        ("我们同意这个方案。", "我们不同意这个方案。", [("negation", "同意", "不同意")]),
        ("双方已经达成协议。", "双方没有达成协议。", [("negation", "已经", "没有")]),
        ("要提高服务质量。", "要不断提高服务质量。", [("inserted", "", "不断")]),
        # quoted speech
        (
            "他说：“这项工作很重要，要抓紧。”",
            "他说：“这项工作很关键，要抓紧。”",
            [("quotation", "重要", "关键")],
        ),
        # wording, in whole words
        ("我们要提高产品质量。", "我们要提升产品质量。", [("replaced", "提高", "提升")]),
        ("会议强调了纪律。", "会议再次强调了纪律。", [("inserted", "", "再次")]),
        ("会议再次强调了纪律。", "会议强调了纪律。", [("deleted", "再次", "")]),
    ],
)
def test_a_difference_inside_a_sentence(
    x: str, y: str, expected: list[tuple[str, str, str]]
) -> None:
    assert said(x, y) == expected


def test_sentences_on_one_side_only() -> None:
    x = "会议昨天在北京举行。"
    y = "会议昨天在北京举行。各地代表一致表示赞成。\n他还谈了未来的打算。"
    assert said(x, y) == [("inserted", "", "各地代表一致表示赞成。\n他还谈了未来的打算。")]
    (change,) = changes(y, x)
    assert (change.kind, change.a_line, change.b_line) == (ChangeKind.DELETED, 1, None)


def test_sentences_that_carry_facts_come_first_and_say_so() -> None:
    x = "会议昨天在北京举行。与会者来自各地，气氛热烈。闭幕式随后举行。"
    y = "大家都很高兴。" + x[:10] + x[10:23] + "事故造成3人死亡。" + x[23:]
    found = changes(x, y)
    assert [(c.b, c.detail) for c in found] == [
        ("事故造成3人死亡。", "number"),
        ("大家都很高兴。", ""),
    ]


def test_a_quoted_sentence_alone_is_a_quotation() -> None:
    x = "会议昨天在北京举行。"
    y = "会议昨天在北京举行。“这次会议开得很成功。”"
    assert said(x, y) == [("quotation", "", "“这次会议开得很成功。”")]


def test_a_moved_sentence_is_one_change() -> None:
    first, second = "湖北省坚持以一把手领学促学。", "主课堂讲得生动透彻，分课堂听得津津有味。"
    assert said(first + second, second + first) == [("moved", first, first)]


def test_weights_come_in_order() -> None:
    x = "書記张三说：“很好。”事故造成5人死亡,我们同意提高质量。"
    y = "书记张三说：“很好。”事故造成6人死亡，我们不同意提升质量。"
    found = changes(x, y)
    assert [c.kind.value for c in found] == [
        "number", "negation", "replaced", "script", "punctuation",
    ]  # fmt: skip
    assert [c.weight for c in found] == [Weight.FACT] * 2 + [Weight.WORDING] + [Weight.FORM] * 2


def test_the_same_difference_again_and_again_is_one_change_with_its_count() -> None:
    x = "书记张三说要抓紧。书记张三又说要抓好。\n书记张三最后说散会。"
    (change,) = changes(x, x.replace("张三", "李四"))
    assert (change.kind, change.a, change.b, change.count) == (ChangeKind.NAME, "张三", "李四", 3)
    assert (change.a_line, change.b_line) == (1, 1)


@pytest.mark.parametrize(
    ("x", "y", "kind", "a", "b"),
    [
        ("该方案能够通过评审。", "该方案未能通过评审。", "negation", "能够", "未能"),
        ("会议昨日在北京闭幕。", "会议前日在北京闭幕。", "date", "昨日", "前日"),
        ("今天上午代表们参观。", "昨天下午代表们参观。", "date", "今天上午", "昨天下午"),
    ],
)
def test_a_fact_that_differs_is_not_said_again_as_wording(x, y, kind, a, b) -> None:
    assert said(x, y) == [(kind, a, b)]
    assert said(y, x) == [(kind, b, a)]


def test_numbers_beside_other_words_leave_the_words_to_wording() -> None:
    found = said("截至昨日，死亡5人，救援仍在继续。", "截至昨日，确认死亡11人，救援仍在继续。")
    assert found == [("number", "5人", "11人"), ("inserted", "", "确认")]


def test_an_inserted_clause_gives_its_number_and_its_wording() -> None:
    found = said("事故已造成11人死亡。", "事故已造成11人死亡，另有30人受伤。")
    assert found[0] == ("number", "", "30人")
    assert ("inserted", "", "另有30人受伤") in found


def test_numbers_that_change_places_are_no_other_numbers() -> None:
    found = said("甲队得5分而乙队得3分，比赛结束。", "甲队得3分而乙队得5分，比赛结束。")
    assert [kind for kind, _, _ in found] == ["number", "number"]


def test_layout_and_marks_inside_numbers_are_form() -> None:
    assert said("售价5,999元。", "售价5999元。") == [("notation", "5,999元", "5999元")]
    assert said("发布iPhone 15手机。", "发布iPhone15手机。") == [("space", " ", "")]


def test_traditional_text_differs_in_script_only() -> None:
    x = "國家發展改革委員會昨天發布通知，要求各地認真落實。"
    y = "国家发展改革委员会昨天发布通知，要求各地认真落实。"
    (change,) = changes(x, y)
    assert (change.kind, change.count) == (ChangeKind.SCRIPT, 7)


def test_facts_are_found_in_traditional_and_full_width_text() -> None:
    x, y = "市委書記張三說，死亡５人。", "市委书记李四说，死亡11人。"
    assert said(x, y)[:2] == [("number", "５人", "11人"), ("name", "張三", "李四")]


SENTENCES = [
    "截至目前，已有13名书记登台授课。",
    "截至目前，已有15名书记登台授课。",
    "他说：“我们不同意这个方案。”",
    "他说:“我们同意这个方案.”",
    "書記張三表示，會議很成功。",
    "书记李四表示，会议很成功。",
    "会议结束。\n",
    "会议于11月14日结束。",
]
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=6).map("".join)
LOOSE = st.text("不同意5人张三说，。“” \n一1.", max_size=40)


@given(TEXTS | LOOSE)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert changes(text, text) == ()


@given(TEXTS | LOOSE, TEXTS | LOOSE)
def test_every_difference_of_kept_text_is_reported(x: str, y: str) -> None:
    found = changes(x, y)
    if fold(x) != fold(y) and fold(x) and fold(y):
        assert found
    if fold(x) == fold(y):
        assert {c.weight for c in found} <= {Weight.FORM}


@given(TEXTS | LOOSE, TEXTS | LOOSE)
def test_wording_stands_in_its_text_on_its_line(x: str, y: str) -> None:
    for change in changes(x, y):
        for wording, line, text in ((change.a, change.a_line, x), (change.b, change.b_line, y)):
            if change.weight is not Weight.FORM and wording:
                assert line is not None
                rows = text.split("\n")
                assert wording in "\n".join(rows[line - 1 :])


@given(TEXTS, TEXTS)
def test_the_other_way_round_the_counts_are_the_same(x: str, y: str) -> None:
    other = {ChangeKind.INSERTED: ChangeKind.DELETED, ChangeKind.DELETED: ChangeKind.INSERTED}

    def counts(found: tuple[Change, ...]) -> dict[tuple[str, str, str], int]:
        return {(c.kind.value, c.a, c.b): c.count for c in found if c.weight is not Weight.FORM}

    there = counts(changes(x, y))
    back = {
        (other.get(c.kind, c.kind).value, c.b, c.a): c.count
        for c in changes(y, x)
        if c.weight is not Weight.FORM
    }
    assert there == back

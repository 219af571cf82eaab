"""Equal values in other notations are form; other values are facts; words are neither."""

from __future__ import annotations

import pytest

from dedup.match.align import align
from dedup.match.body import body_of
from dedup.match.changes import ordered, text_changes
from dedup.match.numbers import expressions
from dedup.match.stretches import stretches
from dedup.match.view import view
from dedup.model import ChangeKind, Weight
from dedup.settings import Settings
from dedup.text.segment import segmenter

WORDS = segmenter(Settings())
FACTS = {"number", "date"}

EQUAL = [
    ("一二三个", "123个"), ("百分之五", "5%"), ("百分之五", "5％"), ("1.5亿元", "一亿五千万元"),
    ("1.5亿元", "15000万元"),
    ("150000000元", "1亿5000万元"), ("1,234人", "1234人"), ("零点五", "0.5"),
    ("百分之零点五", "0.5%"),
    ("民國112年", "2023年"), ("民國一一二年", "2023年"),
    ("民國一百一十二年五月一日", "2023年5月1日"),
    ("中華民國112年", "2023年"), ("民国元年", "1912年"), ("2023年5月1日", "2023-05-01"),
    ("2023年5月1日", "2023/5/1"), ("2023年5月1日", "2023.5.1"),
    ("二〇二三年五月一日", "二零二三年五月一日"),
    ("二○二三年", "2023年"), ("３月５日", "三月五日"), ("下午3时", "15:00"), ("15时", "下午三点"),
    ("下午3:00", "15:00"),
    ("15：00", "15时"), ("晚上八点半", "20:30"), ("中午12时", "12:00"), ("凌晨12点", "0:00"),
    ("第一百二十条", "第120条"), ("壹佰元", "100元"),
    ("壹佰贰拾叁元肆角伍分", "一百二十三元四角五分"), ("壹万贰仟叁佰元整", "12300元"),
    ("三元五角", "3元5角"), ("第Ⅳ章", "第四章"), ("第IV类", "第四类"), ("五成", "50%"),
    ("千分之三", "3‰"),
    ("廿五日", "25日"), ("卅一日", "31日"), ("8点半", "8时30分"), ("三点一刻", "3点15分"),
    ("八点三十分", "8:30"),
    ("西元2023年", "2023年"), ("公元二〇二三年", "2023年"), ("周三", "星期三"),
    ("礼拜天", "星期日"), ("5公里", "5000米"),
    ("五千克", "5公斤"), ("5千米", "5公里"), ("零下5度", "-5度"), ("负百分之五", "-5%"),
    ("2/3", "三分之二"),
    ("两万五千里", "2.5万里"), ("二十四小时", "24小时"), ("12月份", "十二月"),
    ("2023年元月", "2023年1月"), ("两个", "2个"),
    ("两个", "二个"), ("廿三家", "23家"), ("第十一届", "第11届"), ("100亿", "一百亿"),
    ("三百五十元", "350块钱"),
    ("百分之百", "100%"), ("十万", "10万"), ("２０２３年", "2023年"), ("１．５倍", "1.5倍"),
    ("10月1号", "十月一日"),
]  # fmt: skip
DIFFERENT = [
    ("三四十人", "40人"), ("七八个", "78个"), ("三五个", "35个"), ("两三天", "23天"),
    ("112年", "2023年"),
    ("民國111年", "2023年"), ("2023年5月1日", "2023-01-05"), ("2023年5月1日", "5月1日"),
    ("下午3时", "3:00"),
    ("第120条", "120条"), ("百分之五", "5‰"), ("5%", "5"), ("1.5亿", "1.5万"),
    ("一百二", "102个"),
    ("三百零五元", "350元"), ("5米", "5公里"), ("5元", "5美元"), ("-5度", "5度"), ("2/3", "3/2"),
    ("1,234人", "1.234人"), ("三点一刻", "3点10分"), ("壹佰元", "1000元"), ("第Ⅳ章", "第六章"),
    ("3个百分点", "3%"),
    ("5小时", "5分钟"), ("5月", "5个月"), ("2023年", "2023人次"), ("15:00", "15:30"),
    ("周三", "周四"),
    ("昨天", "今天"), ("民国元年", "1911年"), ("五成", "五倍"), ("一亿五千万", "1.05亿"),
    ("两万五千", "25万"),
    ("5斤", "5公斤"), ("±5", "5"), ("2023.5.1", "2023.51"), ("A380", "380"), ("第一次", "一次"),
    ("10日", "10天"),
]  # fmt: skip


def values(text: str) -> list[tuple[object, ...]]:
    return [(e.kind, *e.value) for e in expressions(view(text))]


def said(x: str, y: str) -> list[tuple[str, str, str]]:
    a, b = body_of(x), body_of(y)
    found = ordered(text_changes(a, b, stretches(a, b, align(a, b)), WORDS.cut))
    assert all((c.kind is ChangeKind.NOTATION) <= (c.weight is Weight.FORM) for c in found)
    return [(c.kind.value, c.a, c.b) for c in found]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal_values(one: str, other: str) -> None:
    assert values(one) == values(other) != []


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_values_that_differ(one: str, other: str) -> None:
    assert values(one) != values(other)


@pytest.mark.parametrize(
    "text",
    [
        "一些", "一定", "统一", "一起去", "万一下雨", "千万别去", "十分重要", "四川", "七夕",
        "三思而行", "大陆架", "队伍拾级而上",
        "放肆", "收拾行李", "唯一", "一旦", "○○公司", "王○明", "胜负已分", "x型", "mix", "iv",
    ],
)  # fmt: skip
def test_words_and_names_are_no_numbers(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [pair for pair in EQUAL if pair not in [("周三", "星期三"), ("礼拜天", "星期日")]],
)
def test_in_a_sentence_equal_values_are_notation_alone(one: str, other: str) -> None:
    x, y = (
        f"据介绍，当地此前记录的是{one}，有关情况已经公布。",
        f"据介绍，当地此前记录的是{other}，有关情况已经公布。",
    )
    for first, second in ((x, y), (y, x)):
        found = {kind for kind, _, _ in said(first, second)}
        assert "notation" in found
        assert found <= {"notation", "script", "replaced"}, found
        assert not found & FACTS


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("一、背景介绍", "1.背景介绍", [("notation", "一", "1")]),
        ("（一）背景介绍", "①背景介绍", [("notation", "一", "①")]),
        ("他写了一首歌。", "他写了1首歌。", [("notation", "一", "1")]),
        ("发生一起事故。", "发生1起事故。", [("notation", "一起", "1起")]),
        ("完成III期临床试验", "完成三期临床试验", [("notation", "III", "三")]),
        ("约一百余人到场", "约100人到场", [("deleted", "余", ""), ("notation", "一百", "100")]),
        ("收入3万多元。", "收入三万余元。", [("notation", "3万多元", "三万余元")]),
        ("大约三四十人参加会议。", "大约40人参加会议。", [("number", "三四十人", "40人")]),
        ("来了七八个人开会。", "来了78个人开会。", [("number", "七八个", "78个")]),
        ("民國111年度预算", "2023年度预算", [("date", "民國111年", "2023年")]),
        # a date or number that is the whole line
        ("二〇二三年五月一日", "2023年5月1日",
         [("notation", "二〇二三年五月一日", "2023年5月1日")]),
        ("一百二十万元", "1200000元", [("notation", "一百二十万元", "1200000元")]),
        # marks inside are said once, with the date
        ("会于2023-05-01开。", "会于2023/5/1开。", [("notation", "2023-05-01", "2023/5/1")]),
        # the words between two numbers are equal
        ("应到一百人，实到八十二人。", "应到100人，实到82人。",
         [("notation", "一百人", "100人"), ("notation", "八十二人", "82人")]),
        ("一些人一定要统一思想。", "有些人必须要统一思想。",
         [("replaced", "一些", "有些"), ("replaced", "一定", "必须")]),
    ],
)  # fmt: skip
def test_a_difference(x: str, y: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(x, y) == expected


def test_values_that_change_places_are_no_notation() -> None:
    kinds = [kind for kind, _, _ in said("甲队得五分、3分。", "甲队得3分、五分。")]
    assert kinds
    assert "notation" not in kinds


@pytest.mark.parametrize(
    "unit", ["一百", "第", "三四十", "1亿", "5元3角", "ⅣV", "壹", "民国", "下午", "1/"]
)
def test_long_rows_are_read_in_time(unit: str) -> None:
    text = unit * 10_000
    assert all(e.end <= len(text) for e in expressions(text))

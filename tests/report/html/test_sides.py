"""Two documents side by side."""

from __future__ import annotations

from handmade import HEADER, change, comparison, info, passage, span

from dedup.app.explain import compare
from dedup.model import ChangeKind, Document, Fact, PassageKind, Role, SetAside, Weight
from dedup.report.html import sides
from dedup.report.html.sides import side_of
from dedup.settings import Settings


def cells(row):
    return [
        tuple(None if cell is None else (cell.line, str(cell.text)) for cell in pair)
        for pair in row.pairs
    ]


def rows(*passages, a=(), b=()):
    from dataclasses import replace

    made = comparison(passages=passages)
    known = {"set_aside": True}
    made = replace(
        made,
        a=replace(made.a, found=tuple(a), **known),
        b=replace(made.b, found=tuple(b), **known),
    )
    return side_of(made).rows


def test_differences_inside_a_sentence_are_marked():
    (row,) = rows(
        passage(PassageKind.CHANGED, span("死亡5人。", 3), span("死亡11人。", 4), (2, 3, 2, 4))
    )
    assert row.kind == "changed"
    assert cells(row) == [((3, "死亡<del>5</del>人。"), (4, "死亡<ins>11</ins>人。"))]


def test_what_one_has_alone_is_marked_whole():
    first, second = rows(
        passage(PassageKind.ONLY_A, span("<多>"), None),
        passage(PassageKind.ONLY_B, None, span("少", 2)),
    )
    assert cells(first) == [((1, "<del>&lt;多&gt;</del>"), None)]
    assert cells(second) == [(None, (2, "<ins>少</ins>"))]


def test_what_has_moved_says_from_where():
    (row,) = rows(passage(PassageKind.MOVED, span("甲", 1), span("甲", 9)))
    assert "moved from line 1 to line 9" in row.summary
    assert cells(row) == [((1, "甲"), (9, "甲"))]


def test_equal_paragraphs_stand_beside_each_other():
    (row,) = rows(
        passage(PassageKind.EQUAL, span("一,\n二", 1, 2), span("一，\n\n  二", 5, 7)),
    )
    assert cells(row) == [((1, "一,"), (5, "一，")), ((2, "二"), (7, "  二"))]
    assert row.open


def test_equal_text_in_other_paragraphs_stands_in_one_piece():
    (row,) = rows(passage(PassageKind.EQUAL, span("一\n二"), span("一二")))
    assert cells(row) == [((1, "一\n二"), (1, "一二"))]


def test_long_equal_stretches_are_closed_and_cut():
    long = "字" * (sides.LONGEST + 5)
    equal, _ = rows(
        passage(PassageKind.EQUAL, span(long), span(long)),
        passage(PassageKind.ONLY_A, span("多", 2), None),
    )
    assert not equal.open
    assert "5 more characters" in equal.more
    assert len(equal.pairs[0][0].text) == sides.LONGEST
    (alone,) = rows(passage(PassageKind.EQUAL, span(long), span(long)))
    assert alone.open, "there is nothing else to look at"


def test_long_changes_are_cut_and_say_so():
    long = "字" * (sides.LONGEST + 7)
    (row,) = rows(passage(PassageKind.ONLY_A, span(long), None))
    assert "7 more characters" in row.pairs[0][0].more


def test_parts_stand_where_they_are_in_the_text():
    from dedup.model import TextSpan

    body = TextSpan(40, 50, 2, 2, "正文")
    footer = SetAside(50, 60, 3, 3, Role.FURNITURE, "no-such-kind", "<页脚>")
    title = SetAside(0, 5, 1, 1, Role.TITLE, "title", "标题")
    found = rows(passage(PassageKind.EQUAL, body, body), a=[HEADER, footer], b=[title])
    assert [row.kind for row in found] == ["aside", "aside", "equal", "aside"]
    header = found[0].pairs[0][0]
    assert "metadata header (published 2024-11-23 07:40:02, source 某网)" in header.label
    assert cells(found[1]) == [(None, (1, "标题"))]
    assert "line of page furniture" in found[3].pairs[0][0].label
    assert cells(found[3]) == [((3, "&lt;页脚&gt;"), None)]


def test_parts_of_one_kind_share_a_row():
    other = SetAside(0, 9, 1, 1, Role.METADATA, "header", "发布时间", (Fact("source", "某报"),))
    (row,) = rows(a=[HEADER], b=[other])
    assert [cell.line for cell in row.pairs[0]] == [1, 1]


def test_parts_that_were_compared_are_in_the_passages_only():
    made = comparison(passages=[passage(PassageKind.EQUAL, span("甲"), span("甲"))])
    from dataclasses import replace

    made = replace(made, a=replace(made.a, found=(HEADER,), set_aside=False))
    assert [row.kind for row in side_of(made).rows] == ["equal"]


def test_changes_come_by_weight_and_kind():
    made = side_of(
        comparison(
            change(ChangeKind.SPACE, "\n", "", count=31),
            change(ChangeKind.REPLACED, "甲", "乙"),
            change(ChangeKind.NUMBER, "5", "11", a_line=1, b_line=2),
            change(ChangeKind.DATE, "昨日", "前日"),
        )
    )
    assert [weight for weight, _, _ in made.weights] == [w.value for w in Weight]
    number, date = made.weights[0][2]
    assert "1 number differs" in number.heading
    assert (number.items[0].a, number.items[0].b) == ("5", "11")
    assert "A line 1, B line 2" in number.items[0].where
    assert "1 date or time differs" in date.heading
    (space,) = made.weights[2][2]
    assert space.heading is None
    assert (space.items[0].a, space.items[0].times) == ("⏎", 31)
    assert "white space" in space.items[0].label


def test_many_changes_are_counted():
    many = [change(ChangeKind.REPLACED, f"{i}甲", "乙") for i in range(sides.LISTED + 3)]
    ((_, _, (kind,)),) = side_of(comparison(*many)).weights
    assert len(kind.items) == sides.LISTED
    assert "3 more" in kind.more


def test_a_real_pair(seed_texts):
    a, b = (Document(str(i), text) for i, text in enumerate(seed_texts))
    made = side_of(compare(a, b, Settings()))
    assert made.relation == "same-body"
    assert [row.kind for row in made.rows] == ["aside", "aside", "equal", "aside", "aside"]
    assert len(made.rows[2].pairs) == 31
    assert "同一篇文章" in made.sentence
    assert any("0.963" in number for number in made.numbers)


def test_texts_without_anything_to_show():
    made = side_of(comparison())
    assert made.rows == []
    assert made.weights == []
    assert info("a").found == ()

"""What differs, as a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import change, comparison, evidence, info

from dedup.model import ChangeKind as Kind
from dedup.model import Fact, Relation
from dedup.report.differences import EXAMPLES, PARTS, arrow, summary_sentence
from dedup.report.view import View

NAMES = ("000", "001")
SEEDS = (
    change(
        Kind.METADATA,
        "发布时间:2024-11-23 07:40:02 来源: sp20241123",
        detail="header",
        facts=(Fact("published", "2024-11-23T07:40:02"), Fact("source", "sp20241123")),
    ),
    change(
        Kind.METADATA,
        "《 人民日报 》( 2023年11月14日 19 版)",
        detail="page-line",
        facts=(
            Fact("publication", "人民日报"),
            Fact("printed", "2023-11-14"),
            Fact("page", "19"),
        ),
    ),
    change(
        Kind.METADATA,
        "(责编:杨光宇、胡永秋)",
        detail="credit",
        facts=(Fact("people", "杨光宇、胡永秋"),),
    ),
    change(
        Kind.TITLE, "", "湖北创新领导干部领学促学机制\n将学习成果转化为强大动力", detail="title"
    ),
    change(Kind.PUNCTUATION, ":“", "：“", count=120, detail="width"),
    change(Kind.SPACE, "\n", "\n　　", count=31),
)


def said(*changes, lang="en", **more):
    return summary_sentence(comparison(*changes, **more), NAMES, View(lang=lang))


def test_the_answer_for_the_seeds():
    assert said(*SEEDS) == (
        "The same article; 000 adds a metadata header (published 2024-11-23 07:40:02, source "
        "sp20241123), a page line (《人民日报》 2023-11-14, page 19) and a credit line "
        "(责编 杨光宇、胡永秋); 001 adds a two-line title; otherwise only punctuation width and "
        "white space differ."
    )


def test_the_answer_for_the_seeds_in_chinese():
    sentence = said(*SEEDS, lang="zh")
    assert sentence.startswith("同一篇文章；000 多出")
    assert "（发布于 2024-11-23 07:40:02、来源 sp20241123）" in sentence
    assert "（《人民日报》 2023-11-14、第 19 版）" in sentence
    assert "（责编 杨光宇、胡永秋）" in sentence
    assert sentence.endswith("；001 多出两行标题；其余只有标点全半角和空白不同。")


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (Relation.IDENTICAL, "The texts are identical."),
        (Relation.SAME_TEXT, "The same text: equal in every letter, digit and Han character."),
        (Relation.SAME_BODY, "The same article."),
        (Relation.NEAR, "Nearly the same text."),
        (None, "Different texts."),
    ],
)
def test_every_relation_has_its_beginning(relation, expected):
    assert said(relation=relation) == expected


def test_different_titles_over_one_body_are_said():
    found = evidence(100, 0, 0, equal_body=True, titles_differ=True)
    title = change(Kind.TITLE, "甲题", "乙题", detail="title")
    assert said(title, found=found) == ("The same body under different titles (甲题 → 乙题).")


def test_facts_come_first_with_examples_and_the_rest_counted():
    numbers = [change(Kind.NUMBER, f"{i}人", f"{i + 1}人") for i in range(EXAMPLES + 2)]
    wording = change(Kind.INSERTED, "", "昨天")
    assert said(wording, *numbers, relation=Relation.NEAR) == (
        "Nearly the same text; 5 numbers differ (0人 → 1人, 1人 → 2人, 2人 → 3人, 2 more); "
        "1 insertion (+昨天)."
    )


@pytest.mark.parametrize(
    ("kind", "one", "two"),
    [
        (Kind.NUMBER, "1 number differs", "2 numbers differ"),
        (Kind.DATE, "1 date or time differs", "2 dates or times differ"),
        (Kind.NAME, "1 name or title of a person differs", "2 names or titles of persons differ"),
        (Kind.NEGATION, "1 negation differs", "2 negations differ"),
        (Kind.QUOTATION, "1 change in quoted speech", "2 changes in quoted speech"),
        (Kind.REPLACED, "1 replacement", "2 replacements"),
        (Kind.INSERTED, "1 insertion", "2 insertions"),
        (Kind.DELETED, "1 deletion", "2 deletions"),
        (Kind.MOVED, "1 passage moved", "2 passages moved"),
    ],
)
def test_every_kind_has_a_singular_and_a_plural(kind, one, two):
    a, b = change(kind, "甲", "乙"), change(kind, "丙", "丁")
    assert one in said(a)
    assert two in said(a, b)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_chinese_in_chinese(kind, count):
    sentence = said(*[change(kind, "甲", "乙")] * count, lang="zh")
    assert not any(char.isascii() and char.isalpha() for char in sentence), sentence


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ([change(Kind.SPACE)], "otherwise only white space differs."),
        ([change(Kind.PUNCTUATION, detail="mark")], "otherwise only punctuation differs."),
        ([change(Kind.PUNCTUATION, detail="case")], "otherwise only letter case differs."),
        (
            [change(Kind.SCRIPT), change(Kind.SPACE)],
            "otherwise only the script (Simplified or Traditional) and white space differ.",
        ),
        ([change(Kind.NUMBER, "1", "2"), change(Kind.SPACE)], "white space differs too."),
        (
            [
                change(Kind.NUMBER, "1", "2"),
                change(Kind.PUNCTUATION, detail="width"),
                change(Kind.PUNCTUATION, detail="mark"),
                change(Kind.SPACE),
            ],
            "punctuation width, punctuation and white space differ too.",
        ),
    ],
)
def test_form_is_said_last(changes, end):
    assert said(*changes).endswith("; " + end)


def test_many_parts_are_counted():
    parts = [change(Kind.FURNITURE, f"第{i}页", detail="page-number") for i in range(PARTS + 3)]
    sentence = said(*parts)
    assert sentence.count("a page number") == PARTS
    assert sentence.endswith("and 3 more parts that are set aside.")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [("甲", "a title"), ("甲\n乙", "a two-line title"), ("甲\n\n乙\n丙", "a title of 3 lines")],
)
def test_titles_are_counted_in_lines(rows, expected):
    assert said(change(Kind.TITLE, rows, detail="title")).endswith(f"000 adds {expected}.")


@pytest.mark.parametrize(
    ("detail", "kind", "expected"),
    [
        ("original-title", Kind.METADATA, "an original title"),
        ("counts", Kind.FURNITURE, "reading counts"),
        ("end-mark", Kind.FURNITURE, "an end mark"),
        ("something-new", Kind.FURNITURE, "a line of page furniture"),
        ("something-new", Kind.METADATA, "a metadata line"),
    ],
)
def test_parts_have_their_article(detail, kind, expected):
    assert said(change(kind, "甲", detail=detail)).endswith(f"000 adds {expected}.")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([("scraped", "2024-01-02")], "(scraped 2024-01-02)"),
        ([("updated", "2024-01-02T03:04:05")], "(updated 2024-01-02 03:04:05)"),
        ([("printed", "2024-01-02")], "(printed 2024-01-02)"),
        ([("publication", "《光明日报》")], "(《光明日报》)"),
        ([("place", "北京"), ("people", "张三")], "(place 北京, 张三)"),
        ([("people", "张三")], "(记者 张三)"),
    ],
)
def test_facts_in_words(facts, expected):
    part = change(
        Kind.METADATA, "（记者：张三）", detail="byline", facts=tuple(Fact(*f) for f in facts)
    )
    assert said(part).endswith(f"000 adds a byline {expected}.")


def test_user_text_is_neither_a_template_nor_markup_nor_a_control():
    sentence = said(change(Kind.REPLACED, "{name}", "[b]\x1b[0m"))
    assert r"({name} → [b]\x1b[0m)" in sentence


@pytest.mark.parametrize(
    ("a", "b", "expected"), [("甲", "乙", "甲 → 乙"), ("甲", "", "-甲"), ("", "乙", "+乙")]
)
def test_arrows(a, b, expected):
    assert arrow(change(Kind.REPLACED, a, b)) == expected


def test_what_has_only_moved_is_shown_once():
    assert arrow(change(Kind.MOVED, "原文", "原文")) == "原文"
    assert arrow(change(Kind.MOVED, "原文", "原 文")) == "原文 → 原 文"


def test_a_document_without_text_is_named():
    empty = replace(comparison(relation=None), a=info("a.txt", kept=-10))
    said = summary_sentence(empty, ("a.txt", "b.txt"), View(lang="en"))
    assert said.startswith("Different texts; a.txt holds no text to compare")
    assert "b.txt holds no text" not in said


NOTATION = change(Kind.NOTATION, "民國112年", "2023年")
REGIONAL = change(Kind.REGIONAL, "軟體", "软件", count=3)
MARKS = change(Kind.PUNCTUATION, "，", "、", count=2, detail="mark")


def test_notation_and_regional_words_are_said_with_an_example():
    assert said(NOTATION, MARKS).endswith(
        "; otherwise only the notation of numbers and dates (民國112年 → 2023年) and punctuation "
        "differ."
    )
    assert said(NOTATION).endswith(
        "; otherwise only the notation of numbers and dates (民國112年 → 2023年) differs."
    )
    assert "regional or variant wording (軟體 → 软件)" in said(NOTATION, REGIONAL)


def test_notation_and_regional_words_in_chinese():
    assert said(NOTATION, REGIONAL, MARKS, lang="zh").endswith(
        "；其余只有数字和日期的写法（民國112年 → 2023年）、"
        "地区用词或异形词（軟體 → 软件）和标点不同。"
    )


def test_one_name_of_form_is_said_once():
    both = said(NOTATION, change(Kind.NOTATION, "一百", "100"))
    assert both.count("the notation of numbers and dates") == 1

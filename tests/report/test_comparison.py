"""The comparison of two documents for people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import GBK_NAME, change, comparison, evidence, passage, span

from dedup import Settings, compare
from dedup.model import ChangeKind as Kind
from dedup.model import Document, Fact, PassageKind, Relation
from dedup.report import View, render_comparison
from dedup.report.comparison import LISTED, sections_of


def drawn(made, **view):
    return "".join(render_comparison(made, "full", View(**view)))


def test_the_head():
    made = comparison(change(Kind.SPACE, "\n", "\n　　", count=31, a_line=2, b_line=4))
    assert drawn(made) == (
        "A  a.txt\n"
        "   100 of 110 kept characters compared, 50 tokens; utf-8\n"
        "B  b.txt\n"
        "   100 of 110 kept characters compared, 50 tokens; utf-8\n"
        "\n"
        "same-body\n"
        "   The same article; otherwise only white space differs.\n"
        "   similarity 1.000 with metadata and titles set aside, 0.960 with everything compared; "
        "threshold 0.6\n"
        "   containment: 1.000 of A is in B, 1.000 of B is in A\n"
        "   shingles: 100 shared, 0 only in A, 0 only in B\n"
        "\n"
        "What differs\n"
        "  form\n"
        "    white space ×31; first: ⏎ → ⏎　　 (A line 2, B line 4)\n"
    )


def test_documents_that_are_not_duplicates():
    text = drawn(comparison(relation=None))
    assert "\nnot duplicates\n   Different texts.\n" in text
    assert "   similarity 0.009; threshold 0.6\n" in text
    assert "   shingles: 1 shared, 50 only in A, 50 only in B\n" in text


def test_a_text_in_memory_has_no_encoding():
    made = comparison()
    bare = replace(made, a=replace(made.a, encoding=None))
    assert "   100 of 110 kept characters compared, 50 tokens\n" in drawn(bare)


def test_differences_are_listed_by_weight():
    made = comparison(
        change(Kind.SPACE, count=3),
        change(Kind.INSERTED, "", "昨天", b_line=7),
        change(Kind.NUMBER, "5人", "11人", a_line=3, b_line=4),
        change(Kind.NEGATION, "不同意", "同意", a_line=5, b_line=6),
        relation=Relation.NEAR,
    )
    text = drawn(made)
    assert text[text.index("What differs") :] == (
        "What differs\n"
        "  facts\n"
        "    1 number differs\n"
        "      5人 → 11人  (A line 3, B line 4)\n"
        "    1 negation differs\n"
        "      不同意 → 同意  (A line 5, B line 6)\n"
        "  wording\n"
        "    1 insertion\n"
        "      +昨天  (B line 7)\n"
        "  form\n"
        "    white space ×3\n"
    )


def test_parts_are_shown_with_their_values():
    part = change(
        Kind.METADATA,
        "来源：某网",
        a_line=1,
        detail="source",
        facts=(Fact("source", "某网"),),
    )
    assert "    source line: -来源：某网  [source 某网]  (A line 1)\n" in drawn(comparison(part))


def test_a_long_list_is_cut_and_counted():
    numbers = [change(Kind.NUMBER, f"{i}", f"{i}0") for i in range(LISTED + 1234)]
    text = drawn(comparison(*numbers, relation=Relation.NEAR))
    assert text.count(" → ") == LISTED + 3  # and the examples of the sentence
    assert "      … 1,234 more; --output-format json lists all\n" in text


def test_repeated_changes_are_counted():
    text = drawn(comparison(change(Kind.REPLACED, "甲", "乙", count=4, a_line=1)))
    assert "    4 replacements\n      甲 → 乙 ×4  (A line 1)\n" in text


def test_passages_are_drawn_only_where_some_differ():
    equal = passage(PassageKind.EQUAL, span("同"), span("同"))
    changed = passage(PassageKind.CHANGED, span("甲"), span("乙"), (0, 1, 0, 1))
    assert "Passages" not in drawn(comparison(passages=[equal]))
    assert "Passages\n" in drawn(comparison(passages=[equal, changed]))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("color", [True, False])
def test_odd_names_and_texts(lang, color):
    made = comparison(
        change(Kind.REPLACED, "[/red]\x1b[2J", "{x}"),
        names=(GBK_NAME, "[draft].md"),
        found=evidence(),
        relation=Relation.NEAR,
    )
    text = drawn(made, lang=lang, color=color)
    assert r"\udcd6\udcd0\udcce\udcc4.txt" in text
    assert "[draft].md" in text
    assert r"[/red]\x1b[2J → {x}" in text
    assert "\x1b[2J" not in text


def test_chinese_leaves_no_english_word():
    made = comparison(
        change(Kind.NUMBER, "5", "6", a_line=1, b_line=1),
        change(Kind.TITLE, "题", "", a_line=1, detail="title"),
        change(Kind.PUNCTUATION, "，", ",", detail="width", a_line=1, b_line=1),
        passages=[passage(PassageKind.MOVED, span("甲", 1), span("甲", 5))],
        names=("1", "2"),
    )
    text = drawn(made, lang="zh").replace("utf-8", "")
    words = {word for word in text.split() if word.isascii() and word.isalpha()}
    assert words <= {"A", "B"}


@pytest.mark.parametrize(
    ("lang", "heading", "more"),
    [
        ("en", "7 numbers or dates in another notation", "… 2 more; --output-format json lists"),
        ("zh", "7 处数字或日期写法不同", "……另有 2 处"),
    ],
)
def test_notation_is_listed_by_a_few_examples(lang, heading, more):
    made = comparison(
        *(
            change(Kind.NOTATION, f"第{i}条", f"第{han}条", a_line=i, b_line=i)
            for i, han in enumerate("一二三四五六七", 1)
        ),
        change(Kind.REGIONAL, "軟體", "软件", count=3, a_line=1, b_line=1),
    )
    text = drawn(made, lang=lang)
    assert heading in text
    assert more in text
    assert "第5条 → 第五条" in text
    assert "第6条" not in text
    assert "軟體 → 软件 ×3" in text


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "lines: user 1–2, a\\nb 4"), ("zh", "各行来自：user 1–2, a\\nb 4")]
)
def test_the_roles_of_lines_are_told(lang: str, told: str) -> None:
    talk = Document("a", "问题\n再问\n\n回答", sections=(("user", 1, 2), ("a\nb", 4, 4)))
    made = compare(talk, Document("b", "问题\n再问\n\n回答"), Settings())
    assert sections_of(made.a).render(lang) == told
    assert made.b.sections == ()


def test_of_many_sections_the_first_are_told() -> None:
    many = tuple(("user", at, at) for at in range(1, 200))
    made = compare(Document("a", "问\n" * 200, sections=many), Document("b", "问"), Settings())
    assert sections_of(made.a).render("en").endswith(", …")

"""One line per dropped document."""

from __future__ import annotations

import pytest
from handmade import GBK_NAME, cluster, evidence, pair, result

from dedup.model import Relation
from dedup.report import View, render


def drawn(scan, **view):
    return "".join(render(scan, "concise", View(**view)))


@pytest.mark.parametrize(
    ("relation", "english", "chinese"),
    [
        (Relation.IDENTICAL, "b: identical to a (1.00)\n", "b: 与 a 完全相同（1.00）\n"),
        (Relation.SAME_TEXT, "b: same-text as a (1.00)\n", "b: 与 a 文字相同（1.00）\n"),
        (Relation.SAME_BODY, "b: same-body as a (1.00)\n", "b: 与 a 正文相同（1.00）\n"),
        (Relation.NEAR, "b: near a (0.60)\n", "b: 与 a 近似（0.60）\n"),
    ],
)
def test_every_relation_in_both_languages(relation, english, chinese):
    scan = result([cluster("a", pair("b", "a", relation))])
    assert drawn(scan) == english
    assert drawn(scan, lang="zh") == chinese


def test_a_line_for_each_dropped_document_of_each_cluster():
    scan = result([cluster("a", pair("b", "a"), pair("c", "a")), cluster("d", pair("e", "d"))])
    assert [line.split(":")[0] for line in drawn(scan).splitlines()] == ["b", "c", "e"]


def test_nothing_where_nothing_is_dropped():
    assert drawn(result()) == ""


def test_similarity_is_never_rounded_up_to_one():
    scan = result([cluster("a", pair("b", "a", found=evidence(999, 1, 0)))])
    assert drawn(scan) == "b: near a (0.99)\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("docs/[draft].md", "docs/[draft].md"),
        ("x[/草稿].md", "x[/草稿].md"),
        ("{dropped}.txt", "{dropped}.txt"),
        ("a\nb: near c (1.00)", r"a\nb: near c (1.00)"),
        ("\x1b[2J", r"\x1b[2J"),
        (GBK_NAME, r"\udcd6\udcd0\udcce\udcc4.txt"),
    ],
)
def test_odd_names_stay_themselves_on_one_line(name, expected):
    assert drawn(result([cluster("a", pair(name, "a"))])) == f"{expected}: near a (0.60)\n"
    assert drawn(result([cluster("a", pair(name, "a"))]), color=True).startswith(expected)

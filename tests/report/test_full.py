"""The report of a scan for people, whole."""

from __future__ import annotations

import pytest
from handmade import GBK_NAME, change, cluster, comparison, evidence, pair, result

from dedup.model import ChangeKind as Kind
from dedup.model import Relation
from dedup.report import View, render
from dedup.report.full import EXPLAINED_CLUSTERS, EXPLAINED_DROPS, explained_pairs


def drawn(scan, comparisons=None, **view):
    return "".join(render(scan, "full", View(**view), comparisons=comparisons))


def test_a_cluster_that_is_explained():
    scan = result([cluster("d/a.txt", pair("d/b.txt", "d/a.txt", Relation.SAME_BODY))])
    explained = comparison(
        change(Kind.METADATA, "来源：某网", detail="source"), names=("d/b.txt", "d/a.txt")
    )
    assert drawn(scan, {("d/b.txt", "d/a.txt"): explained}) == (
        "Cluster 1 of 1 (c0ffee): 2 documents, 1 dropped\n"
        "  keep  d/a.txt\n"
        "        its id is the first\n"
        "  drop  d/b.txt\n"
        "        same-body: similarity 1.000 with metadata and titles set aside, 0.960 with "
        "everything compared\n"
        "        containment: 1.000 of it is in the kept one, 1.000 of the kept one in it\n"
        "        The same article; b.txt adds a source line.\n"
    )


def test_the_same_in_chinese():
    scan = result([cluster("a.txt", pair("b.txt", "a.txt", Relation.SAME_BODY))])
    explained = comparison(names=("b.txt", "a.txt"))
    text = drawn(scan, {("b.txt", "a.txt"): explained}, lang="zh")
    assert text.splitlines()[0] == "第 1 组，共 1 组（c0ffee）：2 篇文档，其中重复 1 篇"
    assert text.splitlines()[1] == "  保留  a.txt"
    assert text.splitlines()[3] == "  重复  b.txt"
    assert "正文相同：不计元信息和标题时相似度 1.000，全文比较时 0.960" in text
    assert "        同一篇文章。\n" in text


def test_a_cluster_without_explanation_gives_its_numbers():
    scan = result([cluster("a", pair("b", "a", found=evidence(60, 0, 40)))])
    assert drawn(scan) == (
        "Cluster 1 of 1 (c0ffee): 2 documents, 1 dropped\n"
        "  keep  a\n"
        "        its id is the first\n"
        "  drop  b\n"
        "        near: similarity 0.600\n"
        "        containment: 1.000 of it is in the kept one, 0.600 of the kept one in it\n"
        "        Nearly the same text.\n"
    )


def test_differing_titles_are_said_without_an_explanation_too():
    found = evidence(100, 0, 0, equal_body=True, titles_differ=True)
    scan = result([cluster("a", pair("b", "a", Relation.SAME_BODY, found))])
    assert "The same body under different titles." in drawn(scan)


def test_clusters_are_apart_and_numbered():
    scan = result([cluster("a", pair("b", "a")), cluster("c", pair("d", "c"))])
    text = drawn(scan)
    assert "\n\nCluster 2 of 2 (c0ffee): 2 documents, 1 dropped\n" in text


def test_nothing_is_drawn_where_nothing_was_found():
    assert drawn(result()) == ""


def test_a_large_cluster_explains_its_first_and_counts_the_rest():
    drops = [pair(f"d{i}", "k") for i in range(EXPLAINED_DROPS + 2)]
    scan = result([cluster("k", *drops)])
    chosen = explained_pairs(scan)
    assert [p.a for p in chosen] == ["d0", "d1", "d2"]
    text = drawn(scan, {(p.a, p.b): comparison(relation=Relation.NEAR) for p in chosen})
    assert text.endswith(
        "\nFor 2 dropped documents the differences are not shown; for any pair:\n"
        "  dedup explain d3 k\n"
    )
    assert all(f"  drop  d{i}\n" in text for i in range(5)), "nothing is left out of the list"


def test_identical_documents_need_no_explanation():
    same = [pair(f"i{i}", "k", relation=Relation.IDENTICAL) for i in range(EXPLAINED_DROPS + 2)]
    scan = result([cluster("k", *same, pair("d", "k"))])
    chosen = explained_pairs(scan)
    assert [p.a for p in chosen] == ["d"]
    text = drawn(scan, {("d", "k"): comparison(relation=Relation.NEAR)})
    assert text.count("The texts are identical.") == EXPLAINED_DROPS + 2
    assert "are not shown" not in text


def test_many_clusters_explain_the_first():
    scan = result([cluster(f"k{i}", pair(f"d{i}", f"k{i}")) for i in range(EXPLAINED_CLUSTERS + 7)])
    assert len(explained_pairs(scan)) == EXPLAINED_CLUSTERS


def test_the_command_to_explain_can_be_typed():
    names = ("two words.txt", "k", "[x].txt")
    scan = result([cluster("k", pair("[x].txt", "k"), pair("two words.txt", "k"))])
    text = drawn(scan, {(names[2], "k"): comparison()})
    assert text.endswith("  dedup explain 'two words.txt' k\n")


@pytest.mark.parametrize("name", ["docs/[draft].md", "x[/草稿].md", GBK_NAME, "a\x1b[31m", "{id}"])
@pytest.mark.parametrize("color", [True, False])
def test_odd_names(name, color):
    from dedup.report.names import visible

    text = drawn(result([cluster("a", pair(name, "a"))]), color=color)
    assert visible(name) in text
    assert "\x1b[31m" not in text.replace("\x1b[1;31m", "")
    text.encode("utf-8")


def test_no_color_leaves_no_escape_and_color_does():
    scan = result([cluster("a", pair("b", "a"))])
    assert "\x1b" not in drawn(scan)
    assert "\x1b[1mCluster" in drawn(scan, color=True)
    assert "\x1b[1;32mkeep\x1b[0m" in drawn(scan, color=True)


def test_lines_are_wrapped_with_their_indent_where_there_is_a_width():
    scan = result([cluster("a", pair("b", "a", Relation.SAME_BODY))])
    parts = [change(Kind.METADATA, f"来源：{i}", detail="source") for i in range(6)]
    explained = {("b", "a"): comparison(*parts)}
    rows = drawn(scan, explained, width=60).splitlines()
    assert len(rows) > len(drawn(scan, explained).splitlines())
    assert all(len(row) <= 60 for row in rows)
    assert all(row.startswith("  ") for row in rows[1:])

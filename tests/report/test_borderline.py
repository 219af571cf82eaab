"""Pairs near the decision, as ``full`` shows them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from handmade import cluster, comparison, evidence, info, pair, result

from dedup.model import BorderlinePair, Relation
from dedup.report import View, render
from dedup.settings import Settings

NEAR = BorderlinePair("d/a", "d/b", Relation.NEAR, evidence(61, 20, 19), Fraction(1, 100))
SHORT = BorderlinePair("d/a", "d/c", None, evidence(59, 20, 21), Fraction(-1, 100))
DOCUMENTS = [info("d/a"), info("d/b"), info("d/c")]


def scan_of(*clusters):
    return result(clusters, documents=DOCUMENTS, settings=Settings(threshold=0.6))


def drawn(scan, comparisons=None, **view):
    return "".join(render(scan, "full", View(**view), comparisons=comparisons))


def test_both_sides_of_the_decision():
    scan = replace(scan_of(), borderline=(NEAR, SHORT))
    explained = {("d/a", "d/c"): comparison(relation=None, names=("d/a", "d/c"))}
    assert drawn(scan, explained) == (
        "Nearest to the decision: 2 pairs, threshold 0.6\n"
        "  near: similarity 0.610, with 0.010 to spare\n"
        "        A  d/a\n"
        "        B  d/b\n"
        "        containment: 0.753 of A is in B, 0.762 of B is in A\n"
        "  not duplicates: similarity 0.590, short by 0.010\n"
        "        A  d/a\n"
        "        B  d/c\n"
        "        containment: 0.746 of A is in B, 0.737 of B is in A\n"
        "        Different texts.\n"
    )


def test_similar_texts_that_were_told_apart_by_their_titles():
    other = BorderlinePair("d/a", "d/b", None, evidence(61, 20, 19), Fraction(1, 100))
    scan = replace(scan_of(), borderline=(other,))
    row = "  not duplicates: similarity 0.610, but the titles name different things"
    assert drawn(scan).splitlines()[1] == row
    assert drawn(scan, lang="zh").splitlines()[1] == "  不重复：相似度 0.610，但标题所指不同"


def test_in_chinese():
    scan = replace(scan_of(), borderline=(NEAR, SHORT))
    rows = drawn(scan, lang="zh").splitlines()
    assert rows[0] == "离判定界线最近的 2 对，阈值 0.6"
    assert rows[1] == "  近似：相似度 0.610，高出 0.010"
    assert rows[5] == "  不重复：相似度 0.590，差 0.010"


def test_one_pair_is_counted_in_the_singular():
    scan = replace(scan_of(), borderline=(NEAR,))
    assert drawn(scan).startswith("Nearest to the decision: 1 pair, threshold 0.6\n")


def test_they_follow_the_clusters_after_an_empty_line():
    scan = replace(scan_of(cluster("k", pair("x", "k"))), borderline=(NEAR,))
    text = drawn(scan)
    assert text.startswith("Cluster 1 of 1")
    assert "\n\nNearest to the decision: 1 pair" in text


def test_none_leave_no_trace():
    assert drawn(scan_of()) == ""


def test_colour_tells_the_sides_apart():
    scan = replace(scan_of(), borderline=(NEAR, SHORT))
    text = drawn(scan, color=True)
    assert "\x1b[1;32m" in text
    assert "\x1b[1;33m" in text


def test_names_that_a_terminal_would_obey_are_escaped():
    odd = BorderlinePair("a\x1b[31m", "b", None, evidence(59, 20, 21), Fraction(-1, 100))
    scan = replace(result(documents=[info("a\x1b[31m"), info("b")]), borderline=(odd,))
    assert "\x1b" not in drawn(scan)


def test_lists_for_programs_do_not_show_them():
    scan = replace(scan_of(), borderline=(NEAR,))
    for name in ("concise", "csv"):
        assert "d/a" not in "".join(render(scan, name))

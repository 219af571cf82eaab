"""Documents that are part of another one, as ``full`` and ``explain`` show them."""

from __future__ import annotations

from dataclasses import replace

from handmade import cluster, comparison, evidence, info, pair, passage, result, span

from dedup.model import PassageKind, Relation, ScanResult
from dedup.report import View, render, render_comparison
from dedup.report.contained import contained_and_kept, place
from dedup.report.listing import LISTED

IN_B = pair("d/a", "d/b", Relation.CONTAINED, evidence(90, 10, 400))
HAS_C = pair("d/b", "d/c", Relation.CONTAINS, evidence(80, 420, 0))


def scan_of(*pairs, clusters=()) -> ScanResult:
    made = result(clusters, documents=[info("d/a"), info("d/b"), info("d/c")])
    relations = tuple({str(each.relation): 1 for each in pairs}.items())
    summary = replace(made.summary, relations=relations)
    return replace(made, pairs=tuple(pairs), summary=summary)


def drawn(scan: ScanResult, **view) -> str:
    return "".join(render(scan, "full", View(**view)))


def test_the_contained_document_comes_first() -> None:
    scan = scan_of(IN_B, HAS_C)
    assert contained_and_kept(scan) == [IN_B, HAS_C.swapped()]
    assert drawn(scan) == (
        "Part of another document, and not dropped: 2 pairs\n"
        "  d/a\n"
        "        0.900 of it is in d/b, and makes up 0.183 of that\n"
        "  d/c\n"
        "        1.000 of it is in d/b, and makes up 0.160 of that\n"
    )
    assert drawn(scan, lang="zh").splitlines()[:3] == [
        "是别的文档的一部分，未判为重复：2 对",
        "  d/a",
        "        本篇有 0.900 见于 d/b，占后者的 0.183",
    ]


def test_what_was_dropped_is_in_its_cluster() -> None:
    scan = scan_of(IN_B, HAS_C, clusters=[cluster("d/b", IN_B)])
    assert contained_and_kept(scan) == [HAS_C.swapped()]
    shown = drawn(scan)
    assert "        contained: similarity 0.180\n" in shown
    assert "        The first is part of the second.\n" in shown
    assert "\n\nPart of another document, and not dropped: 1 pair\n" in shown


def test_without_any_nothing_is_said() -> None:
    assert contained_and_kept(scan_of()) == []
    assert drawn(scan_of()) == ""


def test_many_are_counted() -> None:
    pairs = [pair("d/a", "d/b", Relation.CONTAINED, IN_B.evidence)] * (LISTED + 2)
    assert drawn(scan_of(*pairs)).endswith("\n  2 more pairs; jsonl has them all\n")


def test_concise_says_what_was_dropped() -> None:
    scan = scan_of(IN_B, clusters=[cluster("d/b", IN_B)])
    assert "".join(render(scan, "concise", View())) == "d/a: contained in d/b (0.18)\n"
    assert "".join(render(scan, "concise", View(lang="zh"))) == "d/a: 包含在 d/b 之中（0.18）\n"


def test_where_a_part_stands() -> None:
    text = "今年以来，各地区各部门认真贯彻落实决策部署。"
    passages = [
        passage(PassageKind.ONLY_B, None, span(text)),
        passage(PassageKind.EQUAL, span(text, 1), span(text, 12)),
        passage(PassageKind.CHANGED, span(text, 2, 3), span(text, 13, 14)),
        passage(PassageKind.EQUAL, span("完。", 4), span("完。", 90)),
    ]
    found = comparison(relation=Relation.CONTAINED, passages=passages, found=IN_B.evidence)
    assert str(place(found).render()) == "A stands in B, from line 12 to line 14"
    turned = replace(found, relation=Relation.CONTAINS)
    assert str(place(turned).render()) == "B stands in A, from line 1 to line 3"
    assert place(replace(found, relation=Relation.NEAR)) is None
    assert place(replace(found, passages=())) is None
    drawn = "".join(render_comparison(found, "full", View(lang="zh")))
    assert "\n   A 位于 B 的第 12 行至第 14 行\n" in drawn

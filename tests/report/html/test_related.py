"""Documents that have to do with each other, and all stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import cluster, evidence, info, pair, result

from dedup.model import Parts, Relation, SharedRun
from dedup.report.html import related as related_
from dedup.report.html.related import made_of, related
from dedup.settings import Settings

PART = evidence(60, 5, 90)


def listed(*pairs, clusters=(), **more) -> list[tuple[str, str]]:
    relations = tuple((each.relation.value, 1) for each in pairs)
    scan = result(clusters, documents=[info(x) for x in "abc"], relations=relations)
    scan = replace(scan, pairs=(*scan.pairs, *pairs), **more)
    rows, _ = related(scan)
    return [(each.a.striptags(), each.b.striptags()) for each in rows]


def test_parts_come_first_in_their_pair():
    assert listed(pair("a", "b", Relation.CONTAINS, PART)) == [("b", "a")]


@pytest.mark.parametrize("relation", [Relation.TEMPLATE, Relation.VERSION])
def test_relations_that_drop_nothing_are_listed(relation):
    found = pair("a", "b", relation, evidence())
    assert listed(found) == [("a", "b")]
    assert listed(found, settings=Settings(relations=(f"{relation.value}=drop",))) == []


def test_what_is_dropped_is_not_listed_again():
    dropped = pair("b", "a", Relation.CONTAINED, PART)
    assert listed(dropped, clusters=[cluster("a", dropped)]) == []
    assert listed(pair("a", "b")) == []


def test_shared_runs_are_listed():
    assert listed(shared=(SharedRun("a", "c", 42, 1, 2),)) == [("a", "c")]


def test_many_are_counted(monkeypatch):
    monkeypatch.setattr(related_, "LISTED", 2)
    pairs = tuple(pair(a, b, Relation.TEMPLATE, evidence()) for a, b in ("ab", "ac", "bc"))
    scan = result(documents=[info(x) for x in "abc"], relations=(("template", 3),))
    rows, more = related(replace(scan, pairs=pairs))
    assert len(rows) == 2
    assert "and 1 more" in more


def test_documents_made_of_others_are_listed_with_their_parts_in_order():
    scan = result(documents=[info(x) for x in "abc"])
    (whole,) = made_of(replace(scan, parts=(Parts("c", ("b", "a"), (50, 45), 95, 100),)))
    assert whole.name.striptags() == "c"
    assert "0.950 of it is in these 2 together" in whole.cover
    assert [part.striptags() for part in whole.parts] == ["b", "a"]

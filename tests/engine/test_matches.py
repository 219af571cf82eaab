"""Matches of a result: those that it lists, and those that follow from equal texts."""

from __future__ import annotations

import itertools

import pytest
from handmade import result

import dedup
from dedup.engine.matches import Matches
from dedup.model import Relation

BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 3
OTHER = BODY.replace("三", "二") + "又添一句：会议还研究了其他事项。"
TEXTS = {
    "a": BODY,
    "b": BODY,
    "c": BODY.replace("，", ","),
    "d": OTHER,
    "e": OTHER,
    "f": "山中何所有，岭上多白云。只可自怡悦，不堪持赠君。这首诗写得很淡，却让人记住。",
}


def test_every_pair_is_what_comparing_the_two_says():
    scan = dedup.scan(TEXTS, jobs=1)
    assert len(scan.pairs) < 10, "the result lists fewer pairs than there are"
    matches = Matches(scan)
    involved = {doc_id for pair in scan.pairs for doc_id in (pair.a, pair.b)}
    for a, b in itertools.permutations(sorted(involved), 2):
        found = matches.pair(a, b)
        compared = dedup.compare(TEXTS[a], TEXTS[b])
        assert (found.a, found.b) == (a, b)
        assert found.relation is compared.relation
        assert found.similarity == pytest.approx(compared.similarity)
        assert found.containment == pytest.approx(compared.containment)
    assert involved == set("abcde")


def test_what_does_not_match_has_no_pair():
    scan = dedup.scan(TEXTS, jobs=1)
    assert Matches(scan).pair("a", "f") is None


def test_a_part_seen_from_both_sides():
    articles = [f"第{n}条由第{n * 7}小组负责，须在{n * 3}日之内审议。" for n in range(40)]
    texts = {"part": "".join(articles[:15]), "whole": "".join(articles)}
    scan = dedup.scan(texts, jobs=1)
    matches = Matches(scan)
    assert matches.pair("part", "whole").relation is Relation.CONTAINED
    assert matches.pair("whole", "part").relation is Relation.CONTAINS


def test_a_result_without_pairs():
    from handmade import info

    assert Matches(result(documents=[info("a"), info("b")])).pair("a", "b") is None

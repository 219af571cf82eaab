"""What a page says before its clusters."""

from __future__ import annotations

from dataclasses import replace

from handmade import SAME, cluster, evidence, info, pair, result, skipped

from dedup.messages import message
from dedup.model import Crowd, Relation
from dedup.report.html import overview
from dedup.settings import Settings


def near(a: str, shared: int):
    return pair(a, "a", found=evidence(shared, 100 - shared, 0))


def test_bars_are_as_high_as_their_share():
    scan = result([cluster("a", near("b", 85), near("c", 62), near("d", 61))])
    scan = replace(scan, settings=Settings(threshold=0.6))
    drawn, width = overview.bars(scan)
    assert width == 48 * len(drawn)
    assert [bar.label for bar in drawn][:2] == ["0.60", "0.65"]
    assert drawn[0].count == "2"
    assert drawn[0].height == 2 * drawn[5].height
    assert all(bar.y + bar.height == 120 for bar in drawn)


def test_equal_texts_have_a_number_and_no_bar():
    many = [pair(f"{i}", "a", Relation.SAME_BODY, SAME) for i in range(50)]
    drawn, _ = overview.bars(result([cluster("a", near("b", 85), *many)]))
    assert (drawn[-1].label, drawn[-1].count, drawn[-1].height) == (None, "50", 0)
    assert max(bar.height for bar in drawn) == 120


def test_equal_texts_alone_have_a_bar():
    drawn, _ = overview.bars(result([cluster("a", pair("b", "a", Relation.SAME_BODY, SAME))]))
    assert [bar.height for bar in drawn if bar.height] == [120]
    assert drawn[-1].height == 120


def test_no_pairs_no_bars():
    assert overview.bars(result()) == ([], 0)


def test_relations_have_their_share():
    scan = result(relations=(("near", 1), ("same-body", 2)))
    assert [(word, number, share) for word, _, number, share in overview.relations(scan)] == [
        ("same-body", "2", 66),
        ("near", "1", 33),
    ]
    assert overview.relations(result()) == []


def test_the_way_from_texts_to_clusters():
    steps = overview.way(result(documents=[info("a"), info("b")], collapsed=1, candidates=1234))
    assert [number for number, _ in steps] == ["2", "1", "1,234", "0", "0"]


def test_settings_and_what_made_the_result():
    values = dict(overview.settings(result()))
    assert values["threshold"] == "0.5"
    assert values["keep"] == "longest"
    assert {"version", "fingerprint"} <= set(values)


def test_what_asks_for_a_look():
    unsure = info("u", encoding="big5", confidence=0.2)
    scan = result(
        documents=[info("a"), unsure],
        crowds=(Crowd("a", 50, "b"),),
        hot_buckets=2,
        pairs_not_compared=3000,
    )
    scan = replace(scan, contains_text=False)
    said = [str(each.what) for each in overview.attention(scan, {"a": message("gone")})]
    for part in (
        "1 document was changed",
        "without a word",
        "One cluster holds 50 of 2",
        "The encoding of 1 document is a guess",
        "3,000 pairs in 2 crowded buckets",
    ):
        assert sum(part in each for each in said) == 1, part
    assert overview.attention(result(), {}) == []


def test_skipped_inputs_are_grouped_and_counted():
    skips = [skipped(f"{i:03}") for i in range(overview.NAMED + 4)] + [skipped("x", "binary")]
    binary, empty = overview.skipped(result(skips=skips))
    assert "not text but binary: 1" in binary.what
    assert len(empty.names) == overview.NAMED
    assert "and 4 more" in empty.more

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import labelled_set
import pytest

from dedup import Document, Settings


@pytest.fixture
def labelled(script, tmp_path: Path):
    return script("accuracy.sets").load(labelled_set.write(tmp_path), "made")


def test_lists_are_closed_transitively(labelled) -> None:
    assert labelled.listed == 4
    assert labelled.pairs == {
        ("a1", "a2"),
        ("a1", "a3"),
        ("a2", "a3"),
        ("b1", "b2"),
        ("c", "d"),
    }


def test_sets_are_those_with_pairs(script, tmp_path: Path) -> None:
    labelled_set.write(tmp_path, "z")
    labelled_set.write(tmp_path, "a")
    (tmp_path / "alone.jsonl.gz").touch()
    assert script("accuracy.sets").names(tmp_path) == ["a", "z"]


def test_a_pair_of_unknown_ids_is_an_error(script, tmp_path: Path) -> None:
    labelled_set.write(tmp_path)
    (tmp_path / "made.pairs.tsv").write_text("a\tb\na1\tnobody\n", encoding="utf-8")
    with pytest.raises(ValueError, match="nobody"):
        script("accuracy.sets").load(tmp_path, "made")


@pytest.mark.parametrize("unit", ["word", "char"])
@pytest.mark.parametrize("ngram", [1, 3])
@pytest.mark.parametrize("dense", [0.0, 0.3, 1.0])
def test_all_pairs_are_counted_as_sets_are(
    script, labelled, monkeypatch: pytest.MonkeyPatch, unit, ngram, dense
) -> None:
    exact = script("accuracy.exact")
    monkeypatch.setattr(exact, "DENSE_SHARE", dense)
    monkeypatch.setattr(exact, "BLOCK", 3)
    sets = exact.shingle_sets(labelled.documents, Settings(unit=unit, ngram=ngram))
    shingles = [
        set(sets.hashes[low:high].tolist())
        for low, high in zip(sets.starts[:-1], sets.starts[1:], strict=True)
    ]
    expected = {
        (a, b): (len(shingles[a] & shingles[b]), len(shingles[a]), len(shingles[b]))
        for a, b in combinations(range(len(shingles)), 2)
    }
    found = exact.all_pairs(sets, 0.1, 0.3)
    for at in range(len(found)):
        counts = (int(found.shared[at]), int(found.size_a[at]), int(found.size_b[at]))
        assert counts == expected[int(found.a[at]), int(found.b[at])]
    reached = {
        pair
        for pair, (shared, a, b) in expected.items()
        if shared and (shared >= 0.1 * (a + b - shared) or shared >= 0.3 * min(a, b))
    }
    assert set(zip(found.a.tolist(), found.b.tolist(), strict=True)) == reached
    assert reached


def test_the_dense_part_is_bounded(script, labelled, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = script("accuracy.exact")
    sets = exact.shingle_sets(labelled.documents, Settings(unit="char", ngram=1))
    before = exact.all_pairs(sets, 0.1)
    monkeypatch.setattr(exact, "DENSE_SHARE", 0.0)
    monkeypatch.setattr(exact, "DENSE_CELLS", 50)
    after = exact.all_pairs(sets, 0.1)
    assert after.keys(7).tolist() == before.keys(7).tolist()
    assert after.shared.tolist() == before.shared.tolist()


def test_given_pairs_are_counted_whatever_they_share(script, labelled) -> None:
    exact = script("accuracy.exact")
    sets = exact.shingle_sets(labelled.documents, Settings(unit="char", ngram=2))
    found = exact.count_pairs(sets, [("c", "a1"), ("a2", "a1"), ("b1", "no text")])
    assert [sets.ids[row] for row in found.a] == ["a1", "a1"]
    assert [sets.ids[row] for row in found.b] == ["a2", "c"]
    assert found.similarity.tolist()[0] == 1.0
    assert found.similarity.tolist()[1] < 0.1
    assert found.containment.tolist()[0] == 1.0


def test_texts_without_a_shingle_are_left_out(script) -> None:
    exact = script("accuracy.exact")
    documents = [Document("x", "一二三四五"), Document("y", "。。。"), Document("z", "一二三四五")]
    sets = exact.shingle_sets(documents, Settings(unit="char", ngram=2))
    assert sets.ids == ("x", "z")
    assert len(exact.all_pairs(sets, 0.5)) == 1


def test_curves_count_what_reaches_each_threshold(script, labelled) -> None:
    curves = script("accuracy.curves")
    row = curves.curve(labelled, Settings(unit="char", ngram=2))
    known = script("accuracy.ours").exact(labelled.documents, Settings(unit="char", ngram=2))
    pairs = dict(zip(known.pairs, known.counts.similarity.tolist(), strict=True))
    for threshold, recall, unlisted in zip(
        row["thresholds"], row["similarity"]["recall"], row["similarity"]["unlisted"], strict=True
    ):
        reached = {pair for pair, each in pairs.items() if each >= threshold - 1e-9}
        assert recall == pytest.approx(len(reached & labelled.pairs) / 5, abs=1e-4)
        assert unlisted == len(reached - labelled.pairs)
    assert sum(row["distribution"]["counts"]) == 5
    assert row["similarity"]["recall"] == sorted(row["similarity"]["recall"], reverse=True)


def test_a_recall_needs_a_threshold(script) -> None:
    import numpy as np

    at = script("accuracy.curves").at_recall
    listed, unlisted = np.array([0.9, 0.5, 0.7, 0.6]), np.array([0.65, 0.6, 0.2])
    assert at(listed, unlisted, 1.0) == {"threshold": 0.5, "unlisted": 2}
    assert at(listed, unlisted, 0.75) == {"threshold": 0.6, "unlisted": 2}
    assert at(listed, unlisted, 0.51) == {"threshold": 0.6, "unlisted": 2}
    assert at(listed, unlisted, 0.5) == {"threshold": 0.7, "unlisted": 0}
    assert at(np.array([]), unlisted, 0.5)["unlisted"] == 0


def test_similarity_and_containment_reach_more_together(script, labelled) -> None:
    known = script("accuracy.ours").exact(labelled.documents, Settings())
    rows = script("accuracy.curves").combined(known, labelled.pairs)
    recall = {(row["threshold"], row["containment"]): row["recall"] for row in rows}
    # b1 holds b2, which is most of it
    assert recall[0.8, 0.9] > recall[0.8, 1.1]
    assert all(recall[t, 0.7] >= recall[t, 0.8] >= recall[t, 1.1] for t, _ in recall)


def test_the_rule_is_the_decision_at_each_threshold(script, labelled) -> None:
    known = script("accuracy.ours").exact(labelled.documents, Settings())
    rows = script("accuracy.curves").rule(labelled, Settings(), known)
    assert [row["threshold"] for row in rows] == list(script("accuracy.curves").STEPS)
    assert rows[0]["recall"] >= rows[-1]["recall"] > 0
    assert all(row["unlisted"] == 0 for row in rows)


def test_recall_at_a_precision_is_the_best_that_is_as_precise(script) -> None:
    at = script("accuracy.curves").recall_at_precision
    rows = [
        {"recall": 0.9, "reported": 10, "right": 5},
        {"recall": 0.7, "reported": 10, "right": 9},
        {"recall": 0.6, "reported": 10, "right": 10},
        {"recall": 0.0, "reported": 0, "right": 0},
    ]
    assert at(rows, 0.5) == 0.9
    assert at(rows, 0.51) == 0.7
    assert at(rows, 1.0) == 0.6
    assert at(rows[:1], 0.6) is None

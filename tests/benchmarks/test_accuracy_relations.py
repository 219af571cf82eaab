from __future__ import annotations

from dataclasses import fields, replace

import labelled_set
import pytest

from dedup import Settings
from dedup.replacement import Replacement

EQUAL = Replacement(**{each.name: 0 for each in fields(Replacement)})


@pytest.fixture
def relations(script):
    return script("accuracy.relations")


def pair(relations, verdict: str, relation: str, similarity: float = 0.8, **values):
    found = {"drawn": True, "containment": similarity, "replaced": EQUAL, **values}
    return relations.Placed(verdict, relation=relation, similarity=similarity, **found)


def test_forms_and_others_are_counted_apart(relations) -> None:
    found = relations.summary(
        "made",
        [
            pair(relations, "place", "template"),
            pair(relations, "place", "near"),
            pair(relations, "template", ""),
            pair(relations, "duplicate", "same-body", 1.0),
            pair(relations, "version", "near"),
            pair(relations, "extract", "contained", 0.3),
            pair(relations, "different", "near", drawn=False),
        ],
    )
    assert found["judged"] == 7
    assert found["forms"] == {"judged": 3, "template": 1, "same": 1, "not_reported": 1}
    # the place that is near, and what was drawn of the rest; a part is another finding
    assert (found["others"]["right"], found["others"]["judged"]) == (2, 3)
    assert found["others"]["precision"] == pytest.approx(2 / 3)
    assert found["verdicts"]["place"] == {"near": 1, "template": 1}
    assert found["verdicts"]["template"] == {"none": 1}
    assert "boilerplate" not in found["verdicts"]


def test_each_relation_has_precision_and_recall_along_the_similarity(relations) -> None:
    pairs = [
        pair(relations, "template", "template", 0.9),
        pair(relations, "template", "template", 0.6),
        pair(relations, "duplicate", "template", 0.55),
        pair(relations, "place", "near", 0.7),
    ]
    found = relations.summary("made", pairs)["relations"]
    assert (found["template"]["precision"], found["template"]["recall"]) == (0.6667, 0.6667)
    by_step = {each["similarity"]: each for each in found["template"]["steps"]}
    assert (by_step[0.6]["precision"], by_step[0.6]["recall"]) == (1.0, 0.6667)
    assert (by_step[0.9]["reported"], by_step[0.9]["recall"]) == (1, 0.3333)
    assert (found["near"]["precision"], found["near"]["recall"]) == (0.0, 0.0)


def test_auc_is_the_chance_that_the_same_text_scores_higher(relations) -> None:
    pairs = [
        pair(relations, "duplicate", "near", 0.9),
        pair(relations, "version", "near", 0.5),
        pair(relations, "extract", "near", 0.1),
        pair(relations, "place", "template", 0.5),
        pair(relations, "template", "template", 0.7),
    ]
    scores = relations.SCORES
    assert relations.auc(pairs, scores["similarity"]) == pytest.approx((2 + 0.5) / 4)
    assert relations.auc(pairs, scores["relation"]) == 1.0
    assert relations.auc(pairs[:3], scores["similarity"]) is None


def test_what_is_replaced_lowers_the_score_of_sameness(relations) -> None:
    score = relations.SCORES["replacement"]
    figures, edits, names = (
        pair(relations, "duplicate", "near", replaced=replace(EQUAL, **values))
        for values in ({"figures": 6}, {"edits": 6}, {"edits": 6, "subject": 4})
    )
    assert score(names) < score(figures) < score(edits) == 0


def test_judged_pairs_are_decided_anew(script, relations, tmp_path) -> None:
    labelled = script("accuracy.sets").load(labelled_set.write(tmp_path), "made")
    samples = script("accuracy.samples")
    texts = {each.id: each for each in labelled.documents}
    rows = [
        samples.describe("made", texts[a], texts[b], Settings())
        for a, b in (("a1", "a2"), ("a1", "a3"))
    ]
    rows = [replace(rows[0], relation="template", verdict="duplicate"), rows[1]]
    (found,) = relations.placed(labelled, rows, Settings())
    assert (found.verdict, found.relation, found.same) == ("duplicate", found.relation, True)
    assert found.similarity == 1.0


def test_the_whole_page_is_written(script, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    labelled = script("accuracy.sets").load(labelled_set.write(tmp_path), "made")
    samples, run = script("accuracy.samples"), script("accuracy.run")
    texts = {each.id: each for each in labelled.documents}
    row = samples.describe("made", texts["a1"], texts["a2"], Settings())
    judged = [replace(row, verdict="duplicate"), replace(row, verdict="place", drawn=False)]
    samples.write(tmp_path / "judged" / "made.jsonl", judged)
    monkeypatch.setattr(run, "JUDGED", tmp_path / "judged")
    run.at_defaults([labelled], Settings(), tmp_path)
    page = (tmp_path / "accuracy.md").read_text(encoding="utf-8")
    assert "| made | 1 | 0 | 0 | 1 | 1 of 1, 1.000 |" in page
    assert "| made | 0.500 | 0.500 |" in page


def test_what_is_no_longer_reported_is_not_counted(script, relations) -> None:
    samples = script("accuracy.samples")
    values = ("a", "b", 0.8, (0.9, 0.9), "near", "", "", (), "made")
    rows = [samples.Judged(*values, verdict=each) for each in ("duplicate", "", "place")]
    pairs = [pair(relations, "duplicate", "near"), pair(relations, "place", "template")]
    assert relations.still_reported(rows, pairs) == rows[:2]

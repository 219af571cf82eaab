"""Precision and recall of relations along one number."""

from __future__ import annotations

import pytest

from dedup import Settings
from dedup.replacement import FIELDS, Replacement

NONE = Replacement(**dict.fromkeys(FIELDS, 0))


@pytest.fixture
def relation_curves(script):
    return script("accuracy.relation_curves")


@pytest.fixture
def pairs(script):
    made = script("accuracy.relations").Placed
    told = [
        ("duplicate", "near", 0.9),
        ("duplicate", "near", 0.8),
        ("template", "template", 0.7),
        ("duplicate", "template", 0.6),
        ("template", "near", 0.6),
        ("different", "", 0.1),
    ]
    return [made(verdict, False, relation, value, 0.9, NONE) for verdict, relation, value in told]


def test_a_curve_goes_from_the_highest_value_down(relation_curves, pairs) -> None:
    found = relation_curves.curve(pairs, "near", "similarity")
    assert found["recall"] == [0.3333, 0.6667, 0.6667, 1.0, 1.0]
    assert found["precision"] == [1.0, 1.0, 0.6667, 0.6, 0.5]
    assert found["average"] == pytest.approx((1 + 1 + 0.6) / 3, abs=1e-4)
    assert found["at"]["0.5"] == 1.0
    assert found["at"]["0.95"] == 0.6


def test_a_template_is_the_less_similar_one(relation_curves, pairs) -> None:
    found = relation_curves.curve(pairs[:5], "template", "similarity")
    assert found["recall"] == [0.5, 1.0, 1.0, 1.0]
    assert found["precision"] == [0.5, 0.6667, 0.5, 0.4]


def test_the_decision_stands_beside(relation_curves, pairs) -> None:
    assert relation_curves.decision(pairs, "template") == {
        "reported": 2, "precision": 0.5, "recall": 0.5,
    }  # fmt: skip
    assert relation_curves.decision(pairs, "contained")["precision"] is None


def test_templates_are_told_among_texts_that_are_alike(
    relation_curves, pairs, script, tmp_path
) -> None:
    rows = relation_curves.all_curves({"judged": pairs, "generated": pairs[:1]})
    of = {(row["relation"], row["pairs"]): (row["of"], row["right"]) for row in rows}
    assert of == {
        ("template", "judged"): (5, 2),
        ("near", "judged"): (6, 3),
        ("near", "generated"): (1, 1),
    }
    auc = relation_curves.aucs({"judged": pairs})
    assert (auc[0]["same"], auc[0]["forms"]) == (3, 2)
    found = {"curves": rows, "auc": auc, "versions": {}, "command": "x"}
    found["machine"] = script("results").machine()
    said = script("accuracy.tables").by_relation(found)
    assert "| template | 5 judged | 2 | similarity |" in said
    script("accuracy.plots").plot_relations(found, tmp_path)
    drawn = sorted(path.name for path in tmp_path.iterdir())
    assert drawn in ([], ["accuracy_relation_near.svg", "accuracy_relation_template.svg"])


def test_generated_pairs_are_decided(relation_curves, script) -> None:
    text = "今年以来全市坚持把干部教育培训作为先导性基础性战略性工程。" * 4
    case = script("suite.model").Case
    cases = [
        case("same", "form", None, text, text + "\n", True),
        case("part", "length", 0.5, text, text[:40], True),
        case("other", "negative", None, text, "另一篇全不相干的短文。", False),
    ]
    found = relation_curves.of_cases(cases, Settings())
    assert [pair.verdict for pair in found] == ["duplicate", "extract", "different"]
    assert found[0].relation == "same-text"
    assert found[2].relation == ""

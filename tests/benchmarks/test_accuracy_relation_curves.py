"""Precision and recall of relations along one number."""

from __future__ import annotations

import pytest
from accuracy import plots, relation_curves, tables
from accuracy.relations import Placed
from suite.model import Case

from dedup import Settings
from dedup.replacement import FIELDS, Replacement

NONE = Replacement(**dict.fromkeys(FIELDS, 0))


def placed(verdict: str, relation: str, similarity: float, containment: float = 0.9) -> Placed:
    return Placed(verdict, False, relation, similarity, containment, NONE)


PAIRS = [
    placed("duplicate", "near", 0.9),
    placed("duplicate", "near", 0.8),
    placed("template", "template", 0.7),
    placed("duplicate", "template", 0.6),
    placed("template", "near", 0.6),
    placed("different", "", 0.1),
]


def test_a_curve_goes_from_the_highest_value_down() -> None:
    found = relation_curves.curve(PAIRS, "near", "similarity")
    assert found["recall"] == [0.3333, 0.6667, 0.6667, 1.0, 1.0]
    assert found["precision"] == [1.0, 1.0, 0.6667, 0.6, 0.5]
    assert found["average"] == pytest.approx((1 + 1 + 0.6) / 3, abs=1e-4)
    assert found["at"]["0.5"] == 1.0
    assert found["at"]["0.95"] == 0.6


def test_a_template_is_the_less_similar_one() -> None:
    found = relation_curves.curve(PAIRS[:5], "template", "similarity")
    assert found["recall"] == [0.5, 1.0, 1.0, 1.0]
    assert found["precision"] == [0.5, 0.6667, 0.5, 0.4]


def test_the_decision_stands_beside() -> None:
    assert relation_curves.decision(PAIRS, "template") == {
        "reported": 2, "precision": 0.5, "recall": 0.5,
    }  # fmt: skip
    assert relation_curves.decision(PAIRS, "contained")["precision"] is None


def test_templates_are_told_among_texts_that_are_alike(tmp_path) -> None:
    rows = relation_curves.all_curves({"judged": PAIRS, "generated": PAIRS[:1]})
    of = {(row["relation"], row["pairs"]): (row["of"], row["right"]) for row in rows}
    assert of == {
        ("template", "judged"): (5, 2),
        ("near", "judged"): (6, 3),
        ("near", "generated"): (1, 1),
    }
    auc = relation_curves.aucs({"judged": PAIRS})
    assert (auc[0]["same"], auc[0]["forms"]) == (3, 2)
    found = {"curves": rows, "auc": auc, "machine": {}, "versions": {}, "command": "x"}
    found["machine"] = dict.fromkeys(("cpu", "cores", "memory_gb", "system", "python", "load"), 1)
    try:
        said = tables.by_relation(found)
    except KeyError as error:  # what the machine is like is told by the results module
        pytest.fail(f"provenance asks for {error}")
    assert "| template | 5 judged | 2 | similarity |" in said
    plots.plot_relations(found, tmp_path)
    drawn = sorted(path.name for path in tmp_path.iterdir())
    assert drawn in ([], ["accuracy_relation_near.svg", "accuracy_relation_template.svg"])


def test_generated_pairs_are_decided() -> None:
    text = "今年以来全市坚持把干部教育培训作为先导性基础性战略性工程。" * 4
    cases = [
        Case("same", "form", None, text, text + "\n", True),
        Case("part", "length", 0.5, text, text[:40], True),
        Case("other", "negative", None, text, "另一篇全不相干的短文。", False),
    ]
    found = relation_curves.of_cases(cases, Settings())
    assert [pair.verdict for pair in found] == ["duplicate", "extract", "different"]
    assert found[0].relation == "same-text"
    assert found[2].relation == ""

from __future__ import annotations

import json
from pathlib import Path

import labelled_set
import pytest

from dedup import Relation, Settings, scan


@pytest.fixture
def labelled(script, tmp_path: Path):
    return script("accuracy.sets").load(labelled_set.write(tmp_path), "made")


def test_every_missing_pair_is_lost_somewhere(script, labelled) -> None:
    found = script("accuracy.ours").measure(labelled, Settings())
    assert found["closed"] == 5
    assert sum(found["lost"].values()) == 5 - round(5 * found["recall"])
    # two poems that are not the same at all
    assert found["lost"]["decision"] >= 1
    assert found["lost"]["candidates"] == 0
    assert found["unlisted"] == 0
    assert found["left"] >= 1
    assert found["split"] == 0
    assert found["all_pairs"]["missed"] == 0


def test_pairs_equal_after_folding_are_counted_apart(script, labelled) -> None:
    found = script("accuracy.ours").measure(labelled, Settings())
    assert found["changed"]["pairs"] == 4
    assert found["changed"]["recall"] < found["recall"]


def test_equal_texts_are_spelled_out(script, labelled) -> None:
    reported = script("accuracy.ours").reported
    found = reported(scan(labelled.documents, Settings()))
    assert found["a1", "a2"] == 1.0
    assert found["a1", "a3"] == found["a2", "a3"] < 1.0
    four = dict.fromkeys("wxyz", "同一篇文章，一个字也不差，只有标点不同。")
    four["z"] = four["z"].replace("，", "！")
    assert len(reported(scan(four))) == 6


def test_a_pair_that_is_no_candidate_is_told_from_one_that_is_refused(
    script, labelled, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = script("accuracy.ours")
    without = {each.id: each.text for each in labelled.documents if each.id != "a3"}

    def blind(documents, settings):
        result = scan(without, settings)
        everything = scan(documents, settings)
        object.__setattr__(result, "documents", everything.documents)
        return result

    monkeypatch.setattr(ours, "scan", blind)
    found = ours.measure(labelled, Settings())
    assert found["lost"]["candidates"] == 2
    assert found["all_pairs"]["missed"] == 2


def test_pairs_between_sets_are_found(script, tmp_path: Path) -> None:
    sets = script("accuracy.sets")
    labelled_set.write(tmp_path, "one")
    labelled_set.write(tmp_path, "two")
    both = [sets.load(tmp_path, name) for name in ("one", "two")]
    across = script("accuracy.ours").across(both, Settings())
    assert ("one:c", "two:c") in across
    assert all(a.startswith("one:") and b.startswith("two:") for a, b in across)
    assert script("accuracy.ours").across(both[:1], Settings()) == []


def test_generated_cases_are_decided_one_by_one(script) -> None:
    generated = script("accuracy.generated")
    model = script("suite.model")
    text = labelled_set.TEXTS["a1"]
    cases = [
        model.Case("same", "form", None, text, text.replace("。", "，"), expected=True),
        model.Case("half", "edit", 0.5, text, text[: len(text) // 8], expected=True),
        model.Case("half", "edit", 0.5, text, text, expected=True),
        model.Case("other", "negative", None, text, labelled_set.TEXTS["b1"], expected=False),
    ]
    rows = generated.rows(cases, Settings())
    assert [(row["case"], row["pairs"], row["reported"]) for row in rows] == [
        ("same", 1, 1),
        ("half", 2, 1),
        ("other", 1, 0),
    ]
    totals = generated.totals(rows)
    counts = {"pairs": 2, "reported": 1, "template": 0, "version": 0}
    assert totals["edit"] == {**counts, "share": 0.5}


def test_sources_take_one_of_listed_partners(script, tmp_path: Path, monkeypatch) -> None:
    generated = script("accuracy.generated")
    monkeypatch.setattr(generated, "SOURCE_LENGTHS", (40, 6000))
    labelled = script("accuracy.sets").load(labelled_set.write(tmp_path), "made")
    chosen = generated.sources([labelled])
    assert sorted(each.id for each in chosen) == ["made/a1", "made/b1", "made/c"]
    monkeypatch.setattr(generated, "SOURCES_A_SET", 2)
    assert generated.sources([labelled]) == chosen[:2]


def test_quick_fails_where_something_fell(script) -> None:
    quick = script("accuracy.quick")
    floors = {"seeds": "same-body", "recall": {"x": 0.5, "y": 1.0}, "false": {"z": 0.0}}
    found = {"seeds": "same-body", "recall": {"x": 0.5, "y": 1.0}, "false": {"z": 0.0}}
    assert quick.failures(found, floors) == []
    assert quick.failures({**found, "recall": {"x": 0.4, "y": 1.0}}, floors) == [
        "x: recall 0.4 is below 0.5"
    ]
    assert quick.failures({**found, "false": {"z": 0.1}}, floors) == ["z: false 0.1 is above 0.0"]
    assert quick.failures({**found, "seeds": "near"}, floors) == ["the seeds are near"]
    assert quick.failures({**found, "recall": {"x": 0.5, "new": 1.0}}, floors) == [
        "new: no floor",
        "y: not measured",
    ]


def test_recall_and_precision_have_not_fallen(script) -> None:
    """The committed floors, on the seeds and the bundled suite."""
    quick = script("accuracy.quick")
    assert quick.failures(quick.measure(Settings()), quick.floors()) == []


def test_the_script_measures_and_says_what_it_did(run, tmp_path: Path) -> None:
    folder = labelled_set.write(tmp_path)
    done = run(
        "accuracy.py",
        *("--corpora", folder, "--parts", "defaults,curves", "--results", tmp_path / "out"),
    )
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "out" / "accuracy.json").read_text(encoding="utf-8"))
    assert found["sets"][0]["set"] == "made"
    assert str(tmp_path) not in json.dumps(found)
    table = (tmp_path / "out" / "accuracy.md").read_text(encoding="utf-8")
    assert "| made | 7 | 5 |" in table
    assert "Pairs between two sets, all scanned as one: 0." in table
    curves = (tmp_path / "out" / "accuracy_curves.md").read_text(encoding="utf-8")
    assert "## made" in curves


def test_a_grid_of_settings_is_explored(run, tmp_path: Path) -> None:
    folder = labelled_set.write(tmp_path)
    units = ("--units", "word:2,char:3", "--thresholds", "0.5,0.7", "--containments", "0.9")
    done = run("accuracy.py", "explore", "--corpora", folder, *units)
    assert done.returncode == 0, done.stderr
    head, *rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert head[0] == "set"
    assert len(rows) == 2 * 2 * 2
    recalls = {row[4]: float(row[5]) for row in rows[:2]}
    assert recalls["0.9"] >= recalls[""]


def test_without_corpora_the_script_says_what_it_wants(run, monkeypatch) -> None:
    monkeypatch.delenv("DEDUP_CORPORA", raising=False)
    done = run("accuracy.py")
    assert done.returncode == 2
    assert "DEDUP_CORPORA" in done.stderr


def test_a_listed_pair_that_is_called_a_template_is_lost_by_the_decision(
    script, labelled, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = script("accuracy.ours")
    monkeypatch.setattr(ours, "decide", lambda *_: Relation.TEMPLATE)
    texts = {each.id: each for each in labelled.documents}
    found = ours._lost([("a1", "a3")], texts, Settings(), scan(labelled.documents))
    assert found == {"not compared": 0, "candidates": 0, "decision": 1}

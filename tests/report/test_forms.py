"""Templates, versions and families in words, from texts to lines; the same whatever the order."""

from __future__ import annotations

from pathlib import Path

import pytest

import dedup
from dedup.engine import local
from dedup.model import Relation
from dedup.report import forms
from dedup.report.sequence import records
from dedup.report.view import View

CASES = Path(__file__).parents[1] / "cases" / "relations"


def texts(*cases: str) -> dict[str, str]:
    return {
        f"{case}/{path.name}": path.read_text(encoding="utf-8")
        for case in cases
        for path in sorted((CASES / case).glob("*.txt"))
    }


def drawn(result: dedup.ScanResult, lang: str = "en") -> str:
    return "\n".join(line.plain for line in forms.lines(result, View(lang=lang)))  # type: ignore[arg-type]


def test_a_correction_is_said_and_nothing_is_dropped() -> None:
    result = dedup.scan(texts("version-corrected-deaths"))
    assert result.clusters == ()
    said = drawn(result)
    assert "Versions of one text, not dropped: 1 pair" in said
    assert "correction: 5人→11人" in said
    assert "更正：5人→11人" in drawn(result, "zh")


def test_a_correction_is_dropped_where_that_is_asked_for() -> None:
    result = dedup.scan(texts("version-corrected-deaths"), relations=("version=drop",))
    assert len(result.dropped) == 1
    assert drawn(result) == ""


def test_thirty_days_are_one_family() -> None:
    result = dedup.scan(texts("template-thirty-days"))
    [family] = result.families
    assert len(family.members) == 30
    assert result.summary.families == 1
    told = dict(result.summary.relations)["template"]
    assert told == family.pairs == len(result.pairs) + result.summary.unlisted
    assert len(result.pairs) == 29, "as many as connect thirty documents"
    said = drawn(result)
    assert "30 documents" in said
    assert "27 others" in said
    assert "same form; differs in: " in said
    [record] = [each for each in records(result) if each["type"] == "family"]
    assert (record["documents"], record["pairs"]) == (30, family.pairs)


def test_a_pair_of_one_form_is_listed_by_itself() -> None:
    said = drawn(dedup.scan(texts("template-exam-notice")))
    assert "One form about two things, not dropped: 1 pair" in said
    assert "青石一中→白塔实验学校" in said


def test_nothing_is_said_of_other_pairs() -> None:
    assert drawn(dedup.scan(texts("near-reworded"))) == ""
    assert forms.in_words(Relation.NEAR, (("a", "b"),), View()) is None


def test_explain_says_what_a_scan_says() -> None:
    found = texts("template-exam-notice", "version-corrected-deaths")
    for pair in dedup.scan(found).pairs:
        comparison = dedup.compare(found[pair.a], found[pair.b])
        assert (comparison.relation, comparison.filled) == (pair.relation, pair.filled)
        assert comparison.evidence == pair.evidence


@pytest.mark.parametrize(("jobs", "together"), [(1, 3), (2, 1), (2, 1024)])
def test_order_workers_and_batches_change_nothing(
    jobs: int, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = texts(*(path.name for path in sorted(CASES.iterdir())))
    expected = [*records(dedup.scan(found, jobs=1))]
    assert any(each["type"] == "family" for each in expected)
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", together)
    turned = dict(reversed(found.items()))
    assert [*records(dedup.scan(turned, jobs=jobs))] == expected

"""Cases as files: the texts of each folder, and what every two of them are to each other."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from dedup.engine.forms import Forms
from dedup.match.replacing import replacement
from dedup.match.template import relation_of
from dedup.settings import Settings
from dedup.text import metadata

CASES = sorted(
    path.parent
    for path in (Path(__file__).parents[1] / "cases" / "relations").glob("*/expected.toml")
)
RELATIONS = {"template", "version", "near"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    expected = tomllib.loads((case / "expected.toml").read_text(encoding="utf-8"))
    assert set(expected) == {"why", "relation"}
    assert expected["relation"] in RELATIONS
    make = Forms(Settings())
    texts = [path.read_text(encoding="utf-8") for path in sorted(case.glob("*.txt"))]
    assert len(texts) > 1
    forms = [make(text, metadata.find(text)) for text in texts]
    for a, b in combinations(forms, 2):
        found = replacement(a, b)
        assert replacement(b, a) == found
        assert str(relation_of(found) or "near") == expected["relation"], found


def test_there_are_cases_of_each_relation() -> None:
    assert {case.name.partition("-")[0] for case in CASES} == RELATIONS

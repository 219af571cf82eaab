"""The generated suite as a whole: what is promised of every case."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

import dedup

ROOT = Path(__file__).parents[2]
#: Cases that nothing bundled can make: no two of its texts are statutes.
NEEDS_SOURCES = {"statutes"}
KINDS = {"form", "edit", "length", "negative", "negative-template"}


@pytest.fixture(scope="module")
def cases(suite: ModuleType) -> list:
    return suite.generate(suite.bundled(), seed=1, per_case=4)


def test_the_same_seed_makes_the_same_cases(suite, cases) -> None:
    assert suite.generate(suite.bundled(), seed=1, per_case=4) == cases


def test_the_order_of_the_sources_does_not_matter(suite, cases) -> None:
    assert suite.generate(suite.bundled()[::-1], seed=1, per_case=4) == cases


def test_another_seed_makes_other_cases(suite, cases) -> None:
    other = suite.generate(suite.bundled(), seed=2, per_case=4)
    made = {case.name for case, new in zip(cases, other, strict=False) if case != new}
    assert len(made) > 50


def test_fewer_cases_are_the_first_of_more(suite, cases) -> None:
    some = suite.generate(suite.bundled(), seed=1, per_case=2)
    assert set(some) < set(cases)


def test_no_case_is_empty_and_none_is_too_many(suite, cases) -> None:
    counts = Counter(case.name for case in cases)
    names = [recipe.name for recipe in suite.recipes() if recipe.name not in NEEDS_SOURCES]
    assert list(counts) == names
    assert max(counts.values()) == 4


def test_names_are_unique_and_groups_are_known(suite) -> None:
    recipes = suite.recipes()
    assert len({recipe.name for recipe in recipes}) == len(recipes)
    assert {recipe.group for recipe in recipes} == KINDS


def test_both_sides_have_text_and_differ(cases) -> None:
    for case in cases:
        assert case.a.strip(), case.name
        assert case.b.strip(), case.name
        assert case.a != case.b, case.name


def test_only_negatives_are_expected_to_differ(cases) -> None:
    assert all(case.expected is not case.group.startswith("negative") for case in cases)


def test_severities_of_a_kind_grow(suite) -> None:
    graded: dict[str, list[float]] = {}
    for recipe in suite.recipes():
        kind = re.sub(r"-\d+%?$", "", recipe.name)
        if recipe.severity is not None and kind != recipe.name:
            graded.setdefault(kind, []).append(recipe.severity)
    assert graded.pop("truncated") == [0.9, 0.7, 0.5, 0.2]
    assert len(graded) >= 12
    for severities in graded.values():
        assert all(before < after for before, after in pairwise(severities))


def test_a_percentage_in_a_name_is_the_severity(suite) -> None:
    for recipe in suite.recipes():
        if percent := re.search(r"(\d+)%$", recipe.name):
            assert recipe.severity == int(percent[1]) / 100


def test_a_source_with_nothing_to_rewrite_makes_no_case(suite) -> None:
    plain = [dedup.Document("plain/1", "春天来了，桃花开满山坡。")]
    made = {case.name for case in suite.generate(plain, seed=1, per_case=1)}
    assert not made & {
        "quotes",
        "dates-han",
        "percent-han",
        "numbers-wan",
        "unrelated",
        "joined-20%",
    }
    assert {"width", "traditional", "header"} <= made


def test_there_are_at_least_twelve_bundled_texts_of_the_length_promised(suite) -> None:
    texts = [document for document in suite.bundled() if document.id.startswith("texts/")]
    assert len(texts) >= 12
    assert all(150 <= len(document.text) <= 800 for document in texts)
    assert sum(document.id.startswith("seeds/") for document in suite.bundled()) == 2


def test_the_works_that_are_not_ours_are_named() -> None:
    folder = ROOT / "benchmarks" / "suite" / "texts"
    table = (folder / "README.md").read_text(encoding="utf-8")
    for path in [*folder.glob("classical-*.txt"), *folder.glob("poem-*.txt")]:
        assert f"`{path.name}`" in table


def test_the_list_shows_every_case_with_an_example(suite) -> None:
    command = [sys.executable, "-m", "benchmarks.suite", "--list"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, timeout=120, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    listed = done.stdout.splitlines()
    assert sum("gives occasion" in line for line in listed) == len(NEEDS_SOURCES)
    for recipe in suite.recipes():
        if recipe.name in NEEDS_SOURCES:
            continue
        (at,) = [i for i, line in enumerate(listed) if line.startswith(f"  {recipe.name:24}")]
        assert listed[at].endswith(recipe.promise)
        assert listed[at + 1].startswith("      a: ")
        assert listed[at + 2].startswith("      b: ")
        assert listed[at + 1][9:] != listed[at + 2][9:]

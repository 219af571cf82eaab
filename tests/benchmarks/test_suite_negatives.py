"""Negatives of the generated suite: two texts, and no source on both sides."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import islice
from random import Random
from types import ModuleType

import pytest

import dedup

WINDOW = 20


@pytest.fixture(scope="module")
def negative(part: Callable[[str], ModuleType]) -> ModuleType:
    return part("negative")


@pytest.fixture(scope="module")
def made(suite: ModuleType) -> dict[str, list]:
    by_name: dict[str, list] = {}
    for case in suite.generate(suite.bundled(), seed=5, per_case=14):
        if not case.expected:
            by_name.setdefault(case.name, []).append(case)
    return by_name


def differing(a: str, b: str) -> float:
    left, right = dedup.tokens(a, keep_metadata=True), dedup.tokens(b, keep_metadata=True)
    return 1 - SequenceMatcher(None, left, right, autojunk=False).ratio()


def windows(text: str) -> set[str]:
    return {text[i : i + WINDOW] for i in range(len(text) - WINDOW + 1)}


def origins(suite: ModuleType, text: str) -> set[str]:
    """Return the bundled texts from which the text has 20 characters in a row."""
    found = windows(text)
    return {source.id for source in suite.bundled() if found & windows(source.text)}


@pytest.mark.parametrize("name", ["unrelated", "boilerplate"])
def test_no_source_is_on_both_sides(suite, made, name: str) -> None:
    assert made[name]
    for case in made[name]:
        a, b = origins(suite, case.a), origins(suite, case.b)
        assert len(a) == len(b) == 1
        assert a != b


def test_the_two_seeds_are_no_pair_of_different_texts(suite) -> None:
    seeds = [source for source in suite.bundled() if source.id.startswith("seeds/")]
    found = suite.generate(seeds, seed=1, per_case=9)
    assert not [case for case in found if case.name in {"unrelated", "boilerplate", "joined-20%"}]


def test_no_source_is_in_two_pairs(suite, made) -> None:
    used = [origin for case in made["unrelated"] for origin in origins(suite, case.a + case.b)]
    assert len(used) == len(set(used))


def test_different_kinds_are_not_paired(suite) -> None:
    kinds = [
        dedup.Document(f"{kind}/{n}", source.text)
        for n, (kind, source) in enumerate(zip("abc", suite.bundled()[3:], strict=False))
    ]
    assert not [c for c in suite.generate(kinds, seed=1, per_case=9) if c.name == "unrelated"]


def test_the_same_boilerplate_follows_different_bodies(made) -> None:
    for case in made["boilerplate"]:
        a, b = case.a.split("\n\n")[-1].strip(), case.b.split("\n\n")[-1].strip()
        assert a == b
        assert 100 <= len(a) <= 300
        assert len(case.a) > 1.5 * len(a)


def test_far_templates_differ_in_a_fifth_of_the_words(made) -> None:
    assert all(differing(case.a, case.b) >= 0.18 for case in made["template-far"])


def test_near_templates_differ_in_few_words(made) -> None:
    assert all(0.04 <= differing(case.a, case.b) <= 0.12 for case in made["template-near"])


@pytest.mark.parametrize("bounds", ["FAR", "NEAR"])
def test_every_template_gives_pairs(negative, bounds: str) -> None:
    low, high = getattr(negative, bounds)
    forms = negative.templates()
    pairs = negative.filled((low, high))([], Random(1))
    for a, b in islice(pairs, 2 * len(forms)):
        assert low <= negative.differing(a, b) <= high


def test_templates_are_of_the_length_promised_and_have_all_their_slots(negative) -> None:
    assert len(negative.templates()) >= 7
    for form in negative.templates():
        filled = form.filled({slot: choices[0] for slot, choices in form.slots.items()})
        assert 150 <= len(filled) <= 500, form.name
        assert not re.search("[{}]", filled)
        assert all(len(set(choices)) == len(choices) >= 3 for choices in form.slots.values())


def test_reports_of_an_event_share_facts_and_no_sentence(negative) -> None:
    pairs = list(negative.events([], Random(1)))
    assert len(pairs) >= 6
    for a, b in pairs:
        assert not windows(a) & windows(b)
        assert {a[i : i + 3] for i in range(len(a))} & {b[i : i + 3] for i in range(len(b))}


def test_statutes_are_of_two_places_and_one_subject(suite, negative) -> None:
    body = "第一条　为了保护水资源，制定本条例。"
    titles = ["甲水省", "乙山市", "甲水省"]
    sources = [
        dedup.Document(f"laws/{n}", f"# {place}水资源管理条例\n\n{body}{n}")
        for n, place in enumerate(titles)
    ]
    a, b = next(negative.statutes(sources, Random(1)))
    assert {a[2:5], b[2:5]} == {"甲水省", "乙山市"}


def test_national_statutes_have_no_place(negative) -> None:
    sources = [dedup.Document(f"laws/{n}", f"# 城市供水条例\n\n第{n}条") for n in range(2)]
    assert not list(negative.statutes(sources, Random(1)))


def test_made_statutes_have_one_subject_and_two_places(made) -> None:
    for case in made["template-statute"]:
        a, b = case.a.splitlines()[0], case.b.splitlines()[0]
        assert a != b
        assert a[3:] == b[3:]


@pytest.mark.parametrize("name", ["short-weather", "short-notice", "short-poem"])
def test_short_texts_are_short(made, name: str) -> None:
    for case in made[name]:
        assert max(len(case.a), len(case.b)) <= 80


@pytest.mark.parametrize("name", ["short-weather", "short-notice"])
def test_short_texts_of_one_form_share_characters(made, name: str) -> None:
    ratios = [SequenceMatcher(None, case.a, case.b).ratio() for case in made[name]]
    assert sum(ratio > 0.6 for ratio in ratios) > len(ratios) / 2


def test_a_preamble_is_no_body(suite, part) -> None:
    head = "本手册是自由文档，任何人都可以复制和分发。" * 30
    pages = [dedup.Document(f"manual/{n}", head + source.text) for n, source in
             enumerate(suite.bundled()[3:7])]  # fmt: skip
    assert not list(part("negative").boilerplate(pages, Random(1)))

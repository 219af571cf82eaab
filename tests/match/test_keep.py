"""Keep: a total order, and a reason that names the step that decided."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dedup import DocumentInfo, Fact, Role, SetAside, Settings
from dedup.match.keep import KeepOrder

LINE = SetAside(0, 4, 1, 1, Role.METADATA, "credit", "责编：某")
TITLE = SetAside(5, 9, 2, 2, Role.TITLE, "title", "某标题")
PLAIN = DocumentInfo(
    id="a", path="a", hash="0b", kept=100, whole_kept=100, tokens=60, set_aside=False
)


def order(options: dict[str, object], *infos: DocumentInfo) -> list[str]:
    return [info.id for info in sorted(infos, key=KeepOrder(Settings(**options)).key)]


def reason(options: dict[str, object], kept: DocumentInfo, other: DocumentInfo) -> str:
    return str(KeepOrder(Settings(**options)).reason(kept, other))


@pytest.mark.parametrize(
    ("options", "first", "why"),
    [
        ({}, {"id": "z", "kept": 101}, "longest: 101 kept characters against 100"),
        ({}, {"id": "z", "found": (TITLE,), "hash": "0a"}, "content hash"),
        ({"keep": "first"}, {"id": "A", "kept": 1}, "id is the first"),
        ({"keep": "newest"}, {"id": "z", "date": "2020-01-01"}, "has a date (2020-01-01)"),
        ({"keep": "oldest"}, {"id": "z", "date": "2020-01-01"}, "has a date (2020-01-01)"),
        (
            {"keep_under": "corpus/good"},
            {"id": "z", "path": "corpus/good/z", "kept": 1},
            "lies under",
        ),
    ],
)
def test_policies(options: dict[str, object], first: dict[str, object], why: str) -> None:
    best = replace(PLAIN, **first)
    assert order(options, PLAIN, best) == [best.id, PLAIN.id]
    assert why in reason(options, best, PLAIN)


def test_clutter_decides_between_equally_long_texts() -> None:
    cluttered = replace(PLAIN, id="0", hash="00", found=(LINE,))
    assert order({}, cluttered, PLAIN) == ["a", "0"]
    assert "fewer metadata and furniture lines: 0 against 1" in reason({}, PLAIN, cluttered)


def test_dates() -> None:
    dated = [
        replace(PLAIN, id=str(n), date=date, date_kind="published")
        for n, date in enumerate(["2023-11-14", "2024-11-23T07:40:02", None, "2023-11-14T00:00:01"])
    ]
    assert order({"keep": "newest"}, *dated) == ["1", "3", "0", "2"]
    assert order({"keep": "oldest"}, *dated) == ["0", "3", "1", "2"]
    assert "published 2023-11-14 against 2024-11-23T07:40:02" in reason(
        {"keep": "oldest"}, dated[0], dated[1]
    )


def test_conflicting_dates_are_told() -> None:
    conflicting = replace(
        PLAIN,
        id="b",
        date="2023-11-14",
        date_kind="printed",
        other_dates=(Fact("published", "2024-11-23T07:40:02"),),
    )
    later = replace(PLAIN, id="c", date="2023-12-01", date_kind="published")
    assert "also states published 2024-11-23T07:40:02" in reason(
        {"keep": "oldest"}, conflicting, later
    )


def test_ids_decide_between_equal_texts() -> None:
    assert order({}, replace(PLAIN, id="b"), PLAIN) == ["a", "b"]
    assert "id is the first" in reason({}, PLAIN, replace(PLAIN, id="b"))


def test_under_means_a_folder() -> None:
    beside = replace(PLAIN, id="b", path="corpus/goodness/b")
    assert order({"keep_under": "corpus/good"}, beside, PLAIN) == ["a", "b"]


def test_under_a_folder_named_absolutely() -> None:
    inside = replace(PLAIN, id="b", path="corpus/good/b", kept=1)
    folder = str(Path.cwd() / "corpus" / "good")
    assert order({"keep_under": folder}, PLAIN, inside) == ["b", "a"]

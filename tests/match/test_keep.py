"""Keep: a total order, and a reason that names the step that decided."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dedup import DocumentInfo, Fact, Role, SetAside, Settings
from dedup.match.keep import KeepOrder, source_rank

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
            {"source_order": ("corpus/good", "web")},
            {"id": "z", "path": "corpus/good/z", "kept": 1},
            "its source, corpus/good, is in the list of sources",
        ),
        ({"keep_by": "q"}, {"id": "z", "score": -1.0, "kept": 1}, "has the field q (-1), the"),
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


def test_the_field_that_documents_are_kept_by() -> None:
    scored = [
        replace(PLAIN, id=str(n), score=score) for n, score in enumerate([0.5, 2.0, None, -1.0])
    ]
    assert order({"keep_by": "q"}, *scored) == ["1", "0", "3", "2"]
    assert order({"keep_by": "q:min"}, *scored) == ["3", "0", "1", "2"]
    assert reason({"keep_by": "q"}, scored[1], scored[0]) == "its q is the largest: 2 against 0.5"
    assert reason({"keep_by": "a.b:min"}, scored[3], scored[0]) == (
        "its a.b is the smallest: -1 against 0.5"
    )
    nothing = replace(PLAIN, id="b", score=float("nan"))
    assert order({"keep_by": "q"}, nothing, replace(PLAIN, id="c", score=-9.0)) == ["c", "b"]


def test_equal_scores_leave_it_to_the_policy() -> None:
    longer = replace(PLAIN, id="z", kept=200, score=1.0)
    assert order({"keep_by": "q"}, replace(PLAIN, score=1.0), longer) == ["z", "a"]
    assert "it is the longest" in reason({"keep_by": "q"}, longer, replace(PLAIN, score=1.0))


@pytest.mark.parametrize(
    ("path", "source", "fits"),
    [
        ("data/wiki.jsonl", "data/wiki.jsonl", True),
        ("data/wiki/a.txt", "data/wiki", True),
        ("data/wiki/a.txt", "./data/wiki/", True),
        ("data/wikipedia/a.txt", "data/wiki", False),
        ("data/wiki/a.txt", "wiki", True),
        ("data/wikipedia/a.txt", "wiki", False),
        ("data/wikipedia/a.txt", "wiki*", True),
        ("data/wiki-01.jsonl", "wiki-*", True),
        ("data/wiki-01.jsonl", "data/wiki-*.jsonl", True),
        ("data/web/2020/a.jsonl", "data/web*", True),
        ("wiki:17", "wiki:*", True),
        ("wiki:17", "wiki", False),
        ("s3://bucket/wiki/a.jsonl", "s3://bucket/wiki", True),
        ("s3://bucket/web/a.jsonl", "s3://bucket/wiki", False),
    ],
)
def test_what_a_source_stands_for(path: str, source: str, fits: bool) -> None:
    assert source_rank(path, (source,)) == (0 if fits else 1)
    assert source_rank(path, ("nowhere", source)) == (1 if fits else 2)


def test_sources_absolute_or_not_are_the_same() -> None:
    absolute = str(Path.cwd() / "data" / "wiki")
    assert source_rank("data/wiki/a", (absolute,)) == 0
    assert source_rank(f"{absolute}/a", ("data/wiki",)) == 0
    assert source_rank(f"{absolute}/a", ("data/w*",)) == 0


def test_an_earlier_source_goes_before_a_later_one() -> None:
    options = {"source_order": ("gold/*", "web")}
    web, gold = replace(PLAIN, id="w", path="web/w"), replace(PLAIN, id="x", path="gold/x", kept=1)
    other = replace(PLAIN, id="o", path="o", kept=999)
    assert order(options, web, other, gold) == ["x", "w", "o"]
    assert reason(options, gold, web) == "its source, gold/*, goes before web"


def test_folder_goes_before_source_before_field() -> None:
    options = {"keep_under": "good", "source_order": ("s",), "keep_by": "q"}
    folder = replace(PLAIN, id="1", path="good/1")
    source = replace(PLAIN, id="2", path="s/2")
    field = replace(PLAIN, id="3", path="3", score=9.0)
    assert order(options, field, source, folder) == ["1", "2", "3"]

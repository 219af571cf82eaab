"""Where duplicates come from, and which sources share texts."""

from __future__ import annotations

import pytest
from handmade import cluster, info, pair, result

from dedup.model import Fact, Role, SetAside
from dedup.report.sharing import Sharing, by_source, by_time, day_of, sharing, source_of


def document(doc_id, source=None, date=None, kind="published", **more):
    facts = (Fact("source", source),) if source else ()
    found = (SetAside(0, 4, 1, 1, Role.METADATA, "header", "……", facts),) if source else ()
    return info(doc_id, found=found, date=date, date_kind=kind if date else None, **more)


def scan(*groups):
    """Return a result with clusters of these documents, the kept one first."""
    clusters = [cluster(g[0].id, *(pair(d.id, g[0].id) for d in g[1:])) for g in groups]
    return result(clusters, documents=[d for g in groups for d in g])


def test_a_source_is_what_the_text_names():
    assert source_of(document("a/b.txt", " 某报 ")) == "某报"


@pytest.mark.parametrize(
    ("found", "source"),
    [
        (document("news/2024/a.txt"), "news/2024"),
        (document("a.txt"), "."),
        (document("r7", path="rows.jsonl", place=7), "rows.jsonl"),
        (document("0", path=None), "—"),
    ],
)
def test_else_it_is_where_the_text_lies(found, source):
    assert source_of(found) == source


@pytest.mark.parametrize(
    ("date", "kind", "day"),
    [
        ("2024-11-23T07:40:02", "published", "2024-11-23"),
        ("2024-11-23", "printed", "2024-11-23"),
        ("2024-11-23", "mtime", None),
        ("2024-11-23", "scraped", None),
        ("2024-11", "published", None),
        (None, None, None),
    ],
)
def test_a_day_is_one_on_which_a_text_appeared(date, kind, day):
    assert day_of(document("a", date=date, kind=kind)) == day


def test_sources_are_counted_by_what_is_dropped():
    found = scan(
        [document("a", "甲"), document("b", "乙"), document("c", "乙")],
        [document("d", "乙"), document("e", "甲")],
    )
    assert list(by_source(found).items()) == [("乙", 2), ("甲", 1)]


def test_days_become_months_and_years_where_they_are_many():
    few = [document(f"d{n}", date=f"2024-01-{n:02d}") for n in range(1, 20)]
    assert next(iter(by_time(scan([document("k"), *few])).counts)) == "2024-01-01"
    months = [document(f"d{n}", date=f"{2020 + n // 28}-01-{n % 28 + 1:02d}") for n in range(80)]
    assert by_time(scan([document("k"), *months])).counts == {
        "2020-01": 28, "2021-01": 28, "2022-01": 24
    }  # fmt: skip
    years = [document(f"d{n}", date=f"{1950 + n // 12}-{n % 12 + 1:02d}-01") for n in range(600)]
    assert next(iter(by_time(scan([document("k"), *years])).counts)) == "1950"


def test_what_has_no_date_is_counted():
    found = scan([document("k"), document("a"), document("b", date="2024-01-01", kind="mtime")])
    assert (dict(by_time(found).counts), by_time(found).undated) == ({}, 2)


def test_earlier_only_where_both_dates_are_known():
    found = scan(
        [document("a", "甲", "2024-01-02"), document("b", "乙", "2024-01-01")],
        [document("c", "乙", "2024-01-01T08:00"), document("d", "甲", "2024-01-01T09:00")],
        [document("e", "甲", "2024-01-02"), document("f", "乙")],
        [document("g", "甲", "2024-01-02"), document("h", "乙", "2024-03-01", kind="scraped")],
        [document("i", "甲", "2024-01-02"), document("j", "乙", "2024-01-05")],
    )
    assert sharing(found) == (Sharing("乙", "甲", 5, 1, 1),)


def test_one_source_shares_nothing_with_itself():
    assert sharing(scan([document("a", "甲"), document("b", "甲")])) == ()


def test_those_with_the_most_come_first():
    found = scan(
        [document("a", "丙"), document("b", "甲")],
        [document("c", "甲"), document("d", "乙"), document("e", "乙")],
    )
    assert [(each.a, each.b, each.documents) for each in sharing(found)] == [
        ("乙", "甲", 2), ("丙", "甲", 1)
    ]  # fmt: skip

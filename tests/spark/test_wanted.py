"""Rows that are wanted by their id: all of them pass, and few others."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", [0, 1, 40, 3_000])
def test_what_passes(spark, size):
    from dedup.engine.spark.wanted import Wanted

    rows = spark.range(20_000).selectExpr("concat('第', id, '号') as _id", "id as text")
    wanted = rows.where(f"text % 5 = 1 and text < {5 * size}").select("_id")
    assert wanted.count() == size
    passed = Wanted(lambda made: made.localCheckpoint()).ids(rows, wanted, size)
    assert passed.columns == ["_id", "text"]
    found = {row["_id"]: row["text"] for row in passed.collect()}
    assert len(found) == passed.count()
    assert found.keys() >= {row["_id"] for row in wanted.collect()}
    # one bit of sixty-four is set, at most
    assert len(found) - size <= 20_000 // 32 * (size > 0)


@pytest.mark.parametrize("size", [0, 1, 40_000, 300_000])
def test_numbers_pass_that_are_wanted_and_no_others(spark, size):
    from dedup.engine.spark.wanted import Wanted

    rows = spark.range(300_000).selectExpr("id as number", "id * 2 as twice")
    wanted = spark.range(0, size, 7).selectExpr("id as number")
    passed = Wanted(lambda made: made.localCheckpoint()).numbers(
        rows, wanted.union(wanted), 300_000
    )
    found = sorted((row["number"], row["twice"]) for row in passed.collect())
    assert found == [(n, 2 * n) for n in range(0, size, 7)]


def test_of_more_numbers_than_bits_few_others_pass(spark, monkeypatch):
    from dedup.engine.spark import wanted as made

    monkeypatch.setattr(made, "MOST_BITS", 1 << 15)
    rows = spark.range(200_000).selectExpr("id as number")
    wanted = rows.where("number % 1000 = 3")
    only = made.Wanted(lambda frame: frame.localCheckpoint())
    found = {row["number"] for row in only.numbers(rows, wanted, 200_000).collect()}
    assert found > {row["number"] for row in wanted.collect()}
    assert len(found) <= 200 * (200_000 // (1 << 15) + 1)
    assert only.numbers(rows, rows, 200_000).count() == 200_000

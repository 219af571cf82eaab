"""Rows that are wanted by their id: all of them pass, and few others."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", [0, 1, 40, 3_000])
def test_what_passes(spark, size):
    from dedup.engine.spark.wanted import wanted_only

    rows = spark.range(20_000).selectExpr("concat('第', id, '号') as _id", "id as text")
    wanted = rows.where(f"text % 5 = 1 and text < {5 * size}").select("_id")
    assert wanted.count() == size
    passed = wanted_only(rows, wanted, size)
    assert passed.columns == ["_id", "text"]
    found = {row["_id"]: row["text"] for row in passed.collect()}
    assert len(found) == passed.count()
    assert found.keys() >= {row["_id"] for row in wanted.collect()}
    # one bit of sixty-four is set, at most
    assert len(found) - size <= 20_000 // 32 * (size > 0)


def test_a_filter_that_is_full_lets_all_through(spark, monkeypatch):
    from dedup.engine.spark import wanted

    monkeypatch.setattr(wanted, "MOST_BITS", wanted.LEAST_BITS)
    rows = spark.range(400_000).selectExpr("cast(id as string) as _id", "id as text")
    assert wanted.wanted_only(rows, rows.select("_id"), 400_000).count() == 400_000

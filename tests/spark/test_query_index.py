"""An index that is asked from Spark: what it says to who asks it here."""

from __future__ import annotations

import json

import pytest
from random_documents import random_documents

import dedup
from dedup.engine.shards import Texts
from dedup.errors import UsageError
from dedup.report.records import pair_record

pytestmark = pytest.mark.slow


def test_the_same_matches_as_here(spark, tmp_path):
    from dedup.spark import query_index

    known, new = random_documents(41, 60), random_documents(41, 90)[60:]
    path = tmp_path / "corpus.index"
    with dedup.Index.create(path) as index:
        index.add([Texts(known)])
        here = [
            json.loads(json.dumps(pair_record(match.pair)))
            for found in index.query(new)
            for match in found.matches
        ]
    rows = [(each.text, {"url": each.id}) for each in new]
    df = spark.createDataFrame(rows, "body string, meta struct<url: string>").repartition(3)
    found = query_index(df, path, text="body", id="meta.url").collect()
    there = [json.loads(row["record"]) for row in found]
    key = lambda pair: (pair["a"], pair["b"])  # noqa: E731
    assert here
    assert sorted(there, key=key) == sorted(here, key=key)
    assert all(row["similarity"] == json.loads(row["record"])["similarity"] for row in found)


def test_an_index_made_on_spark(spark, tmp_path):
    from dedup.spark import build_index

    known, new = random_documents(42, 40), random_documents(42, 60)[40:]
    rows = [(each.id, each.text) for each in known]
    df = spark.createDataFrame(rows, "id string, text string").repartition(3)
    count = build_index(df, tmp_path / "there.index")
    with dedup.Index.create(tmp_path / "here.index") as here:
        here.add([Texts(known)])
        expected = here.query(new)
        assert count == len(here)
    with dedup.Index.open(tmp_path / "there.index") as there:
        found = there.query(new)
        assert not there.verify()
    pairs = [[match.pair for match in each.matches] for each in expected]
    assert any(pairs)
    assert [[match.pair for match in each.matches] for each in found] == pairs


def test_an_index_without_texts(spark, tmp_path):
    from dedup.spark import query_index

    path = tmp_path / "bare.index"
    dedup.Index.create(path, text=False).close()
    with pytest.raises(UsageError, match="does not hold the texts"):
        query_index(spark.createDataFrame([("a", "一")], "id string, text string"), path)

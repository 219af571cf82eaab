"""The texts that boilerplate is learned from: the least hashes, however many tasks look."""

from __future__ import annotations

import pytest

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyspark")

from dedup.engine.spark import learning  # noqa: E402
from dedup.sketch.batch import TextBatch  # noqa: E402
from dedup.sketch.kernel import text_hashes  # noqa: E402


def hashed(texts):
    return [row.tobytes() for row in text_hashes(TextBatch.from_texts(texts))]


def found(texts, size=7, below=None):
    column = pa.array(texts, pa.string())
    batches = [
        pa.RecordBatch.from_arrays([column[at : at + size]], ["text"])
        for at in range(0, len(texts), size)
    ]
    rows = []
    for batch in learning.least_hashes(iter(batches), below):
        rows += zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)
    return rows


def test_the_least_of_many(monkeypatch):
    monkeypatch.setattr(learning, "MOST_DOCUMENTS", 10)
    texts = [f"第{n}号" for n in range(90)]
    expected = sorted(zip(hashed(texts), texts, strict=True))[:10]
    assert found([*texts, None, *texts]) == expected
    assert found([]) == []


def test_only_those_below_a_bound():
    texts = [f"第{n}号" for n in range(90)]
    bound = sorted(hashed(texts))[30]
    assert [each for each, _ in found(texts, below=bound)] == sorted(hashed(texts))[:30]


@pytest.mark.slow
def test_a_sample_of_a_large_corpus(spark, monkeypatch):
    monkeypatch.setattr(learning, "MOST_DOCUMENTS", 30)
    from dedup.engine.spark.shipped import Shipped
    from dedup.settings import Settings

    def listed(shipped, full):
        def learn(rows):
            found = None if full and len(rows) < 30 else "\n".join(rows["text"].to_pylist())
            return pa.table({"list": pa.array([found], pa.string())})

        return learn

    taken = []
    monkeypatch.setattr(learning, "_learning", listed)
    monkeypatch.setattr(
        learning.Boilerplate,
        "parse",
        lambda text, name: taken.extend(text.split("\n")) or learning.EMPTY,
    )
    texts = [f"第{n % 150}号" for n in range(400)]
    df = spark.createDataFrame([(text,) for text in texts], "text string").repartition(3)
    learning.with_boilerplate(Settings(), df, Shipped.of(Settings()))
    assert sorted(taken, key=lambda text: hashed([text])) == [
        text for _, text in sorted(zip(hashed(texts[:150]), texts[:150], strict=True))[:30]
    ]

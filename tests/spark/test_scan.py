"""``dedup scan --engine spark`` in this process: folders in and out, and what cannot work."""

from __future__ import annotations

import json

import pytest
from random_documents import random_documents
from spark_cluster import write_documents
from spark_same import found_here, found_in, rows_in
from terminal import run

import dedup
from dedup.report.records import run_record
from dedup.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def documents(tmp_path):
    """Return documents, and the file that they are in."""
    made = [(each.id, each.text) for each in random_documents(31, 60)]
    write_documents(tmp_path / "documents.jsonl", made)
    return made, tmp_path / "documents.jsonl"


def on_spark(path, out, *options):
    return run("scan", path, "--engine", "spark", "-o", out, *options)


def test_json_lines(spark, documents, tmp_path):
    made, path = documents
    conf = dict(spark.sparkContext.getConf().getAll())
    ran = on_spark(path, tmp_path / "out", "--master", "local[2]", "--exit-code", "--keep", "first")
    assert ran.status == 1
    assert ran.out == ""
    settings = Settings(keep="first")
    here = found_here(made, settings)
    for mine, theirs in zip(here, found_in(tmp_path / "out"), strict=True):
        assert theirs == mine
    dropped = rows_in(tmp_path / "out/dropped")
    assert {row["id"] for row in dropped} == {i for i, _ in made} - set(here[4]) - set(here[5])
    assert all(row["text"] and row["duplicate_of"] for row in dropped)
    assert f"{len(dropped)} dropped" in ran.err
    (written,) = (tmp_path / "out/run").glob("part-*")
    record = json.loads(written.read_text(encoding="utf-8"))
    assert record["settings"]["keep"] == "first"
    assert record["totals"]["dropped"] == len(dropped)
    # nothing is left behind in the session
    assert dict(spark.sparkContext.getConf().getAll()) == conf
    assert spark.sparkContext.getLocalProperty("spark.job.description") is None


def test_parquet_with_other_fields(spark, documents, tmp_path):
    made, _ = documents
    rows = [({"url": i}, t, "2024-03-01") for i, t in made]
    df = spark.createDataFrame(rows, "meta struct<url: string>, body string, day string")
    df.write.parquet(str(tmp_path / "in.parquet"))
    ran = on_spark(
        *(tmp_path / "in.parquet", tmp_path / "out", "--keep", "newest"),
        *("--text-field", "body", "--id-field", "meta.url", "--date-field", "day"),
    )
    assert ran.status == 0
    kept = spark.read.parquet(str(tmp_path / "out/kept"))
    assert kept.columns == ["meta", "body", "day"]
    dropped = spark.read.parquet(str(tmp_path / "out/dropped"))
    assert kept.count() + dropped.count() == len(made)


def test_what_it_was_made_with_is_what_a_scan_here_says(spark, tmp_path):
    note = "本站所有内容均来自网络，仅供学习交流之用，不代表本站立场；如有侵权，请联系管理员删除。"
    texts = [(each.id, each.text) for each in random_documents(13, 90)]
    made = [(i, f"{t}\n{note}\n" if at % 2 else t) for at, (i, t) in enumerate(texts)]
    write_documents(tmp_path / "documents.jsonl", made)
    assert on_spark(tmp_path / "documents.jsonl", tmp_path / "out").status == 0
    here = dedup.scan([dedup.Document(i, t) for i, t in made])
    assert here.settings.boilerplate  # learned: the fingerprint is not that of the settings given
    (written,) = (tmp_path / "out/run").glob("part-*")
    record = json.loads(written.read_text(encoding="utf-8"))
    expected = json.loads(json.dumps(run_record(here.settings, here.run)))
    assert record.pop("totals")["documents"] == len(here.documents)
    assert record == expected
    assert record["fingerprint"] != Settings().fingerprint()


def test_what_cannot_work(spark, documents, tmp_path):
    _, path = documents
    ran = run("scan", path, "--engine", "spark")
    assert (ran.status, "-o DIR" in ran.err) == (2, True)
    (tmp_path / "there").mkdir()
    ran = on_spark(path, tmp_path / "there")
    assert (ran.status, "is there already" in ran.err) == (2, True)
    ran = on_spark(tmp_path / "none.jsonl", tmp_path / "out")
    assert (ran.status, "no such file" in ran.err) == (2, True)
    ran = on_spark(path, tmp_path / "out", "--borderline", "3")
    assert (ran.status, "--borderline is not for --engine spark" in ran.err) == (2, True)
    (tmp_path / "bare.jsonl").write_text('{"text": "一"}\n', encoding="utf-8")
    ran = on_spark(tmp_path / "bare.jsonl", tmp_path / "out")
    assert (ran.status, "id of its own" in ran.err) == (2, True)
    ran = on_spark(tmp_path / "there", tmp_path / "out")
    assert (ran.status, "one format" in ran.err) == (2, True)
    assert not (tmp_path / "out").exists()

"""The job of the examples, as its users submit it."""

from __future__ import annotations

from pathlib import Path

import pytest
from random_documents import random_documents
from spark_cluster import LOCAL_CLUSTER, environment, finish, started, write_documents
from spark_same import found_here

from dedup.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("java")]

JOB = Path(__file__).resolve().parent.parent.parent / "examples/spark/job.py"


def test_the_job_runs_as_it_says(tmp_path):
    from pyarrow import parquet

    documents = [(each.id, each.text) for each in random_documents(21, 60)]
    write_documents(tmp_path / "documents.jsonl", documents)
    env = environment(tmp_path / "spark")
    submit = [f"{env['SPARK_HOME']}/bin/spark-submit", "--master", LOCAL_CLUSTER, str(JOB)]
    paths = [str(tmp_path / "documents.jsonl"), str(tmp_path / "out")]
    with started([*submit, *paths, "--threshold", "0.7"], env) as program:
        said = finish(program)
    _, clusters, _, _, kept, skipped = found_here(documents, Settings(threshold=0.7))
    there = parquet.read_table(tmp_path / "out/kept").column("id").to_pylist()
    assert sorted(there) == sorted([*kept, *skipped])
    dropped = sum(len(drop) for _, _, drop in clusters.values())
    assert f"{len(documents) - len(skipped)} documents, {dropped} dropped" in said

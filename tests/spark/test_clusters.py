"""Executors that are processes: the same answers, whatever happens to them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from random_documents import random_documents
from spark_cluster import (
    LOCAL_CLUSTER,
    environment,
    executors,
    executors_lost,
    finish,
    scan_command,
    standalone,
    started,
    tasks,
    wait_for,
    write_documents,
)
from spark_same import found_here, found_in

from dedup.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("java")]

ROOT = Path(__file__).resolve().parent.parent.parent


def fixtures():
    """Return the seeds and the texts of all cases, and random documents among them."""
    paths = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests/cases").rglob("*.txt")])
    found = [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in paths]
    return found + [(each.id, each.text) for each in random_documents(11, 150)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Return the fixtures as a file, and what a scan here finds in them."""
    documents = fixtures()
    path = tmp_path_factory.mktemp("corpus") / "documents.jsonl"
    write_documents(path, documents)
    return path, found_here(documents, Settings())


def check(output, expected):
    found = found_in(output)
    assert expected[1]
    for theirs, mine in zip(found, expected, strict=True):
        assert theirs == mine
    (run,) = [each for path in (output / "run").glob("part-*") for each in [path.read_text()]]
    assert f'"fingerprint": "{Settings().fingerprint()}"' in run


def test_executors_that_are_processes_and_one_that_is_killed(corpus, tmp_path):
    path, expected = corpus
    env = environment(tmp_path)
    command = scan_command(path, LOCAL_CLUSTER, tmp_path / "out")
    with started(command, env) as program:
        # in the middle: stages lie behind, whose output the executor holds
        wait_for(lambda: len({task.stage for task in tasks(tmp_path)}) >= 6)
        os.kill(executors(program.pid)[0], signal.SIGKILL)
        finish(program)
    assert executors_lost(tmp_path) >= 1
    check(tmp_path / "out", expected)


def test_a_standalone_master_with_two_workers(corpus, tmp_path):
    path, expected = corpus
    env = environment(tmp_path / "driver")
    with (
        standalone(tmp_path / "master") as url,
        started(scan_command(path, url, tmp_path / "out"), env) as program,
    ):
        finish(program)
    check(tmp_path / "out", expected)

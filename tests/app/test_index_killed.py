"""Killed at any moment of a build, an add or a merge, an index opens, is sound, and is finished."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from random_documents import random_documents

from dedup import Index

PROGRAM = """
import os, signal, sys
from dedup import Index
from dedup.index import segment_merge, writer
from dedup.source import blocks, parquet
writer.SEGMENT_DOCUMENTS, segment_merge.TOGETHER = 15, 2
blocks.MOST_LINES = parquet.ROWS = 16
calls, what, path, *rest = sys.argv[1:]
left = int(calls)
def count(frame, event, what):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
print("begun", flush=True)
if left:
    sys.setprofile(count)
if what == "build":
    with Index.create(path) as index:
        index.add(rest)
else:
    with Index.open(path, write=True) as index:
        index.add(rest) if what == "add" else index.merge(rest)
print("done", flush=True)
"""


def files(folder, seed):
    folder.mkdir()
    for at in range(4):
        lines = [
            json.dumps({"id": f"{seed}-{at}-{each.id}", "text": each.text})
            for each in random_documents(10 * seed + at, 60)
        ]
        (folder / f"{at}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def answers(path, asked):
    with Index.open(path) as index:
        found = index.query(asked)
    return {(e.id, m.id, m.relation.value, m.pair.evidence) for e in found for m in e.matches}


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    top = tmp_path_factory.mktemp("corpora")
    first, second = files(top / "first", 1), files(top / "second", 2)
    asked = [("asked " + each.id, each.text) for each in random_documents(10, 40)]
    asked += [("more " + each.id, each.text) for each in random_documents(20, 40)]
    with Index.create(top / "second.index") as index:
        index.add(second)
    with Index.create(top / "first.index") as index:
        index.add(first)
    with Index.create(top / "both.index") as index:
        index.add([first, second])
    records = [
        json.loads(line)
        for each in sorted((top / "second").iterdir())
        for line in each.read_text("utf-8").splitlines()
    ]
    (top / "large.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(records), top / "large.parquet")
    for name in ("jsonl", "parquet"):
        with Index.create(top / f"{name}.index") as index:
            index.add(top / f"large.{name}")
    right = {"build": answers(top / "first.index", asked)}
    right["large"] = answers(top / "jsonl.index", asked)
    right["add"] = right["merge"] = answers(top / "both.index", asked)
    assert right["build"] < right["add"]
    return top, asked, right


def run(what, path, top, kill_after):
    """Run it in a process that is killed after some seconds; tell whether it had begun."""
    rest = {"build": "first", "add": "second", "merge": "second.index"}[what]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "0", what, str(path), str(top / rest)],
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"begun\n"
    time.sleep(kill_after)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def check(tmp_path, corpora, seed):
    top, asked, right = corpora
    draw = random.Random(seed)
    what = ("build", "add", "merge")[seed % 3]
    path = tmp_path / "killed.index"
    if what != "build":
        with Index.create(path) as index:
            index.add(top / "first")
    run(what, path, top, draw.uniform(0, 1.2))
    for left in tmp_path.glob("*.partial"):
        left.unlink()
    if path.exists():
        with Index.open(path) as index:
            assert [e for e in index.verify() if "read to the end" not in str(e.what)] == []
    else:
        Index.create(path).close()
    with Index.open(path, write=True, wait=0) as index:
        if what == "merge":
            index.merge([top / "second.index"])
        else:
            index.add([top / "first", *([top / "second"] if what == "add" else [])])
        assert index.verify() == []
    assert answers(path, asked) == right[what]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("seed", range(5))
def test_killed(tmp_path, corpora, seed):
    check(tmp_path, corpora, seed)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("seed", range(5, 105))
def test_killed_often(tmp_path, corpora, seed):
    check(tmp_path, corpora, seed)


#: Calls of functions in the main thread while a large file is added, about.
CALLS = 440_000


def check_large(tmp_path, corpora, seed):
    """Kill an addition of one large file at a random call, and go on with it, three times."""
    top, asked, right = corpora
    draw = random.Random(seed)
    file = top / f"large.{('jsonl', 'parquet')[seed % 2]}"
    path = tmp_path / "killed.index"
    Index.create(path).close()
    there = 0
    for _ in range(3):
        calls = str(draw.randint(1, CALLS))
        command = [sys.executable, "-c", PROGRAM, calls, "add", str(path), str(file)]
        ran = subprocess.run(command, capture_output=True, check=False)
        assert ran.returncode in {0, -signal.SIGKILL}, ran.stderr
        with Index.open(path) as index:
            assert [e for e in index.verify() if "read to the end" not in str(e.what)] == []
            assert len(index) >= there  # what was there stays
            there = len(index)
    with Index.open(path, write=True, wait=0) as index:
        added = index.add(file)
        assert added.documents == len(index) - there
        assert index.verify() == []
        assert index.knows(str(file))
    assert answers(path, asked) == right["large"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("seed", range(5))
def test_killed_in_a_large_file(tmp_path, corpora, seed):
    check_large(tmp_path, corpora, seed)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("seed", range(5, 105))
def test_killed_in_a_large_file_often(tmp_path, corpora, seed):
    check_large(tmp_path, corpora, seed)

"""A scan that is killed while it writes, and then resumed, ends as one that was not."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from random_documents import random_documents

#: Runs the command, and kills it just before the n-th time that it opens a file to write it,
#: renames, removes or makes one below a folder; without a number, tells how often that was.
KILLER = """
import atexit, os, signal, sys
folder, last = sys.argv[1], int(sys.argv[2])
count = 0
def watch(event, args):
    global count
    if event == "open":
        path, mode, flags = args
        if not isinstance(path, str) or not flags & (os.O_WRONLY | os.O_RDWR):
            return
    elif event in ("os.rename", "os.remove", "os.mkdir"):
        path = args[0]
    else:
        return
    if os.path.abspath(os.fspath(path)).startswith(folder):
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
sys.argv[:] = ["dedup", *sys.argv[3:]]
from dedup.__main__ import main
atexit.register(lambda: print(count, file=sys.stderr))
main()
"""
SHARDS = 4
ENDS = ["--work-dir", "work", "--write-kept", "kept", "--write-dropped", "dropped", "-o", "r.jsonl"]

Tree = dict[str, bytes]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    documents = random_documents(3, 200)
    for shard in range(SHARDS):
        lines = [
            json.dumps({"id": each.id, "text": each.text}, ensure_ascii=False)
            for each in documents[shard::SHARDS]
        ]
        (folder / f"{shard}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def scan(records: Path, at: Path, *more: str, kill: int = 0) -> subprocess.CompletedProcess[str]:
    """Scan in the folder ``at``, which is all that may be written to."""
    files = [str(path) for path in sorted(records.glob("*.jsonl"))]
    call = [sys.executable, "-c", KILLER, str(at), str(kill), "scan", *files, *ENDS, *more]
    return subprocess.run(
        call, cwd=at, capture_output=True, text=True, check=False, env={**os.environ}
    )


def tree(folder: Path, *, but: str = "work") -> Tree:
    """Return all files below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != but
    }


@pytest.fixture(scope="module")
def whole(records: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Tree, int]:
    """Return what a scan leaves that nobody disturbs, and in how many steps."""
    at = tmp_path_factory.mktemp("whole")
    done = scan(records, at)
    assert done.returncode == 0, done.stderr
    return tree(at), int(done.stderr.splitlines()[-1])


def steps(count: int, most: int) -> Iterator[int]:
    yield from sorted(random.Random(1).sample(range(1, count + 1), min(count, most)))


@pytest.mark.slow
def test_killed_at_any_step_and_resumed(
    records: Path, whole: tuple[Tree, int], tmp_path: Path
) -> None:
    expected, count = whole
    before = tree(records, but="")
    assert count > 20
    for step in steps(count, 14):
        at = tmp_path / str(step)
        at.mkdir()
        assert scan(records, at, kill=step).returncode == -9, step
        for name, raw in tree(at).items():
            if name in expected:
                assert raw == expected[name], f"half a file after step {step}: {name}"
        done = scan(records, at, "--resume")
        assert done.returncode == 0, (step, done.stderr)
        assert tree(at) == expected, step
    assert tree(records, but="") == before


@pytest.mark.slow
def test_killed_again_and_again(records: Path, whole: tuple[Tree, int], tmp_path: Path) -> None:
    expected, _ = whole
    for kill in (3, 5, 8, 13, 6, 17, 2):
        done = scan(records, tmp_path, "--resume", kill=kill)
        assert done.returncode in (0, -9), done.stderr
    done = scan(records, tmp_path, "--resume")
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path) == expected


def test_what_is_expected_is_whole(records: Path, whole: tuple[Tree, int]) -> None:
    expected, _ = whole
    assert set(expected) == {
        "r.jsonl",
        *(f"{folder}/{n}.jsonl" for folder in ("kept", "dropped") for n in range(SHARDS)),
    }
    for number in range(SHARDS):
        read = (records / f"{number}.jsonl").read_bytes().splitlines()
        kept = expected[f"kept/{number}.jsonl"].splitlines()
        dropped = expected[f"dropped/{number}.jsonl"].splitlines()
        assert len(kept) + len(dropped) == len(read)
        assert set(kept) <= set(read)
        ids = {json.loads(line)["id"] for line in kept + dropped}
        assert ids == {json.loads(line)["id"] for line in read}

"""A disk that is full from the nth write on, for every n of a small run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from corpora import json_lines, records

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="preloading as Linux does it")
SOURCE = Path(__file__).parent.parent / "faults" / "full_disk.c"
FOLDERS = ("kept", "dropped", "rejected")
#: So many runs must meet the full disk; more are a run that never ends.
LEAST, MOST = 10, 300


@pytest.fixture(scope="module")
def preload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler")
    library = tmp_path_factory.mktemp("preload") / "full_disk.so"
    call = [compiler, "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(call, check=True, capture_output=True)
    return library


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "in" / "texts").mkdir(parents=True)
    found = records(24)
    (folder / "in" / "a.jsonl").write_bytes(json_lines(found[:16]) + b"no json\n")
    (folder / "in" / "b.jsonl").write_bytes(json_lines(found[8:]))
    for each in found[:6]:
        (folder / "in" / "texts" / f"{each['id']}.txt").write_text(each["text"], "utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run(inputs: Path, out: Path, preload: Path, nth: int) -> subprocess.CompletedProcess[str]:
    (out / "tmp").mkdir(parents=True)
    options = [f"--write-{name}={out / name}" for name in FOLDERS]
    options += [f"--work-dir={out / 'work'}", f"-o{out / 'result.jsonl'}", "--ignore-errors"]
    full = {"LD_PRELOAD": str(preload), "FULL_DISK_AT": str(nth)} if nth else {}
    return subprocess.run(
        [sys.executable, "-m", "dedup", "scan", "in", *options, "--with-text"],
        cwd=inputs,
        env={**os.environ, "TMPDIR": str(out / "tmp"), "PYTHONDONTWRITEBYTECODE": "1", **full},
        capture_output=True,
        text=True,
        check=False,
    )


def check(inputs: Path, preload: Path, nth: int, whole: dict[str, bytes]) -> bool:
    """Run with a disk that is full from the nth write on; return whether that was met."""
    before = tree(inputs / "in")
    out = inputs / f"full{nth}"
    done = run(inputs, out, preload, nth)
    left = tree(out)
    assert tree(inputs / "in") == before
    assert "Traceback" not in done.stderr, done.stderr
    for name, raw in left.items():
        if name.split("/")[0] in FOLDERS and Path(name).name != ".dedup-unfinished":
            assert raw == whole[name], (nth, name)
    assert left.get("result.jsonl", whole["result.jsonl"]) == whole["result.jsonl"]
    assert not [name for name in left if name.endswith(".partial")]
    assert not list((out / "tmp").iterdir())
    shutil.rmtree(out)
    if done.returncode == 0:
        assert tree_names(left) == tree_names(whole)
        return False
    assert done.returncode == 2, (nth, done.stderr)
    said = ("No space left on device", "No usable temporary directory")
    assert any(each in done.stderr for each in said), (nth, done.stderr)
    return True


def tree_names(found: dict[str, bytes]) -> list[str]:
    return [name for name in found if not name.startswith("work/")]


@pytest.fixture(scope="module")
def whole(inputs: Path, preload: Path) -> dict[str, bytes]:
    done = run(inputs, inputs / "whole", preload, 0)
    assert done.returncode == 0, done.stderr
    found = tree(inputs / "whole")
    assert {name.split("/")[0] for name in found} == {*FOLDERS, "work", "result.jsonl"}
    return found


@pytest.mark.parametrize("nth", [1, 4, 9])
def test_the_disk_is_full(nth: int, inputs: Path, preload: Path, whole: dict[str, bytes]) -> None:
    assert check(inputs, preload, nth, whole)


@pytest.mark.slow
def test_the_disk_is_full_at_every_write(
    inputs: Path, preload: Path, whole: dict[str, bytes]
) -> None:
    met = 0
    for nth in range(1, MOST):
        if not check(inputs, preload, nth, whole):
            break
        met += 1
    assert LEAST <= met < MOST - 1

"""Runs that are killed, interrupted, or out of room at any moment, in processes of their own."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from corpora import corpus, json_lines, records

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
FOLDERS = ("kept", "dropped", "rejected")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which a scan writes everything, and took ``took`` seconds."""
    folder = tmp_path_factory.mktemp("inputs")
    corpus(folder / "in", 120)
    found = records(450)
    for at in range(8):
        part = [{**each, "id": f"s{each['id']}"} for each in found[at::8]]
        (folder / "in" / f"s{at}.jsonl").write_bytes(json_lines(part))
    (folder / "in" / "texts").mkdir()
    for each in found[:40]:
        (folder / "in" / "texts" / f"{each['id']}.txt").write_text(each["text"], "utf-8")
    return folder


def command(out: Path, *, resume: bool) -> list[str]:
    options = [f"--write-{name}={out / name}" for name in FOLDERS]
    options += [f"--work-dir={out / 'work'}", f"-o{out / 'result.jsonl'}", "--ignore-errors"]
    return [sys.executable, "-m", "dedup", "scan", "in", *options, *["--resume"] * resume]


def run(folder: Path, out: Path, *, resume: bool = False) -> subprocess.Popen[bytes]:
    (out / "tmp").mkdir(exist_ok=True, parents=True)
    return subprocess.Popen(
        command(out, resume=resume),
        cwd=folder,
        env={**os.environ, "TMPDIR": str(out / "tmp")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def tree(out: Path) -> dict[str, bytes]:
    paths = [path for name in FOLDERS for path in (out / name).rglob("*") if path.is_file()]
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(paths)}
    return {**found, "result.jsonl": (out / "result.jsonl").read_bytes()}


@pytest.fixture(scope="module")
def whole(inputs: Path) -> tuple[dict[str, bytes], float]:
    """Return what a run that nobody disturbs leaves behind, and how long it takes."""
    begun = time.monotonic()
    process = run(inputs, inputs / "whole")
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()
    return tree(inputs / "whole"), time.monotonic() - begun


def killed_and_resumed(inputs: Path, whole: tuple[dict[str, bytes], float], seed: int) -> None:
    expected, took = whole
    rng = random.Random(seed)
    out = inputs / f"killed{seed}"
    before = {path: path.read_bytes() for path in (inputs / "in").rglob("*") if path.is_file()}
    kills = 0
    for _ in range(4):
        process = run(inputs, out, resume=True)
        try:
            process.communicate(timeout=rng.uniform(0.2, 1.0) * took)
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += 1
    else:
        process = run(inputs, out, resume=True)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    assert process.returncode == 0
    assert tree(out) == expected
    assert before == {path: path.read_bytes() for path in before}
    assert not list((out / "work").glob("*.partial"))


@POSIX
@pytest.mark.parametrize("seed", range(3))
def test_killed_and_resumed(inputs: Path, whole: tuple[dict[str, bytes], float], seed: int) -> None:
    killed_and_resumed(inputs, whole, seed)


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 125))
def test_killed_and_resumed_often(
    inputs: Path, whole: tuple[dict[str, bytes], float], seed: int
) -> None:
    killed_and_resumed(inputs, whole, seed)


@POSIX
@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.9])
def test_interrupted(inputs: Path, whole: tuple[dict[str, bytes], float], share: float) -> None:
    out = inputs / f"interrupted{share}"
    begun = time.monotonic()
    process = run(inputs, out)
    while (
        process.poll() is None and not (out / "work").exists()
    ):  # before that Python itself is still starting
        time.sleep(0.005)
    time.sleep(share * max(whole[1] - (time.monotonic() - begun), 0))
    if (out / "result.jsonl").exists():  # it was faster this time, and may be ending by itself
        process.communicate(timeout=60)
        return
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    if process.returncode == 0:
        return  # it was faster this time
    assert process.returncode == 130, errors.decode()
    assert b"Traceback" not in errors
    assert list((out / "tmp").iterdir()) == []
    assert not list(out.glob("*.tmp"))
    for path in out.rglob("*"):
        if "work" not in path.parts and path.is_file() and not path.name.startswith(".dedup"):
            assert path.read_bytes() == whole[0][path.relative_to(out).as_posix()]


@POSIX
def test_standard_input_is_forgotten(tmp_path: Path) -> None:
    lines = json_lines(records(300))
    process = subprocess.Popen(
        [sys.executable, "-m", "dedup", "scan", "-"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(lines)
    process.stdin.flush()
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors.decode()
    assert list(tmp_path.iterdir()) == []


@POSIX
@pytest.mark.parametrize("room", [10_000, 60_000])
def test_files_that_may_not_grow(inputs: Path, room: int) -> None:
    """A bound on the size of files stands for a full disk: every write can meet it."""
    out = inputs / f"room{room}"
    process: Any = subprocess.run(
        command(out, resume=False),
        cwd=inputs,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        check=False,
    )
    errors = process.stderr.decode()
    assert process.returncode == 2, errors
    assert "cannot write" in errors
    assert "Traceback" not in errors
    assert not list(out.rglob("*.partial"))


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to mount")
def test_a_full_disk(inputs: Path, whole: tuple[dict[str, bytes], float], tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a file system is not allowed here")
    try:
        process = subprocess.run(
            [
                *[sys.executable, "-m", "dedup", "scan", "in", "--ignore-errors"],
                *[f"--write-{name}={tmp_path / name}" for name in FOLDERS],
            ],
            cwd=inputs,
            capture_output=True,
            check=False,
        )
        errors = process.stderr.decode()
        assert process.returncode == 2, errors
        assert "No space left" in errors
        assert "inputs are written whole" in errors
        found = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert any(path.suffix == ".jsonl" for path in found)
        for path in found:
            name = path.relative_to(tmp_path).as_posix()
            assert path.name == ".dedup-unfinished" or path.read_bytes() == whole[0][name]
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)

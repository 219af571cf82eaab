"""Nothing here ever reaches for a network: every socket call is refused, and nothing fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REFUSE = """
import sys

def refuse(event, arguments):
    if event.startswith("socket.") or event in ("urllib.Request", "http.client.connect"):
        raise RuntimeError(f"network: {event}")

sys.addaudithook(refuse)
"""
PROGRAM = """
from dedup.cli.main import main
main(sys.argv[1:])
"""
LIBRARY = """
import pathlib
import dedup
paths = sorted(pathlib.Path("seeds").glob("*.txt"))
assert len(dedup.scan("seeds", jobs=2).clusters) == 1
assert dedup.compare(*paths).relation == "same-body"
assert dedup.to_datasketch("中文" * 30).jaccard(dedup.to_datasketch("中文" * 30)) == 1
"""


def run(code: str, root: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", REFUSE + code, *arguments],
        cwd=root,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("kernel", ["", "reference"])
@pytest.mark.parametrize(
    "command",
    [
        "scan seeds --jobs 2",
        "explain seeds/000_bfcd20cd4fff3ced.txt seeds/001_cb5d74f41f6b3177.txt",
        "config",
    ],
)
def test_commands(command: str, kernel: str, root: Path) -> None:
    done = run(PROGRAM, root, *command.split(), DEDUP_KERNEL=kernel)
    assert done.returncode == 0, done.stderr
    assert "network" not in done.stdout + done.stderr


def test_the_library(root: Path) -> None:
    done = run(LIBRARY, root)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_refusal_refuses(root: Path) -> None:
    done = run("import socket; socket.socket()", root)
    assert "network: socket.__new__" in done.stderr

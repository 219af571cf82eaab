"""The hooks, run by the real pre-commit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from gitrepo import Repo

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples" / "pre-commit"
BESIDE = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the walk-through is for sh")


def needs_pre_commit() -> None:
    if os.environ.get("CI") != "true" and shutil.which("pre-commit", path=BESIDE) is None:
        pytest.skip("pre-commit is not installed")


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("validate-manifest", ROOT / ".pre-commit-hooks.yaml"),
        ("validate-config", ROOT / ".pre-commit-config.yaml"),
        ("validate-config", EXAMPLES / "offline.yaml"),
        ("validate-config", EXAMPLES / "from-the-index.yaml"),
    ],
)
def test_the_files_are_valid(command, file):
    needs_pre_commit()
    env = {**os.environ, "PATH": BESIDE}
    ran = subprocess.run(["pre-commit", command, file], env=env, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


def test_the_hooks_call_what_there_is():
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert [line.split(": ")[1] for line in hooks.splitlines() if "entry:" in line] == [
        "dedup check",
        "dedup check .",
    ]


@pytest.mark.slow
def test_the_walk_through(tmp_path):
    needs_pre_commit()
    env = {**os.environ, "PATH": BESIDE, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    ran = subprocess.run(
        ["sh", EXAMPLES / "walkthrough.sh"],
        env=env, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr.count("Error")) == (0, 0), ran.stderr
    steps = [step.split("\n", 1) for step in ran.stdout.split("\n== ")[1:]]
    ends = [step[1].strip().splitlines()[-1] for step in steps]
    assert ends == ["committed", "blocked", "committed", "blocked"]
    assert "reprint.txt: 1 duplicate\n  fails  article.txt\n      same-body: " in steps[1][1]
    assert "dedup explain reprint.txt article.txt" in steps[1][1]
    assert "third.txt: 2 duplicates\n" in steps[3][1]


@pytest.mark.slow
def test_from_the_package_index(tmp_path, outer_environment, seeds):
    """pre-commit as anybody installs it makes an environment for this checkout, and uses it."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    env = {
        **{name: value for name, value in outer_environment.items() if name != "PYTHONPATH"},
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
        "DEDUP_CACHE_DIR": str(tmp_path / "cache"),
        "LC_ALL": "C.UTF-8",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }

    def call(*arguments):
        return subprocess.run(
            arguments, cwd=repo.folder, env=env, capture_output=True, check=False, timeout=900
        )

    repo = Repo(tmp_path / "repo")
    assert call(python, "-m", "pip", "install", "--quiet", "pre-commit").returncode == 0
    revision = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    repo.write(
        ".pre-commit-config.yaml",
        f"repos:\n- repo: {ROOT}\n  rev: {revision}\n  hooks:\n  - id: dedup\n",
    )
    assert call(python, "-m", "pre_commit", "install").returncode == 0
    first, second = sorted(seeds.glob("*.txt"))
    repo.stage("article.txt", first.read_bytes())
    ran = call("git", "commit", "-m", "article")
    assert ran.returncode == 0, ran.stderr.decode()

    repo.stage("in-other-clothes.txt", second.read_bytes())
    ran = call("git", "commit", "-m", "again")
    assert ran.returncode == 1
    assert b"in-other-clothes.txt: 1 duplicate\n  fails  article.txt\n" in ran.stderr

    (program,) = (tmp_path / "home").glob("*/py_env-*/bin/dedup")
    accepted = call(program, "check", "in-other-clothes.txt", "--update-baseline")
    assert accepted.returncode == 0
    repo.git("add", ".dedup-baseline")
    assert call("git", "commit", "-m", "accepted").returncode == 0

    repo.stage("third.txt", second.read_bytes() + "。".encode())
    ran = call("git", "commit", "-m", "third")
    assert ran.returncode == 1
    assert b"third.txt: 2 duplicates\n" in ran.stderr

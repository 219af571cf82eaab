"""Every example runs as its first lines say, and prints what it printed when it was reviewed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
GOLDEN = Path(__file__).parent / "golden" / "examples"
PROGRAMS = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in {".py", ".sh"})


#: What an example needs beyond the package; in CI it has to be there.
NEEDS = {"polars_frame.py": "polars", "huggingface_dataset.py": "datasets"}


@pytest.fixture(autouse=True)
def needs(request: pytest.FixtureRequest) -> None:
    """Skip an example whose library is not installed."""
    name = getattr(request.node, "callspec", None) and request.node.callspec.params.get("name")
    library = NEEDS.get(str(name))
    if library and os.environ.get("CI") != "true":
        pytest.importorskip(library, reason=f"{library} is not installed")


def run(name: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run an example, with a warning of whatever library as an error."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, "-W", "error"] if name.endswith(".py") else ["sh"]
    return subprocess.run(
        [*command, EXAMPLES / name],
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_example_prints_what_was_reviewed(name):
    ran = run(name)
    assert (ran.returncode, ran.stderr) == (0, "")
    golden = (GOLDEN / Path(name).with_suffix(".txt")).read_text("utf-8")
    assert ran.stdout == golden


@pytest.mark.parametrize("name", [name for name in PROGRAMS if name.endswith(".py")])
def test_an_example_runs_from_anywhere(name, tmp_path):
    assert run(name, tmp_path).returncode == 0


def test_every_example_is_explained():
    table = (EXAMPLES / "README.md").read_text("utf-8")
    assert sorted(re.findall(r"\| `(?:python|sh) examples/([\w.]+)` \|", table)) == PROGRAMS
    for name in PROGRAMS:
        assert f" examples/{name}" in (EXAMPLES / name).read_text("utf-8"), "how is it run?"


def test_no_golden_file_is_left_over():
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(
        Path(name).stem for name in PROGRAMS
    )

"""Where no compiler is found, the installation succeeds, and the reference does the work."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from checkout import copy_to
from terminal import run

from dedup.version import VERSION

#: What of the test suite runs there: the kernel, the scan, and the command line.
PART = ("tests/sketch", "tests/engine", "tests/app", "tests/cli/test_scan.py",
        "tests/cli/test_main.py", "tests/cli/test_slow.py")  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="CC hides no compiler there"),
]


def environment(outer: dict[str, str], **more: str) -> dict[str, str]:
    """Return the outer environment, with pip's configuration and without any compiler."""
    kept = {name: value for name, value in outer.items() if not name.startswith("DEDUP_")}
    kept.pop("CI", None)
    return kept | {"CC": os.path.join(os.sep, "nonexistent", "cc")} | more  # noqa: PTH118


def install(checkout: Path, folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Install a checkout to a virtual environment that takes its libraries from this one."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    where = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    libraries = Path(subprocess.run(where, capture_output=True, text=True, check=True).stdout[:-1])
    # A line of a .pth file adds a folder, but no .pth file in it is read: what is installed here
    # as editable is not seen there.
    (libraries / "outer.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
    return subprocess.run(
        [*pip, "install", "-q", "--no-deps", "--ignore-installed", checkout],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    return copy_to(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="module")
def installed(checkout, tmp_path_factory, outer_environment) -> Path:
    """The folder of the programs of an installation without a compiler."""
    folder = tmp_path_factory.mktemp("installed")
    done = install(checkout, folder, environment(outer_environment))
    assert done.returncode == 0, done.stderr
    assert not list(folder.rglob("_kernel*.so"))
    return folder / "bin"


def test_it_says_that_the_reference_is_in_use(installed, tmp_path):
    done = subprocess.run(
        [installed / "dedup", "--version"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"dedup {VERSION}, reference kernel\n"


def test_it_scans_with_the_same_result(installed, seeds, tmp_path):
    command = [installed / "dedup", "scan", seeds, "--output-format", "jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout == run("scan", seeds, "--output-format", "jsonl").stdout
    assert b"2 documents read, 1 cluster, 1 dropped" in done.stderr


def test_the_tests_pass_there(installed, checkout, outer_environment):
    done = subprocess.run(
        [installed / "python", "-I", "-m", "pytest", "-p", "no:cacheprovider", *PART],
        cwd=checkout, env=environment(outer_environment),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
    assert "kernel: reference" in done.stdout


def test_a_kernel_that_is_required_is_not_left_out(checkout, tmp_path, outer_environment):
    required = environment(outer_environment, DEDUP_REQUIRE_KERNEL="1")
    done = install(checkout, tmp_path / "installed", required)
    assert done.returncode != 0
    assert "nonexistent" in done.stdout + done.stderr

"""The rules for slow and skipped tests hold: a rule nobody checks is none."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")

MODULE = """
import pytest

@pytest.mark.slow
def test_slow():
    pass

def test_quick():
    pass
"""
SKIPPED = """
import pytest

def test_skipped():
    pytest.skip("no reason to run")
"""
SKIPPED_MODULE = """
import pytest

pytest.importorskip("a_module_that_is_not_there")

def test_nothing():
    pass
"""
EXPECTED_FAILURE = """
import pytest

@pytest.mark.xfail(reason="known")
def test_known():
    assert False
"""


def outcome(folder: Path, module: str, *options: str, ci: bool) -> tuple[int, str]:
    """Run pytest on one module in a process of its own; return status and closing line."""
    (folder / "conftest.py").write_bytes(CONFTEST.read_bytes())
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = slow: takes long\n")
    (folder / "test_it.py").write_text(module)
    environment = {**os.environ, "CI": "true" if ci else ""}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("options", "ci", "closing"),
    [
        ((), False, "1 passed, 1 deselected"),
        ((), True, "2 passed"),
        (("--slow",), False, "2 passed"),
        (("-m", "slow"), False, "1 passed, 1 deselected"),
    ],
)
def test_slow_tests_run_where_they_are_asked_for(tmp_path, options, ci, closing):
    status, last = outcome(tmp_path, MODULE, *options, ci=ci)
    assert status == 0
    assert last.startswith(closing)


@pytest.mark.parametrize("module", [SKIPPED, SKIPPED_MODULE])
def test_a_skip_fails_in_ci_only(tmp_path, module):
    status, last = outcome(tmp_path, module, ci=False)
    assert status in {0, 5}
    assert "1 skipped" in last

    status, last = outcome(tmp_path, module, ci=True)
    assert status in {1, 2}
    assert "skipped" not in last
    assert "1 failed" in last or "1 error" in last


def test_an_expected_failure_is_no_skip(tmp_path):
    status, last = outcome(tmp_path, EXPECTED_FAILURE, ci=True)
    assert status == 0
    assert "1 xfailed" in last


def test_no_test_sees_the_user(outer_environment):
    for variable in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        assert os.environ[variable].startswith(tempfile.gettempdir())
        assert os.environ[variable] != outer_environment.get(variable)
    assert not [variable for variable in os.environ if variable.startswith("DEDUP_")]

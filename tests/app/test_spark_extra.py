"""Without the extra, Spark is refused in words."""

from __future__ import annotations

import subprocess
import sys

import pytest
from terminal import run

from dedup.app import spark_extra
from dedup.errors import UsageError


@pytest.mark.parametrize("missing", ["pyspark", "pyarrow"])
def test_the_extra_is_named(monkeypatch, missing):
    monkeypatch.setattr(spark_extra, "installed", lambda name: name != missing)
    with pytest.raises(UsageError, match=r"zh-dedup\[spark\]") as raised:
        spark_extra.require_spark()
    assert "pip install" in str(raised.value.hint)


def test_on_the_command_line(monkeypatch, seeds, tmp_path):
    monkeypatch.setattr(spark_extra, "installed", lambda name: False)
    ran = run("scan", seeds, "--engine", "spark", "-o", tmp_path / "out")
    assert (ran.status, ran.out) == (2, "")
    assert "zh-dedup[spark]" in ran.err


def test_nothing_of_spark_is_imported_otherwise(seeds):
    program = (
        "import sys, dedup\n"
        "from dedup.cli.main import main\n"
        "try:\n    main(['scan', sys.argv[1], '-q'])\nexcept SystemExit:\n    pass\n"
        "print([n for n in sys.modules if 'spark' in n and n != 'dedup.cli.on_spark'])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, seeds], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"

"""What a plain scan imports: everything here is paid by every run, at a quarter of a millisecond.

Times vary between machines and runs; which modules are loaded does not.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dedup.sketch.kernel import native_in_use

SEEDS = Path(__file__).parents[2] / "seeds"

#: Other libraries whose modules a plain scan may import, beside Python's own.
LIBRARIES = {
    "click",
    "numpy",
    "pathspec",
    "platformdirs",
    "rich",
    "typing_extensions",
}
#: Of Python's own, those that cost milliseconds and that a plain scan has no use for.
NEEDLESS = {
    "asyncio",
    "concurrent.futures",
    "csv",
    "logging",
    "multiprocessing",
    "sqlite3",
    "unittest",
    "zipfile",
}
#: Of ours, what belongs to other commands, other inputs, and other wishes.
OTHERS = {
    "dedup.app.write",
    "dedup.app.write_checks",
    "dedup.cli.completion",
    "dedup.cli.config",
    "dedup.cli.explain",
    "dedup.cli.report",
    "dedup.engine.runs",
    "dedup.report.histogram",
    "dedup.report.records",
    "dedup.source.delimited",
    "dedup.source.jsonlines",
    "dedup.source.mirror",
    "dedup.source.parquet",
    "dedup.source.records",
    "dedup.text.char_frequency",
    "dedup.text.markup.html",
    "dedup.text.markup.markdown",
    "dedup.text.markup.roff",
    "dedup.text.segment",
}
#: What the reference kernel needs of all these: jieba, and with it some of Python's own.
REFERENCE = {"dedup.text.segment", "concurrent.futures", "logging", "multiprocessing"}
#: Modules of ours that a plain scan of the seeds imports: raise it for what such a scan needs.
MOST = 217


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    code = (
        "import sys\n"
        "from dedup.cli.main import main\n"
        "try:\n"
        f"    main(['scan', {str(SEEDS)!r}])\n"
        "finally:\n"
        "    print(*('module ' + name for name in sys.modules), sep='\\n', file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DEDUP_LANG": "en"},
        cwd=tmp_path_factory.mktemp("scanned"),
    )
    assert "same-body" in ran.stdout
    lines = ran.stderr.splitlines()
    return {line.removeprefix("module ") for line in lines if line.startswith("module ")}


def test_libraries(loaded):
    ours = {"__main__", "dedup"}
    # what an installation in place brings along is named with an underscore
    found = {name.split(".")[0] for name in loaded if not name.startswith("_")}
    found -= set(sys.stdlib_module_names) | ours
    assert found <= LIBRARIES | (set() if native_in_use() else {"jieba"})
    assert "numpy" in found


def test_what_it_has_no_use_for(loaded):
    unwanted = NEEDLESS | OTHERS if native_in_use() else (NEEDLESS | OTHERS) - REFERENCE
    assert not loaded & unwanted


def test_the_sets_name_modules_that_there_are():
    from importlib.util import find_spec

    assert all(find_spec(name) for name in NEEDLESS | OTHERS)


def test_how_many_modules_of_ours(loaded):
    ours = [name for name in loaded if name.split(".")[0] == "dedup"]
    assert 100 < len(ours) <= MOST


def test_no_threads_for_linear_algebra(monkeypatch):
    import dedup.cli.main

    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.setattr(sys, "argv", ["dedup", "--version"])
    with pytest.raises(SystemExit):
        dedup.cli.main.main()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"

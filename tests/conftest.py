"""What every test stands on: an environment of its own, and the rules for slow and skipped."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"

# Where programs look for the user's own files: none of it may be read or written by a test.
# One folder for the whole session, because building jieba's cache costs most of a second.
_HOMES = {
    "HOME": "home",
    "USERPROFILE": "home",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "share",
    "LOCALAPPDATA": "local",
    "APPDATA": "roaming",
}
# What would change an output: language, colour, width, and settings of this program.
_REMOVED = (
    "LANGUAGE",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "LINES",
    "PYTHONWARNINGS",
)
_OUTSIDE = pytest.StashKey[dict[str, str]]()
_FOLDER = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run slow tests too (as with CI=true)")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_OUTSIDE] = dict(os.environ)
    folder = Path(tempfile.mkdtemp(prefix="dedup-tests-"))
    config.stash[_FOLDER] = folder
    for variable, name in _HOMES.items():
        (folder / name).mkdir(exist_ok=True)
        os.environ[variable] = str(folder / name)
    for variable in [*_REMOVED, *(v for v in os.environ if v.startswith("DEDUP_"))]:
        os.environ.pop(variable, None)
    os.environ.update(LC_ALL="C.UTF-8", TERM="dumb", GIT_CONFIG_NOSYSTEM="1")


def pytest_unconfigure(config: pytest.Config) -> None:
    os.environ.clear()
    os.environ.update(config.stash[_OUTSIDE])
    shutil.rmtree(config.stash[_FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave slow tests out, unless they are asked for: with CI=true, ``--slow`` or ``-m``."""
    if IN_CI or config.option.slow or config.option.markexpr:
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _no_skip(item, (yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _no_skip(collector, (yield))


def _no_skip(node, report):
    """In CI a test that does not run has not passed."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{node.nodeid}: a skip is a failure with CI=true: {why}"
    return report


@pytest.fixture(autouse=True)
def _english():
    """No test speaks the language of the one before it."""
    language = sys.modules.get("dedup.cli.language")
    if language is not None:
        language.use("en")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder with the two texts of the example; read only."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def outer_environment(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment the session was started in, for tools that need its pip configuration."""
    return dict(request.config.stash[_OUTSIDE])


@pytest.fixture(scope="session")
def seed_texts(seeds: Path) -> list[str]:
    """The two texts of the example, 000 and 001."""
    return [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]

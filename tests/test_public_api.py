"""The public names: exactly these, sorted, documented, and cheap to import."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import dedup

ROOT = Path(__file__).resolve().parent.parent

NAMES = [
    "AcceptedCopies",
    "AcceptedPair",
    "Added",
    "AllowRule",
    "BaselineChange",
    "Boilerplate",
    "BorderlinePair",
    "Change",
    "ChangeKind",
    "CheckResult",
    "CheckedDocument",
    "CheckedMatch",
    "Cluster",
    "Comparison",
    "Crowd",
    "DedupError",
    "Document",
    "DocumentInfo",
    "Drop",
    "Edit",
    "EncodingError",
    "Evidence",
    "Fact",
    "FileState",
    "Index",
    "IndexInfo",
    "IndexProblem",
    "InputError",
    "Left",
    "Match",
    "Matches",
    "Message",
    "NoTextsError",
    "OutputError",
    "Pair",
    "Passage",
    "PassageKind",
    "PathError",
    "Plan",
    "Relation",
    "Resolved",
    "Role",
    "Run",
    "ScanResult",
    "SetAside",
    "Settings",
    "SettingsError",
    "SharedPassage",
    "Skipped",
    "Step",
    "Summary",
    "TextSpan",
    "UsageError",
    "Verdict",
    "Weight",
    "__version__",
    "check",
    "compare",
    "fold",
    "load",
    "plan",
    "plot",
    "redecide",
    "resolve",
    "scan",
    "to_datasketch",
    "tokens",
    "undo",
]
FUNCTIONS = [name for name in NAMES if inspect.isfunction(getattr(dedup, name, None))]
CLASSES = [name for name in NAMES if inspect.isclass(getattr(dedup, name, None))]


def test_the_names_are_these_and_sorted():
    assert dedup.__all__ == NAMES
    assert sorted(NAMES) == NAMES


def test_nothing_else_is_public():
    import_of_parts = {path.stem for path in (ROOT / "dedup").iterdir()}
    public = {name for name in vars(dedup) if not name.startswith("_")}
    assert public - import_of_parts == set(NAMES) - {"__version__"}


def test_what_is_loaded_later_is_listed_like_the_rest():
    program = "import dedup; print(*dir(dedup)); dedup.CheckResult; dedup.no_such_name"
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert set(NAMES) <= set(done.stdout.split())
    assert "module 'dedup' has no attribute 'no_such_name'" in done.stderr


def test_a_star_import_gives_the_names():
    scope: dict[str, object] = {}
    exec("from dedup import *", scope)  # noqa: S102
    assert set(NAMES) <= set(scope)


@pytest.mark.parametrize("name", [*FUNCTIONS, *CLASSES])
def test_every_name_is_documented(name):
    assert inspect.getdoc(getattr(dedup, name))
    assert not inspect.getdoc(getattr(dedup, name)).startswith(f"{name}("), "a generated docstring"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_annotated(name):
    signature = inspect.signature(getattr(dedup, name))
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(p.annotation is not p.empty for p in signature.parameters.values())


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_is_an_error_a_choice_or_a_frozen_value(name):
    found = getattr(dedup, name)
    if issubclass(found, Exception):
        assert issubclass(found, dedup.DedupError)
    elif not issubclass(found, str) and name != "Index":  # which is an open file
        assert dataclasses.is_dataclass(found)
        assert found.__dataclass_params__.frozen


def test_the_types_of_the_model_resolve():
    for name in CLASSES:
        found = getattr(dedup, name)
        if dataclasses.is_dataclass(found) and name not in {
            "ScanResult",
            "CheckResult",
        }:  # an import is for types only
            typing.get_type_hints(found)


def test_the_version_is_that_of_the_project():
    stated = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert stated
    assert dedup.__version__ == stated[1]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first = re.search(r"^## \[(.+?)\]", changelog, re.M)[1]
    assert first in {"Unreleased", stated[1]}


@pytest.mark.parametrize(
    "heavy",
    ["numpy", "scipy", "jieba", "datasketch", "rich", "sqlite3", "click", "dedup.checked"],
)
def test_importing_the_library_is_cheap(heavy):
    program = f"import sys, dedup; sys.exit('{heavy}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

"""The scripts in ``benchmarks/``: their parts as modules, and the whole as a user runs it."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Return a benchmark's module by name; forgotten after the test."""
    monkeypatch.syspath_prepend(BENCHMARKS / "peers")
    monkeypatch.syspath_prepend(BENCHMARKS)
    for path in BENCHMARKS.rglob("*.py"):
        if not path.stem.startswith("__"):  # __main__ is the running program
            monkeypatch.delitem(sys.modules, path.stem, raising=False)

    def load(name: str) -> ModuleType:
        module = importlib.import_module(name)
        monkeypatch.setitem(sys.modules, name, module)
        return module

    return load


@pytest.fixture(scope="session")
def part() -> Callable[[str], ModuleType]:
    """Return a module of the generated suite by name; "" is the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        importlib.import_module("suite")
    return lambda name: importlib.import_module(f"suite.{name}" if name else "suite")


@pytest.fixture(scope="session")
def suite(part: Callable[[str], ModuleType]) -> ModuleType:
    """Return the package of the generated suite."""
    return part("")


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a script with arguments."""

    def call(name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(BENCHMARKS / name), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)

    return call

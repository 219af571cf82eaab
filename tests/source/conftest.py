"""A working folder, and a short way to fill it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Tree = Callable[..., Path]

TEXT = "一段用来测试的中文文字。\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the working directory."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def tree(here: Path) -> Tree:
    """Write files below the working directory: names, or names with their bytes or text."""

    def write(*names: str, **contents: str) -> Path:
        for name in names:
            put(here / name, TEXT.encode())
        for name, content in contents.items():
            put(here / name, content.encode())
        return here

    return write


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)

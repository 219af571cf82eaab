"""Standard input is kept so that it can be read again, and -v says where."""

from __future__ import annotations

import io
import sys
import tempfile

import pytest

from dedup.cli import explanations
from dedup.cli.explanations import rereadable_input


@pytest.fixture(autouse=True)
def piped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explanations, "_IN_MEMORY", 1000)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 2_000_000)))


def test_where_it_is_kept_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.stdin
    with rereadable_input(["-"], verbose=True):
        assert sys.stdin.buffer.read() == b"x" * 2_000_000
        sys.stdin.buffer.seek(0)
        assert sys.stdin.buffer.read(3) == b"xxx"
    assert sys.stdin is before
    assert capsys.readouterr().err == (
        f"standard input (2 MB) is kept in a temporary file in {tempfile.gettempdir()} "
        "until the end\n"
    )


@pytest.mark.parametrize("paths", [["-"], ["a.jsonl"]])
def test_it_is_not_said_unasked(paths: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with rereadable_input(paths):
        pass
    assert capsys.readouterr().err == ""


def test_what_is_in_memory_is_in_no_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explanations, "_IN_MEMORY", 1 << 24)
    with rereadable_input(["-"], verbose=True):
        assert len(sys.stdin.buffer.read()) == 2_000_000
    assert capsys.readouterr().err == ""

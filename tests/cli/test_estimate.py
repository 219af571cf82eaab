"""What is said under -v before the work begins."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from terminal import run

from dedup.cli import estimate
from dedup.errors import PathError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "一段不长不短的文字，用来估计大小。" * 20


def said(capsys: pytest.CaptureFixture[str]) -> tuple[float, int, float]:
    found = re.fullmatch(
        r"about ([\d,]+) MB of text in (\d+) files: about .+, and up to ([\d,]+) MB of memory\n",
        capsys.readouterr().err,
    )
    assert found is not None
    size, files, memory = (float(each.replace(",", "")) for each in found.groups())
    return size, int(files), memory


def test_size_files_and_memory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_bytes(b"x" * 3_000_000)
    estimate.say_estimate([str(tmp_path)], ignore=True, jobs=0)
    assert said(capsys) == (6, 2, 300)
    (tmp_path / "c.jsonl").write_bytes(b"x" * 60_000_000)
    estimate.say_estimate([str(tmp_path)], ignore=True, jobs=1)
    assert said(capsys) == (66, 3, 310)
    (tmp_path / "c.jsonl").rename(tmp_path / "c.jsonl.gz")
    estimate.say_estimate([str(tmp_path / "c.jsonl.gz")], ignore=True, jobs=1)
    assert said(capsys) == (156, 1, 326)


def test_little_goes_without_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    estimate.say_estimate([str(tmp_path)], ignore=True, jobs=0)
    assert capsys.readouterr().err == ""
    with pytest.raises(PathError):
        estimate.say_estimate([str(tmp_path / "gone")], ignore=True, jobs=0)


def test_it_is_said_under_v_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimate, "LEAST", 0)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(f'{{"text": "{TEXT}"}}\n'.encode() * 9))
    assert "MB of text in 1 files" in run("scan", ".", "-v", cwd=tmp_path).err
    assert "MB of text in" not in run("scan", ".", cwd=tmp_path).err
    assert "MB 正文" in run("scan", ".", "-v", "--lang", "zh", cwd=tmp_path).err

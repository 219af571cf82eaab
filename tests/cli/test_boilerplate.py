"""Boilerplate on the command line: learned, shown, saved, given, switched off."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from terminal import Ran
from terminal import run as ran

FOOTER = (
    "本网站刊登的所有内容均受著作权法保护，未经书面许可任何人不得转载、摘编或者以其他方式使用。\n"
    "互联网新闻信息服务许可证编号一二三四五六七\n违法和不良信息举报电话零一零八八八八八八八八\n"
)
CHARACTERS = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rng = random.Random(2)
    folder = tmp_path / "site"
    folder.mkdir()
    for number in range(40):
        body = "".join(rng.choices(CHARACTERS, k=400 if number % 3 == 0 else 60))
        (folder / f"{number:02}.txt").write_text(f"{body}。\n{FOOTER}", encoding="utf-8")
    return folder


def run(*args: str) -> Ran:
    return ran(*args, "--lang", "en")


def test_shown_struck_out_and_given(site: Path, tmp_path: Path) -> None:
    shown = run("scan", "site", "--show-boilerplate")
    assert shown.status == 0
    assert shown.out.startswith("# dedup boilerplate 1\n")
    assert shown.out.count("\t40\t") == 4
    struck = [row for row in shown.out.splitlines() if "许可证" not in row]
    Path("list.txt").write_text("\n".join(struck), encoding="utf-8")
    saved = run("scan", "site", "--boilerplate", "list.txt", "--write-boilerplate", "used.txt")
    assert saved.status == 0
    left = sum("\t40\t" in row for row in struck)
    assert left < 4
    assert Path("used.txt").read_text(encoding="utf-8").count("\t40\t") == left


def test_a_scan_says_what_it_does_not_compare(site: Path) -> None:
    assert "not compared: 4 passages" in run("scan", "site").err
    assert "not compared" not in run("scan", "site", "--no-boilerplate").err
    assert "not compared" not in run("scan", "site", "--quiet").err


def test_a_file_of_settings_names_a_list(site: Path) -> None:
    run("scan", "site", "--write-boilerplate", "list.txt")
    Path("dedup.toml").write_text('boilerplate = "list.txt"\n', encoding="utf-8")
    assert "list.txt" in run("config").out
    Path("dedup.toml").write_text('boilerplate = "none"\n', encoding="utf-8")
    assert "not compared" not in run("scan", "site").err


@pytest.mark.parametrize(
    "args",
    [
        ("--boilerplate", "nothing.txt"),
        ("--boilerplate", "site/00.txt"),
        ("--boilerplate", "a.txt", "--no-boilerplate"),
        ("--write-boilerplate", "no/such/folder.txt"),
        ("--write-boilerplate", "site"),
        ("--write-boilerplate", "x.jsonl", "-o", "x.jsonl"),
    ],
)
def test_what_cannot_work_is_refused(site: Path, args: tuple[str, ...]) -> None:
    refused = run("scan", "site", *args)
    assert refused.status == 2
    assert not refused.stdout

"""``dedup report`` on a terminal: two columns, and page by page."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from terminal import run

NEWS = (
    "昨日下午，城北化工厂发生爆炸，造成5人死亡。市长张三赶到现场，要求全力搜救。\n"
    "目前火势已经得到控制，周边居民已全部转移到安全地带，事故原因正在调查。\n"
)
REWORDED = NEWS.replace("要求全力搜救", "希望尽快救出被困的人")
COLUMNS = "│ B  "


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paging")
    (folder / "a.txt").write_text(NEWS, encoding="utf-8")
    (folder / "b.txt").write_text(REWORDED, encoding="utf-8")
    assert run("scan", "a.txt", "b.txt", "-q", "-o", "r.jsonl", cwd=folder).status == 0
    return folder


def test_a_terminal_has_two_columns(place):
    ran = run("report", "r.jsonl", cwd=place, terminal=True, env={"COLUMNS": "100"})
    assert ran.status == 0
    assert COLUMNS in ran.out


def test_a_pipe_has_none(place):
    assert COLUMNS not in run("report", "r.jsonl", cwd=place).out


def test_columns_can_be_asked_for_and_refused(place):
    asked = run("report", "r.jsonl", "--side-by-side", cwd=place)
    assert COLUMNS in asked.out
    assert "[-" in asked.out
    refused = run("report", "r.jsonl", "--no-side-by-side", cwd=place, terminal=True)
    assert COLUMNS not in refused.out


def test_other_formats_stay_as_they_are(place):
    arguments = ("report", "r.jsonl", "--output-format", "concise")
    watched = run(*arguments, "--side-by-side", cwd=place, terminal=True)
    assert watched.out == run(*arguments, cwd=place).out


def on_a_terminal(place, *arguments: str, pager: str) -> str:
    """Return what a real terminal shows of a report, escape codes and all."""
    import pty
    import termios

    here, there = pty.openpty()
    termios.tcsetwinsize(there, (24, 100))
    child = subprocess.Popen(
        [sys.executable, "-m", "dedup", "report", "r.jsonl", "-q", *arguments],
        cwd=place,
        env={**os.environ, "PAGER": pager, "TERM": "xterm", "LESS": "FRX"},
        stdin=there,
        stdout=there,
        stderr=there,
    )
    os.close(there)
    shown = b""
    while True:
        try:
            piece = os.read(here, 4096)
        except OSError:  # how Linux says that nobody writes any more
            break
        if not piece:
            break
        shown += piece
    os.close(here)
    assert child.wait(30) == 0
    return shown.decode("utf-8", "replace")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a terminal as Linux has it")
def test_the_pager_that_was_chosen_shows_it(place):
    shown = on_a_terminal(place, "--color", "never", pager="sed s/^/paged:/")
    assert "paged:Cluster 1 of 1" in shown
    assert "paged:  A  " in shown
    assert "paged" not in on_a_terminal(place, "--no-pager", pager="sed s/^/paged:/")
    assert "paged" not in on_a_terminal(place, "--output-format", "json", pager="sed s/^/paged:/")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a terminal as Linux has it")
def test_a_pager_that_stops_early_is_no_error(place):
    assert "Cluster 1" in on_a_terminal(place, "--color", "never", pager="head -1")


def test_a_result_of_powershell_is_read_with_a_note(place):
    text = (place / "r.jsonl").read_text("utf-8").replace("\n", "\r\n")
    (place / "16.jsonl").write_text(text, encoding="utf-16")
    ran = run("report", "16.jsonl", cwd=place)
    assert ran.status == 0
    assert ran.out == run("report", "r.jsonl", cwd=place).out
    assert "16.jsonl is UTF-16, as the > of PowerShell writes it" in ran.err
    assert "-o FILE" in ran.err
    assert "UTF-16" not in run("report", "16.jsonl", "-q", cwd=place).err
    assert "UTF-16" not in run("report", "r.jsonl", cwd=place).err

"""Progress: drawn on terminals, said in logs, silent in pipes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from terminal import Stream, run

from dedup.cli import progress as module
from dedup.cli.progress import Lines, Live, Shown, progress, stage_name

STAGES = ["discover", "read", "learn", "sketch", "match", "verify", "compare", "write", "explain"]


def watch(monkeypatch):
    """Put a terminal in place of standard error, and take the patience away.

    No fixture: pytest puts its own stream back between a fixture and the test.
    """
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    return stream


@pytest.mark.parametrize(
    ("wanted", "terminal", "color", "kind"),
    [
        (None, True, True, Live),
        (None, True, False, Shown),
        (None, False, True, Shown),
        (True, True, True, Live),
        (True, True, False, Lines),
        (True, False, False, Lines),
        (False, True, True, Shown),
        (False, False, False, Shown),
    ],
)
def test_how_it_is_shown(monkeypatch, wanted, terminal, color, kind):
    monkeypatch.setattr(sys, "stderr", Stream(terminal=terminal))
    assert type(progress(wanted=wanted, color=color)) is kind


@pytest.mark.parametrize("name", STAGES)
def test_stages_have_names_in_both_languages(name):
    assert stage_name(name).render("en") != name
    assert not stage_name(name).render("zh").isascii()


def test_a_stage_of_tomorrow_is_shown_by_its_name():
    assert stage_name("index").render("zh") == "index"


def test_lines_for_a_log(monkeypatch):
    stream = Stream()
    monkeypatch.setattr(sys, "stderr", stream)
    with Lines() as shown:
        shown.stage("sketch", 2000)
        shown.advance(1500)
        monkeypatch.setattr(module, "INTERVAL", 0.0)
        shown.advance()
        shown.stage("match")
        shown.done()
    assert stream.kept().decode() == (
        "sketching: 0 of 2,000\nsketching: 1,501 of 2,000\nlooking for candidates: 0\n"
    )


def test_lines_tell_the_rate_and_the_time_left(monkeypatch):
    stream = Stream()
    monkeypatch.setattr(sys, "stderr", stream)
    clock = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    with Lines() as shown:
        shown.stage("write", 10_000)
        clock[0] += 10.0
        shown.advance(2500)
        shown.stage("match")
        clock[0] += 10.0
        shown.advance(50)
    assert stream.kept().decode() == (
        "writing: 0 of 10,000\n"
        "writing: 2,500 of 10,000, 250 a second, 0:00:30 left\n"
        "looking for candidates: 0\n"
        "looking for candidates: 50, 5 a second, time left unknown\n"
    )


def test_where_steps_cannot_be_counted_before_the_share_tells_the_time_left(monkeypatch):
    stream = Stream()
    monkeypatch.setattr(sys, "stderr", stream)
    clock = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    with Lines() as shown:
        shown.stage("sketch")
        clock[0] += 4.0
        shown.reached(0.25)
        clock[0] += 6.0
        shown.advance(2500)
        shown.stage("match")
    assert stream.kept().decode() == (
        "sketching: 0\nsketching: 2,500, 25%, 250 a second, 0:00:30 left\n"
        "looking for candidates: 0\n"
    )


def test_a_live_line_has_the_share_too(monkeypatch):
    watched = watch(monkeypatch)
    with Live() as shown:
        shown.stage("sketch")
        shown.advance(300)
        shown.reached(0.5)
        shown.advance(300)
        shown.done()
    assert "600 (50%)" in watched.kept().decode()


def test_a_live_line_says_that_it_does_not_know_what_is_left(monkeypatch):
    watched = watch(monkeypatch)
    with Live() as shown:
        shown.stage("sketch")
        shown.advance(300)
        shown.advance(300)
        shown.done()
    assert "a second, time left unknown" in watched.kept().decode()


@pytest.mark.parametrize("share", [0.0, 1.0, 1.5, -1.0])
def test_any_share_can_be_reached(monkeypatch, share):
    watched = watch(monkeypatch)
    with Live() as shown:
        shown.stage("sketch")
        shown.reached(share)
        shown.advance(3)
        shown.reached(share)
        shown.stage("match")
        shown.advance()
    assert "candidates" in watched.kept().decode()


def test_a_live_line_is_drawn_and_taken_away(monkeypatch):
    watched = watch(monkeypatch)
    with Live() as shown:
        shown.stage("sketch", 10)
        shown.advance(5)
        shown.stage("match")
        shown.advance()
    text = watched.kept().decode()
    assert "sketching" in text
    assert text.rstrip("\n").endswith("\x1b[2K") or "\x1b[?25h" in text


def test_a_short_run_draws_nothing(monkeypatch):
    watched = watch(monkeypatch)
    monkeypatch.setattr(module, "PATIENCE", 60.0)
    with Live() as shown:
        shown.stage("sketch", 10)
        shown.advance(10)
    assert watched.kept() == b""


def test_an_error_takes_the_line_away(monkeypatch):
    watched = watch(monkeypatch)

    def interrupted():
        with Live() as shown:
            shown.stage("sketch", 10)
            raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        interrupted()
    assert "\x1b[?25h" in watched.kept().decode(), "the cursor is back"


def test_a_pipe_sees_nothing_and_a_log_what_it_asked_for(seeds):
    assert "sketching" not in run("scan", seeds).err
    asked = run("scan", seeds, "--progress").err
    assert "sketching: 0 of 2\n" in asked
    assert "\x1b" not in asked
    assert "计算签名：0 / 2\n" in run("scan", seeds, "--progress", "--lang", "zh").err


def test_no_color_on_a_terminal_leaves_no_escape(seeds, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    env = {"TERM": "xterm"}
    ran = run("scan", seeds, "--color", "never", "--progress", terminal=True, env=env)
    assert "\x1b" not in ran.out + ran.err
    assert "sketching" in ran.err
    drawn = run("scan", seeds, terminal=True, env=env)
    assert "\x1b" in drawn.err
    assert "sketching" not in run("scan", seeds, "--no-progress", terminal=True, env=env).err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_real_terminal(seeds):
    import pty

    code = (
        "import dedup.cli.progress as p; p.PATIENCE = 0.0\n"
        "from dedup.cli.main import main\n"
        f"main(['scan', {str(seeds)!r}, '-o', '/dev/null', '--output-format', 'json'])"
    )
    ours, theirs = pty.openpty()
    ran = subprocess.Popen(
        [sys.executable, "-c", code],
        stderr=theirs,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            read = os.read(ours, 4096)
        except OSError:
            break
        if not read:
            break
        shown += read
    os.close(ours)
    assert ran.wait(30) == 0
    assert b"sketching" in shown
    assert shown.rstrip().split(b"\n")[-1].startswith(b"2 documents read") or (
        b"2 documents read, 1 cluster, 1 dropped" in shown
    )

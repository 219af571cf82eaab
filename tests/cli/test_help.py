"""Help: complete, aligned, runnable."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from gitrepo import TEXTS, Repo
from rich.cells import cell_len
from terminal import run

from dedup.cli.options import COLORS
from dedup.cli.root import program
from dedup.settings import SETTING_NAMES

COMMANDS = sorted(program.names)


def examples():
    return [
        pytest.param(example, id=f"{name}: {example}")
        for name, command in [("dedup", program), *sorted(program.all_commands().items())]
        for example in command.examples
    ]


def test_the_commands():
    assert list(program.names) == [
        "scan",
        "check",
        "baseline",
        "explain",
        "report",
        "resolve",
        "undo",
        "index",
        "config",
        "completion",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    text = run(name, "--help").out
    assert "Examples:\n  " in text
    assert program.all_commands()[name].examples


@pytest.mark.parametrize("example", examples())
def test_every_example_runs(example, root, tmp_path):
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    assert run("scan", "seeds", "-q", "-o", "result.jsonl", cwd=tmp_path).status == 0
    (tmp_path / ".config" / "fish" / "completions").mkdir(parents=True)
    repo = Repo(tmp_path)
    repo.commit()
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    repo.stage("texts/new.txt", TEXTS["news"])
    function = f'dedup() {{ {shlex.quote(sys.executable)} -m dedup "$@"; }}; HOME={tmp_path}; '
    ran = subprocess.run(
        ["bash", "-c", function + example], cwd=tmp_path, capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr.decode()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("columns", [60, 80, 120, 300])
def test_help_fits_the_terminal(name, lang, columns):
    text = run(name, "--help", "--lang", lang, env={"COLUMNS": str(columns)}).out
    prose = text.partition("Examples")[0].partition("示例")[0]
    long = [line for line in prose.splitlines() if cell_len(line) > min(columns, 100)]
    assert [line for line in long if not line.lstrip().startswith("--")] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["scan", "explain"])
def test_the_second_column_is_straight(name, lang):
    lines = run(name, "--help", "--lang", lang).out.splitlines()
    starts = set()
    for line in lines:
        both = re.match(r"  (-.{1,30}?)  +(\S)", line)
        if both:
            starts.add(cell_len(line[: both.start(2)]))
    assert len(starts) == 1


def test_every_setting_is_a_flag_of_scan():
    names = {parameter.name for parameter in program.all_commands()["scan"].params}
    assert set(SETTING_NAMES) <= names


def test_every_option_has_help():
    for command in program.all_commands().values():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{command.name} {parameter.name}"


def test_defaults_are_shown():
    text = " ".join(run("scan", "--help").out.split())
    for default in ("0.5", "0.8", "word", "0.99", "1", "longest", "text", "full"):
        assert f"[default: {default}]" in text


def test_the_statuses_are_explained():
    text = run("--help").out
    for status in ("0 ", "1 ", "2 ", "130"):
        assert re.search(rf"^  {status}", text, re.MULTILINE)


def test_nothing_is_colored_by_default():
    assert "\x1b" not in run("--help", terminal=True).out


def test_colors_are_the_usual_ones():
    assert COLORS == ("auto", "always", "never")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell):
    ran = run("completion", shell)
    assert ran.status == 0
    assert "_DEDUP_COMPLETE" in ran.out
    assert f"{shell}_complete" in ran.out


def test_an_unknown_shell_is_refused():
    ran = run("completion", "tcsh")
    assert (ran.status, ran.out) == (2, "")
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in ran.err


def test_the_bash_script_completes(tmp_path):
    script = run("completion", "bash").out
    (tmp_path / "dedup").write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m dedup "$@"\n'
    )
    (tmp_path / "dedup").chmod(0o755)
    ask = (
        f"export PATH={tmp_path}:$PATH\n{script}\n"
        "COMP_WORDS=(dedup scan --out); COMP_CWORD=2\n"
        '_dedup_completion dedup; printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    ran = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=False)
    assert set(ran.stdout.split()) == {"--output-format", "--output"}


def test_python_m_is_called_dedup_too(root):
    ran = subprocess.run(
        [sys.executable, "-m", "dedup", "--help"], capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("Usage: dedup ")
    assert "__main__" not in ran.stdout
    assert Path(root / "dedup" / "__main__.py").exists()

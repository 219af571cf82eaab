"""The entry point: what is imported, statuses, interrupts, closed pipes, full disks."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from terminal import program, run

import dedup.cli.root
from dedup.report.names import visible

HEAVY = {"numpy", "scipy", "jieba", "datasketch", "sqlite3", "pyspark"}
DEDUP = [sys.executable, "-W", "error", "-m", "dedup"]
ENDLESS = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
import dedup.app.scan
def wait(*args, **more):
    sys.stderr.write("ready\\n"); sys.stderr.flush()
    import time
    time.sleep(30)
dedup.app.scan.scan_paths = wait
from dedup.cli.main import main
main(["scan", "seeds"])
"""


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["scan", "--help"], ["--version"], ["--lang", "zh", "--help"], ["config"]],
)
def test_help_imports_nothing_heavy(arguments):
    code = (
        "import sys\n"
        "from dedup.cli.main import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "finally:\n"
        "    print(*sys.modules, file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    loaded = {name.split(".")[0] for name in ran.stderr.split()}
    assert "click" in loaded
    assert not loaded & HEAVY


def test_the_module_is_the_program():
    ran = program("--version")
    assert (ran.status, ran.err) == (0, "")
    assert re.fullmatch(r"dedup \d+\.\d+\.\d+\S*, (native \(\w+\)|reference) kernel\n", ran.out)


def test_the_installed_command_is_the_program():
    script = Path(sys.executable).with_name("dedup")
    ran = subprocess.run([script, "--version"], capture_output=True, check=False)
    assert ran.stdout == program("--version").stdout


def test_without_a_command_help_goes_to_standard_error():
    ran = run()
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Usage: dedup ")


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (["scam"], "No such command 'scam'", "dedup --help"),
        (["scan", "x", "--thresh", "1"], "No such option '--thresh'", "dedup scan --help"),
        (["scan", "x", "--threshold"], "Option '--threshold' requires an argument", None),
        (["scan", "x", "--keep", "best"], "'best' is not one of 'longest'", "dedup scan --help"),
        (["scan", "x", "--jobs", "two"], "'two' is not a valid", "dedup scan --help"),
        (["scan"], "no paths to scan", "dedup scan PATH"),
        (["explain", "a"], "Missing argument 'B'", "dedup explain --help"),
        (["explain", "a", "b", "c"], "unexpected extra argument (c)", "dedup explain --help"),
        (["config", "--threshold", "0"], "threshold is 0.0, but must be in (0, 1]", None),
        (["config", "--threshold", "1.01"], "threshold is 1.01, but must be in (0, 1]", None),
        (["config", "--threshold", "nan"], "threshold is nan", None),
        (["config", "--ngram", "0"], "ngram is 0, but must be a whole number from 1 to 32", None),
    ],
)
def test_usage_errors_are_two_lines_and_status_2(arguments, what, hint):
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("dedup: error: ")
    assert what in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) <= 2
    if hint is not None:
        assert ran.err.splitlines()[1].startswith("  hint: ")
        assert hint in ran.err


def test_usage_errors_in_chinese():
    ran = run("scan", "--thresh", "1", "--lang", "zh")
    assert ran.err == (
        "dedup：错误：没有选项 '--thresh'。 "
        "（是不是其中之一：'--preset', '--resume', '--threshold'？）\n"
        "  提示：用 dedup scan --help 查看用法\n"
    )


@pytest.mark.parametrize("name", ["a\x1b[31mb", "a\nb", "\udcd6.txt", "{x}[/b]"])
def test_names_in_errors_are_harmless(name):
    ran = run("scan", name)
    assert ran.status == 2
    assert "\x1b" not in ran.err
    assert len(ran.err.splitlines()) <= 2
    assert visible(name) in ran.err


def test_an_unexpected_exception_is_called_a_bug(monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("of course")

    monkeypatch.setattr("dedup.app.config.effective", broken)
    ran = run("config")
    assert (ran.status, ran.out) == (2, "")
    first, second, *trace = ran.err.splitlines()
    assert first == "dedup: error: ZeroDivisionError: of course"
    assert "a bug in dedup" in second
    assert "Python 3." in second
    assert trace[0].startswith("Traceback")


def test_running_out_of_memory_is_no_bug(monkeypatch):
    def broken(*_, **__):
        raise MemoryError

    monkeypatch.setattr("dedup.app.config.effective", broken)
    ran = run("config")
    assert ran.status == 2
    assert ran.err == "dedup: error: out of memory\n  hint: scan fewer files at a time\n"


def test_an_error_of_the_system_is_no_bug(monkeypatch):
    def broken(*_, **__):
        raise PermissionError(13, "Permission denied", "/x/中文")

    monkeypatch.setattr("dedup.app.config.effective", broken)
    ran = run("config")
    assert (ran.status, ran.err) == (2, "dedup: error: /x/中文: Permission denied\n")


@pytest.mark.parametrize("status", [0, 1, 2, 7])
def test_the_status_that_a_command_returns_is_the_status(monkeypatch, status):
    monkeypatch.setattr(dedup.cli.root.program, "invoke", lambda _: status)
    assert run("config").status == status


def test_an_interrupt_is_one_line_and_130(monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("dedup.app.config.effective", interrupted)
    ran = run("config")
    assert (ran.status, ran.out, ran.err.strip()) == (130, "", "dedup: interrupted")


def test_an_interrupt_during_the_imports_is_one_line_and_130():
    code = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from dedup.cli.main import main\n"
        "main(['--help'])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (130, "")
    assert ran.stderr.strip() == "dedup: interrupted"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_in_the_middle_of_the_work(root):
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stderr is not None
        assert child.stderr.readline() == "ready\n"
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=20)
    assert (child.returncode, out, err.strip()) == (130, "", "dedup: interrupted")


def test_an_interrupt_inside_eval_is_130_too(root):
    code = ENDLESS.replace("time.sleep(30)", "eval('time.sleep(30)', {'time': time})")
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=root, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stderr is not None
        assert child.stderr.readline() == "ready\n"
        child.send_signal(signal.SIGINT)
        assert child.wait(20) == 130
        assert child.stderr.read().strip() == "dedup: interrupted"


@pytest.mark.parametrize(
    "arguments", [["scan", "--help"], ["config"], ["completion", "bash"], ["scan", "seeds"]]
)
def test_a_pipe_that_closes_at_once_is_no_failure(root, arguments):
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ran = subprocess.run(
            [*DEDUP, *arguments], cwd=root, stdout=writer, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writer)
    errors = ran.stderr.decode()
    assert ran.returncode == 0
    assert "Broken pipe" not in errors
    assert "Traceback" not in errors
    assert "error" not in errors


def test_head_is_no_failure(root):
    command = (
        f"{shlex.quote(sys.executable)} -m dedup scan seeds --output-format jsonl -q | head -1"
    )
    ran = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=root, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.startswith(b'{"type":"run"')


def test_a_closed_pipe_does_not_hide_that_there_are_duplicates(root):
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run(
        [*DEDUP, "scan", "seeds", "--exit-code", "-q"], cwd=root, stdout=writer, check=False
    )
    os.close(writer)
    assert ran.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments", [["config"], ["scan", "seeds", "--output-format", "json"], ["--help"]]
)
def test_a_full_disk_is_an_honest_failure(root, arguments):
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*DEDUP, *arguments], cwd=root, stdout=full, stderr=subprocess.PIPE, check=False
        )
    errors = ran.stderr.decode()
    assert ran.returncode == 2
    assert "No space left on device" in errors
    assert "Traceback" not in errors
    assert "Exception ignored" not in errors


def test_closed_standard_streams():
    dedup_command = f"{shlex.quote(sys.executable)} -m dedup config"
    closed = subprocess.run(
        ["bash", "-c", f"{dedup_command} >&-"], capture_output=True, text=True, check=False
    )
    assert closed.returncode == 2
    assert closed.stderr.startswith("dedup: error: standard output is closed")
    silent = subprocess.run(
        ["bash", "-c", f"{dedup_command} 2>&-"], capture_output=True, text=True, check=False
    )
    assert silent.returncode == 0
    assert silent.stdout.startswith("preset")


@pytest.mark.parametrize(
    "arguments", ["scan -", "scan --files-from -", "explain - seeds/000_*", "explain seeds/000_* -"]
)
def test_closed_standard_input(root, arguments):
    command = f"{shlex.quote(sys.executable)} -m dedup {arguments} <&-"
    ran = subprocess.run(
        ["bash", "-c", command], cwd=root, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "dedup: error: standard input is closed\n"


def test_choices_are_named_in_one_line():
    ran = run("completion")
    assert ran.status == 2
    assert "Choose from: bash, zsh, fish\n" in ran.err


def test_a_directory_that_is_gone(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        "import os, sys; os.rmdir(os.getcwd());"
        "from dedup.cli.main import main; main(['config', '--lang', 'en'])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=gone, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "the working directory does not exist any more" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_help_is_quick():
    begun = time.monotonic()
    run("--help")
    assert time.monotonic() - begun < 2


def ended(before: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run something, then the program as a process of its own."""
    code = f"import sys\n{before}\nfrom dedup.cli.main import run\nrun()\n"
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_process_ends_without_taking_apart_what_it_holds() -> None:
    done = ended(
        "class Held:\n    def __del__(self): print('taken apart')\nheld = Held()", "--version"
    )
    assert done.returncode == 0
    assert done.stdout.startswith("dedup ")
    assert "taken apart" not in done.stdout


def test_what_is_to_be_done_at_exit_is_done() -> None:
    before = "import atexit\natexit.register(print, 'at exit')\nprint('before', end=' ')"
    done = ended(before, "scan", "no-such-folder")
    assert done.returncode == 2
    assert done.stdout == "before at exit\n"


def test_a_thread_that_still_runs_is_waited_for() -> None:
    before = (
        "import threading, time\n"
        "def last():\n"
        "    time.sleep(1)\n"
        "    print('the thread is done')\n"
        "threading.Thread(target=last).start()"
    )
    done = ended(before, "--version")
    assert done.returncode == 0
    assert done.stdout.endswith("the thread is done\n")


def test_what_cannot_be_written_at_the_end_is_no_success() -> None:
    before = (
        "import io\n"
        "class Full(io.StringIO):\n"
        "    def flush(self): raise OSError(28, 'No space left on device')\n"
        "sys.stdout = Full()"
    )
    assert ended(before, "--version").returncode != 0

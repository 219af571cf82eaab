"""``dedup check``: the gate, in whole runs."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest
from gitrepo import TEXTS, Repo
from terminal import program, run

COPY = TEXTS["poem"] + "。"


@pytest.fixture
def repo(tmp_path):
    repo = Repo(tmp_path / "repo")
    repo.commit(**TEXTS)
    return repo


def test_a_duplicate_fails_with_its_twin_and_what_to_type(repo):
    repo.stage("copy.txt", COPY)
    ran = run("check", cwd=repo.folder)
    assert ran.status == 1
    assert ran.out == (
        "copy.txt: 1 duplicate\n"
        "  fails  poem.txt\n"
        "      same-text: the same text: equal in every letter, digit and Han character; "
        "similarity 1.000\n"
        "\n"
        "To see what differs:\n"
        "  dedup explain copy.txt poem.txt\n"
        "To accept it, with a reason for whoever reviews that:\n"
        '  dedup check copy.txt --update-baseline --reason "…"\n'
    )
    assert ran.err == ("1 file checked against 5 files; duplicates: 1, warnings: 0, accepted: 0\n")


def test_in_chinese(repo):
    repo.stage("copy.txt", COPY)
    ran = run("check", "copy.txt", "--lang", "zh", cwd=repo.folder)
    assert "copy.txt：1 处重复\n  不通过  poem.txt\n" in ran.out
    assert "查看差异：\n" in ran.out
    assert ran.err == "检查了 1 个文件，与 5 个文件比对：重复 1 处，提醒 0 处，已认可 0 处\n"


def test_what_it_says_to_type_works(repo):
    repo.stage("copy.txt", COPY)
    said = run("check", cwd=repo.folder).out.splitlines()
    explain, accept = (line.split()[1:] for line in said if line.startswith("  dedup "))
    assert run(*explain, cwd=repo.folder).status == 0
    ran = run(*accept, cwd=repo.folder)
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "  git add .dedup-baseline")
    ran = run("check", cwd=repo.folder)
    assert (ran.status, "  accepted  poem.txt\n" in ran.out) == (0, True)
    assert "      because: …\n" not in ran.out or ran.out


def test_five_are_shown_and_all_are_counted(repo):
    for number in range(8):
        repo.stage(f"copy{number}.txt", COPY + "！" * number)
    ran = run("check", "copy0.txt", cwd=repo.folder)
    assert ran.out.startswith("copy0.txt: 8 duplicates\n")
    assert ran.out.count("  fails  ") == 5
    assert "  … and 3 more, 0 of them accepted\n" in ran.out


def test_nothing_found_prints_nothing(repo):
    ran = run("check", "poem.txt", cwd=repo.folder)
    assert (ran.status, ran.out) == (0, "")
    assert run("check", "poem.txt", "-q", cwd=repo.folder).err == ""


def test_what_cannot_be_read_is_status_2(repo):
    repo.stage("bad.txt", "好".encode() + b"\x80\xff\xfe" * 5)
    ran = run("check", "bad.txt", "--encoding", "utf-8", cwd=repo.folder)
    assert ran.status == 2
    assert "dedup: error: 1 input not read" in ran.err
    assert "bad.txt" in ran.err
    ran = run("check", "bad.txt", "--encoding", "utf-8", "--ignore-errors", cwd=repo.folder)
    assert ran.status == 0
    elsewhere = run("check", "poem.txt", "--encoding", "utf-8", cwd=repo.folder)
    assert (elsewhere.status, "dedup: warning: 1 input skipped" in elsewhere.err) == (0, True)


@pytest.mark.parametrize("name", ["concise", "json", "sarif", "github"])
def test_formats(repo, name):
    repo.stage("copy.txt", COPY)
    ran = run("check", "--output-format", name, cwd=repo.folder)
    assert ran.status == 1
    assert "copy.txt" in ran.out
    assert "poem.txt" in ran.out


def test_json_has_everything(repo):
    repo.stage("copy.txt", COPY)
    found = json.loads(run("check", "--output-format", "json", cwd=repo.folder).out)
    (document,) = found["checked"]
    assert (document["id"], document["path"]) == ("copy.txt", "copy.txt")
    (match,) = document["matches"]
    assert (match["verdict"], match["b"], match["relation"]) == ("fails", "poem.txt", "same-text")
    assert found["summary"]["compared"] == 5


def test_a_file_in_its_own_folder(repo):
    repo.stage("a/copy.txt", COPY)
    ran = run("check", "copy.txt", cwd=repo.folder / "a")
    assert "  fails  ../poem.txt\n" in ran.out
    assert "  dedup explain copy.txt ../poem.txt\n" in ran.out


def test_settings_baseline_and_rules_come_from_the_file(repo):
    repo.stage("x/copy.txt", COPY)
    repo.write(
        "dedup.toml", 'baseline = "accepted"\n[[dedup.allow]]\nbetween = ["x/**", "*.txt"]\n'
    )
    ran = run("check", cwd=repo.folder)
    assert ran.status == 2, "a baseline that is named must be there"
    assert run("check", "--update-baseline", cwd=repo.folder).status == 0
    assert (repo.folder / "accepted").exists()
    ran = run("check", cwd=repo.folder)
    assert (ran.status, "  allowed  poem.txt\n" in ran.out) == (0, True)
    assert "x/**, *.txt: 1 pairs allowed\n" in ran.err


def test_nothing_in_it_waits_for_a_terminal(repo):
    """A hook's output is a pipe: no progress, no colour."""
    repo.stage("copy.txt", COPY)
    ran = program("check", cwd=repo.folder)
    assert ran.status == 1
    assert b"\x1b" not in ran.stdout + ran.stderr
    assert len(ran.err.splitlines()) == 1


def test_a_closed_pipe(repo):
    repo.stage("copy.txt", COPY)
    command = f"{sys.executable} -m dedup check | head -c 1; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], cwd=repo.folder, capture_output=True, check=False)
    assert ran.returncode in {0, 1}
    assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupt_ends_git_too(repo, tmp_path):
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\ntouch started\nexec sleep 60\n")
    slow.chmod(0o755)
    with subprocess.Popen(
        [sys.executable, "-m", "dedup", "check"],
        cwd=repo.folder,
        env={"PATH": str(slow.parent) + ":/usr/bin:/bin"},
        stderr=subprocess.PIPE,
    ) as process:
        while not (repo.folder / "started").exists():
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said == b"\ndedup: interrupted\n"


def test_outside_of_a_repository(tmp_path):
    ran = run("check", cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert ran.status == 2
    assert "is in no git repository\n  hint: run it in one" in ran.err

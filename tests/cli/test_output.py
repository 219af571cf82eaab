"""``-o FILE``, formats, and standard output that fails."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest
from terminal import run

from dedup.cli import outfile
from dedup.errors import OutputError


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("r.json", "{\n"),
        ("r.jsonl", '{"type":"run"'),
        ("r.ndjson", '{"type":"run"'),
        ("r.csv", "\ufeffcluster,"),
        ("结果.txt", "Cluster 1 of 1"),
    ],
)
def test_the_suffix_implies_the_format(seeds, tmp_path, name, start):
    ran = run("scan", seeds, "-o", tmp_path / name)
    assert (ran.status, ran.out) == (0, "")
    assert (tmp_path / name).read_bytes().decode("utf-8").startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_flag_goes_before_the_suffix(seeds, tmp_path):
    run("scan", seeds, "-o", tmp_path / "r.txt", "--output-format", "jsonl")
    assert (tmp_path / "r.txt").read_text(encoding="utf-8").startswith('{"type":"run"')


def test_a_suffix_that_says_nothing_is_refused_before_the_work(seeds, tmp_path):
    ran = run("scan", seeds, "-o", tmp_path / "result")
    assert ran.status == 2
    assert "cannot tell the output format" in ran.err
    assert "documents read" not in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("make", "target", "what"),
    [
        (lambda p: p.mkdir(), "r.json", "it is a directory"),
        (lambda p: None, "no/where/r.json", "there is no directory"),
        (lambda p: p.touch(), "r.json/x.json", "there is no directory"),
    ],
)
def test_a_target_that_cannot_be_is_refused_before_the_work(seeds, tmp_path, make, target, what):
    make(tmp_path / "r.json")
    ran = run("scan", seeds, "-o", tmp_path / target)
    assert ran.status == 2
    assert what in ran.err
    assert "documents read" not in ran.err


@pytest.mark.parametrize("command", ["scan", "explain"])
@pytest.mark.parametrize("through", ["000.txt", "./000.txt", "link.txt"])
def test_a_text_is_never_replaced_by_the_result(seeds, tmp_path, command, through):
    texts = [tmp_path / "000.txt", tmp_path / "001.txt"]
    for copy, seed in zip(texts, sorted(seeds.glob("*.txt")), strict=True):
        copy.write_bytes(seed.read_bytes())
    (tmp_path / "link.txt").symlink_to("000.txt")
    before = texts[0].read_bytes()
    ran = run(command, *(texts if command == "explain" else ["."]), "-o", through, cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"dedup: error: {through} is one of the texts")
    assert texts[0].read_bytes() == before


def test_a_result_among_the_texts_is_replaced_when_it_is_no_text(seeds, tmp_path):
    (tmp_path / "000.txt").write_bytes(next(seeds.glob("000*")).read_bytes())
    for _ in range(2):
        assert run("scan", ".", "-o", "r.jsonl", cwd=tmp_path).status == 0


def test_a_file_is_never_wrapped_or_colored(seeds, tmp_path):
    arguments = ["scan", seeds, "-o", tmp_path / "r.txt"]
    run(*arguments, terminal=True, env={"TERM": "xterm", "COLUMNS": "40"})
    text = (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert "\x1b" not in text
    assert text == run("scan", seeds).out


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path):
    target = tmp_path / "r.json"
    target.write_text("old")
    target.chmod(0o600)
    outfile.write_file(str(target), ["new\n"])
    assert target.read_text() == "new\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_new_file_has_the_usual_mode(tmp_path):
    before = os.umask(0o027)
    try:
        outfile.write_file(str(tmp_path / "r.json"), ["x"])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "r.json").stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    outfile.write_file(str(tmp_path / "link.json"), ["new"])
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text() == "new"


def test_line_ends_and_surrogates_are_written_as_they_come(tmp_path):
    outfile.write_file(str(tmp_path / "r.csv"), ["a\r\n", "b\n", "\udcd6\n"])
    assert (tmp_path / "r.csv").read_bytes() == b"a\r\nb\n\\udcd6\n"


@pytest.mark.parametrize("trouble", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_what_goes_wrong_leaves_the_old_file_and_no_other(tmp_path, trouble):
    target = tmp_path / "r.json"
    target.write_text("old")

    def pieces():
        yield "half"
        raise trouble

    with pytest.raises((OutputError, KeyboardInterrupt)) as caught:
        outfile.write_file(str(target), pieces())
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]
    if isinstance(caught.value, OutputError):
        assert "No space left" in str(caught.value)
        assert caught.value.hint is not None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device_is_an_honest_error(seeds):
    ran = run("scan", seeds, "-o", "/dev/full", "--output-format", "json")
    assert ran.status == 2
    assert "cannot write /dev/full: No space left on device" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs /dev/null")
def test_a_device_is_written_directly(seeds):
    assert run("scan", seeds, "-o", "/dev/null", "--output-format", "json").status == 0
    assert not Path("/dev/null").is_file()


def test_a_folder_without_permission(seeds, tmp_path, monkeypatch):
    monkeypatch.setattr(outfile.os, "access", lambda *_: False)  # root may write anywhere
    ran = run("scan", seeds, "-o", tmp_path / "r.json")
    assert ran.status == 2
    assert f"cannot write {tmp_path / 'r.json'}: no permission in {tmp_path}" in ran.err


def test_explain_and_config_write_files_too(seeds, tmp_path):
    first, second = sorted(seeds.glob("*.txt"))
    assert run("explain", first, second, "-o", tmp_path / "e.json").status == 0
    assert run("config", "-o", tmp_path / "c.json").status == 0
    assert (tmp_path / "e.json").read_text(encoding="utf-8").startswith("{\n")
    assert (tmp_path / "c.json").read_text(encoding="utf-8").startswith("{\n")
    refused = run("explain", first, second, "-o", tmp_path / "e.csv")
    assert (refused.status, "full|json" in refused.err) == (2, True)

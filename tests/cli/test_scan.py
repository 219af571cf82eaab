"""``dedup scan``: whole runs, from the command line to the streams."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from terminal import run

BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 4
OTHER = (
    "秋天的山里，柿子红了，老人坐在门前，看着孩子们在晒谷场上追着一只黄狗跑来跑去，笑声传得很远。"
    * 4
)


@pytest.fixture
def texts(tmp_path):
    """Two texts that are one, and one that is another."""
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(BODY.replace("，", ","), encoding="utf-8")
    (tmp_path / "c.txt").write_text(OTHER, encoding="utf-8")
    return tmp_path


def records(ran):
    return [json.loads(line) for line in ran.out.splitlines()]


def test_the_seeds(seeds):
    ran = run("scan", seeds)
    assert ran.status == 0
    assert "  keep  " in ran.out
    assert "same-body: similarity 1.000 with metadata and titles set aside, 0.96" in ran.out
    assert (
        "The same article; 000_bfcd20cd4fff3ced.txt adds a metadata header (published "
        "2024-11-23 07:40:02, source sp20241123), a page line (《人民日报》 "
        "2023-11-14, page 19) and a credit line (责编 杨光宇、胡永秋); "
        "001_cb5d74f41f6b3177.txt adds a two-line title; otherwise only punctuation width and "
        "white space differ."
    ) in ran.out
    assert ran.err.startswith("2 documents read, 1 cluster, 1 dropped (")


def test_the_seeds_with_everything_compared(seeds):
    (cluster,) = [
        r
        for r in records(run("scan", seeds, "--keep-metadata", "--output-format", "jsonl"))
        if r["type"] == "cluster"
    ]
    (drop,) = cluster["drop"]
    assert drop["relation"] == "near"
    assert 0.96 <= drop["similarity"] <= 0.97


def test_results_go_to_standard_output_and_the_rest_to_standard_error(texts):
    ran = run("scan", texts, "--output-format", "concise", cwd=texts)
    assert ran.out.count("\n") == 1
    assert ran.err.count("\n") == 1
    assert "documents read" in ran.err


def test_quiet_says_nothing(texts):
    (texts / "empty.txt").touch()
    assert run("scan", texts, "-q").err == ""


def test_verbose_says_more(texts):
    assert "candidates" in run("scan", texts, "-v").err
    assert "candidates" not in run("scan", texts).err


def test_no_duplicates_are_said_plainly(texts):
    ran = run("scan", "a.txt", "c.txt", cwd=texts)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.endswith("no duplicates among 2 documents at threshold 0.5\n")


def test_one_document_has_no_duplicates(texts):
    ran = run("scan", "a.txt", cwd=texts)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.endswith("no duplicates: there is only one document to compare\n")


@pytest.mark.parametrize(("paths", "status"), [(["a.txt", "b.txt"], 1), (["a.txt", "c.txt"], 0)])
def test_exit_code_is_asked_for(texts, paths, status):
    assert run("scan", *paths, "--exit-code", cwd=texts).status == status
    assert run("scan", *paths, cwd=texts).status == 0


def test_paths_from_a_list(texts):
    listing = texts / "list"
    for content in (b"a.txt\nb.txt\n", b"\xef\xbb\xbfa.txt\r\n\r\nb.txt", b"a.txt\0b.txt\0"):
        listing.write_bytes(content)
        ran = run("scan", "--files-from", listing, "--output-format", "concise", cwd=texts)
        assert (ran.status, ran.out.count("\n")) == (0, 1), content
        piped = run(
            "scan", "--files-from", "-", "--output-format", "concise", stdin=content, cwd=texts
        )
        assert piped.out == ran.out


@pytest.mark.parametrize(
    ("arguments", "stdin", "what"),
    [
        (["--files-from", "nowhere"], b"", "cannot read the list nowhere: No such file"),
        (["--files-from", "-"], b"\n", "the list - is empty"),
        (["--files-from", "-", "-"], b"", "standard input cannot be both"),
        (["missing.txt"], b"", "no such file or folder: missing.txt"),
        (["a.txt", "missing.txt"], b"", "no such file or folder: missing.txt"),
        (["x\ny"], b"", "no such file or folder: x"),
        ([""], b"", "an empty path"),
    ],
)
def test_what_cannot_be_read_is_an_error(texts, arguments, stdin, what):
    ran = run("scan", *arguments, stdin=stdin, cwd=texts)
    assert (ran.status, ran.out) == (2, "")
    assert what in ran.err
    assert ran.err.startswith("dedup: error: ")


def test_a_mistyped_path_gets_a_suggestion(texts):
    (texts / "文章.txt").touch()
    ran = run("scan", "文章.tx", cwd=texts)
    assert ran.err.splitlines()[1] == "  hint: did you mean 文章.txt?"


def test_a_directory_without_texts(tmp_path):
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n")
    ran = run("scan", tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ".png" in ran.err


def test_standard_input_is_a_document(texts):
    ran = run("scan", "-", "a.txt", stdin=BODY.replace("，", ",").encode(), cwd=texts)
    assert ran.status == 0
    assert "  drop  -\n" in ran.out or "  keep  -\n" in ran.out
    assert "otherwise only punctuation width differs." in ran.out, "it is read twice"
    assert sys.stdin is not None


def test_standard_input_that_is_closed(texts):
    command = f"{shlex.quote(sys.executable)} -m dedup scan - a.txt <&-"
    ran = subprocess.run(
        ["bash", "-c", command], cwd=texts, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "standard input is closed" in ran.stderr


def test_a_bad_input_does_not_keep_the_result_away(texts):
    (texts / "bad.txt").write_bytes("坏".encode() * 200 + b"\xff\xfe\xff" + "坏".encode() * 200)
    ran = run("scan", texts, "--output-format", "concise", cwd=texts)
    assert ran.status == 2
    assert ran.out.count("\n") == 1, "nothing is lost"
    assert "dedup: error: 1 input not read: in no known encoding\n" in ran.err
    assert "bad.txt: byte" in ran.err
    assert ran.err.endswith("  hint: --ignore-errors goes on without them and exits with 0\n")


def test_ignored_errors_are_warnings(texts):
    (texts / "bad.txt").write_bytes("坏".encode() * 200 + b"\xff\xfe\xff" + "坏".encode() * 200)
    ran = run("scan", texts, "missing.txt", "--ignore-errors", cwd=texts)
    assert ran.status == 0
    assert "dedup: warning: 1 input skipped: in no known encoding\n" in ran.err
    assert "dedup: warning: 1 input skipped: no such file or folder\n" in ran.err
    assert "dedup: error" not in ran.err
    assert run("scan", texts, "--ignore-errors", "--exit-code", cwd=texts).status == 1


def test_a_missing_path_that_is_ignored_is_in_the_result(texts):
    ran = run("scan", "a.txt", "gone", "--ignore-errors", "--output-format", "jsonl", cwd=texts)
    (skip,) = [r for r in records(ran) if r["type"] == "skip"]
    assert (skip["path"], skip["reason"], skip["error"]) == ("gone", "missing", True)
    assert records(ran)[-1]["skipped"] == 1


def test_an_unreadable_file_is_not_the_end(texts, monkeypatch):
    import dedup.source.files

    before = dedup.source.files.os.open

    def refused(path, *more, **options):
        if os.fspath(path).endswith("c.txt"):
            raise PermissionError(13, "Permission denied", path)
        return before(path, *more, **options)

    monkeypatch.setattr(dedup.source.files.os, "open", refused)  # root may read anything
    ran = run("scan", "a.txt", "b.txt", "c.txt", "--output-format", "concise", cwd=texts)
    assert (ran.status, ran.out.count("\n")) == (2, 1)
    assert "dedup: error: 1 input not read: cannot be read\n  c.txt: cannot be read" in ran.err


def test_when_nothing_is_left_to_ignore_it_is_an_error(texts):
    assert run("scan", "gone", "--ignore-errors", cwd=texts).status == 2


def test_skips_are_grouped_with_five_of_them_named(texts):
    for number in range(8):
        (texts / f"empty{number}.txt").touch()
    (texts / "blank.txt").write_text(" \n\u3000\n", encoding="utf-8")
    ran = run("scan", texts, cwd=texts)
    assert ran.status == 0
    block = ran.err[ran.err.index("dedup: warning: 8 inputs skipped: empty\n") :].splitlines()
    assert len([line for line in block[1:6] if line.endswith(".txt")]) == 5
    assert block[6] == "  … and 3 more; -v names all"
    assert "dedup: warning: 1 input skipped: no letters, digits or Han characters" in ran.err
    assert run("scan", texts, "-v", cwd=texts).err.count("empty") >= 8


def test_what_is_left_out_is_counted_by_extension(texts):
    for name in ("x.png", "y.png", "z.json", ".hidden"):
        (texts / name).write_bytes(b"\x89PNG\r\n\x00")
    ran = run("scan", texts)
    assert "left out: 2 .png, 1 .json, 1 hidden\n" in ran.err
    assert "未读取：" in run("scan", texts, "--lang", "zh").err


def test_ignore_files_are_respected_unless_not_wanted(texts):
    (texts / ".dedupignore").write_text("b.txt\n", encoding="utf-8")
    assert "no duplicates" in run("scan", texts).err
    assert "1 cluster" in run("scan", texts, "--no-ignore").err


def test_a_guessed_encoding_is_listed(texts):
    (texts / "short.txt").write_bytes("葉".encode("big5"))
    ran = run("scan", texts, cwd=texts)
    assert "dedup: warning: the encoding of 1 document is a guess\n" in ran.err
    assert "short.txt: " in ran.err
    assert "hint" not in ran.err
    hinted = run("scan", texts, cwd=texts, terminal=True)
    assert "  hint: --encoding NAME reads files as NAME\n" in hinted.err


@pytest.mark.parametrize(
    "name", ["[draft].md", "x[bold]草稿[bold].txt", "a b.txt", "-o.txt", "=1.txt"]
)
@pytest.mark.parametrize("output_format", ["full", "concise", "json", "jsonl", "csv"])
def test_odd_names_in_every_format(texts, name, output_format):
    shutil.copy(texts / "a.txt", texts / name)
    ran = run("scan", texts, "--output-format", output_format, "--keep", "first", cwd=texts)
    assert ran.status == 0
    assert name in ran.out


@pytest.mark.skipif(sys.platform != "linux", reason="needs names that are any bytes")
@pytest.mark.parametrize("output_format", ["full", "concise", "json", "jsonl", "csv"])
def test_names_in_gbk(texts, output_format):
    name = os.fsdecode("副本.txt".encode("gbk"))
    shutil.copy(texts / "a.txt", texts / name)
    ran = run("scan", texts, "--output-format", output_format)
    assert ran.status == 0, ran.err
    ran.stdout.decode("utf-8")
    if output_format == "jsonl":
        paths = [r["path"] for r in records(ran) if r["type"] == "document"]
        (undecodable,) = [p for p in paths if isinstance(p, dict)]
        assert list(undecodable) == ["bytes"]
    else:
        assert "bytes" in ran.out or "\\udc" in ran.out


@pytest.mark.skipif(sys.platform != "linux", reason="needs names that are any bytes")
def test_a_name_in_gbk_on_the_command_line(texts):
    name = "副本.txt".encode("gbk")
    shutil.copy(texts / "a.txt", os.fsencode(texts) + b"/" + name)
    command = [sys.executable, "-m", "dedup", "scan", "a.txt", name]
    ran = subprocess.run(command, cwd=texts, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert b"\\udcb8\\udcb1\\udcb1\\udcbe.txt" in ran.stdout


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
@pytest.mark.parametrize("output_format", ["full", "concise"])
def test_consoles_that_lack_characters(texts, encoding, output_format):
    shutil.copy(texts / "a.txt", texts / "𠮷✓.txt")
    arguments = ["scan", texts, "--output-format", output_format, "--keep", "first"]
    ran = run(*arguments, cwd=texts, encoding=encoding)
    assert ran.status == 0
    assert "\\U00020bb7\\u2713.txt" in ran.stdout.decode(encoding)


@pytest.mark.parametrize("output_format", ["json", "jsonl", "csv"])
def test_machine_formats_are_utf8_whatever_the_console_is(texts, output_format):
    shutil.copy(texts / "a.txt", texts / "𠮷.txt")
    ran = run("scan", texts, "--output-format", output_format, encoding="gbk")
    assert "𠮷.txt" in ran.stdout.decode("utf-8")


def test_color(texts):
    plain = run("scan", texts)
    assert "\x1b" not in plain.out + plain.err
    assert "\x1b[" in run("scan", texts, "--color", "always").out
    assert "\x1b[" in run("scan", texts, terminal=True, env={"TERM": "xterm"}).out
    for unwanted in (
        run("scan", texts, "--color", "never", terminal=True, env={"TERM": "xterm"}),
        run("scan", texts, terminal=True, env={"TERM": "xterm", "NO_COLOR": "1"}),
        run("scan", texts, terminal=True, env={"TERM": "dumb"}),
    ):
        assert "\x1b" not in unwanted.out + unwanted.err


def test_a_terminal_wraps_and_a_pipe_does_not(seeds):
    narrow = {"COLUMNS": "60"}
    piped = run("scan", seeds, env=narrow).out
    assert max(cell_len(line) for line in piped.splitlines()) > 200
    shown = run("scan", seeds, env=narrow, terminal=True).out
    assert max(cell_len(line) for line in shown.splitlines()) <= 60


def test_order_and_workers_change_no_byte(texts):
    arguments = ["--output-format", "jsonl"]
    one = run("scan", "a.txt", "b.txt", "c.txt", "--jobs", "1", *arguments, cwd=texts).out
    two = run("scan", "c.txt", "b.txt", "a.txt", "--jobs", "2", *arguments, cwd=texts).out
    assert one == two


def test_the_same_in_every_format(texts):
    flat = records(run("scan", texts, "--output-format", "jsonl"))
    whole = json.loads(run("scan", texts, "--output-format", "json").out)
    rows = list(csv.reader(io.StringIO(run("scan", texts, "--output-format", "csv").out)))
    assert whole["summary"]["dropped"] == flat[-1]["dropped"] == len(rows) - 1 == 1
    assert flat[-1]["type"] == "summary"


def test_a_file_that_changes_between_two_reads(texts, monkeypatch):
    import dedup.app.scan

    scan_paths = dedup.app.scan.scan_paths

    def scan_then_change(*arguments, **more):
        result = scan_paths(*arguments, **more)
        (texts / "a.txt").write_text(OTHER * 2, encoding="utf-8")
        return result

    monkeypatch.setattr(dedup.app.scan, "scan_paths", scan_then_change)
    ran = run("scan", "a.txt", "b.txt", cwd=texts)
    assert ran.status == 0
    assert "dedup: warning: a.txt changed since it was read; what differs is not shown" in ran.err
    assert "same-text: similarity 1.000\n" in ran.out


def test_settings_from_file_and_environment(texts):
    (texts / "dedup.toml").write_text('output_format = "concise"\nkeep = "first"\n')
    ran = run("scan", ".", cwd=texts)
    assert ran.out == "b.txt: same-text as a.txt (1.00)\n"
    assert run("scan", ".", cwd=texts, env={"DEDUP_OUTPUT_FORMAT": "csv"}).out.startswith("\ufeff")
    flagged = run("scan", ".", "--output-format", "jsonl", cwd=texts)
    assert flagged.out.startswith('{"type":"run"')


def test_patterns_are_expanded_where_shells_do_not(texts, monkeypatch):
    import dedup.cli.scan

    monkeypatch.setattr(dedup.cli.scan.sys, "platform", "win32")
    ran = run("scan", str(Path("*.txt")), "--output-format", "concise", cwd=texts)
    assert ran.out.count("\n") == 1
    assert run("scan", "*.none", cwd=texts).status == 2


def test_against_what_is_known(texts):
    known = texts / "known"
    known.mkdir()
    (texts / "a.txt").rename(known / "a.txt")
    ran = run("scan", texts / "b.txt", texts / "c.txt", "--against", known, "--exit-code")
    assert ran.status == 1
    assert f"  known  {known / 'a.txt'}" in ran.out
    assert "        it is known already" in ran.out
    assert ran.err.startswith("2 new documents read, compared with 1 known, 1 cluster, 1 dropped (")
    assert run("scan", texts / "c.txt", "--against", known, "--exit-code").status == 0


def test_against_in_the_other_formats(texts):
    paths = (texts / "b.txt", "--against", texts / "a.txt")
    ran = run("scan", *paths, "--output-format", "concise", "--lang", "zh")
    assert ran.out.strip() == f"{texts / 'b.txt'}: 与 {texts / 'a.txt'}（已知） 文字相同（1.00）"
    made = records(run("scan", *paths, "--output-format", "jsonl"))
    (cluster,) = [r for r in made if r["type"] == "cluster"]
    assert cluster["keep"]["known"] is True
    assert [r.get("known", False) for r in made if r["type"] == "document"] == [True, False]
    assert (made[-1]["documents"], made[-1]["known"]) == (1, 1)
    ran = run("scan", *paths, "--output-format", "csv")
    assert "it is known already" in ran.out
    ran = run("scan", texts / "c.txt", "--against", texts / "a.txt")
    assert "no duplicates of 1 document at threshold 0.5" in ran.err


def test_against_several_and_what_is_missing(texts):
    ran = run("scan", texts / "c.txt", "--against", texts / "a.txt", "--against", texts / "b.txt")
    assert ran.err.startswith("1 new document read, compared with 2 known, 0 clusters, 0 dropped")
    ran = run("scan", texts / "c.txt", "--against", texts / "nowhere")
    assert ran.status == 2
    assert "no such file or folder" in ran.err


def test_what_is_known_is_not_written(texts, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    known = texts / "known"
    known.mkdir()
    (texts / "a.txt").rename(known / "a.txt")
    new = (texts / "b.txt", texts / "c.txt")
    ran = run("scan", *new, "--against", known, "--write-kept", out / "kept",
              "--write-dropped", out / "dropped")  # fmt: skip
    assert ran.status == 0
    assert [p.name for p in (out / "kept").rglob("*.txt")] == ["c.txt"]
    assert [p.name for p in (out / "dropped").rglob("*.txt")] == ["b.txt"]
    ran = run("scan", *new, "--against", known, "--write-kept", known / "kept")
    assert ran.status == 2


def test_what_is_known_is_sketched_once(texts, tmp_path_factory):
    work = tmp_path_factory.mktemp("work") / "work"
    lines = [json.dumps({"id": n, "text": BODY + str(n)}) for n in range(5)]
    known, new = texts / "known.jsonl", texts / "new.jsonl"
    known.write_text("\n".join(lines), encoding="utf-8")
    new.write_text(json.dumps({"id": "new", "text": BODY}), encoding="utf-8")
    call = ("scan", new, "--against", known, "--output-format", "jsonl", "--work-dir", work)
    first = run(*call)
    again = run(*call, "--resume")
    assert (first.status, again.status) == (0, 0)
    assert first.out == again.out
    assert "taken over from the work folder: 2 files" in again.err
    alone = run("scan", new, "--work-dir", work, "--resume")
    assert alone.status == 0

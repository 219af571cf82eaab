"""``dedup report``: a saved result shown once more, from the command line to the streams."""

from __future__ import annotations

import json

import pytest
from terminal import run

from dedup.report.registry import BORDERLINE_FORMATS

BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 3
NEAR = BODY.replace("学习", "工作", 1)


@pytest.fixture
def place(tmp_path):
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(BODY.replace("，", ","), encoding="utf-8")
    (tmp_path / "c.txt").write_text(NEAR, encoding="utf-8")
    ran = run("scan", ".", "--threshold", "0.6", "-q", "-o", "r.jsonl", cwd=tmp_path)
    assert ran.status == 0
    return tmp_path


@pytest.mark.parametrize("output_format", ["full", "concise", "json", "jsonl", "csv", "html"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_format_is_what_scan_would_have_written(place, output_format, lang):
    names = ["a.txt", "b.txt", "c.txt"]
    chosen = ("--output-format", output_format, "--lang", lang)
    borderline = ("--borderline", "2") if output_format in BORDERLINE_FORMATS else ()
    scanned = run("scan", *names, *chosen, *borderline, cwd=place)
    run("scan", *names, *borderline, "-q", "-o", "s.jsonl", cwd=place)
    again = run("report", "s.jsonl", *chosen, cwd=place)
    assert again.status == 0
    assert again.out == scanned.out


def test_a_pipe(place):
    result = (place / "r.jsonl").read_bytes()
    assert (
        run("report", "-", stdin=result, cwd=place).out == run("report", "r.jsonl", cwd=place).out
    )


def test_totals_go_to_standard_error(place):
    ran = run("report", "r.jsonl", "--output-format", "concise", cwd=place)
    assert ran.err == "3 documents read, 1 cluster, 2 dropped, at threshold 0.6\n"
    assert run("report", "r.jsonl", "-q", cwd=place).err == ""


def test_verbose_shows_the_histogram(place):
    ran = run("report", "r.jsonl", "-v", cwd=place)
    assert "similarity of the pairs:" in ran.err
    assert "similarity of the pairs" not in run("report", "r.jsonl", cwd=place).err


def test_a_console_of_another_encoding_gets_plain_bars(place):
    ran = run("scan", "a.txt", "c.txt", "-v", cwd=place, encoding="gbk")
    assert "####" in ran.stderr.decode("gbk")


def test_no_color(place):
    ran = run("report", "r.jsonl", "-v", cwd=place, terminal=True, env={"NO_COLOR": "1"})
    assert "\x1b[36m" not in ran.err
    colored = run("report", "r.jsonl", "-v", "--color", "always", cwd=place)
    assert "\x1b[36m" in colored.err


def test_another_threshold(place):
    before = run("report", "r.jsonl", "--output-format", "concise", cwd=place).out
    after = run("report", "r.jsonl", "--threshold", "1", "--output-format", "concise", cwd=place)
    assert "c.txt: near" in before or "a.txt: near" in before
    assert "near" not in after.out
    assert after.err.endswith("at threshold 1\n")


def test_settings_of_this_place_do_not_decide(place):
    ran = run(
        "report", "r.jsonl", cwd=place, env={"DEDUP_THRESHOLD": "0.99", "DEDUP_KEEP": "first"}
    )
    assert ran.out == run("report", "r.jsonl", cwd=place).out


def test_texts_that_are_gone_or_changed_are_named(place):
    (place / "a.txt").unlink()
    (place / "c.txt").write_text("另一篇", encoding="utf-8")
    ran = run("report", "r.jsonl", cwd=place)
    assert ran.status == 0
    assert "dedup: warning: a.txt: does not exist any more; what differs is not shown" in ran.err
    assert "c.txt changed since it was read; what differs is not shown" in ran.err
    assert "near: similarity" in ran.out, "relation and numbers are in the result"


def test_many_texts_that_are_gone_are_counted(tmp_path):
    for number in range(24):
        text = f"第{number}种说法" * 3 + "各不相同的故事。" * number
        (tmp_path / f"{number:02}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"{number:02}x.txt").write_text(text + "。", encoding="utf-8")
    run("scan", ".", "-q", "-o", "r.jsonl", cwd=tmp_path)
    for path in tmp_path.glob("*.txt"):
        path.unlink()
    err = run("report", "r.jsonl", cwd=tmp_path).err
    assert err.count("what differs is not shown") == 5
    assert "  … and " in err
    assert "more such documents\n" in err


def test_standard_input_cannot_be_read_again(place):
    text = BODY.replace("，", ",").encode()
    ran = run("scan", "-", "a.txt", "--output-format", "jsonl", stdin=text, cwd=place)
    (place / "piped.jsonl").write_bytes(ran.stdout)
    again = run("report", "piped.jsonl", cwd=place)
    assert again.status == 0
    assert "- did not come from a file and cannot be read again" in again.err


def test_other_dictionaries_explain_nothing(place):
    words = place / "words.dic"
    words.write_text("走深走实 5\n", encoding="utf-8")
    run("scan", "a.txt", "c.txt", "--user-dict", "words.dic", "-q", "-o", "w.jsonl", cwd=place)
    ran = run("report", "w.jsonl", cwd=place)
    assert ran.status == 0
    assert "made by other definitions or dictionaries" in ran.err
    assert "similarity" in ran.out


def test_the_result_that_is_read_is_not_written_over(place):
    before = (place / "r.jsonl").read_bytes()
    ran = run("report", "r.jsonl", "--threshold", "0.9", "-o", "./r.jsonl", cwd=place)
    assert ran.status == 2
    assert "is the result that is read" in ran.err
    assert (place / "r.jsonl").read_bytes() == before


def test_a_text_is_not_written_over(place):
    ran = run("report", "r.jsonl", "-o", "a.txt", cwd=place)
    assert ran.status == 2
    assert (place / "a.txt").read_text("utf-8") == BODY


def test_exit_code_is_asked_for(place):
    assert run("report", "r.jsonl", "--exit-code", cwd=place).status == 1
    (place / "d.txt").write_text("完全是另外一个故事了。", encoding="utf-8")
    run("scan", "d.txt", "-q", "-o", "none.jsonl", cwd=place)
    assert run("report", "none.jsonl", "--exit-code", cwd=place).status == 0


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["r.jsonl", "--threshold", "0.5"], "0.5 is below that"),
        (["r.jsonl", "--threshold", "7"], "threshold is 7"),
        (["r.jsonl", "--borderline", "-1"], "borderline is -1, but must be 0 or more"),
        (["r.jsonl", "--borderline", "2", "-o", "x.csv"], "csv does not show borderline pairs"),
        (["a.txt"], "a.txt is not a result of dedup"),
        (["r.json"], "no such file or folder: r.json"),
        (["."], "cannot read ."),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_done(place, arguments, what):
    ran = run("report", *arguments, cwd=place)
    assert (ran.status, ran.out) == (2, "")
    assert what in ran.err


def test_a_written_result_can_be_read_again(place):
    run("report", "r.jsonl", "--threshold", "0.9", "--borderline", "3", "-o", "s.jsonl", cwd=place)
    lines = (place / "s.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[0])["settings"]["threshold"] == 0.9
    assert run("report", "s.jsonl", cwd=place).status == 0
    assert run("report", "s.jsonl", "--threshold", "0.7", cwd=place).status == 2


def test_relations_lead_to_something_else_than_in_the_scan(place):
    assert "c.txt: near" in run("report", "r.jsonl", "--output-format", "concise", cwd=place).out
    kept = ("--relations", "near=keep", "--relations", "same-text=keep,same-body=keep")
    done = run("report", "r.jsonl", *kept, "--output-format", "json", cwd=place)
    assert done.status == 0
    assert json.loads(done.out)["clusters"] == []
    wrong = run("report", "r.jsonl", "--relations", "near=gone", cwd=place)
    assert wrong.status == 2
    assert "gone" in wrong.err

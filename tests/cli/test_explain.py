"""``dedup explain``: two documents, whole runs."""

from __future__ import annotations

import json

import pytest
from terminal import run

FIRST, SECOND = "000_bfcd20cd4fff3ced.txt", "001_cb5d74f41f6b3177.txt"
NEWS = "昨日下午，城北化工厂发生爆炸，造成5人死亡。市长张三赶到现场，表示不会放过责任人。" * 3


@pytest.fixture
def pair(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS + "事故原因仍在调查。", encoding="utf-8")
    (tmp_path / "b.txt").write_text(
        NEWS.replace("5人", "11人") + "事故原因仍在调查。", encoding="utf-8"
    )
    return tmp_path


def test_the_seeds(seeds):
    ran = run("explain", FIRST, SECOND, cwd=seeds)
    assert (ran.status, ran.err) == (0, "")
    assert "\nsame-body\n   The same article; " in ran.out
    assert "similarity 1.000 with metadata and titles set aside, 0.96" in ran.out
    assert "  [《人民日报》 2023-11-14, page 19]" in ran.out
    assert "  [责编 杨光宇、胡永秋]" in ran.out
    assert "punctuation width ×" in ran.out
    assert "Passages" not in ran.out, "the bodies are equal"


def test_the_seeds_in_chinese(seeds):
    ran = run("explain", FIRST, SECOND, "--lang", "zh", cwd=seeds)
    assert "\n正文相同\n   同一篇文章；" in ran.out
    assert "；其余只有标点全半角和空白不同。" in ran.out


def test_the_seeds_as_json(seeds):
    ran = run("explain", FIRST, SECOND, "--output-format", "json", cwd=seeds)
    whole = json.loads(ran.out)
    assert whole["relation"] == "same-body"
    assert whole["similarity"] == 1.0
    assert 0.96 <= whole["whole_similarity"] <= 0.97
    kinds = [change["kind"] for change in whole["changes"]]
    assert kinds == ["metadata"] * 3 + ["title", "punctuation", "space"]


def test_the_seeds_with_everything_compared(seeds):
    ran = run("explain", FIRST, SECOND, "--keep-metadata", cwd=seeds)
    assert "\nnear\n   Nearly the same text; " in ran.out
    assert "\nPassages\n  -    1 发布时间" in ran.out
    assert " equal sentences, lines 2–32 / 4–34\n" in ran.out


def test_a_changed_number_is_marked(pair):
    ran = run("explain", "a.txt", "b.txt", cwd=pair)
    assert ran.status == 0
    assert "[-5-]" in ran.out
    assert "{+11+}" in ran.out
    assert "  facts\n" in ran.out
    colored = run("explain", "a.txt", "b.txt", "--color", "always", cwd=pair).out
    assert "[-" not in colored.replace("\x1b[", "")
    assert "\x1b[1;7;31m5\x1b[0m" in colored


@pytest.mark.parametrize("color", ["never", "auto"])
def test_without_color_there_is_no_escape(pair, color):
    env = {"TERM": "xterm", "NO_COLOR": "1"}
    ran = run("explain", "a.txt", "b.txt", "--color", color, cwd=pair, terminal=True, env=env)
    assert "\x1b" not in ran.out + ran.err


def test_the_status(pair, seeds):
    assert run("explain", "a.txt", "b.txt", cwd=pair).status == 0
    assert run("explain", "a.txt", "b.txt", "--exit-code", cwd=pair).status == 1
    other = seeds / FIRST
    different = run("explain", "a.txt", other, "--exit-code", cwd=pair)
    assert different.status == 0
    assert "\nnot duplicates\n" in different.out


def test_standard_input(pair):
    content = (pair / "b.txt").read_bytes()
    ran = run("explain", "a.txt", "-", stdin=content, cwd=pair)
    assert ran.status == 0
    assert "B  -\n" in ran.out


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["-", "-"], "standard input cannot be both documents"),
        (["a.txt", "gone.txt"], "no such file or folder: gone.txt"),
        (["a.tx", "b.txt"], "did you mean a.txt?"),
        (["a.txt", ""], "an empty path"),
        (["a.txt", "."], "a folder, not a file"),
        (["a.txt", "empty.txt"], "empty"),
        (["a.txt", "b.txt", "--encoding", "nonsense"], "unknown encoding: nonsense"),
        (["a.txt", "b.txt", "--threshold", "2"], "threshold is 2.0"),
        (["a.txt", "b.txt", "--user-dict", "gone"], "cannot read the dictionary gone"),
        (["a.txt", "b.txt", "--output-format", "csv"], "'csv' is not one of 'full', 'json'"),
    ],
)
def test_errors(pair, arguments, what):
    (pair / "empty.txt").touch()
    ran = run("explain", *arguments, cwd=pair)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("dedup: error: ")
    assert what in ran.err
    assert "Traceback" not in ran.err


def test_a_format_that_this_command_has_not_may_be_set_for_all(pair):
    ran = run("explain", "a.txt", "b.txt", cwd=pair, env={"DEDUP_OUTPUT_FORMAT": "csv"})
    assert ran.status == 0
    assert ran.out.startswith("A  a.txt\n")

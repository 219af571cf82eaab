"""``dedup report RESULT --plot FILE``."""

from __future__ import annotations

import pytest
from terminal import run

import dedup
from dedup.cli.plotting import KINDS
from dedup.report.picture import PLOT_KINDS

BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 3


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plot")
    for name, text in {"a": BODY, "b": BODY.replace("，", ","), "c": BODY + "尾声。"}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert run("scan", ".", "-q", "-o", "r.jsonl", cwd=folder).status == 0
    return folder


def test_the_kinds_are_the_same():
    assert KINDS == PLOT_KINDS


def test_a_picture_alone(place):
    ran = run("report", "r.jsonl", "--plot", "out.svg", cwd=place)
    assert (ran.status, ran.out) == (0, "")
    assert (place / "out.svg").read_text("utf-8").startswith("<?xml")
    assert "1 cluster" in ran.err


def test_a_picture_beside_the_report(place):
    ran = run("report", "r.jsonl", "--plot", "out.PNG", "--output-format", "concise", cwd=place)
    assert ran.status == 0
    assert "a.txt" in ran.out
    assert (place / "out.PNG").read_bytes().startswith(b"\x89PNG")


def test_the_library_draws_the_same(place):
    run("report", "r.jsonl", "--plot", "one.svg", "--plot-kind", "sizes", "--lang", "zh", cwd=place)
    dedup.plot(dedup.load(place / "r.jsonl"), place / "two.svg", kind="sizes", lang="zh")
    assert (place / "one.svg").read_bytes() == (place / "two.svg").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--plot", "out.pdf"), "a picture is written as svg or png"),
        (("--plot", "out"), "a picture is written as svg or png"),
        (("--plot", "no/such/out.svg"), "there is no directory"),
        (("--plot-kind", "sizes"), "add --plot"),
        (("--plot", "x.svg", "--plot-kind", "pie"), "pie"),
    ],
)
def test_what_cannot_be_drawn(place, arguments, said):
    ran = run("report", "r.jsonl", *arguments, cwd=place)
    assert ran.status == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_text_is_not_drawn_over(place):
    (place / "text.svg").write_text(BODY, encoding="utf-8")
    run("scan", "a.txt", "text.svg", "-q", "-o", "s.jsonl", cwd=place)
    result = dedup.load(place / "s.jsonl")
    ran = run("report", "s.jsonl", "--plot", "text.svg", cwd=place)
    if "text.svg" in result.documents:
        assert ran.status == 2
        assert (place / "text.svg").read_text(encoding="utf-8") == BODY


def test_the_status_says_whether_there_were_duplicates(place):
    assert run("report", "r.jsonl", "--plot", "o.svg", "--exit-code", cwd=place).status == 1


def test_an_unknown_kind_in_the_library(place):
    with pytest.raises(dedup.UsageError, match="there is no picture 'pie'"):
        dedup.plot(dedup.load(place / "r.jsonl"), place / "x.svg", kind="pie")


def test_verbose_shows_sizes_in_the_terminal(place):
    ran = run("report", "r.jsonl", "-v", cwd=place)
    assert "similarity of the pairs:" in ran.err
    assert "clusters by documents:" in ran.err

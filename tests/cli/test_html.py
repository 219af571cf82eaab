"""``--output-format html`` from the command line: what is read, what is left alone."""

from __future__ import annotations

import pytest
from pages import parsed, text_of, with_class
from terminal import run

NEWS = (
    "昨日下午，城北化工厂发生爆炸，造成5人死亡。市长张三赶到现场，要求全力搜救，原因正在调查。\n"
    * 2
)
REWORDED = NEWS.replace("要求全力搜救", "希望尽快救出被困的人", 1)


@pytest.fixture
def place(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS, encoding="utf-8")
    (tmp_path / "b.txt").write_text(REWORDED, encoding="utf-8")
    return tmp_path


def page(place, name="r.html"):
    return parsed((place / name).read_text("utf-8"))


def test_scan_and_report_make_the_same_page(place):
    assert run("scan", "a.txt", "b.txt", "-q", "-o", "s.html", cwd=place).status == 0
    run("scan", "a.txt", "b.txt", "-q", "-o", "r.jsonl", cwd=place)
    assert run("report", "r.jsonl", "-q", "-o", "r.HTM", cwd=place).status == 0
    assert (place / "r.HTM").read_bytes() == (place / "s.html").read_bytes()
    piped = run("report", "r.jsonl", "-q", "--output-format", "html", cwd=place, encoding="gbk")
    assert piped.stdout == (place / "s.html").read_bytes()


def test_texts_that_changed_are_named_in_the_page(place):
    run("scan", "a.txt", "b.txt", "-q", "-o", "r.jsonl", cwd=place)
    (place / "a.txt").write_text("另一篇", encoding="utf-8")
    (place / "b.txt").unlink()
    ran = run("report", "r.jsonl", "-q", "-o", "r.html", "--lang", "en", cwd=place)
    assert ran.status == 0
    (attention,) = with_class(page(place), "attention")
    assert "2 documents were changed or are gone" in text_of(attention, "en")
    assert {text_of(each).strip() for each in attention.iter("li")} == {"a.txt", "b.txt"}
    assert not with_class(page(place), "sides")


def test_a_result_with_texts_needs_no_files(place):
    run("scan", "a.txt", "b.txt", "-q", "--with-text", "-o", "r.jsonl", cwd=place)
    (place / "a.txt").unlink()
    (place / "b.txt").unlink()
    assert run("report", "r.jsonl", "-q", "-o", "r.html", cwd=place).status == 0
    assert with_class(page(place), "sides")
    assert not with_class(page(place), "attention")


def test_without_text_no_word_is_in_the_page(place):
    run("scan", "a.txt", "b.txt", "-q", "--no-text", "-o", "r.html", cwd=place)
    assert "化工厂" not in (place / "r.html").read_text("utf-8")
    assert "without a word of the texts" in text_of(page(place), "en")


def test_only_documents_in_clusters_are_read_again(place, monkeypatch):
    (place / "c.txt").write_text("完全是另外一个故事了，和前两篇毫无关系。", encoding="utf-8")
    run("scan", ".", "-q", "-o", "r.jsonl", cwd=place)
    from dedup.source import rereading

    seen = []
    whole = rereading.reread
    monkeypatch.setattr(
        rereading,
        "reread",
        lambda info, reading=None: (seen.append(info.id), whole(info, reading))[1],
    )
    assert run("report", "r.jsonl", "-q", "-o", "r.html", cwd=place).status == 0
    assert sorted(seen) == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["-o", "none/r.html"], "there is no directory"),
        (["-o", "a.txt/r.html"], "there is no directory"),
        (["--output-format", "html", "--summary"], "--summary cannot be used with the format html"),
    ],
)
def test_what_cannot_be_done(place, arguments, what):
    ran = run("scan", "a.txt", "b.txt", *arguments, cwd=place)
    assert ran.status == 2
    assert what in ran.err


def test_config_has_no_page(place):
    assert run("config", "-o", "c.html", cwd=place).status == 2

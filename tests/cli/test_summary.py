"""What standard error says after a scan."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from handmade import GBK_NAME, cluster, info, pair, result, skipped
from terminal import Stream

from dedup.cli.language import use
from dedup.cli.options import Talk
from dedup.cli.summary import complain_unread, report_scan, warn_skipped
from dedup.model import Crowd
from dedup.report.reasons import reason_name
from dedup.settings import Settings

REASONS = (
    "no-text",
    "empty",
    "binary",
    "garbled",
    "undecodable",
    "unreadable",
    "missing",
    "not-a-file",
    "vanished",
    "changed",
    "link-loop",
)


def said(monkeypatch, report, *, terminal=False, lang="en"):
    use(lang)
    stream = Stream(terminal=terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    report()
    return stream.kept().decode("utf-8")


def talk(**more):
    return Talk(
        **{"color": "never", "output_format": None, "verbose": False, "quiet": False, **more}
    )


def summary(monkeypatch, scan, *, lang="en", terminal=False, **more):
    return said(
        monkeypatch,
        lambda: report_scan(scan, talk(**more), seconds=1.25),
        lang=lang,
        terminal=terminal,
    )


def test_totals(monkeypatch):
    scan = result([cluster("a", pair("b", "a"))], documents=[info("c")])
    assert summary(monkeypatch, scan) == "3 documents read, 1 cluster, 1 dropped (1.2 s)\n"
    assert (
        summary(monkeypatch, scan, lang="zh") == "读取 3 篇文档，重复 1 组，可去除 1 篇（1.2 秒）\n"
    )


def test_large_totals_have_separators(monkeypatch):
    scan = result([cluster("a", pair("b", "a"))], dropped=12345)
    assert "1 cluster, 12,345 dropped" in summary(monkeypatch, scan)


def test_quiet_is_quiet(monkeypatch):
    scan = result([], skips=[skipped("x")], pairs_not_compared=5)
    assert summary(monkeypatch, scan, quiet=True) == ""


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        (["a", "b"], "no duplicates among 2 documents at threshold 0.75\n"),
        (["a"], "no duplicates: there is only one document to compare\n"),
        ([], "nothing to compare: none of the inputs holds text\n"),
    ],
)
def test_nothing_found(monkeypatch, documents, expected):
    scan = result(documents=[info(i) for i in documents], settings=Settings(threshold=0.75))
    assert summary(monkeypatch, scan).endswith(expected)


def test_skips_are_counted_and_grouped(monkeypatch):
    skips = [skipped(f"{i}.txt") for i in range(7)] + [skipped("x", "binary")]
    scan = result([cluster("a", pair("b", "a"))], skips=skips)
    assert summary(monkeypatch, scan) == (
        "dedup: warning: 1 input skipped: not text but binary\n"
        "  x: empty\n"
        "dedup: warning: 7 inputs skipped: empty\n"
        "  0.txt\n  1.txt\n  2.txt\n  3.txt\n  4.txt\n"
        "  … and 2 more; -v names all\n"
        "2 documents read, 1 cluster, 1 dropped, 8 skipped (1.2 s)\n"
    )
    assert "more; -v" not in summary(monkeypatch, scan, verbose=True)


def test_errors_are_not_among_the_warnings(monkeypatch):
    skips = [skipped("bad", "undecodable", error=True)]
    scan = result([cluster("a", pair("b", "a"))], skips=skips)
    assert "bad" not in summary(monkeypatch, scan)
    text = said(monkeypatch, lambda: complain_unread(skips, talk()))
    assert text == (
        "dedup: error: 1 input not read: in no known encoding\n"
        "  bad: empty\n"
        "  hint: --ignore-errors goes on without them and exits with 0\n"
    )


def test_doubtful_encodings_are_listed(monkeypatch):
    unsure = [info(f"{i}", encoding="big5", confidence=0.71) for i in range(6)]
    scan = result([cluster("a", pair("b", "a"))], documents=unsure)
    text = summary(monkeypatch, scan)
    assert "dedup: warning: the encoding of 6 documents is a guess\n  0: big5 (0.71)\n" in text
    assert "  … and 1 more; -v names all\n" in text
    assert "hint" not in text
    hinted = summary(monkeypatch, scan, terminal=True)
    assert "  hint: --encoding NAME reads files as NAME\n" in hinted


def test_pairs_that_were_not_compared_are_said(monkeypatch):
    scan = result([cluster("a", pair("b", "a"))], hot_buckets=2, pairs_not_compared=12345)
    expected = "dedup: warning: 12,345 pairs in 2 crowded buckets were not compared\n"
    assert expected in summary(monkeypatch, scan)


def test_what_was_left_out(monkeypatch):
    left_out = (*((f".x{i}", i) for i in range(1, 8)), ("hidden", 9), ("link", 1))
    scan = result([cluster("a", pair("b", "a"))], left_out=left_out)
    text = summary(monkeypatch, scan)
    assert "left out: 9 hidden, 7 .x7, 6 .x6, 5 .x5, 4 .x4, 7 others\n" in text
    assert "1 link\n" in summary(monkeypatch, scan, verbose=True)
    assert "隐藏 9 个" in summary(monkeypatch, scan, lang="zh")


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("count", [1, 2])
def test_every_reason_is_said_in_both_languages(monkeypatch, reason, count):
    skips = [skipped(f"{i}", reason) for i in range(count)]
    english = said(monkeypatch, lambda: warn_skipped(skips, talk()))
    assert reason_name(reason).render("en") in english
    chinese = said(monkeypatch, lambda: warn_skipped(skips, talk()), lang="zh")
    assert not reason_name(reason).render("zh").isascii()
    assert chinese.startswith("dedup：警告：跳过")


def test_a_reason_of_tomorrow_is_shown_as_it_is():
    assert reason_name("too-loud").render("zh") == "too-loud"


def test_odd_names_in_warnings(monkeypatch):
    text = said(monkeypatch, lambda: warn_skipped([skipped(GBK_NAME), skipped("a\nb")], talk()))
    assert r"  \udcd6\udcd0\udcce\udcc4.txt" in text
    assert r"  a\nb" in text


def crowded(**summary):
    scan = result([cluster("a", pair("b", "a"))], documents=[info("c")])
    crowd = Crowd("a", 40, "b", summary.pop("line", "转载请注明出处\x1b[31m"))
    return replace(scan, summary=replace(scan.summary, **summary, crowds=(crowd,)))


def test_a_crowd_is_named_with_numbers_and_its_first_line(monkeypatch):
    scan = crowded(documents=100, dropped=39)
    records = {i: replace(d, path="data.jsonl", place=3) for i, d in scan.documents.items()}
    said = summary(monkeypatch, replace(scan, documents=records)).splitlines()
    assert said[0] == (
        "dedup: warning: one cluster holds 40 of 100 documents; the kept one is data.jsonl:3 (a)"
    )
    assert said[1].startswith("  转载请注明出处")
    assert "\x1b" not in said[1]
    assert said[2] == "  hint: --threshold 0.75 finds fewer duplicates"


def test_more_than_half_dropped_is_said_too(monkeypatch):
    said = summary(monkeypatch, crowded(documents=60, dropped=39, line="")).splitlines()
    assert said[0] == "dedup: warning: 39 of 60 documents would be dropped"
    assert "one cluster holds 40 of 60 documents" in said[1]
    assert said[2].startswith("  hint: ")
    chinese = summary(monkeypatch, crowded(documents=60, dropped=39), lang="zh").splitlines()
    assert chinese[0] == "dedup：警告：60 篇文档中，将有 39 篇被去除"
    assert chinese[1] == "dedup：警告：60 篇文档中，有 40 篇属于同一重复组，保留的是 a"


def test_two_files_are_to_be_explained(monkeypatch):
    scan = crowded(documents=100, dropped=39)
    files = {i: replace(d, path=f"{i}.txt", place=0) for i, d in scan.documents.items()}
    said = summary(monkeypatch, replace(scan, documents=files))
    assert "  hint: dedup explain a b shows what they share; --threshold 0.75 finds" in said


def test_nothing_is_said_of_crowds_where_there_are_none_or_nobody_listens(monkeypatch):
    assert "holds" not in summary(monkeypatch, result([cluster("a", pair("b", "a"))]))
    assert summary(monkeypatch, crowded(documents=100, dropped=39), quiet=True) == ""

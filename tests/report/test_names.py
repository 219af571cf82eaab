"""User strings and numbers, made fit to show."""

from __future__ import annotations

import subprocess
from fractions import Fraction

import pytest
from handmade import GBK_NAME, info, skipped

from dedup.model import DocumentInfo
from dedup.report.names import clipped, count, decimal, quoted, short_names, shown, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seeds/000.txt", "seeds/000.txt"),
        ("文档 一.txt", "文档 一.txt"),
        ("[draft].md", "[draft].md"),
        ("x[/草稿].md", "x[/草稿].md"),
        ("a\nb", r"a\nb"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\u202eb", r"a\u202eb"),
        ("a\u200bb", r"a\u200bb"),
        ("a\u2028b", r"a\u2028b"),
        (GBK_NAME, r"\udcd6\udcd0\udcce\udcc4.txt"),
        ("\x7f", r"\x7f"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("", ""),
    ],
)
def test_visible(text, expected):
    assert visible(text) == expected
    visible(text).encode("utf-8")


def test_a_document_is_shown_by_its_path_or_its_id():
    assert shown(info("a", path="dir/a.txt")) == "dir/a.txt"
    assert shown(info("record-7", path=None)) == "record-7"
    assert shown(skipped("b\n.txt")) == r"b\n.txt"


def test_short_names_drop_the_folders_only_where_the_names_differ():
    assert short_names(info("x/a.txt"), info("y/b.txt")) == ("a.txt", "b.txt")
    assert short_names(info("x/a.txt"), info("y/a.txt")) == ("x/a.txt", "y/a.txt")
    assert short_names(info("-", path=None), info("y/a.txt")) == ("-", "a.txt")


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (1.0, 3, "1.000"),
        (Fraction(1), 2, "1.00"),
        (Fraction(999_999, 1_000_000), 2, "0.99"),
        (0.9999999, 3, "0.999"),
        (0.6, 3, "0.600"),
        (Fraction(3, 5), 2, "0.60"),
        (0.5999, 2, "0.59"),
        (Fraction(2, 3), 3, "0.666"),
        (0.0, 2, "0.00"),
        (0.29, 2, "0.29"),
    ],
)
def test_numbers_are_never_rounded_up(value, digits, expected):
    assert decimal(value, digits) == expected


def test_counts_have_separators():
    assert count(1234567) == "1,234,567"


def test_clipped_text_stays_on_one_line():
    assert clipped("第一行\r\n第二行\t末", 20) == "第一行⏎第二行 末"
    assert clipped("一二三四五", 4) == "一二三…"
    assert clipped("一二三四", 4) == "一二三四"
    assert clipped("\x1b[0m", 20) == r"\x1b[0m"


@pytest.mark.parametrize(
    "path", ["plain.txt", "two words.txt", "it's.txt", "[draft].md", "-x", "a\nb.txt", "中文.txt"]
)
def test_a_quoted_path_comes_back_from_the_shell(path):
    command = f"printf %s {quoted(path)}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    if path != "-x":
        assert ran.stdout.decode() == path
    else:
        assert quoted(path) == "-x"


def test_an_undecodable_path_comes_back_from_the_shell():
    command = "printf %s " + quoted(GBK_NAME + "'\\")
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert ran.stdout == "中文".encode("gbk") + b".txt'\\"


@pytest.mark.parametrize(("lines", "said"), [(None, ""), ((7, 7), " [L7]"), ((7, 9), " [L7–9]")])
def test_a_paragraph_is_shown_with_its_lines(lines, said):
    info = DocumentInfo("x.txt#p2", "x.txt", "00", 1, 1, 1, False, lines=lines)
    assert shown(info) == f"x.txt#p2{said}"
    place = (3 << 32) | 2
    own = DocumentInfo("n1#p2", "x.jsonl", "00", 1, 1, 1, False, place=place, lines=lines)
    assert shown(own) == f"x.jsonl:3#p2 (n1#p2){said}"

"""The spreadsheet format."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from handmade import GBK_NAME, cluster, pair, result

from dedup.model import Relation
from dedup.report import render
from dedup.report.csv_ import HEADER, neutral


def rows(scan):
    text = "".join(render(scan, "csv"))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_one_row_per_dropped_document():
    scan = result([cluster("a", pair("b", "a", Relation.SAME_BODY), pair("c", "a"))])
    assert rows(scan) == [
        list(HEADER),
        ["c0ffee", "a", "b", "same-body", "1.0", "1.0", "1.0", "its id is the first", ""],
        ["c0ffee", "a", "c", "near", "0.6", "0.75", "0.75", "its id is the first", ""],
    ]


def test_what_a_version_fills_in_is_told_from_the_dropped_one_to_the_kept():
    dropped = replace(pair("b", "a", Relation.VERSION), filled=(("5人", "11人"), ("=1", "三")))
    assert rows(result([cluster("a", dropped)]))[1][-1] == "5人→11人; =1→三"
    formula = replace(dropped, filled=(("=1", "2"),))
    assert rows(result([cluster("a", formula)]))[1][-1] == "'=1→2"


def test_without_duplicates_there_is_a_header():
    assert rows(result()) == [list(HEADER)]


def test_line_ends_are_those_of_the_format():
    text = "".join(render(result([cluster("a", pair("b", "a"))]), "csv"))
    assert text.count("\r\n") == text.count("\n") == 2


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_formulas_are_neutralised(first):
    name = f"{first}cmd|'/c calc'!A0.txt"
    scan = result([cluster(name, pair("b", name))])
    assert rows(scan)[1][1] == "'" + name


@pytest.mark.parametrize("cell", ["a=b", "文档.txt", "", "1.0", "'=x"])
def test_harmless_cells_stay(cell):
    assert neutral(cell) == cell


def test_names_with_commas_quotes_and_lines_survive():
    name = 'a,"b"\nc.txt'
    assert rows(result([cluster("k", pair(name, "k"))]))[1][2] == name


def test_undecodable_names_are_escaped():
    assert (
        rows(result([cluster("k", pair(GBK_NAME, "k"))]))[1][2] == r"\udcd6\udcd0\udcce\udcc4.txt"
    )

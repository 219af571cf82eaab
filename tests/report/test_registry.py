"""Which formats there are."""

from __future__ import annotations

import subprocess
import sys

import pytest
from handmade import cluster, comparison, pair, result

from dedup.errors import UsageError
from dedup.report import (
    COMPARISON_FORMATS,
    FORMATS,
    MACHINE_FORMATS,
    SUFFIXES,
    View,
    format_of_suffix,
    render,
    render_comparison,
)


@pytest.mark.parametrize("output_format", FORMATS)
def test_every_format_renders_lines(output_format):
    pieces = list(render(result([cluster("a", pair("b", "a"))]), output_format))
    assert pieces
    assert all(piece.endswith("\n") for piece in pieces)


@pytest.mark.parametrize("output_format", COMPARISON_FORMATS)
def test_every_format_of_a_comparison_renders_lines(output_format):
    assert all(p.endswith("\n") for p in render_comparison(comparison(), output_format))


@pytest.mark.parametrize("output_format", sorted(MACHINE_FORMATS))
def test_machine_formats_do_not_change_with_the_reader(output_format):
    scan = result([cluster("a", pair("b", "a"))])
    plain = "".join(render(scan, output_format))
    seen = View(lang="zh", color=True, width=20)
    assert "".join(render(scan, output_format, seen)) == plain
    assert "\x1b" not in plain


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.json", "json"),
        ("dir.csv/x.JSONL", "jsonl"),
        ("x.ndjson", "jsonl"),
        ("x.csv", "csv"),
        ("报告.txt", "full"),
    ],
)
def test_suffixes(name, expected):
    assert format_of_suffix(name) == expected


@pytest.mark.parametrize("name", ["x", "x.pdf", "x.", ".json", "-"])
def test_a_suffix_that_says_nothing_is_an_error_with_a_hint(name):
    with pytest.raises(UsageError) as caught:
        format_of_suffix(name)
    assert name in str(caught.value)
    assert "--output-format full|concise|json|jsonl|csv" in str(caught.value.hint)


def test_a_suffix_of_a_format_that_the_command_has_not_is_an_error():
    with pytest.raises(UsageError):
        format_of_suffix("x.csv", formats=COMPARISON_FORMATS)


def test_unknown_formats_are_refused():
    with pytest.raises(UsageError, match="no output format pdf"):
        render(result(), "pdf")
    with pytest.raises(UsageError, match="no output format csv"):
        render_comparison(comparison(), "csv")


def test_suffixes_mean_formats_that_exist():
    assert set(SUFFIXES.values()) <= set(FORMATS)


def test_the_registry_imports_no_renderer():
    code = "import dedup.report, sys; print(sorted(m for m in sys.modules if 'report.' in m))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "['dedup.report.registry', 'dedup.report.view']"

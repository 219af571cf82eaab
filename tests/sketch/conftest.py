"""Tests of the native kernel are collected where it is built; the header says which it is."""

from __future__ import annotations

from importlib.util import find_spec

from dedup.sketch.kernel import kernel_name

NATIVE = (
    "test_align.py",
    "test_characters.py",
    "test_glance.py",
    "test_markup_glance.py",
    "test_native.py",
    "test_compiled.py",
    "test_sets.py",
    "test_sanitized.py",
)
collect_ignore = [] if find_spec("dedup.sketch._kernel") else list(NATIVE)


def pytest_report_header() -> str:
    return f"kernel: {kernel_name()}"

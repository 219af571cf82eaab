"""Renderers: one module per output format, and the registry that names them.

Machine formats (``json``, ``jsonl``, ``csv``) are English and byte for byte the same for the
same result; formats for people (``full``, ``concise``) follow :class:`~dedup.report.view.View`.
"""

from __future__ import annotations

from dedup.report.registry import (
    COMPARISON_FORMATS,
    FORMATS,
    MACHINE_FORMATS,
    SUFFIXES,
    format_of_suffix,
    render,
    render_comparison,
)
from dedup.report.view import View

__all__ = [
    "COMPARISON_FORMATS",
    "FORMATS",
    "MACHINE_FORMATS",
    "SUFFIXES",
    "View",
    "format_of_suffix",
    "render",
    "render_comparison",
]

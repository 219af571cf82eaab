"""Chinese catalogues, one module per area; English templates are the keys."""

from __future__ import annotations

from functools import cache
from importlib import import_module

AREAS = (
    "core",
    "source",
    "explain",
    "report",
    "html",
    "relations",
    "work",
    "parts",
    "boilerplate",
    "resolve",
    "spark",
    "pictures",
    "index",
    "gate",
    "cli",
)


@cache
def catalogue() -> dict[str, str]:
    """Return every English template with its Chinese text."""
    merged: dict[str, str] = {}
    for area in AREAS:
        merged.update(import_module(f"dedup.locale.zh_{area}").ZH)
    return merged

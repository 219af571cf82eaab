"""Chinese texts: report."""

from __future__ import annotations

ZH: dict[str, str] = {}

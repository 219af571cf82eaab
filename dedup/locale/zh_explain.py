"""Chinese texts: explain."""

from __future__ import annotations

ZH: dict[str, str] = {}

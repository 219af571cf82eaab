"""Chinese texts: source."""

from __future__ import annotations

ZH: dict[str, str] = {}

"""Chinese texts: core."""

from __future__ import annotations

ZH: dict[str, str] = {}

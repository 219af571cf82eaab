"""Chinese texts: cli."""

from __future__ import annotations

ZH: dict[str, str] = {}

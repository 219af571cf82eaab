"""A font with Chinese characters, where one is installed."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache

#: Families with Han, those first whose shapes are meant for simplified Chinese.
FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti SC",
    "Noto Serif CJK SC",
    "SimSun",
    "Droid Sans Fallback",
    "Noto Sans CJK TC",
    "Microsoft JhengHei",
    "PingFang TC",
    "Noto Sans CJK JP",  # all regions lie in one file, of which only the first is seen
    "Noto Serif CJK JP",
    "Arial Unicode MS",
)
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def has_han(text: str) -> bool:
    """Tell whether a text holds Chinese characters, or marks of their fonts."""
    return _HAN.search(text) is not None


@cache
def han_font() -> str | None:
    """Return the first of :data:`FAMILIES` that matplotlib finds; None where there is none."""
    return _installed() or _installed_since()


def _installed() -> str | None:
    from matplotlib.font_manager import fontManager

    names = {font.name for font in fontManager.ttflist}
    return next((name for name in FAMILIES if name in names), None)


def _installed_since() -> str | None:
    """Look at fonts that came after matplotlib had made its list, which it does once."""
    from matplotlib.font_manager import findSystemFonts, fontManager

    known = {font.fname for font in fontManager.ttflist}
    for path in sorted(findSystemFonts()):
        if path not in known:
            with suppress(OSError, RuntimeError):  # what freetype says of a file that is no font
                fontManager.addfont(path)
    return _installed()

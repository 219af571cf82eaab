"""Rewrites after which one text is inside the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from .model import Mixture, Rewrite

_ENDS = ("", "……", "...[查看全文]", "（未完）")


def truncated(rate: float) -> Rewrite:
    """Keep the first part of the text, with or without a mark that it goes on."""

    def cut(text: str, draw: Random) -> str | None:
        whole = text.strip()
        return whole[: round(len(whole) * rate)] + draw.choice(_ENDS)

    return cut


def excerpt(rate: float) -> Rewrite:
    """Keep a part of the text from anywhere in it."""

    def cut(text: str, draw: Random) -> str | None:
        whole = text.strip()
        length = round(len(whole) * rate)
        start = draw.randrange(len(whole) - length + 1)
        return whole[start : start + length]

    return cut


def joined(rate: float) -> Mixture:
    """Add so much of another text that it is a share of the first one's length."""

    def join(text: str, other: str, draw: Random) -> str | None:
        length = round(len(text.strip()) * rate)
        if len(other.strip()) < length:
            return None
        return f"{text.strip()}\n\n{other.strip()[:length]}\n"

    return join

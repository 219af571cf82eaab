"""Lines that a page puts around a text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .material import toml

if TYPE_CHECKING:
    from random import Random

    from .model import Rewrite

_ABOVE, _BELOW = ("navigation", "header"), ("credit", "share", "footer")


@cache
def _forms() -> dict[str, list[str]]:
    return {kind: forms for kind, forms in toml("furniture.toml").items() if kind != "slots"}


@cache
def _slots() -> dict[str, list[str]]:
    return dict(toml("furniture.toml")["slots"])


def line(kind: str, draw: Random, **values: object) -> str:
    """Draw a line of ``header``, ``navigation``, ``credit``, ``share``, ``footer`` or ``page``."""
    drawn: dict[str, object] = {name: draw.choice(choices) for name, choices in _slots().items()}
    return draw.choice(_forms()[kind]).format(**(drawn | values))


def header(text: str, draw: Random) -> str:
    """Put a header line above the text."""
    return f"{line('header', draw)}\n{text}"


def credit(text: str, draw: Random) -> str:
    """Put a credit line below the text."""
    return f"{text.rstrip()}\n{line('credit', draw)}\n"


def header_and_credit(text: str, draw: Random) -> str:
    """Put both around it."""
    return credit(header(text, draw), draw)


def surrounded(count: int) -> Rewrite:
    """Put ``count`` lines around the text, of kinds that differ while they last."""

    def surround(text: str, draw: Random) -> str:
        kinds = ["header", "credit", "share", "footer", "navigation"]
        chosen = kinds[:count] + draw.choices(["share", "footer"], k=max(0, count - len(kinds)))
        above = [line(kind, draw) for kind in _ABOVE if kind in chosen]
        below = [line(kind, draw) for kind in _BELOW for _ in range(chosen.count(kind))]
        return "\n".join([*above, text.strip("\n"), *below, ""])

    return surround


def page_lines(count: int) -> Rewrite:
    """Break the text ``count`` times, in the middle of sentences too, by a page line."""

    def split(text: str, draw: Random) -> str | None:
        if len(text) < 40 * (count + 1):
            return None
        kind = draw.choice(_forms()["page"])
        step = len(text) // (count + 1)
        parts = [text[i * step : (i + 1) * step] for i in range(count)] + [text[count * step :]]
        made = parts[0]
        for page, part in enumerate(parts[1:], start=1):
            made += f"\n{kind.format(page=page, pages=count + 1)}\n{part}"
        return made

    return split

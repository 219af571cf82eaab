"""A long result in a terminal: shown page by page, as git shows a log."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dedup.cli.options import option, stacked
from dedup.cli.streams import is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dedup.cli.options import Params
    from dedup.cli.output import Destination

paging_options: Callable[[Any], Any] = stacked(
    option(
        "--side-by-side/--no-side-by-side",
        default=None,
        show_default=False,
        help="Show what differs in two columns; by default on a terminal, in the format full.",
    ),
    option(
        "--pager/--no-pager",
        default=None,
        show_default=False,
        help="Page through the result with $PAGER, or less; by default on a terminal.",
    ),
)


def beside(goal: Destination, params: Params) -> Destination:
    """Return the goal with texts side by side: as asked for, or where somebody watches."""
    asked: bool | None = params["side_by_side"]
    wanted = _watched(goal) if asked is None else asked
    return replace(goal, view=replace(goal.view, beside=wanted))


def wants_pager(params: Params, goal: Destination) -> bool:
    """Tell whether the result is paged through, which takes a terminal for keys as well."""
    asked: bool | None = params["pager"]
    able = _watched(goal) and is_terminal(sys.stdin) and os.environ.get("TERM") != "dumb"
    return able and goal.output_format in {"full", "concise"} and asked is not False


def _watched(goal: Destination) -> bool:
    return goal.path is None and is_terminal(sys.stdout)


def page(pieces: Iterable[str], *, color: bool) -> None:
    """Hand the pieces to ``$PAGER``, else ``less``, which ends by itself below one screen."""
    import click

    os.environ.setdefault("LESS", "FRX")
    click.echo_via_pager(iter(pieces), color=color)

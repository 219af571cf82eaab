"""``--plot``: a picture of a result beside, or in place of, the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dedup.cli import outfile
from dedup.cli.language import current, say
from dedup.cli.options import option, stacked
from dedup.cli.streams import complain
from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.cli.options import Params, Talk
    from dedup.model import ScanResult

KINDS = ("all", "similarity", "sizes", "sources", "dates", "shared")

plot_options: Callable[[Any], Any] = stacked(
    option(
        "--plot",
        type=click.Path(readable=False),
        metavar="FILE",
        help="Draw the result to FILE, a .svg or .png; the report is written only if asked for.",
    ),
    option(
        "--plot-kind",
        type=click.Choice(KINDS),
        show_default=False,
        help="What to draw: similarities, cluster sizes, duplicates by source or date, which "
        "sources share texts [default: all].",
    ),
)


def check_plot(params: Params) -> None:
    """Refuse before any work what cannot be drawn."""
    if params["plot"] is None:
        if params["plot_kind"] is not None:
            raise UsageError(
                message("--plot-kind says what --plot draws"), hint=message("add --plot FILE.svg")
            )
        return
    from dedup.app.picture import plot_format

    plot_format(params["plot"])
    outfile.check(params["plot"])


def draw_plot(result: ScanResult, params: Params, talk: Talk) -> bool:
    """Draw the picture, if one was asked for; tell whether that is all that was."""
    if params["plot"] is None:
        return False
    from dedup.app.picture import plot

    kind = params["plot_kind"] or "all"
    for note in plot(result, params["plot"], kind=kind, lang=current()):
        if not talk.quiet:
            complain(say(message("dedup: warning: {what}", what=note)))
    return params["output"] is None and params["output_format"] is None

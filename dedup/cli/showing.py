"""Options that say how much of a result is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dedup.cli.language import say
from dedup.cli.options import option, stacked
from dedup.cli.streams import complain
from dedup.errors import UsageError
from dedup.messages import message
from dedup.report.extent import (
    LIMITED_FORMATS,
    SUMMARY_FORMATS,
    TEXT_FORMATS,
    limited,
    without_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.cli.options import Params, Talk
    from dedup.model import ScanResult

showing_options: Callable[[Any], Any] = stacked(
    option("--summary", is_flag=True, help="Show the totals only."),
    option(
        "--limit",
        type=int,
        metavar="N",
        help="Show the N largest clusters only; the totals count all.",
    ),
    option(
        "--no-text",
        is_flag=True,
        help="Leave every word of the texts out of the result: ids, numbers and verdicts stay.",
    ),
)


text_option = option(
    "--with-text",
    is_flag=True,
    help="Put the texts of documents in a pair or cluster into the result, so that it needs "
    "nothing else to be read.",
)


def check_showing(params: Params, output_format: str) -> None:
    """Refuse before any work what a format does not show."""
    for name, asked, formats in (
        ("--summary", params["summary"], SUMMARY_FORMATS),
        ("--limit", params["limit"] is not None, LIMITED_FORMATS),
        ("--with-text", params.get("with_text"), TEXT_FORMATS),
    ):
        if asked and output_format not in formats:
            raise UsageError(
                message(
                    "{option} cannot be used with the format {name}",
                    option=name,
                    name=output_format,
                ),
                hint=message("use one of: {choices}", choices=", ".join(formats)),
            )
    if params["no_text"] and params.get("with_text"):
        raise UsageError(message("--no-text and --with-text exclude each other"))
    if params["limit"] is not None and params["limit"] < 0:
        raise UsageError(message("limit is {value}, but must be 0 or more", value=params["limit"]))


def shown_part(result: ScanResult, params: Params, output_format: str, talk: Talk) -> ScanResult:
    """Return as much of a result as is to be shown, and say what is not."""
    if params["no_text"]:
        result = without_text(result)
    if params["limit"] is None or params["summary"]:
        return result
    part = limited(result, params["limit"], output_format)
    if len(part.clusters) < len(result.clusters) and not talk.quiet:
        complain(
            say(
                message(
                    "shown: {shown} of {clusters} clusters (--limit)",
                    shown=f"{len(part.clusters):,}",
                    clusters=f"{len(result.clusters):,}",
                )
            )
        )
    return part

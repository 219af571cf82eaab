"""``dedup baseline``: what is accepted, for whoever reviews it, and what a review accepted."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import click

from dedup.cli import options
from dedup.cli.check import baseline_of
from dedup.cli.help import Command, Group
from dedup.cli.language import say
from dedup.cli.output import destination
from dedup.cli.streams import complain
from dedup.messages import message
from dedup.report.check_full import entry_line
from dedup.report.names import clipped, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.app.baseline import Line

FORMATS = ("full", "json")
#: Characters of a title, and documents of a content, that are shown.
_TITLE, _SHOWN = 40, 5


@click.group(
    name="baseline",
    cls=Group,
    help="Show what is accepted as a duplicate, or accept more.",
    examples=("dedup check . --update-baseline && dedup baseline show",),
)
@options.language_option
def baseline() -> None:
    """Hold the commands of a baseline."""


@baseline.command(
    cls=Command,
    help=(
        "Show the lines of the baseline with the paths and titles of today.\n\n"
        "With commits (A..B, or A for A until now) it is what was added (+) and removed (-)."
    ),
    examples=(
        "dedup check . --update-baseline && dedup baseline show",
        "dedup check . --update-baseline && dedup baseline show origin/main",
    ),
)
@click.argument("between", required=False, metavar="[COMMIT[..COMMIT]]")
@options.option(
    "--baseline",
    type=click.Path(readable=False),
    metavar="FILE",
    help="What is accepted [default: .dedup-baseline at the root of the repository].",
)
@options.reading_options
@options.format_option(FORMATS)
@options.output_option
@options.talking_options
def show(between: str | None, **params: Any) -> int:
    """Write the lines and return the exit status."""
    chosen = options.settings_in_effect(params)
    talk = options.talk_in_effect(params, chosen)
    goal = destination(params, talk, formats=FORMATS)

    from dedup.app.baseline import show as lines_of
    from dedup.app.check import Gate

    gate = Gate(
        baseline=params["baseline"] or baseline_of(chosen),
        reading=options.reading_in_effect(params, chosen),
    )
    found = lines_of(chosen.settings, gate, between, folder=os.curdir)
    goal.write(_json(found) if goal.output_format == "json" else _lines(found))
    return 0


@baseline.command(
    cls=Command,
    help=(
        "Accept the clusters that were accepted in the page of a result.\n\n"
        "RESULT is what dedup scan wrote as jsonl, and DECISIONS what was saved in its page. The "
        "texts are read again; what is accepted already stays so."
    ),
    examples=("dedup baseline accept result.jsonl decisions.jsonl --reason 'both are wanted'",),
)
@click.argument("result", metavar="RESULT", type=click.Path(readable=False, allow_dash=True))
@click.argument("decisions", metavar="DECISIONS", type=click.Path(readable=False))
@options.option(
    "--baseline",
    type=click.Path(readable=False),
    metavar="FILE",
    help="What is accepted [default: .dedup-baseline at the root of the repository].",
)
@options.option("--reason", metavar="TEXT", help="Why it is accepted.")
@options.talking_options
def accept(result: str, decisions: str, **params: Any) -> int:
    """Add the accepted clusters, say how many, and return the exit status."""
    chosen = options.settings_in_effect({})
    talk = options.talk_in_effect(params, chosen)

    from dedup.app.baseline_accept import accept as accept_clusters
    from dedup.app.report import load

    done = accept_clusters(
        load(result),
        decisions,
        baseline=params["baseline"] or baseline_of(chosen),
        reason=params["reason"] or "",
        boilerplate=chosen.settings.boilerplate,
    )
    if not talk.quiet:
        told = message(
            "{path}: {count} accepted clusters, {added} lines added",
            path=visible(done.change.path),
            count=f"{done.clusters:,}",
            added=f"{done.change.added:,}",
        )
        complain(say(told))
    return 0


def _lines(found: list[Line]) -> Iterator[str]:
    for line in found:
        mark = f"{line.change} " if line.change else ""
        reason = f"  # {visible(line.entry.reason)}" if line.entry.reason else ""
        yield f"{mark}{entry_line(line.entry)}{reason}\n"
        for holders in line.holders:
            for holder in holders[:_SHOWN]:
                yield f"    {visible(holder.id)}  {clipped(holder.title, _TITLE)}\n"
            if len(holders) > _SHOWN:
                count = f"{len(holders) - _SHOWN:,}"
                yield say(message("    … and {count} more documents", count=count)) + "\n"
            if not holders:
                yield say(message("    (no document has this text any more)")) + "\n"


def _json(found: list[Line]) -> Iterator[str]:
    records = [
        {
            "change": line.change or None,
            "line": entry_line(line.entry),
            "reason": line.entry.reason,
            "documents": [
                [{"id": visible(h.id), "title": h.title} for h in holders]
                for holders in line.holders
            ],
        }
        for line in found
    ]
    yield json.dumps(records, ensure_ascii=False, indent=2) + "\n"

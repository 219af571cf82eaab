"""``dedup explain``: why two documents are, or are not, the same text."""

from __future__ import annotations

from typing import Any

import click

from dedup.cli import options, outfile
from dedup.cli.help import Command
from dedup.cli.output import destination
from dedup.errors import UsageError
from dedup.messages import message
from dedup.report.registry import COMPARISON_FORMATS, render_comparison


@click.command(
    cls=Command,
    help=(
        "Compare two documents and say what differs.\n\n"
        "A and B are files, or records by file and line: data.jsonl:12; one of them may be - for "
        "standard input. The status is 0 whatever "
        "the answer is; with --exit-code it is 1 for duplicates."
    ),
    examples=(
        "dedup explain seeds/000_bfcd20cd4fff3ced.txt seeds/001_cb5d74f41f6b3177.txt",
        "dedup explain seeds/000_*.txt seeds/001_*.txt --keep-metadata --output-format json",
    ),
)
@click.argument("a", metavar="A", type=click.Path(readable=False, allow_dash=True))
@click.argument("b", metavar="B", type=click.Path(readable=False, allow_dash=True))
@options.reading_options
@options.comparing_options
@options.exit_code_option
@options.format_option(COMPARISON_FORMATS)
@options.output_option
@options.talking_options
def explain(a: str, b: str, **params: Any) -> int:
    """Compare the two, write the comparison, and return the exit status."""
    from dedup.app.explain import compare, read_document

    chosen = options.settings_in_effect(params)
    talk = options.talk_in_effect(params, chosen)
    goal = destination(params, talk, formats=COMPARISON_FORMATS)
    if a == b == "-":
        raise UsageError(
            message("standard input cannot be both documents"), hint=message("name a file for one")
        )
    if goal.path is not None:
        outfile.spare(goal.path, (a, b))
    reading = options.reading_in_effect(params, chosen)
    first = read_document(a, chosen.settings, reading=reading)
    second = read_document(b, chosen.settings, reading=reading)
    comparison = compare(first, second, chosen.settings)
    goal.write(render_comparison(comparison, goal.output_format, goal.view))
    return 1 if params["exit_code"] and comparison.is_duplicate else 0

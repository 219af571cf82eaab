"""``dedup check``: some files against everything that is known; the gate, and the hook."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from dedup.cli import options
from dedup.cli.help import Command
from dedup.cli.output import destination
from dedup.cli.progress import progress
from dedup.report.registry import CHECK_FORMATS, render_check

if TYPE_CHECKING:
    from dedup.app.config import Effective
    from dedup.checked import CheckResult


@click.command(
    cls=Command,
    help=(
        "Compare files with everything that git tracks.\n\n"
        "FILE is compared as it is staged, with what is staged of all other texts; a folder is "
        "its tracked files. Without FILE it is what the next commit changes. The status is 1 "
        "where a file repeats another one that nobody has accepted."
    ),
    examples=(
        "dedup check",
        "dedup check texts/new.txt",
        "dedup check --since origin/main --output-format github",
        'dedup check texts/new.txt --update-baseline --reason "reprinted with permission"',
    ),
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(readable=False))
@options.option(
    "--since",
    metavar="COMMIT",
    help="Check the files that changed since this branch parted from COMMIT.",
)
@options.option(
    "--against",
    type=click.Path(readable=False),
    metavar="INDEX",
    help="Compare with an index instead of what git tracks; no repository is needed.",
)
@options.option(
    "--baseline",
    type=click.Path(readable=False),
    metavar="FILE",
    help="What is accepted [default: .dedup-baseline at the root of the repository].",
)
@options.option(
    "--update-baseline",
    is_flag=True,
    help="Accept what is found, and forget what is no longer there.",
)
@options.option("--reason", metavar="TEXT", help="Why it is accepted, for --update-baseline.")
@options.reading_options
@options.comparing_options
@options.relations_option
@options.jobs_option
@options.option(
    "--no-cache",
    is_flag=True,
    help="Read everything anew, and keep nothing of it in git's own folder.",
)
@options.option(
    "--no-ignore",
    is_flag=True,
    help="Read what .gitignore and .dedupignore leave out.",
)
@options.option(
    "--ignore-errors",
    is_flag=True,
    help="Go on without what cannot be read; a warning, and status 0.",
)
@options.format_option(CHECK_FORMATS)
@options.output_option
@options.progress_option
@options.verbosity_options
@options.talking_options
def check(files: tuple[str, ...], **params: Any) -> int:
    """Check the files, write the result, and return the exit status."""
    chosen = options.settings_in_effect(params)
    talk = options.talk_in_effect(params, chosen)
    goal = destination(params, talk, formats=CHECK_FORMATS)

    from dedup.app.check import Gate  # costs half a second, which a mistyped call is spared
    from dedup.app.check import check as check_files
    from dedup.cli.check_summary import report_check

    gate = Gate(
        since=params["since"],
        against=params["against"],
        baseline=params["baseline"] or baseline_of(chosen),
        update=params["update_baseline"],
        reason=params["reason"] or "",
        allow=chosen.allow,
        ignore=not params["no_ignore"],
        cache=not params["no_cache"],
        reading=options.reading_in_effect(params, chosen),
    )
    settings = options.for_the_program(chosen.settings)
    with progress(wanted=params["progress"], color=talk.colored_errors()) as shown:
        result = check_files(files, settings, gate, folder=os.curdir, progress=shown)
    goal.write(render_check(result, goal.output_format, goal.view))
    report_check(result, talk)
    return _status(result, params)


def baseline_of(chosen: Effective) -> str | None:
    """Return the baseline that a file or a variable names."""
    said = next((each for each in chosen.extra if each.name == "baseline"), None)
    return None if said is None else str(said.value)


def _status(result: CheckResult, params: options.Params) -> int:
    if result.unread and not params["ignore_errors"]:
        return 2
    return 1 if result.failed and result.change is None else 0

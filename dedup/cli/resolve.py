"""``dedup resolve``: what a result drops is moved aside, after a plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dedup.cli import options, outfile
from dedup.cli.help import Command
from dedup.cli.language import current, say
from dedup.cli.output import destination
from dedup.cli.progress import progress
from dedup.cli.streams import complain, is_terminal, write_out
from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from dedup.app.manifest import Manifest
    from dedup.cli.options import Talk
    from dedup.planned import Plan, Resolved

FORMATS = ("full", "jsonl")
_FOLDER = "dedup-dropped"
#: Of what was left alone, so many are named.
_NAMED = 5


@click.command(
    cls=Command,
    help=(
        "Plan what a saved result drops, and move it aside.\n\n"
        "RESULT is what dedup scan wrote as jsonl, or - for standard input. Without --apply "
        "nothing is changed: the plan is shown. Files are moved, never deleted, and only while "
        "they and what stays for them are as they were when they were compared; dedup undo moves "
        "them back. Run it in the folder in which the scan ran."
    ),
    examples=(
        "dedup scan seeds/ -o result.jsonl && dedup resolve result.jsonl",
        "dedup resolve result.jsonl --script review.sh",
        "dedup resolve result.jsonl --apply --to dropped/ && dedup undo dropped/manifest.jsonl",
    ),
)
@click.argument("result", metavar="RESULT", type=click.Path(readable=False, allow_dash=True))
@options.option(
    "--decisions",
    type=click.Path(readable=False),
    metavar="FILE",
    help="Go by the decisions that the page of the result saved.",
)
@options.option("--apply", is_flag=True, help="Do it: move the files, with a manifest.")
@options.option(
    "--to",
    "folder",
    type=click.Path(readable=False),
    metavar="DIR",
    default=_FOLDER,
    show_default=True,
    help="The folder that files are moved to, which holds the manifest.",
)
@options.option(
    "--script",
    type=click.Path(readable=False),
    metavar="FILE",
    help="Write the plan to FILE as a shell script, to be read and run.",
)
@options.reading_options
@options.format_option(FORMATS)
@options.output_option
@options.progress_option
@options.verbosity_options
@options.talking_options
def resolve(**params: Any) -> int:
    """Show or write the plan, or carry it out, and return the exit status."""
    from dedup.app.acting import as_decided
    from dedup.app.planning import plan_for
    from dedup.app.report import load
    from dedup.app.resolve import apply, resume, unfinished
    from dedup.source.read_as import reading_of
    from dedup.source.reading import Reading

    chosen = options.settings_in_effect({})
    talk = options.talk_in_effect(params, chosen)
    if params["apply"] and (params["script"] or params["output"] or params["output_format"]):
        raise UsageError(
            message("--apply carries the plan out, and does not write it"),
            hint=message("first without --apply, then with it"),
        )
    goal = destination(params, talk, formats=FORMATS)
    if params["script"] is not None:
        outfile.check(params["script"])
    result = load(params["result"])
    reading = options.reading_in_effect(params, chosen)
    if result.read_as and reading == Reading():  # nothing else was asked for
        reading = reading_of(result.read_as, result.settings)
    decided = as_decided(result, params["decisions"])
    left_off = unfinished(params["folder"], decided) if params["apply"] else None
    with progress(wanted=params["progress"], color=talk.colored_errors()) as shown:
        if left_off is not None:
            return _told(resume(left_off, progress=shown), left_off, talk)
        plan = plan_for(decided, reading=reading, progress=shown)
        if params["apply"]:
            if not plan.steps:
                return _nothing(plan, talk)
            done = apply(plan, decided, params["folder"], reading=reading, progress=shown)
            return _told(done, None, talk)
    if params["script"] is not None:
        _write_script(plan, params)
    else:
        from dedup.report.plan import render_plan

        goal.write(render_plan(plan, goal.output_format, goal.view))
    _hint(params, plan, talk)
    return 0


def _told(done: Resolved, left_off: Manifest | None, talk: Talk) -> int:
    from dedup.report.plan import done_line, size

    if not talk.quiet:
        if left_off is not None:
            again = f"{done.before:,}"
            complain(say(message("taken up again; steps done before: {count}", count=again)))
        moved = message(
            "moved aside: {documents}, {size}; dedup undo {manifest} moves them back",
            size=size(done.saved),
            manifest=_short(done.manifest),
        )
        complain(say(done_line(moved, done.documents)))
    return complain_left(done)


def _nothing(plan: Plan, talk: Talk) -> int:
    from dedup.planned import Resolved

    if not talk.quiet:
        complain(say(message("Nothing is to be done.")))
    return complain_left(Resolved("", 0, 0, 0, 0, plan.left))


def complain_left(done: Resolved) -> int:
    """Name the first documents that were left alone; the status says whether there were any."""
    from dedup.report.plan import left_line

    for left in done.left[:_NAMED]:
        complain(say(message("dedup: left alone: {what}", what=left_line(left))))
    rest = len(done.left) - _NAMED
    if rest > 0:
        complain(say(message("  … and {count} more such documents", count=f"{rest:,}")))
    return 2 if done.left else 0


def _write_script(plan: Plan, params: options.Params) -> None:
    from dedup.app.resolve import names_of
    from dedup.report.script import script
    from dedup.report.view import View

    names = names_of([step.path for step in plan.steps], Path.cwd())
    lines = script(
        plan,
        names,
        params["folder"],
        View(lang=current()),
    )
    if params["script"] == "-":
        write_out(lines, utf8=True)
    else:
        outfile.write_file(params["script"], lines, errors="surrogateescape")


def _hint(params: options.Params, plan: Plan, talk: Talk) -> None:
    if talk.quiet or not plan.steps or not is_terminal(sys.stderr):
        return
    complain(
        say(message("to do it: dedup resolve {result} --apply", result=_short(params["result"])))
    )


def _short(path: str) -> str:
    """Return a path as it is typed here."""
    from dedup.report.names import quoted

    try:
        return quoted(str(Path(path).relative_to(Path.cwd())))
    except ValueError:
        return quoted(path)

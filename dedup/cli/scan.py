"""``dedup scan``: everything against everything."""

from __future__ import annotations

import glob
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dedup.cli import options, outfile
from dedup.cli.boilerplate import (
    boilerplate_options,
    check_boilerplate,
    save_boilerplate,
    show_boilerplate,
)
from dedup.cli.help import Command
from dedup.cli.on_spark import engine_options, scan_on_spark
from dedup.cli.output import destination
from dedup.cli.progress import progress
from dedup.cli.showing import check_showing, showing_options, shown_part, text_option
from dedup.cli.written import report_written, telling_what_is_whole, wanted_work, writing_options
from dedup.errors import PathError, UsageError
from dedup.messages import message
from dedup.model import Skipped
from dedup.report.registry import FORMATS

if TYPE_CHECKING:
    from dedup.model import ScanResult


@click.command(
    cls=Command,
    help=(
        "Find the documents that are the same text.\n\n"
        "PATH is a file, a directory, a pattern, a URL, or - for standard input. Directories are "
        "searched for texts and for files of records: JSONL, CSV, TSV and Parquet, compressed or "
        "not; a file that is named is always read."
    ),
    examples=(
        "dedup scan seeds/",
        "dedup scan seeds/ --output-format concise",
        "dedup scan seeds/ --keep newest -o result.jsonl",
        "dedup scan seeds/ --threshold 0.5 --borderline 10",
        "dedup scan seeds/001_cb5d74f41f6b3177.txt --against seeds/",
        "find seeds -name '*.txt' -print0 | dedup scan --files-from -",
    ),
)
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(readable=False))
@options.option(
    "--files-from",
    type=click.Path(readable=False, allow_dash=True),
    metavar="FILE",
    help="Read paths from FILE, one a line or between NUL bytes; - is standard input.",
)
@options.option(
    "--against",
    multiple=True,
    type=click.Path(readable=False),
    metavar="PATH",
    help="Compare with PATH too, a file or directory of texts that are known: they are not "
    "compared with each other, and all stay.",
)
@options.option(
    "--runs/--no-runs",
    default=None,
    help="Find every run of 30 characters that a few new texts share with known ones, for which "
    "all of these are read: with an index [default: where it is small].",
)
@options.option(
    "--update-index",
    is_flag=True,
    help="Add what is kept to the index that --against names.",
)
@options.reading_options
@options.split_option
@options.comparing_options
@options.keeping_options
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
@options.borderline_option
@boilerplate_options
@writing_options
@showing_options
@text_option
@engine_options
@options.exit_code_option
@options.format_option(FORMATS)
@options.output_option
@options.progress_option
@options.verbosity_options
@options.talking_options
def scan(**params: Any) -> int:
    """Scan the paths, write the result, and return the exit status."""
    if params["engine"] == "spark":
        return scan_on_spark(params, _paths(params))
    return _scan_here(params)


def _scan_here(params: options.Params) -> int:
    chosen = options.settings_in_effect(params)
    talk = options.talk_in_effect(params, chosen)
    goal = destination(params, talk)
    borderline = options.borderline_wanted(params, goal.output_format)
    check_showing(params, goal.output_format)
    check_boilerplate(params)
    begun = time.monotonic()
    paths, missing = _existing(_paths(params), ignore_errors=params["ignore_errors"])
    known = list(params["against"])
    if goal.path is not None:
        _spare_texts(goal.path, [*paths, *known], ignore=not params["no_ignore"])

    from dedup.app.index_batch import known_side
    from dedup.app.scan import scan_paths  # costs half a second, which a mistyped call is spared
    from dedup.app.work import work_for
    from dedup.cli.explanations import Explained, explanations, rendered, rereadable_input
    from dedup.cli.notes import tell_of_input

    settings = options.for_the_program(chosen.settings)
    reading = options.reading_in_effect(params, chosen)
    if params["show_boilerplate"]:
        return show_boilerplate(paths, settings, reading, params, talk)
    wanted = wanted_work(params)
    explained = Explained()
    ignore = not params["no_ignore"]
    how = {"update": params["update_index"], "ignore": ignore, "runs": params["runs"]}
    with known_side(known, paths, settings, **how) as side:
        work = work_for(wanted, paths, side.settings, reading, known=known)
        with (
            telling_what_is_whole(work),
            rereadable_input(paths, verbose=talk.verbose),
            progress(wanted=params["progress"], color=talk.colored_errors()) as shown,
        ):
            _forecast([*paths, *side.paths], talk, ignore=ignore, jobs=settings.jobs)
            result = scan_paths(
                paths,
                side.settings,
                ignore=ignore,
                reading=reading,
                progress=shown,
                borderline=borderline or 0,
                work=work,
                against=side.against,
                runs=params["runs"] is not False,
                with_text=params["with_text"] and not params["summary"],
            )
            if goal.explained and not (params["no_text"] or params["summary"]):
                written = goal.output_format
                explained = explanations(result, shown, output_format=written, reading=reading)
            if params["update_index"]:
                side.update(paths, result, reading, ignore=ignore, progress=shown)
            tell_of_input(result.notes, side, talk)
    save_boilerplate(result.settings, params)
    result = _with_missing(result, missing)
    shown_result = shown_part(result, params, goal.output_format, talk)
    goal.write(rendered(shown_result, goal, explained, summary=params["summary"]))
    report_written(work, result.summary.written, talk)
    return _report(result, talk, params, seconds=time.monotonic() - begun)


def _forecast(paths: list[str], talk: options.Talk, *, ignore: bool, jobs: int) -> None:
    """Say how long it will take: where that is long, or everything is to be said."""
    from dedup.cli.estimate import say_estimate
    from dedup.cli.slow import warn_if_slow

    if not talk.quiet:
        warn_if_slow(paths, ignore=ignore, jobs=jobs)
    if talk.verbose:
        say_estimate(paths, ignore=ignore, jobs=jobs)


def _report(
    result: ScanResult, talk: options.Talk, params: options.Params, *, seconds: float
) -> int:
    """Say on standard error what there is to say, and return the exit status."""
    from dedup.cli.summary import complain_unread, report_scan, warn_skipped

    report_scan(result, talk, seconds=seconds)
    unread = [skipped for skipped in result.skipped if skipped.error]
    if unread and not params["ignore_errors"]:
        complain_unread(unread, talk)
        return 2
    if not talk.quiet:
        warn_skipped(unread, talk)
    return 1 if params["exit_code"] and result.clusters else 0


def _paths(params: options.Params) -> list[str]:
    """Return the paths that were given, and those that a list names."""
    from dedup.source.lists import paths_from

    paths = list(params["paths"])
    if sys.platform == "win32":  # its shells leave patterns to the program
        paths = [name for path in paths for name in _matching(path)]
    listing = params["files_from"]
    if listing is None:
        if not paths:
            raise UsageError(
                message("no paths to scan"), hint=message("name files or folders: dedup scan PATH")
            )
        return paths
    if listing == "-":
        if "-" in paths:
            raise UsageError(message("standard input cannot be both a text and a list of paths"))
        from dedup.source.readers import standard_input

        paths += paths_from(standard_input())
    else:
        try:
            with Path(listing).open("rb") as stream:
                paths += paths_from(stream)
        except OSError as error:
            raise PathError(
                message("cannot read the list {path}: {why}", path=listing, why=error.strerror)
            ) from error
    if not paths:
        raise UsageError(message("the list {path} is empty", path=listing))
    return paths


def _spare_texts(output: str, paths: list[str], *, ignore: bool) -> None:
    """Refuse to write the result over a text that the paths stand for, before any work is done."""
    from dedup.source.discovery import discover

    target = Path(output).resolve()
    if target.is_file() and any(target.is_relative_to(Path(path).resolve()) for path in paths):
        outfile.spare(output, discover(paths, ignore=ignore).files)


def _matching(path: str) -> list[str]:
    if Path(path).exists() or not glob.has_magic(path):
        return [path]
    return sorted(glob.glob(path)) or [path]  # noqa: PTH207  the pattern may be absolute


def _existing(paths: list[str], *, ignore_errors: bool) -> tuple[list[str], list[Skipped]]:
    """Set missing paths aside where errors are to be ignored; else the scan refuses them."""
    from dedup.source.discovery import document_id
    from dedup.source.missing import is_missing, missing

    if not ignore_errors:
        return paths, []
    here = [path for path in paths if not is_missing(path)]
    gone = [
        Skipped(document_id(path), path, "missing", missing(path).message, error=True)
        for path in dict.fromkeys(paths)
        if path not in set(here)
    ]
    return (here, gone) if here else (paths, [])


def _with_missing(result: ScanResult, missing: list[Skipped]) -> ScanResult:
    if not missing:
        return result
    skipped = tuple(sorted((*result.skipped, *missing), key=lambda skip: skip.id))
    return replace(result, skipped=skipped, summary=replace(result.summary, skipped=len(skipped)))

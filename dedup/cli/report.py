"""``dedup report``: a saved result shown once more, or decided by another threshold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from dedup.cli import options, outfile
from dedup.cli.help import Command
from dedup.cli.language import say
from dedup.cli.output import destination
from dedup.cli.paging import beside, page, paging_options, wants_pager
from dedup.cli.plotting import check_plot, draw_plot, plot_options
from dedup.cli.progress import progress
from dedup.cli.showing import check_showing, showing_options, shown_part
from dedup.cli.streams import complain
from dedup.errors import OutputError
from dedup.messages import message
from dedup.report.names import visible
from dedup.report.registry import FORMATS
from dedup.settings import Keep

if TYPE_CHECKING:
    from dedup.cli.explanations import Explained
    from dedup.cli.options import Talk
    from dedup.model import ScanResult


@click.command(
    cls=Command,
    help=(
        "Show a saved result once more, or decide its pairs by another threshold.\n\n"
        "RESULT is what dedup scan wrote as jsonl, or - for standard input. No text is compared "
        "anew: a threshold can be raised, not lowered, and settings are those of the scan. Only "
        "to say what differs are the texts read, as far as they are still there and unchanged."
    ),
    examples=(
        "dedup scan seeds/ --threshold 0.5 --borderline 20 -o result.jsonl",
        "dedup report result.jsonl --threshold 0.7 --borderline 10",
        "dedup report result.jsonl --keep newest -o result.csv",
        "dedup report result.jsonl --relations version=drop --keep newest",
        "dedup report result.jsonl --plot result.svg",
        "dedup scan seeds/ --output-format jsonl | dedup report -",
    ),
)
@click.argument("result", metavar="RESULT", type=click.Path(readable=False, allow_dash=True))
@options.option(
    "--threshold",
    type=float,
    metavar="T",
    show_default=False,  # what is in effect is the scan's
    help="Decide the pairs by this threshold, not below that of the scan.",
)
@options.option(
    "--containment",
    type=float,
    metavar="C",
    show_default=False,
    help="Decide contained texts by this containment, not below that of the scan.",
)
@options.option(
    "--keep",
    type=click.Choice(get_args(Keep)),
    show_default=False,
    help="Form the clusters by this policy of which document stays.",
)
@options.option(
    "--keep-under",
    type=click.Path(readable=False),
    metavar="DIR",
    help="Keep documents under DIR before all others.",
)
@options.option(
    "--source-order",
    metavar="A,B,…",
    show_default=False,
    help="Keep documents of an earlier source before those of a later one.",
)
@options.option(
    "--keep-by",
    metavar="FIELD[:max|min]",
    show_default=False,
    help="Keep by the number in FIELD, which the scan must have read for --keep-by.",
)
@options.relations_option
@options.borderline_option
@paging_options
@showing_options
@plot_options
@options.exit_code_option
@options.format_option(FORMATS)
@options.output_option
@options.progress_option
@options.verbosity_options
@options.talking_options
def report(**params: Any) -> int:
    """Read the result, decide it once more where asked to, write it, return the exit status."""
    from dedup.app.report import is_utf16, load, redecide
    from dedup.cli.explanations import Explained, rendered
    from dedup.cli.summary import report_again

    talk = options.talk_in_effect(params, options.settings_in_effect({}))
    goal = beside(destination(params, talk), params)
    borderline = options.borderline_wanted(params, goal.output_format)
    check_showing(params, goal.output_format)
    check_plot(params)
    result = redecide(
        load(params["result"]),
        threshold=params["threshold"],
        containment=params["containment"],
        keep=params["keep"],
        keep_under=params["keep_under"],
        source_order=_names(params["source_order"]),
        keep_by=params["keep_by"],
        relations=_names(params["relations"]),
        borderline=borderline,
    )
    for path in filter(None, (goal.path, params["plot"])):
        _spare(path, params["result"], result)
    if is_utf16(params["result"]) and not talk.quiet:
        complain(_utf16_note(params["result"]))
    status = 1 if params["exit_code"] and result.clusters else 0
    if draw_plot(result, params, talk):
        report_again(result, talk)
        return status
    explained = Explained()
    if goal.explained and not (params["no_text"] or params["summary"]):
        explained = _explained(result, goal.output_format, params, talk)
    shown = shown_part(result, params, goal.output_format, talk)
    pieces = rendered(shown, goal, explained, summary=params["summary"])
    if wants_pager(params, goal):
        page(pieces, color=goal.view.color)
    else:
        goal.write(pieces)
    report_again(result, talk)
    return status


def _utf16_note(path: str) -> str:
    return say(
        message(
            "dedup: note: {path} is UTF-16, as the > of PowerShell writes it; "
            "dedup scan … -o FILE writes UTF-8",
            path=visible(path),
        )
    )


def _names(listed: str | None) -> list[str] | None:
    return None if listed is None else [name.strip() for name in listed.split(",")]


def _explained(
    result: ScanResult, output_format: str, params: options.Params, talk: Talk
) -> Explained:
    """Compare the texts that are still there, if that can be done as the scan did it."""
    from dedup.cli.explanations import Explained, explanations
    from dedup.report.records import this_run
    from dedup.source.read_as import reading_of

    made, here = result.run, this_run(result.settings)
    if made is not None and (made.definitions, made.dictionary, made.user_dict) != (
        here.definitions,
        here.dictionary,
        here.user_dict,
    ):
        complain(
            say(
                message(
                    "dedup: warning: the result was made by other definitions or dictionaries; "
                    "what differs is not shown"
                )
            )
        )
        return Explained()
    with progress(wanted=params["progress"], color=talk.colored_errors()) as shown:
        return explanations(
            result,
            shown,
            output_format=output_format,
            piped=False,
            reading=reading_of(result.read_as, result.settings),
        )


def _spare(output: str, source: str, result: ScanResult) -> None:
    """Refuse to write over the result that was read, or over one of its texts."""
    target = Path(output)
    if not target.is_file():
        return
    if Path(source).is_file() and target.samefile(source):
        raise OutputError(
            message("{path} is the result that is read, and would be replaced", path=output),
            hint=message("write the result to another file"),
        )
    outfile.spare(output, (info.path for info in result.documents.values() if info.path))

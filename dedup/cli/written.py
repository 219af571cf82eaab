"""Options and words of scans that write their shards anew, or keep their work."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import click

from dedup.cli.language import say
from dedup.cli.options import option, stacked
from dedup.cli.streams import complain
from dedup.messages import message
from dedup.report.names import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedup.app.work import Wanted, Work
    from dedup.cli.options import Params, Talk
    from dedup.model import Written

#: Of the shards so many have a row.
NAMED = 20

writing_options: Callable[[Any], Any] = stacked(
    option(
        "--write-kept",
        type=click.Path(readable=False),
        metavar="DIR",
        help="Write the input anew into DIR without what is dropped: the same files, records and "
        "compression.",
    ),
    option(
        "--write-dropped",
        type=click.Path(readable=False),
        metavar="DIR",
        help="Write what is dropped into DIR, with the id of what it duplicates.",
    ),
    option(
        "--write-rejected",
        type=click.Path(readable=False),
        metavar="DIR",
        help="Write what is no record into DIR, with its place and the reason.",
    ),
    option(
        "--work-dir",
        type=click.Path(readable=False),
        metavar="DIR",
        help="Keep the sketches of each file in DIR, for --resume.",
    ),
    option(
        "--resume",
        is_flag=True,
        help="Go on with the work in --work-dir: files that are sketched and unchanged are not "
        "sketched again.",
    ),
)


def wanted_work(params: Params) -> Wanted:
    """Return what is to be left on disk."""
    from dedup.app.work import Wanted

    return Wanted(
        params["write_kept"],
        params["write_dropped"],
        params["write_rejected"],
        params["work_dir"],
        resume=params["resume"],
    )


@contextmanager
def telling_what_is_whole(work: Work) -> Iterator[None]:
    """Say which files are complete, where an error or an interrupt ends the writing."""
    try:
        yield
    except BaseException:
        note = work.writing.note() if work.writing is not None else None
        if note is not None:
            complain(visible(say(message("dedup: note: {note}", note=note))))
        raise


def report_written(work: Work, written: Sequence[Written], talk: Talk) -> None:
    """Write what became of the records of each file; nothing under ``--quiet``."""
    if talk.quiet:
        return
    reused_files = sum(each.reused for each in (work.store, work.known) if each is not None)
    if reused_files:
        reused = f"{reused_files:,}"
        complain(say(message("taken over from the work folder: {count} files", count=reused)))
    if not written:
        return
    rows = written if talk.verbose else written[:NAMED]
    _table(rows, written, talk)
    if rest := len(written) - len(rows):
        complain(say(message("  … and {count} more; -v names all", count=f"{rest:,}")))
    lost = sum(each.rejected for each in written)
    if lost and not work.writes_rejected:
        complain(
            say(
                message(
                    "dedup: warning: {count} rejected records were written nowhere; "
                    "--write-rejected DIR keeps them",
                    count=f"{lost:,}",
                )
            )
        )


def _table(rows: Sequence[Written], written: Sequence[Written], talk: Talk) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(say(message("file")), overflow="fold")
    numbers = ("read", "kept", "dropped", "rejected")
    heads = (message("read"), message("kept"), message("dropped"), message("rejected"))
    for head in heads:
        table.add_column(say(head), justify="right", no_wrap=True)
    for each in rows:
        path = say(message("texts")) if each.path is None else visible(each.path)
        table.add_row(Text(path), *(f"{getattr(each, name):,}" for name in numbers))
    if len(written) > 1:
        sums = (f"{sum(getattr(each, name) for each in written):,}" for name in numbers)
        table.add_row(Text(say(message("all"))), *sums)
    color: Literal["auto"] | None = "auto" if talk.colored_errors() else None
    console = Console(file=sys.stderr, color_system=color, highlight=False, markup=False)
    with console.capture() as captured:
        console.print(table, soft_wrap=True)
    for line in captured.get().splitlines():
        complain(line.rstrip())

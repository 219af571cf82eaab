"""Options of a scan that show and save the passages that many documents share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dedup.boilerplate import boilerplate_of
from dedup.cli import outfile
from dedup.cli.options import option, stacked
from dedup.cli.streams import write_out
from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedup.cli.options import Params, Talk
    from dedup.settings import Settings
    from dedup.source.reading import Reading

boilerplate_options: Callable[[Any], Any] = stacked(
    option(
        "--write-boilerplate",
        type=click.Path(readable=False),
        metavar="FILE",
        help="Save the passages that many documents share, and that were not compared, for "
        "--boilerplate.",
    ),
    option(
        "--show-boilerplate",
        is_flag=True,
        help="List the passages that would not be compared, most documents first, and compare "
        "nothing: in the form of --boilerplate, to strike lines out.",
    ),
)


def check_boilerplate(params: Params) -> None:
    """Refuse before any work what cannot be written."""
    path = params["write_boilerplate"]
    if path is None:
        return
    if params["output"] is not None and params["output"] == path:
        raise UsageError(
            message("{a} and {b} name one file", a="--output", b="--write-boilerplate")
        )
    outfile.check(path)


def save_boilerplate(settings: Settings, params: Params) -> None:
    """Write the list that a scan used, if that is wanted."""
    path = params["write_boilerplate"]
    if path is not None:
        outfile.write_file(path, [boilerplate_of(settings.boilerplate).text()])


def show_boilerplate(
    paths: Sequence[str], settings: Settings, reading: Reading, params: Params, talk: Talk
) -> int:
    """Write the list of a scan to standard output, and return the exit status."""
    from dedup.app.boilerplate import learn_paths
    from dedup.cli.progress import progress

    with progress(wanted=params["progress"], color=talk.colored_errors()) as shown:
        found = learn_paths(
            paths, settings, ignore=not params["no_ignore"], reading=reading, progress=shown
        )
        shown.done()
    if params["write_boilerplate"] is not None:
        outfile.write_file(params["write_boilerplate"], [found.text()])
    write_out([found.text()], utf8=False)
    return 0

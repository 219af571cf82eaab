"""The program ``dedup``: its commands, and what comes before any of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from dedup.cli.help import Group, Option
from dedup.cli.language import chosen, translate_click, use
from dedup.cli.options import language_option
from dedup.cli.streams import prepare
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What completion scripts call, whatever path the program was started by.
NAME = "dedup"
#: The variable through which a shell asks for completions.
COMPLETING = "_DEDUP_COMPLETE"


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from dedup.sketch.kernel import kernel_name

    click.echo(f"dedup {VERSION}, {kernel_name()} kernel")
    ctx.exit()


@click.group(
    name=NAME,
    cls=Group,
    names=(
        "scan",
        "check",
        "baseline",
        "explain",
        "report",
        "resolve",
        "undo",
        "index",
        "config",
        "completion",
    ),
    help="Find the same Chinese text in different clothes, and say why.",
    examples=("dedup scan seeds/", "dedup scan --help"),
)
@click.option(
    "--version",
    cls=Option,
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
@language_option
def program() -> None:
    """Hold the commands; every one of them returns its exit status."""


def call(arguments: Sequence[str]) -> int:
    """Parse ``arguments``, run the command they name, and return its exit status.

    click's own ``main`` is passed by: it ends the process with 1 when a pipe closes, and what it
    returns otherwise mixes results with statuses. Whatever is raised here ends in
    :func:`dedup.cli.errors.status_of`.
    """
    prepare()
    translate_click()
    use(chosen(arguments))
    asked = os.environ.get(COMPLETING)
    if asked:
        from click.shell_completion import shell_complete

        return shell_complete(program, {}, NAME, COMPLETING, asked)
    with program.make_context(NAME, list(arguments)) as ctx:
        status = program.invoke(ctx)
    return status if isinstance(status, int) else 0

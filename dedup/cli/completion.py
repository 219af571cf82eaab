"""``dedup completion``: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click

from dedup.cli.help import Command
from dedup.cli.options import language_option
from dedup.cli.streams import write_out


@click.command(
    cls=Command,
    help="Print the completion script of a shell.",
    examples=(
        'eval "$(dedup completion bash)"',
        "dedup completion fish > ~/.config/fish/completions/dedup.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@language_option
def completion(shell: str) -> int:
    """Print click's script for ``shell``."""
    from click.shell_completion import get_completion_class

    from dedup.cli.root import COMPLETING, NAME, program

    kind = get_completion_class(shell)
    if kind is None:
        raise click.BadParameter(shell)
    write_out([kind(program, {}, NAME, COMPLETING).source() + "\n"], utf8=False)
    return 0

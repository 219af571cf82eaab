"""``dedup undo``: what ``dedup resolve`` moved goes back."""

from __future__ import annotations

from typing import Any

import click

from dedup.cli import options
from dedup.cli.help import Command
from dedup.cli.language import say
from dedup.cli.progress import progress
from dedup.cli.resolve import complain_left
from dedup.cli.streams import complain
from dedup.messages import message


@click.command(
    cls=Command,
    help=(
        "Move everything back that dedup resolve moved.\n\n"
        "MANIFEST lies in the folder that the files were moved to. Nothing is done where a file "
        "would be replaced. What is moved back is as it was, byte for byte, times included."
    ),
    examples=("dedup resolve result.jsonl --apply && dedup undo dedup-dropped/manifest.jsonl",),
)
@click.argument("manifest", metavar="MANIFEST", type=click.Path(readable=False))
@options.progress_option
@options.verbosity_options
@options.talking_options
def undo(**params: Any) -> int:
    """Undo what the manifest says, and return the exit status."""
    from dedup.app.undo import undo as undo_manifest

    talk = options.talk_in_effect(params, options.settings_in_effect({}))
    with progress(wanted=params["progress"], color=talk.colored_errors()) as shown:
        done = undo_manifest(params["manifest"], progress=shown)
    if not talk.quiet:
        from dedup.report.plan import done_line

        complain(say(done_line(message("moved back: {documents}"), done.documents)))
    return complain_left(done)

"""What was guessed of the input, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.cli.language import say
from dedup.cli.streams import complain
from dedup.messages import message
from dedup.report.names import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.cli.options import Talk
    from dedup.messages import Message

#: So many are told.
NAMED = 5


def tell(notes: Sequence[Message]) -> None:
    """Say the first notes, and how many more there are."""
    for note in notes[:NAMED]:
        complain(say(message("dedup: note: {note}", note=note)))
    if len(notes) > NAMED:
        rest = f"{len(notes) - NAMED:,}"
        complain(say(message("  … and {count} more such notes", count=rest)))


def tell_of_input(notes: Sequence[Message], unverified: Sequence[str], talk: Talk) -> None:
    """Say what was guessed, and which documents of an index may match and could not be read."""
    if talk.quiet:
        return
    tell(notes)
    if unverified:
        named = ", ".join(visible(each) for each in unverified[:NAMED])
        what = message(
            "dedup: warning: {count} documents of the index could not be read to compare them: "
            "{names}",
            count=len(unverified),
            names=named,
        )
        complain(say(what))

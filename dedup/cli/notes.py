"""What was guessed of the input, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.cli.language import say
from dedup.cli.streams import complain
from dedup.messages import message
from dedup.report.names import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.app.index_batch import Side
    from dedup.cli.options import Talk
    from dedup.messages import Message

#: So many are told.
NAMED = 5
#: Kept characters of a run that is found with certainty, as in :mod:`dedup.match.runs`.
RUN = 30


def tell(notes: Sequence[Message]) -> None:
    """Say the first notes, and how many more there are."""
    for note in notes[:NAMED]:
        complain(say(message("dedup: note: {note}", note=note)))
    if len(notes) > NAMED:
        rest = f"{len(notes) - NAMED:,}"
        complain(say(message("  … and {count} more such notes", count=rest)))


def tell_of_input(notes: Sequence[Message], side: Side, talk: Talk) -> None:
    """Say what was guessed, and what of an index could not be read, or was not looked through."""
    if talk.quiet:
        return
    tell(notes)
    if side.unread:
        complain(say(_not_looked_for(side.unread)))
    unverified = side.unverified
    if unverified:
        named = ", ".join(visible(each) for each in unverified[:NAMED])
        what = message(
            "dedup: warning: {count} documents of the index could not be read to compare them: "
            "{names}",
            count=len(unverified),
            names=named,
        )
        complain(say(what))


def _not_looked_for(documents: int) -> Message:
    return message(
        "dedup: note: runs of {run} characters were not looked for in the {count} documents of "
        "the index, which would all be read: --runs looks for them",
        run=RUN,
        count=f"{documents:,}",
    )

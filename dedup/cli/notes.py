"""What was guessed of the input, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.cli.language import say
from dedup.cli.streams import complain
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

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

"""Lists and counts in words, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.messages import Message, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.report.view import View


def enumerated(parts: Sequence[str], view: View) -> str:
    """Return ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    head = view.say(message(", ")).join(parts[:-1])
    return view.say(message("{head} and {last}", head=head, last=parts[-1]))


def listed(parts: Sequence[str], view: View) -> str:
    """Return ``a, b, c``."""
    return view.say(message(", ")).join(parts)


def sentence(clauses: Sequence[str], view: View) -> str:
    """Return the clauses as one sentence, with semicolons between them."""
    text = view.say(message("; ")).join(clauses)
    return view.say(message("{sentence}.", sentence=text[:1].upper() + text[1:]))


def counted(number: int, one: Message, many: Message) -> Message:
    """Return ``one`` or ``many``, whose field ``count`` becomes ``number``."""
    chosen = one if number == 1 else many
    return Message(chosen.template, (*chosen.params, ("count", f"{number:,}")))

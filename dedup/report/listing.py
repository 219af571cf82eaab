"""A heading, the first entries of what it counts, and how many more there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

from rich.text import Text

from dedup.messages import Message
from dedup.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dedup.report.view import View

#: Entries that are listed; the rest is counted.
LISTED = 20
#: Before what is said of an entry.
INDENT = " " * 8

#: What is said of one, and of several.
Words: TypeAlias = tuple[Message, Message]
T = TypeVar("T")


def listing(
    entries: Sequence[T],
    view: View,
    draw: Callable[[T], Iterable[Text]],
    *,
    heading: Words,
    more: Words,
) -> Iterator[Text]:
    """Yield the heading and the first entries; nothing for none."""
    if not entries:
        return
    yield Text(view.say(counted(len(entries), *heading)), style="bold")
    for entry in entries[:LISTED]:
        yield from draw(entry)
    if len(entries) > LISTED:
        yield Text("  " + view.say(counted(len(entries) - LISTED, *more)), style="dim")

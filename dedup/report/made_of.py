"""Documents that several others make up together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import message
from dedup.report.names import count, decimal, shown
from dedup.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.messages import Message
    from dedup.model import Parts, ScanResult
    from dedup.report.view import View

#: Documents that are listed; the rest is counted.
LISTED = 20
_INDENT = " " * 8


def lines(result: ScanResult, view: View) -> Iterator[Text]:
    """Yield a heading, and each document with its parts in their order; nothing for none."""
    if not result.parts:
        return
    heading = counted(
        len(result.parts),
        message("Made up of several others: {count} document"),
        message("Made up of several others: {count} documents"),
    )
    yield Text(view.say(heading), style="bold")
    for each in result.parts[:LISTED]:
        yield Text(f"  {shown(result.documents[each.whole])}", style="yellow")
        yield Text(_INDENT + view.say(cover_of(each)))
        for number, part in enumerate(each.parts, 1):
            yield Text(f"{_INDENT}{number}. {shown(result.documents[part])}")
    if rest := result.parts[LISTED:]:
        more = counted(
            len(rest),
            message("{count} more document; jsonl has them all"),
            message("{count} more documents; jsonl has them all"),
        )
        yield Text("  " + view.say(more), style="dim")


def cover_of(found: Parts) -> Message:
    """Return how much of a document its parts make up."""
    return message(
        "{share} of it is in these {count} together, in this order",
        share=decimal(found.cover),
        count=count(len(found.parts)),
    )

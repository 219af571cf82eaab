"""Documents that several others make up together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import message
from dedup.report.listing import INDENT, listing
from dedup.report.names import count, decimal, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.messages import Message
    from dedup.model import Parts, ScanResult
    from dedup.report.view import View


def lines(result: ScanResult, view: View) -> Iterator[Text]:
    """Yield a heading, and each document with its parts in their order; nothing for none."""
    return listing(
        result.parts,
        view,
        lambda each: _drawn(each, result, view),
        heading=(
            message("Made up of several others: {count} document"),
            message("Made up of several others: {count} documents"),
        ),
        more=(
            message("{count} more document; jsonl has them all"),
            message("{count} more documents; jsonl has them all"),
        ),
    )


def _drawn(each: Parts, result: ScanResult, view: View) -> Iterator[Text]:
    yield Text(f"  {shown(result.documents[each.whole])}", style="yellow")
    yield Text(INDENT + view.say(cover_of(each)))
    for number, part in enumerate(each.parts, 1):
        yield Text(f"{INDENT}{number}. {shown(result.documents[part])}")


def cover_of(found: Parts) -> Message:
    """Return how much of a document its parts make up."""
    return message(
        "{share} of it is in these {count} together, in this order",
        share=decimal(found.cover),
        count=count(len(found.parts)),
    )

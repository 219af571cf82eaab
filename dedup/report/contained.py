"""Documents that are part of another one: those that stay, and where a part stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import message
from dedup.model import Relation
from dedup.report.listing import INDENT, listing
from dedup.report.names import count, decimal, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.messages import Message
    from dedup.model import Comparison, Pair, ScanResult
    from dedup.report.view import View

_RELATIONS = frozenset({Relation.CONTAINS, Relation.CONTAINED})
#: Characters of a stretch that both texts have, below which it says nothing of where a part stands.
_LEAST = 10


def contained_and_kept(result: ScanResult) -> list[Pair]:
    """Return the pairs, the contained document first, that are in no cluster together."""
    if not any(relation in _RELATIONS for relation, _ in result.summary.relations):
        return []
    together = {
        (pair.a, pair.b)
        for cluster in result.clusters
        for pair in cluster.drop
        if pair.relation in _RELATIONS
    }
    found = (pair for pair in result.pairs if pair.relation in _RELATIONS)
    turned = (pair if pair.relation is Relation.CONTAINED else pair.swapped() for pair in found)
    return sorted(
        (pair for pair in turned if (pair.a, pair.b) not in together),
        key=lambda pair: (-pair.evidence.exact_similarity, pair.a, pair.b),
    )


def lines(result: ScanResult, view: View) -> Iterator[Text]:
    """Yield a heading and the documents that are part of another one; nothing for none."""
    pairs = contained_and_kept(result)
    if not pairs:
        return
    if result.clusters:
        yield Text("")
    yield from listing(
        pairs,
        view,
        lambda pair: _drawn(pair, result, view),
        heading=(
            message("Part of another document, and not dropped: {count} pair"),
            message("Part of another document, and not dropped: {count} pairs"),
        ),
        more=(
            message("{count} more pair; jsonl has them all"),
            message("{count} more pairs; jsonl has them all"),
        ),
    )


def _drawn(pair: Pair, result: ScanResult, view: View) -> Iterator[Text]:
    yield Text(f"  {shown(result.documents[pair.a])}", style="yellow")
    yield Text(INDENT + view.say(_share(pair, shown(result.documents[pair.b]))))


def _share(pair: Pair, container: str) -> Message:
    inside, of_container = pair.containment
    return message(
        "{share} of it is in {container}, and makes up {part} of that",
        share=decimal(inside),
        container=container,
        part=decimal(of_container),
    )


def place(comparison: Comparison) -> Message | None:
    """Return where the part stands in the text that contains it; None for other relations."""
    if comparison.relation not in _RELATIONS:
        return None
    spans = [
        (passage.a, passage.b)
        for passage in comparison.passages
        if passage.a is not None and passage.b is not None and len(passage.a.text) >= _LEAST
    ]
    if not spans:
        return None
    inside = comparison.relation is Relation.CONTAINED
    stands = [b if inside else a for a, b in spans]
    values = {
        "first": count(min(span.line for span in stands)),
        "last": count(max(span.last_line for span in stands)),
    }
    if inside:
        return message("A stands in B, from line {first} to line {last}", **values)
    return message("B stands in A, from line {first} to line {last}", **values)

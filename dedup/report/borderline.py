"""The pairs nearest to the decision, as ``full`` shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import message
from dedup.report.differences import summary_sentence
from dedup.report.names import decimal, short_names, shown
from dedup.report.relations import relation_name
from dedup.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.messages import Message
    from dedup.model import BorderlinePair, Comparison, ScanResult
    from dedup.report.view import View

_INDENT = " " * 8


def lines(
    result: ScanResult, view: View, comparisons: Mapping[tuple[str, str], Comparison]
) -> Iterator[Text]:
    """Yield a heading and the borderline pairs, explained as far as they were compared."""
    if not result.borderline:
        return
    heading = counted(
        len(result.borderline),
        message(
            "Nearest to the decision: {count} pair, threshold {threshold}",
            threshold=f"{result.settings.threshold:g}",
        ),
        message(
            "Nearest to the decision: {count} pairs, threshold {threshold}",
            threshold=f"{result.settings.threshold:g}",
        ),
    )
    yield Text(view.say(heading), style="bold")
    for pair in result.borderline:
        yield from _pair(pair, result, view, comparisons.get((pair.a, pair.b)))


def _pair(
    pair: BorderlinePair, result: ScanResult, view: View, comparison: Comparison | None
) -> Iterator[Text]:
    a, b = result.documents[pair.a], result.documents[pair.b]
    color = "green" if pair.relation is not None else "yellow"
    yield Text("  " + view.say(verdict(pair)), style=f"bold {color}")
    yield Text(f"{_INDENT}A  {shown(a)}")
    yield Text(f"{_INDENT}B  {shown(b)}")
    shares = [decimal(share) for share in pair.containment]
    contained = message("containment: {a} of A is in B, {b} of B is in A", a=shares[0], b=shares[1])
    yield Text(_INDENT + view.say(contained))
    if comparison is not None:
        yield Text(_INDENT + summary_sentence(comparison, short_names(a, b), view))


def verdict(pair: BorderlinePair) -> Message:
    """Return what was decided of a pair, and by how much."""
    values: dict[str, object] = {
        "relation": relation_name(pair.relation),
        "similarity": decimal(pair.evidence.exact_similarity),
        "margin": decimal(abs(pair.margin)),
    }
    if pair.relation is None and pair.margin >= 0:
        return message(
            "{relation}: similarity {similarity}, but the titles name different things", **values
        )
    if pair.margin < 0:
        return message("{relation}: similarity {similarity}, short by {margin}", **values)
    return message("{relation}: similarity {similarity}, with {margin} to spare", **values)

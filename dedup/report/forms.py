"""Templates and versions in words: what is filled in otherwise, and which documents stay for it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import message
from dedup.model import Relation
from dedup.report.names import count, decimal, shown, visible
from dedup.report.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.messages import Message
    from dedup.model import Family, Filled, Pair, ScanResult
    from dedup.report.view import View

#: Pairs and families that are listed; the rest is counted. Members of a family that are named.
LISTED, NAMED = 20, 3
_INDENT = " " * 8
_RELATIONS = frozenset({Relation.TEMPLATE, Relation.VERSION})


def in_words(relation: Relation | None, filled: Sequence[Filled], view: View) -> str | None:
    """Return what a template or version fills in otherwise; None for other pairs."""
    if relation not in _RELATIONS or not filled:
        return None
    places = listed([f"{visible(a)}→{visible(b)}" for a, b in filled], view)
    if relation is Relation.TEMPLATE:
        return view.say(message("same form; differs in: {places}", places=places))
    return view.say(message("correction: {places}", places=places))


def kept(result: ScanResult) -> list[Pair]:
    """Return the templates and versions of which neither is dropped for the other, in no family."""
    if not any(relation in _RELATIONS for relation, _ in result.summary.relations):
        return []
    together = {
        frozenset((pair.a, pair.b))
        for cluster in result.clusters
        for pair in cluster.drop
        if pair.relation in _RELATIONS
    }
    family = {each: at for at, found in enumerate(result.families) for each in found.members}
    return [
        pair
        for pair in result.pairs
        if pair.relation in _RELATIONS
        and frozenset((pair.a, pair.b)) not in together
        and not (pair.relation is Relation.TEMPLATE and _both(pair, family))
    ]


def _both(pair: Pair, family: dict[str, int]) -> bool:
    return pair.a in family and family[pair.a] == family.get(pair.b)


def lines(result: ScanResult, view: View) -> Iterator[Text]:
    """Yield versions, templates and families that are kept; nothing for none."""
    pairs = kept(result)
    blank = bool(result.clusters)
    for relation in (Relation.VERSION, Relation.TEMPLATE):
        these = [pair for pair in pairs if pair.relation is relation]
        families = result.families if relation is Relation.TEMPLATE else ()
        for heading, drawn in (
            (_heading(relation, len(these)), _pairs(these, result, view)),
            (_family_heading(len(families)), _families(families, result, view)),
        ):
            body = list(drawn)
            if body:
                if blank:
                    yield Text("")
                yield Text(view.say(heading), style="bold")
                yield from body
                blank = True


def _heading(relation: Relation, pairs: int) -> Message:
    if relation is Relation.VERSION:
        return counted(
            pairs,
            message("Versions of one text, not dropped: {count} pair"),
            message("Versions of one text, not dropped: {count} pairs"),
        )
    return counted(
        pairs,
        message("One form about two things, not dropped: {count} pair"),
        message("One form about two things, not dropped: {count} pairs"),
    )


def _family_heading(families: int) -> Message:
    return counted(
        families,
        message("Documents of one form, not dropped: {count} family"),
        message("Documents of one form, not dropped: {count} families"),
    )


def _pairs(pairs: Sequence[Pair], result: ScanResult, view: View) -> Iterator[Text]:
    for pair in pairs[:LISTED]:
        yield Text(f"  {shown(result.documents[pair.a])}", style="yellow")
        yield Text(f"  {shown(result.documents[pair.b])}", style="yellow")
        said = message("similarity {similarity}", similarity=decimal(pair.similarity))
        words = in_words(pair.relation, pair.filled, view)
        parts = [view.say(said), *([words] if words else [])]
        yield Text(_INDENT + view.say(message("; ")).join(parts))
    yield from _more(len(pairs) - LISTED, view)


def _families(families: Sequence[Family], result: ScanResult, view: View) -> Iterator[Text]:
    for family in islice(families, LISTED):
        names = [shown(result.documents[each]) for each in family.members[:NAMED]]
        if rest := len(family.members) - NAMED:
            names.append(view.say(message("{count} others", count=count(rest))))
        said = message(
            "{documents} documents, {pairs} pairs",
            documents=len(family.members),
            pairs=family.pairs,
        )
        words = in_words(Relation.TEMPLATE, family.example.filled, view)
        parts = [view.say(said), *([words] if words else [])]
        yield Text("  " + listed(names, view), style="yellow")
        yield Text(_INDENT + view.say(message("; ")).join(parts))
    yield from _more(len(families) - LISTED, view)


def _more(rest: int, view: View) -> Iterator[Text]:
    if rest > 0:
        said = message("… and {count} more; jsonl has them all", count=count(rest))
        yield Text("  " + view.say(said), style="dim")

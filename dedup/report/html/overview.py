"""What a page says before its clusters: totals, relations, histogram, settings, what to look at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.messages import Message, message
from dedup.model import Relation
from dedup.report.histogram import histogram
from dedup.report.html.escape import isolated, said
from dedup.report.names import count, decimal, shown
from dedup.report.reasons import by_reason, reason_name
from dedup.report.records import header_of
from dedup.report.relations import relation_name
from dedup.report.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from dedup.model import DocumentInfo, ScanResult

#: Of documents skipped for one reason, changed, or of doubtful encoding, so many are named.
NAMED = 100

#: Size of the histogram's drawing: width of a bin, height of the highest bar.
_BIN, _HEIGHT = 48, 120


@dataclass(frozen=True, slots=True)
class Named:
    """A statement, the documents it is about, and how many more there are."""

    what: Markup
    names: list[Markup]
    more: Markup | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the histogram: where it stands, how high it is, what it counts.

    ``label`` is the lower end of its similarities; None for equal texts, which have a number
    only, as long as there are others: they are often so many that they would hide the rest.
    """

    x: int
    y: int
    height: int
    label: str | None
    count: str


def totals(result: ScanResult) -> list[tuple[Markup, str]]:
    """Return what was counted, by name."""
    summary = result.summary
    named = (
        (message("documents"), summary.documents),
        (message("characters"), summary.characters),
        (message("clusters"), summary.clusters),
        (message("can be dropped"), summary.dropped),
        (message("not compared"), summary.skipped),
    )
    return [(said(name), count(number)) for name, number in named]


def way(result: ScanResult) -> list[tuple[str, Markup]]:
    """Return how the documents became clusters: numbers, and what they count."""
    summary = result.summary
    steps = (
        (summary.documents, message("documents read")),
        (summary.documents - summary.collapsed, message("of them different texts")),
        (summary.candidates, message("pairs worth computing")),
        (summary.pairs, message("pairs with a relation")),
        (summary.clusters, message("clusters")),
    )
    return [(count(number), said(name)) for number, name in steps]


def relations(result: ScanResult) -> list[tuple[str, Markup, str, int]]:
    """Return the relations that pairs have: word, name, number, and share in per cent."""
    found = dict(result.summary.relations)
    total = sum(found.values()) or 1
    order = [relation for relation in Relation if found.get(relation.value)]
    return [
        (each.value, said(relation_name(each)), count(found[each]), 100 * found[each] // total)
        for each in order
    ]


def bars(result: ScanResult) -> tuple[list[Bar], int]:
    """Return the histogram of the similarities as bars, and the width of the drawing."""
    bins = histogram(result)
    most = max((each.count for each in bins if not each.equal), default=0)
    drawn = []
    for number, each in enumerate(bins):
        height = 0 if each.equal and most else -(-each.count * _HEIGHT // (most or each.count or 1))
        label = None if each.equal else decimal(each.low, 2)
        drawn.append(Bar(number * _BIN, _HEIGHT - height, height, label, count(each.count)))
    return drawn, len(bins) * _BIN


def settings(result: ScanResult) -> list[tuple[str, str]]:
    """Return the settings by name, and what else made the result."""
    header = header_of(result)
    named = header.pop("settings")
    values: dict[str, object] = dict(named) if isinstance(named, dict) else {}
    for name in ("version", "definitions", "dictionary", "fingerprint"):
        values[name] = header[name]
    return [(name, _value(value)) for name, value in values.items()]


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def attention(result: ScanResult, gone: Mapping[str, Message]) -> list[Named]:
    """Return what one should look at before anything is dropped."""
    summary = result.summary
    statements = []
    if gone:
        statements.append(_named(_gone(len(gone)), (result.documents[i] for i in sorted(gone))))
    if not result.contains_text:
        statements.append(_named(message("The result was made without a word of the texts."), ()))
    for crowd in summary.crowds:
        what = message(
            "One cluster holds {count} of {documents} documents.",
            count=count(crowd.documents),
            documents=count(summary.documents),
        )
        known = (result.documents.get(crowd.kept),)
        statements.append(_named(what, (info for info in known if info is not None)))
    if result.unsure:
        statements.append(_named(_unsure(len(result.unsure)), result.unsure))
    if summary.pairs_not_compared:
        what = message(
            "{pairs} pairs in {buckets} crowded buckets were not compared.",
            pairs=count(summary.pairs_not_compared),
            buckets=count(summary.hot_buckets),
        )
        statements.append(_named(what, ()))
    return statements


def _gone(number: int) -> Message:
    return counted(
        number,
        message("{count} document was changed or is gone since the scan; it is not shown."),
        message("{count} documents were changed or are gone since the scan; they are not shown."),
    )


def _unsure(number: int) -> Message:
    return counted(
        number,
        message("The encoding of {count} document is a guess."),
        message("The encoding of {count} documents is a guess."),
    )


def _named(what: Message, documents: Iterator[DocumentInfo] | tuple[DocumentInfo, ...]) -> Named:
    return _listing(what, [isolated(shown(info)) for info in documents])


def _listing(what: Message, names: list[Markup]) -> Named:
    rest = len(names) - NAMED
    more = said(message("… and {count} more; jsonl has them all", count=count(max(rest, 0))))
    return Named(said(what), names[:NAMED], more if rest > 0 else None)


def skipped(result: ScanResult) -> list[Named]:
    """Return the inputs that were not compared, grouped by reason."""
    return [
        _listing(
            message("{reason}: {count}", reason=reason_name(reason), count=count(len(group))),
            [isolated(shown(each)) for each in group],
        )
        for reason, group in by_reason(result.skipped)
    ]

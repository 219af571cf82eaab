"""Where duplicates come from: counts by source and by day, and which sources share texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.model import DocumentInfo, ScanResult

#: Dates that say when a text appeared; when a file was written or fetched says nothing of that.
_TOLD = frozenset({"printed", "published"})
_DAY, _MONTH, _YEAR = len("2024-11-23"), len("2024-11"), len("2024")
#: So many days, or months, are shown apart.
_APART = 40


@dataclass(frozen=True, slots=True)
class Sharing:
    """How many duplicates two sources share, and of how many the one or the other is dated earlier.

    ``documents`` counts dropped ones of either source for which one of the other is kept. Where a
    date is not known, or the days are equal, neither is earlier. ``a`` sorts before ``b``.
    """

    a: str
    b: str
    documents: int
    a_earlier: int
    b_earlier: int


@dataclass(frozen=True, slots=True)
class Times:
    """Dropped documents by day, month or year, whichever gives a picture; in order of time.

    ``undated`` counts those that state no date.
    """

    counts: Mapping[str, int]
    undated: int


def source_of(info: DocumentInfo) -> str:
    """Return the source that a text names; where it names none, its folder, or file of records."""
    for part in info.found:
        for fact in part.facts:
            if fact.name == "source" and fact.value.strip():
                return fact.value.strip()
    if info.path is None:
        return "—"
    path = PurePath(info.path)
    return path.as_posix() if info.place else path.parent.as_posix()


def day_of(info: DocumentInfo) -> str | None:
    """Return the day on which a text says that it appeared, as ISO 8601; None where it does not."""
    if info.date is None or info.date_kind not in _TOLD or len(info.date) < _DAY:
        return None
    return info.date[:_DAY]


def by_source(result: ScanResult) -> dict[str, int]:
    """Count dropped documents by source, the most first."""
    counts = Counter(source_of(result.documents[doc_id]) for doc_id in result.dropped)
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def by_time(result: ScanResult) -> Times:
    """Count dropped documents by day; by month or by year where there are too many days."""
    days = [day_of(result.documents[doc_id]) for doc_id in result.dropped]
    dated = [day for day in days if day is not None]
    for length in (_DAY, _MONTH, _YEAR):
        counts = Counter(day[:length] for day in dated)
        if len(counts) <= _APART:
            break
    return Times(dict(sorted(counts.items())), len(days) - len(dated))


def sharing(result: ScanResult) -> tuple[Sharing, ...]:
    """Return which sources share texts, those with the most first."""
    documents: Counter[tuple[str, str]] = Counter()
    earlier: Counter[tuple[str, str]] = Counter()  # the first before the second
    for cluster in result.clusters:
        kept = result.documents[cluster.keep]
        for pair in cluster.drop:
            dropped = result.documents[pair.a]
            one, other = source_of(kept), source_of(dropped)
            if one == other:
                continue
            documents[min(one, other), max(one, other)] += 1
            first, second = day_of(kept), day_of(dropped)
            if first is not None and second is not None and first != second:
                earlier[(one, other) if first < second else (other, one)] += 1
    found = [Sharing(a, b, n, earlier[a, b], earlier[b, a]) for (a, b), n in documents.items()]
    return tuple(sorted(found, key=lambda each: (-each.documents, each.a, each.b)))

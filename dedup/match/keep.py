"""Keep: the total order of documents in which clusters are formed, and its reasons."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from dedup.messages import Message, message

if TYPE_CHECKING:
    from dedup.model import DocumentInfo
    from dedup.settings import Settings

#: A key's steps in order of weight; sorting by the values gives the keep order.
Key = tuple[tuple[str, object], ...]


#: What the kinds of dates are called.
DATE_KINDS: dict[str | None, Message] = {
    "printed": message("printed"),
    "published": message("published"),
    "updated": message("updated"),
    "scraped": message("scraped"),
    "mtime": message("file modified"),
    "record": message("dated by its record"),
}


@dataclass(frozen=True, slots=True)
class KeepOrder:
    """The keep policy of some settings as a total order: the first document is kept first."""

    settings: Settings

    def key(self, info: DocumentInfo) -> tuple[object, ...]:
        """Return what documents are sorted by."""
        return tuple(value for _, value in self._steps(info))

    def reason(self, kept: DocumentInfo, runner_up: DocumentInfo | None) -> Message:
        """Say by which step ``kept`` comes before the next document of its cluster.

        There is none where the others come before it, and are dropped for more than one reason.
        """
        if runner_up is None:
            return message("what comes before it matches a document kept earlier, and it does not")
        for (step, mine), (_, other) in zip(self._steps(kept), self._steps(runner_up), strict=True):
            if mine != other:
                return self._sentence(step, kept, runner_up)
        return message("it is the same document")

    def _steps(self, info: DocumentInfo) -> Key:
        settings = self.settings
        before = self._before(info)
        longest: Key = (
            ("kept", -info.kept),
            ("clutter", info.clutter),
            ("hash", info.hash),
            ("id", info.id),
        )
        if settings.keep == "first":
            return (*before, ("id", info.id))
        if settings.keep == "longest":
            return (*before, *longest)
        when = None if info.date is None else instant(info.date)
        sign = -1.0 if settings.keep == "newest" else 1.0
        dated: Key = (("undated", when is None), ("date", sign * (when or 0.0)))
        return (*before, *dated, *longest)

    def _before(self, info: DocumentInfo) -> Key:
        """Return the steps that go before the policy: what is known, folder, source, field."""
        settings = self.settings
        steps: list[tuple[str, object]] = [("new", not info.known)]
        where = info.path or info.id
        if settings.keep_under is not None:
            steps.append(("under", not is_under(where, settings.keep_under)))
        if settings.source_order:
            steps.append(("source", source_rank(where, settings.source_order)))
        if settings.keep_by is not None:
            rank = score_rank(info.score, smallest=settings.keep_smallest)
            steps += [("unscored", rank is None), ("score", rank or 0.0)]
        return tuple(steps)

    def _sentence(self, step: str, kept: DocumentInfo, other: DocumentInfo) -> Message:
        if step in ("source", "score", "date"):
            say = {"source": self._source, "score": self._score, "date": self._dated}[step]
            return say(kept, other)
        if step == "unscored":
            return message(
                "it has the field {field} ({value}), the others have not",
                field=self.settings.keep_field,
                value=_number(kept.score),
            )
        if step == "kept":
            return message(
                "it is the longest: {kept} kept characters against {other}",
                kept=kept.kept,
                other=other.kept,
            )
        if step == "clutter":
            return message(
                "equally long; it has fewer metadata and furniture lines: {kept} against {other}",
                kept=kept.clutter,
                other=other.clutter,
            )
        return {
            "new": message("it is known already"),
            "under": message("it lies under {folder}", folder=self.settings.keep_under),
            "undated": message("it has a date ({date}), the others have none", date=kept.date),
            "hash": message("equal in every other respect; its content hash is the smallest"),
            "id": message("its id is the first"),
        }[step]

    def _source(self, kept: DocumentInfo, other: DocumentInfo) -> Message:
        sources = self.settings.source_order
        ranks = [source_rank(info.path or info.id, sources) for info in (kept, other)]
        names = [sources[rank] if rank < len(sources) else None for rank in ranks]
        if names[0] is None or names[1] is None:
            return message("its source, {source}, is in the list of sources", source=names[0])
        return message("its source, {source}, goes before {other}", source=names[0], other=names[1])

    def _score(self, kept: DocumentInfo, other: DocumentInfo) -> Message:
        values = {
            "field": self.settings.keep_field,
            "value": _number(kept.score),
            "other": _number(other.score),
        }
        if self.settings.keep_smallest:
            return message("its {field} is the smallest: {value} against {other}", **values)
        return message("its {field} is the largest: {value} against {other}", **values)

    def _dated(self, kept: DocumentInfo, other: DocumentInfo) -> Message:
        kind = DATE_KINDS.get(kept.date_kind)
        values: dict[str, object] = {"date": kept.date, "other": other.date, "kind": kind}
        if kept.other_dates:
            first = kept.other_dates[0]
            values["others"] = message(
                "{kind} {date}", kind=DATE_KINDS.get(first.name), date=first.value
            )
            if self.settings.keep == "newest":
                return message(
                    "it is the newest: {kind} {date} against {other} (it also states {others})",
                    **values,
                )
            return message(
                "it is the oldest: {kind} {date} against {other} (it also states {others})",
                **values,
            )
        if self.settings.keep == "newest":
            return message("it is the newest: {kind} {date} against {other}", **values)
        return message("it is the oldest: {kind} {date} against {other}", **values)


def is_under(path: str, folder: str) -> bool:
    """Tell whether a path lies in a folder, either of them relative to the current one or not."""
    whole = PurePath(os.path.abspath(path))  # noqa: PTH100 - resolves no links
    return whole.is_relative_to(os.path.abspath(folder))  # noqa: PTH100


@lru_cache(maxsize=4096)
def source_rank(path: str, sources: tuple[str, ...]) -> int:
    """Return which of ``sources`` a path comes from, their number where it is none of them.

    A source with a slash is a file, a folder that holds it, or a glob of whole paths, either of
    them relative to the current folder or not; one without is the name, or a glob of the name, of
    the file or of a folder on the path as it is given. ``*`` stands for any characters.
    """
    for rank, source in enumerate(sources):
        if _is_from(path, source):
            return rank
    return len(sources)


def score_rank(score: float | None, *, smallest: bool) -> float | None:
    """Return a number by which scores are sorted, the best first; None where there is none."""
    if score is None or math.isnan(score):
        return None
    return score if smallest else -score


def _is_from(path: str, source: str) -> bool:
    named = source.replace(os.sep, "/")
    if "/" not in named:
        return any(fnmatchcase(part, named) for part in (path, *PurePath(path).parts))
    whole = os.path.abspath(path)  # noqa: PTH100 - resolves no links
    return is_under(path, source) or fnmatchcase(whole, os.path.abspath(source))  # noqa: PTH100


def _number(score: float | None) -> str:
    return "" if score is None else f"{score:g}"


def instant(date: str) -> float:
    """Return an ISO date or date-time as seconds; without a zone it is read as UTC."""
    when = datetime.fromisoformat(date)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()

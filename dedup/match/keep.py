"""Keep: the total order of documents in which clusters are formed, and its reasons."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
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
}


@dataclass(frozen=True, slots=True)
class KeepOrder:
    """The keep policy of some settings as a total order: the first document is kept first."""

    settings: Settings

    def key(self, info: DocumentInfo) -> tuple[object, ...]:
        """Return what documents are sorted by."""
        return tuple(value for _, value in self._steps(info))

    def reason(self, kept: DocumentInfo, runner_up: DocumentInfo) -> Message:
        """Say by which step ``kept`` comes before the next document of its cluster."""
        for (step, mine), (_, other) in zip(self._steps(kept), self._steps(runner_up), strict=True):
            if mine != other:
                return self._sentence(step, kept, runner_up)
        return message("it is the same document")

    def _steps(self, info: DocumentInfo) -> Key:
        settings = self.settings
        under: Key = ()
        if settings.keep_under is not None:
            under = (("under", not _is_under(info, settings.keep_under)),)
        longest: Key = (
            ("kept", -info.kept),
            ("clutter", info.clutter),
            ("hash", info.hash),
            ("id", info.id),
        )
        if settings.keep == "first":
            return (*under, ("id", info.id))
        if settings.keep == "longest":
            return (*under, *longest)
        when = _instant(info.date)
        sign = -1.0 if settings.keep == "newest" else 1.0
        dated: Key = (("undated", when is None), ("date", sign * (when or 0.0)))
        return (*under, *dated, *longest)

    def _sentence(self, step: str, kept: DocumentInfo, other: DocumentInfo) -> Message:
        sentences = {
            "under": message("it lies under {folder}", folder=self.settings.keep_under),
            "kept": message(
                "it is the longest: {kept} kept characters against {other}",
                kept=kept.kept,
                other=other.kept,
            ),
            "clutter": message(
                "equally long; it has fewer metadata and furniture lines: {kept} against {other}",
                kept=kept.clutter,
                other=other.clutter,
            ),
            "undated": message("it has a date ({date}), the others have none", date=kept.date),
            "hash": message("equal in every other respect; its content hash is the smallest"),
            "id": message("its id is the first"),
        }
        return self._dated(kept, other) if step == "date" else sentences[step]

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


def _is_under(info: DocumentInfo, folder: str) -> bool:
    """Whether a document lies in a folder, either of them relative to the current folder or not."""
    path = PurePath(os.path.abspath(info.path or info.id))  # noqa: PTH100 - resolves no links
    return path.is_relative_to(os.path.abspath(folder))  # noqa: PTH100


def _instant(date: str | None) -> float | None:
    """Return an ISO date or date-time as seconds; without a zone it is read as UTC."""
    if date is None:
        return None
    when = datetime.fromisoformat(date)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()

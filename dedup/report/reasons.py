"""Why inputs were not compared, in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dedup.messages import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.model import Skipped

#: What the reasons to skip an input mean.
_REASONS = {
    "no-text": message("no letters, digits or Han characters"),
    "empty": message("empty"),
    "binary": message("not text but binary"),
    "garbled": message("garbled text"),
    "undecodable": message("in no known encoding"),
    "unreadable": message("cannot be read"),
    "missing": message("no such file or folder"),
    "not-a-file": message("not a regular file"),
    "vanished": message("gone since it was found"),
    "changed": message("changed while it was read"),
    "link-loop": message("a loop of links"),
    "needs-html": message("needs zh-dedup[html]"),
    "needs-office": message("needs zh-dedup[office]"),
    "no-text-layer": message("no text layer"),
    "encrypted": message("protected by a password"),
    "damaged": message("damaged"),
    "not-json": message("not JSON"),
    "not-a-record": message("not a record"),
    "not-a-row": message("not a row of the table"),
    "no-field": message("without the field that holds the text"),
    "not-a-text": message("something other than a text"),
    "cut-short": message("cut short"),
    "needs-parquet": message("needs zh-dedup[parquet]"),
    "needs-zstd": message("needs zh-dedup[zstd]"),
    "needs-remote": message("needs zh-dedup[remote]"),
}


def reason_name(reason: str) -> Message:
    """Return what a skip reason means; one that is not known stands for itself."""
    return _REASONS.get(reason) or Message("{text}", (("text", reason),))


def by_reason(skipped: Iterable[Skipped]) -> list[tuple[str, list[Skipped]]]:
    """Return the inputs grouped by why they were skipped."""
    ranked = sorted(skipped, key=lambda s: (s.reason, s.id))
    return [(reason, list(group)) for reason, group in groupby(ranked, key=lambda s: s.reason)]

"""What standard error says after a scan: totals, what was not compared, what to do next."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING

from dedup.cli.language import current, say
from dedup.cli.streams import complain, is_terminal
from dedup.messages import Message, message
from dedup.report.names import decimal, shown, visible
from dedup.report.records import unsure_encodings
from dedup.report.view import View
from dedup.report.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedup.cli.options import Talk
    from dedup.model import ScanResult, Skipped

#: Of inputs skipped for one reason, and of doubtful encodings, so many are named.
NAMED = 5


def report_scan(result: ScanResult, talk: Talk, *, seconds: float) -> None:
    """Write totals, warnings and hints of a scan; nothing under ``--quiet``."""
    if talk.quiet:
        return
    warn_skipped([s for s in result.skipped if not s.error], talk)
    _warn_encodings(result, talk)
    _warn_hot(result)
    complain(_totals(result, seconds))
    _say_left_out(result, talk)
    if talk.verbose:
        _say_more(result)
    if not result.clusters:
        complain(say(_nothing_found(result)))


def warn_skipped(skipped: Sequence[Skipped], talk: Talk) -> None:
    """Write which inputs were not compared, grouped by reason."""
    for reason, group in _by_reason(skipped):
        what = counted(
            len(group),
            message("dedup: warning: {count} input skipped: {reason}", reason=reason_name(reason)),
            message("dedup: warning: {count} inputs skipped: {reason}", reason=reason_name(reason)),
        )
        complain(say(what))
        _name_some([_skipped_line(s) for s in group], talk)


def complain_unread(skipped: Sequence[Skipped], talk: Talk) -> None:
    """Write which inputs should have been readable and were not, grouped by reason."""
    for reason, group in _by_reason(skipped):
        what = counted(
            len(group),
            message("dedup: error: {count} input not read: {reason}", reason=reason_name(reason)),
            message("dedup: error: {count} inputs not read: {reason}", reason=reason_name(reason)),
        )
        complain(say(what))
        _name_some([_skipped_line(s) for s in group], talk)
    complain(say(message("  hint: --ignore-errors goes on without them and exits with 0")))


def reason_name(reason: str) -> Message:  # noqa: PLR0911  one return a reason
    """Return what a skip reason means."""
    match reason:
        case "no-text":
            return message("no letters, digits or Han characters")
        case "empty":
            return message("empty")
        case "binary":
            return message("not text but binary")
        case "garbled":
            return message("garbled text")
        case "undecodable":
            return message("in no known encoding")
        case "unreadable":
            return message("cannot be read")
        case "missing":
            return message("no such file or folder")
        case "not-a-file":
            return message("not a regular file")
        case "vanished":
            return message("gone since it was found")
        case "changed":
            return message("changed while it was read")
        case "link-loop":
            return message("a loop of links")
        case _:
            return Message("{text}", (("text", reason),))


def _by_reason(skipped: Iterable[Skipped]) -> list[tuple[str, list[Skipped]]]:
    ranked = sorted(skipped, key=lambda s: (s.reason, s.id))
    return [(reason, list(group)) for reason, group in groupby(ranked, key=lambda s: s.reason)]


def _skipped_line(skipped: Skipped) -> str:
    detail = visible(say(skipped.detail))
    name = shown(skipped)
    if detail == say(reason_name(skipped.reason)):
        return name
    return detail if detail.startswith(f"{name}: ") else f"{name}: {detail}"


def _name_some(lines: Sequence[str], talk: Talk) -> None:
    named = lines if talk.verbose else lines[:NAMED]
    for line in named:
        complain(f"  {line}")
    if rest := len(lines) - len(named):
        complain(say(message("  … and {count} more; -v names all", count=f"{rest:,}")))


def _warn_encodings(result: ScanResult, talk: Talk) -> None:
    unsure = unsure_encodings(result)
    if not unsure:
        return
    complain(
        say(
            counted(
                len(unsure),
                message("dedup: warning: the encoding of {count} document is a guess"),
                message("dedup: warning: the encoding of {count} documents is a guess"),
            )
        )
    )
    _name_some(
        [f"{shown(info)}: {info.encoding} ({decimal(info.confidence, 2)})" for info in unsure],
        talk,
    )
    if is_terminal(sys.stderr):
        complain(say(message("  hint: --encoding NAME reads files as NAME")))


def _warn_hot(result: ScanResult) -> None:
    summary = result.summary
    if summary.pairs_not_compared:
        complain(
            say(
                message(
                    "dedup: warning: {pairs} pairs in {buckets} crowded buckets were not compared",
                    pairs=f"{summary.pairs_not_compared:,}",
                    buckets=f"{summary.hot_buckets:,}",
                )
            )
        )


def _totals(result: ScanResult, seconds: float) -> str:
    summary = result.summary
    values = {
        "read": counted(
            summary.documents,
            message("{count} document read"),
            message("{count} documents read"),
        ),
        "clusters": counted(
            summary.clusters, message("{count} cluster"), message("{count} clusters")
        ),
        "dropped": f"{summary.dropped:,}",
        "seconds": f"{seconds:.1f}",
    }
    if not summary.skipped:
        return say(message("{read}, {clusters}, {dropped} dropped ({seconds} s)", **values))
    return say(
        message(
            "{read}, {clusters}, {dropped} dropped, {skipped} skipped ({seconds} s)",
            skipped=f"{summary.skipped:,}",
            **values,
        )
    )


def _say_left_out(result: ScanResult, talk: Talk) -> None:
    left_out = result.summary.left_out
    if not left_out:
        return
    ranked = sorted(left_out, key=lambda pair: (-pair[1], pair[0]))
    named = ranked if talk.verbose else ranked[:NAMED]
    kinds = [say(_left_out(suffix, f"{count:,}")) for suffix, count in named]
    if rest := sum(count for _, count in ranked[len(named) :]):
        kinds.append(say(message("{count} others", count=f"{rest:,}")))
    said = listed(kinds, View(lang=current()))
    complain(say(message("left out: {kinds}", kinds=said)))


def _left_out(what: str, count: str) -> Message:
    """Return how many of a kind were left out: of an extension, or for another reason."""
    match what:
        case "hidden":
            return message("{count} hidden", count=count)
        case "ignored":
            return message("{count} ignored", count=count)
        case "link":
            one = message("{count} link", count=count)
            return one if count == "1" else message("{count} links", count=count)
        case "binary":
            return message("{count} binary", count=count)
        case _:
            return message("{count} {suffix}", count=count, suffix=visible(what))


def _say_more(result: ScanResult) -> None:
    summary = result.summary
    complain(
        say(
            message(
                "characters: {characters}; documents equal to another: {collapsed}; "
                "candidates: {candidates}; pairs: {pairs}",
                characters=f"{summary.characters:,}",
                collapsed=f"{summary.collapsed:,}",
                candidates=f"{summary.candidates:,}",
                pairs=f"{summary.pairs:,}",
            )
        )
    )


def _nothing_found(result: ScanResult) -> Message:
    if not result.summary.documents:
        return message("nothing to compare: none of the inputs holds text")
    values = {"threshold": f"{result.settings.threshold:g}"}
    return counted(
        result.summary.documents,
        message("no duplicates: there is only one document to compare"),
        message("no duplicates among {count} documents at threshold {threshold}", **values),
    )

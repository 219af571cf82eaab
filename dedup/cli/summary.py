"""What standard error says after a scan: totals, what was not compared, what to do next."""

from __future__ import annotations

import shlex
import shutil
import sys
from typing import TYPE_CHECKING

from dedup.boilerplate import Boilerplate
from dedup.cli.language import current, say
from dedup.cli.streams import complain, is_terminal
from dedup.messages import Message, message
from dedup.report.names import decimal, shown, visible
from dedup.report.reasons import by_reason, reason_name
from dedup.report.view import View
from dedup.report.wording import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    warn_hot(result.summary.pairs_not_compared, result.summary.hot_buckets)
    warn_crowds(result)
    complain(_totals(result, seconds))
    _say_guarantee(result)
    _say_boilerplate(result)
    _say_left_out(result, talk)
    if talk.verbose:
        _say_more(result)
        _say_relations(result)
        _say_bars(result, talk)
    if not result.clusters:
        complain(say(_nothing_found(result)))


def _say_boilerplate(result: ScanResult) -> None:
    """Say how many passages a scan learned not to compare."""
    known = result.settings.boilerplate
    if isinstance(known, Boilerplate) and known:
        complain(
            say(
                message(
                    "not compared: {count} passages that many of the documents share; "
                    "--show-boilerplate lists them, --no-boilerplate compares them",
                    count=f"{len(known.passages):,}",
                )
            )
        )


def report_again(result: ScanResult, talk: Talk) -> None:
    """Write the totals of a result that was read back; nothing under ``--quiet``."""
    if talk.quiet:
        return
    complain(
        say(
            message(
                "{read}, {clusters}, {dropped} dropped, at threshold {threshold}",
                threshold=f"{result.settings.threshold:g}",
                **_counts(result),
            )
        )
    )
    warn_crowds(result)
    if talk.verbose:
        _say_more(result)
        _say_relations(result)
        _say_bars(result, talk)


def warn_skipped(skipped: Sequence[Skipped], talk: Talk) -> None:
    """Write which inputs were not compared, grouped by reason."""
    for reason, group in by_reason(skipped):
        what = counted(
            len(group),
            message("dedup: warning: {count} input skipped: {reason}", reason=reason_name(reason)),
            message("dedup: warning: {count} inputs skipped: {reason}", reason=reason_name(reason)),
        )
        complain(say(what))
        _name_some([_skipped_line(s) for s in group], talk)


def complain_unread(skipped: Sequence[Skipped], talk: Talk) -> None:
    """Write which inputs should have been readable and were not, grouped by reason."""
    for reason, group in by_reason(skipped):
        what = counted(
            len(group),
            message("dedup: error: {count} input not read: {reason}", reason=reason_name(reason)),
            message("dedup: error: {count} inputs not read: {reason}", reason=reason_name(reason)),
        )
        complain(say(what))
        _name_some([_skipped_line(s) for s in group], talk)
    complain(say(message("  hint: --ignore-errors goes on without them and exits with 0")))


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
    unsure = result.unsure
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


def warn_hot(pairs: int, buckets: int) -> None:
    """Say how many pairs were not compared, if any, because so many buckets are crowded."""
    if pairs:
        what = message(
            "dedup: warning: {pairs} pairs in {buckets} crowded buckets were not compared",
            pairs=f"{pairs:,}",
            buckets=f"{buckets:,}",
        )
        complain(say(what))


def warn_crowds(result: ScanResult) -> None:
    """Write which clusters are so large that one should look before anything is dropped."""
    summary = result.summary
    if not summary.crowds:
        return
    if 2 * summary.dropped > summary.documents:
        complain(
            say(
                message(
                    "dedup: warning: {dropped} of {documents} documents would be dropped",
                    dropped=f"{summary.dropped:,}",
                    documents=f"{summary.documents:,}",
                )
            )
        )
    for crowd in summary.crowds[:NAMED]:
        complain(
            say(
                message(
                    "dedup: warning: one cluster holds {count} of {documents} documents; "
                    "the kept one is {name}",
                    count=f"{crowd.documents:,}",
                    documents=f"{summary.documents:,}",
                    name=_named(result, crowd.kept),
                )
            )
        )
        if crowd.first_line:
            complain(f"  {visible(crowd.first_line)}")
    complain(say(_crowd_hint(result)))


def _crowd_hint(result: ScanResult) -> Message:
    """Return what to do next: look at two files, or ask for more similarity."""
    crowd = result.summary.crowds[0]
    higher = f"{min((1 + result.settings.threshold) / 2, 1):.2g}"
    two = [result.documents.get(doc_id) for doc_id in (crowd.kept, crowd.other)]
    if any(info is None or info.path is None or info.place for info in two):
        return message("  hint: --threshold {value} finds fewer duplicates", value=higher)
    return message(
        "  hint: dedup explain {a} {b} shows what they share; --threshold {value} finds fewer",
        a=_quoted(crowd.kept),
        b=_quoted(crowd.other),
        value=higher,
    )


def _named(result: ScanResult, doc_id: str) -> str:
    info = result.documents.get(doc_id)
    return visible(doc_id) if info is None else shown(info)


def _quoted(path: str) -> str:
    return shlex.quote(visible(path))


def _totals(result: ScanResult, seconds: float) -> str:
    summary = result.summary
    values = {**_counts(result), "seconds": f"{seconds:.1f}"}
    if not summary.skipped:
        return say(message("{read}, {clusters}, {dropped} dropped ({seconds} s)", **values))
    return say(
        message(
            "{read}, {clusters}, {dropped} dropped, {skipped} skipped ({seconds} s)",
            skipped=f"{summary.skipped:,}",
            **values,
        )
    )


def _counts(result: ScanResult) -> dict[str, object]:
    summary = result.summary
    return {
        "read": _read(summary.documents, summary.known),
        "clusters": counted(
            summary.clusters, message("{count} cluster"), message("{count} clusters")
        ),
        "dropped": f"{summary.dropped:,}",
    }


def _read(documents: int, known: int) -> Message:
    if not known:
        return counted(
            documents, message("{count} document read"), message("{count} documents read")
        )
    against = f"{known:,}"
    return counted(
        documents,
        message("{count} new document read, compared with {known} known", known=against),
        message("{count} new documents read, compared with {known} known", known=against),
    )


def _say_guarantee(result: ScanResult) -> None:
    """Say which shared runs are found with certainty, where any are."""
    if result.guarantee is None:
        return
    from dedup.report.shared import common, guarantee

    complain(say(guarantee(result.guarantee)))
    if result.guarantee.common:
        complain("  " + say(common(result.guarantee)))


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


def _say_relations(result: ScanResult) -> None:
    """Write how many pairs have each relation, families included."""
    from dedup.model import Relation
    from dedup.report.relations import relation_name

    summary = result.summary
    said = [
        say(message("{relation} {count}", relation=relation_name(Relation(name)), count=f"{n:,}"))
        for name, n in summary.relations
    ]
    if said:
        relations = listed(said, View(lang=current()))
        complain(say(message("pairs by relation: {relations}", relations=relations)))


def _say_bars(result: ScanResult, talk: Talk) -> None:
    from dedup.report import histogram, sizes

    width = shutil.get_terminal_size().columns if is_terminal(sys.stderr) else None
    view = View(lang=current(), color=talk.colored_errors(), width=width)
    similar = histogram.lines(histogram.histogram(result), view, mark=_mark())
    large = sizes.lines(sizes.sizes(result), view, mark=_mark())
    for row in view.draw([*similar, *large]):
        complain(row.removesuffix("\n"))


def _mark() -> str:
    """Return what bars are made of: a block where standard error is sure to show it as one cell."""
    encoding = (getattr(sys.stderr, "encoding", None) or "").lower().replace("-", "")
    return "█" if encoding == "utf8" else "#"


def _nothing_found(result: ScanResult) -> Message:
    if not result.summary.documents:
        return message("nothing to compare: none of the inputs holds text")
    values = {"threshold": f"{result.settings.threshold:g}"}
    if result.summary.known:
        return counted(
            result.summary.documents,
            message("no duplicates of {count} document at threshold {threshold}", **values),
            message("no duplicates of {count} documents at threshold {threshold}", **values),
        )
    return counted(
        result.summary.documents,
        message("no duplicates: there is only one document to compare"),
        message("no duplicates among {count} documents at threshold {threshold}", **values),
    )

"""``explain`` in full: the verdict, the differences by weight, the passages side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import Message, message
from dedup.model import Change, ChangeKind, Comparison, Role, Weight
from dedup.report.contained import place
from dedup.report.differences import (
    EXEMPLIFIED,
    arrow,
    by_kind,
    form_name,
    kind_count,
    summary_sentence,
)
from dedup.report.forms import in_words
from dedup.report.names import count, decimal, short_names, shown, visible
from dedup.report.parts import part_name, part_values
from dedup.report.passages import passage_lines
from dedup.report.relations import relation_name
from dedup.report.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.model import DocumentInfo, TextSpan
    from dedup.report.view import View

#: Changes listed for each kind; the rest is counted.
LISTED = 20
#: Changes listed for each kind of form that is shown by examples.
LISTED_FORM = 5
_WIDTH = 60
_FORM_KINDS = frozenset(
    {ChangeKind.PUNCTUATION, ChangeKind.SPACE, ChangeKind.SCRIPT, ChangeKind.MARKUP}
)
HEADINGS = {
    Weight.FACT: message("facts"),
    Weight.WORDING: message("wording"),
    Weight.FORM: message("form"),
}


def lines(comparison: Comparison, view: View) -> Iterator[Text]:
    """Yield everything about two documents as lines for people."""
    yield from _header(comparison, view)
    if comparison.changes:
        yield Text("")
        yield Text(view.say(message("What differs")), style="bold")
        for weight in Weight:
            of_weight = [c for c in comparison.changes if c.weight is weight]
            if of_weight:
                yield Text("  " + view.say(HEADINGS[weight]), style="bold")
                for kind, changes in by_kind(of_weight):
                    yield from _kind(kind, changes, view)
    if any(passage.kind != "equal" for passage in comparison.passages):
        yield Text("")
        yield Text(view.say(message("Passages")), style="bold")
        yield from passage_lines(comparison.passages, view)
    if comparison.elsewhere:
        yield Text("")
        yield Text(view.say(message("The same words elsewhere")), style="bold")
        for spans in comparison.elsewhere[:LISTED]:
            yield Text("  " + view.say(_elsewhere(*spans)))
        rest = comparison.elsewhere[LISTED:]
        if rest:
            more = message("… {count} more; --output-format json lists all", count=count(len(rest)))
            yield Text("  " + view.say(more))


def _header(comparison: Comparison, view: View) -> Iterator[Text]:
    for label, info in (("A", comparison.a), ("B", comparison.b)):
        yield Text.assemble((f"{label}  ", "bold"), shown(info))
        yield Text("   " + view.say(counts_of(info)))
        if info.sections:
            yield Text("   " + view.say(sections_of(info)))
        shared = shared_parts(info)
        if shared is not None:
            yield Text("   " + view.say(shared))
    color = "bold green" if comparison.is_duplicate else "bold"
    yield Text("")
    yield Text(view.say(relation_name(comparison.relation)), style=color)
    names = short_names(comparison.a, comparison.b)
    yield Text("   " + summary_sentence(comparison, names, view))
    words = in_words(comparison.relation, comparison.filled, view)
    if words is not None:
        yield Text("   " + words)
    stands = place(comparison)
    if stands is not None:
        yield Text("   " + view.say(stands))
    for line in header_numbers(comparison):
        yield Text("   " + view.say(line))


def sections_of(info: DocumentInfo) -> Message:
    """Return which lines of a text are from which field or role; the first of many."""
    told = [
        f"{visible(name)} {first}" + (f"–{last}" if last > first else "")
        for name, first, last in info.sections[:LISTED]
    ]
    if len(info.sections) > LISTED:
        told.append("…")
    return message("lines: {sections}", sections=", ".join(told))


def counts_of(info: DocumentInfo) -> Message:
    """Return how much of a document was compared, and its encoding."""
    values = {
        "kept": count(info.kept),
        "whole": count(info.whole_kept),
        "tokens": count(info.tokens),
    }
    if info.encoding is None:
        return message("{kept} of {whole} kept characters compared, {tokens} tokens", **values)
    return message(
        "{kept} of {whole} kept characters compared, {tokens} tokens; {encoding}",
        encoding=info.encoding,
        **values,
    )


def shared_parts(info: DocumentInfo) -> Message | None:
    """Return how much of a document many documents share, where that was set aside."""
    parts = [part for part in info.found if part.role is Role.BOILERPLATE]
    if not parts:
        return None
    most = max((int(fact.value) for part in parts for fact in part.facts), default=0)
    lines = sum(part.last_line - part.line + 1 for part in parts)
    if not most:
        return message("set aside: {lines} lines listed as boilerplate", lines=count(lines))
    return message(
        "set aside: {lines} lines shared by up to {documents} documents",
        lines=count(lines),
        documents=count(most),
    )


def header_numbers(comparison: Comparison) -> Iterator[Message]:
    """Yield similarity, containment and shingles, a sentence each."""
    evidence = comparison.evidence
    compared = decimal(evidence.exact_similarity)
    whole = decimal(comparison.whole_evidence.exact_similarity)
    threshold = f"{comparison.threshold:g}"
    if compared == whole:
        yield message(
            "similarity {similarity}; threshold {threshold}",
            similarity=compared,
            threshold=threshold,
        )
    else:
        yield message(
            "similarity {similarity} with metadata and titles set aside, "
            "{whole} with everything compared; threshold {threshold}",
            similarity=compared,
            whole=whole,
            threshold=threshold,
        )
    a, b = comparison.containment
    yield message("containment: {a} of A is in B, {b} of B is in A", a=decimal(a), b=decimal(b))
    yield message(
        "shingles: {shared} shared, {only_a} only in A, {only_b} only in B",
        shared=count(evidence.shared),
        only_a=count(evidence.only_a),
        only_b=count(evidence.only_b),
    )


def _kind(kind: ChangeKind, changes: Sequence[Change], view: View) -> Iterator[Text]:
    if kind in {ChangeKind.METADATA, ChangeKind.TITLE, ChangeKind.FURNITURE}:
        for change in changes:
            yield Text("    " + _part(change, view))
        return
    if kind in _FORM_KINDS:
        for change in changes:
            yield Text("    " + _form(change, view))
        return
    yield Text("    " + view.say(kind_count(kind, sum(change.count for change in changes))))
    shown_changes = [c for c in changes if c.a or c.b]
    shown_changes = shown_changes[: LISTED_FORM if kind in EXEMPLIFIED else LISTED]
    for change in shown_changes:
        yield Text("      " + _wording(change, view))
    rest = len(changes) - len(shown_changes)
    if rest and shown_changes:
        yield Text(
            "      "
            + view.say(message("… {count} more; --output-format json lists all", count=count(rest)))
        )


def _elsewhere(a: TextSpan, b: TextSpan) -> Message:
    text = visible(" ".join(a.text.split()))
    where = message("A line {a}, B line {b}", a=a.line, b=b.line)
    short = text if len(text) <= _WIDTH else text[:_WIDTH] + "…"
    return message("{text}  ({where})", text=short, where=where)


def _form(change: Change, view: View) -> str:
    what = view.say(message("{what} ×{count}", what=form_name(change), count=count(change.count)))
    example = arrow(change, _WIDTH)
    where = lines_of(change)
    if where is None:
        return f"{what}: {example}" if example else what
    return view.say(
        message("{what}; first: {example} ({where})", what=what, example=example, where=where)
    )


def _wording(change: Change, view: View) -> str:
    text = arrow(change, _WIDTH)
    if change.count > 1:
        text += f" ×{change.count}"
    return _placed(text, lines_of(change), view)


def _part(change: Change, view: View) -> str:
    values = part_values(change, view)
    text = view.say(
        message("{part}: {example}", part=part_name(change), example=arrow(change, _WIDTH))
    )
    if values:
        text += f"  [{listed(values, view)}]"
    return _placed(text, lines_of(change), view)


def _placed(text: str, where: Message | None, view: View) -> str:
    return text if where is None else view.say(message("{text}  ({where})", text=text, where=where))


def lines_of(change: Change) -> Message | None:
    """Return on which lines a change stands; None where it stands nowhere."""
    a, b = change.a_line, change.b_line
    if a is not None and b is not None:
        return message("A line {a}, B line {b}", a=a, b=b)
    if a is not None:
        return message("A line {a}", a=a)
    if b is not None:
        return message("B line {b}", b=b)
    return None

"""What differs between two documents, as one sentence that a person would write."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dedup.messages import Message, message
from dedup.model import Change, ChangeKind, Comparison, Weight
from dedup.report.names import clipped
from dedup.report.parts import described, part_name
from dedup.report.relations import relation_meaning
from dedup.report.wording import counted, enumerated, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.report.view import View

#: Examples given for each kind of difference, and set-aside parts named for each side.
EXAMPLES = 3
PARTS = 6
_EXAMPLE_WIDTH = 24
_TITLE_WIDTH = 48

#: Differences of form that are words, so that examples say more than counts.
EXEMPLIFIED = frozenset({ChangeKind.NOTATION, ChangeKind.REGIONAL})
_PART_KINDS = frozenset({ChangeKind.METADATA, ChangeKind.TITLE, ChangeKind.FURNITURE})


def summary_sentence(comparison: Comparison, names: tuple[str, str], view: View) -> str:
    """Return what the two documents are to each other and what differs, in words."""
    changes = comparison.changes
    meaning = relation_meaning(comparison.relation, titles_differ=comparison.evidence.titles_differ)
    text_changes = [c for c in changes if c.weight is not Weight.FORM]
    parts = [c for c in changes if c.kind in _PART_KINDS]
    titles = [c for c in parts if c.kind is ChangeKind.TITLE and c.a and c.b]
    first = view.say(meaning)
    if comparison.evidence.titles_differ and len(titles) == 1:  # the meaning says it already
        first = view.say(
            message("{what} ({examples})", what=first, examples=arrow(titles[0], _TITLE_WIDTH))
        )
        parts = [c for c in parts if c is not titles[0]]
    clauses = [first, *_without_text(comparison, names, view)]
    clauses += [_kind_clause(kind, group, view) for kind, group in by_kind(text_changes)]
    clauses += _added(parts, names, view)
    clauses += _differing_parts(parts, view)
    form = [c for c in changes if c.weight is Weight.FORM and c.kind not in _PART_KINDS]
    if form:
        clauses.append(_form_clause(form, only=not text_changes, view=view))
    return sentence(clauses, view)


def _without_text(comparison: Comparison, names: tuple[str, str], view: View) -> list[str]:
    documents = zip(names, (comparison.a, comparison.b), strict=True)
    return [
        view.say(message("{name} holds no text to compare", name=name))
        for name, info in documents
        if not info.whole_kept
    ]


def by_kind(changes: Sequence[Change]) -> list[tuple[ChangeKind, list[Change]]]:
    """Return the changes grouped by kind, kinds in the order of their weight."""
    order = {kind: place for place, kind in enumerate(ChangeKind)}
    ranked = sorted(changes, key=lambda change: order[change.kind])
    return [(kind, list(group)) for kind, group in groupby(ranked, key=lambda c: c.kind)]


def arrow(change: Change, limit: int = _EXAMPLE_WIDTH) -> str:
    """Return ``a → b``, ``+b`` or ``-a``, and what has only moved once."""
    a, b = clipped(change.a, limit), clipped(change.b, limit)
    if a == b and change.kind is ChangeKind.MOVED:
        return a
    if not a:
        return f"+{b}" if b else ""
    return f"{a} → {b}" if b else f"-{a}"


def kind_count(kind: ChangeKind, number: int) -> Message:  # noqa: PLR0911  one return a kind
    """Return ``3 numbers differ`` and the like."""
    match kind:
        case ChangeKind.NUMBER:
            return counted(
                number, message("{count} number differs"), message("{count} numbers differ")
            )
        case ChangeKind.DATE:
            return counted(
                number,
                message("{count} date or time differs"),
                message("{count} dates or times differ"),
            )
        case ChangeKind.NAME:
            return counted(
                number,
                message("{count} name or title of a person differs"),
                message("{count} names or titles of persons differ"),
            )
        case ChangeKind.NEGATION:
            return counted(
                number, message("{count} negation differs"), message("{count} negations differ")
            )
        case ChangeKind.QUOTATION:
            return counted(
                number,
                message("{count} change in quoted speech"),
                message("{count} changes in quoted speech"),
            )
        case ChangeKind.NOTATION:
            return counted(
                number,
                message("{count} number or date in another notation"),
                message("{count} numbers or dates in another notation"),
            )
        case ChangeKind.REGIONAL:
            return counted(
                number,
                message("{count} regional or variant wording"),
                message("{count} regional or variant wordings"),
            )
        case ChangeKind.INSERTED:
            return counted(number, message("{count} insertion"), message("{count} insertions"))
        case ChangeKind.DELETED:
            return counted(number, message("{count} deletion"), message("{count} deletions"))
        case ChangeKind.MOVED:
            return counted(
                number, message("{count} passage moved"), message("{count} passages moved")
            )
        case _:
            return counted(number, message("{count} replacement"), message("{count} replacements"))


def _kind_clause(kind: ChangeKind, changes: Sequence[Change], view: View) -> str:
    what = view.say(kind_count(kind, sum(c.count for c in changes)))
    examples = [arrow(change) for change in changes[:EXAMPLES]]
    rest = len(changes) - len(examples)
    if rest:
        examples.append(view.say(message("{count} more", count=f"{rest:,}")))
    return view.say(message("{what} ({examples})", what=what, examples=listed(examples, view)))


def _added(parts: Sequence[Change], names: tuple[str, str], view: View) -> list[str]:
    clauses = []
    for name, mine in (
        (names[0], [c for c in parts if c.a and not c.b]),
        (names[1], [c for c in parts if c.b and not c.a]),
    ):
        if not mine:
            continue
        said = [described(change, view) for change in mine[:PARTS]]
        if rest := len(mine) - len(said):
            more = counted(
                rest,
                message("{count} more part that is set aside"),
                message("{count} more parts that are set aside"),
            )
            said.append(view.say(more))
        clauses.append(
            view.say(message("{name} adds {parts}", name=name, parts=enumerated(said, view)))
        )
    return clauses


def _differing_parts(parts: Sequence[Change], view: View) -> list[str]:
    return [
        view.say(
            message(
                "the {part} differs ({examples})",
                part=view.say(part_name(change)),
                examples=arrow(change),
            )
        )
        for change in parts
        if change.a and change.b
    ]


_FORM_NAMES = {
    ChangeKind.NOTATION: message("the notation of numbers and dates"),
    ChangeKind.REGIONAL: message("regional or variant wording"),
    ChangeKind.SCRIPT: message("the script (Simplified or Traditional)"),
    ChangeKind.SPACE: message("white space"),
}


def form_name(change: Change) -> Message:
    """Return what a difference of form is in: ``punctuation width`` and the like."""
    if change.kind in _FORM_NAMES:
        return _FORM_NAMES[change.kind]
    match change.detail:
        case "width":
            return message("punctuation width")
        case "case":
            return message("letter case")
        case _:
            return message("punctuation")


def _exemplified(name: str, change: Change, view: View) -> str:
    """Return what differs, with an example where the name alone says little."""
    if change.kind not in EXEMPLIFIED or not (change.a and change.b):
        return name
    return view.say(message("{what} ({examples})", what=name, examples=arrow(change)))


def _form_clause(changes: Sequence[Change], *, only: bool, view: View) -> str:
    by_name: dict[str, Change] = {}
    for change in changes:
        by_name.setdefault(view.say(form_name(change)), change)
    what = [_exemplified(name, change, view) for name, change in by_name.items()]
    said = enumerated(what, view)
    many = len(what) > 1
    if only and many:
        return view.say(message("otherwise only {what} differ", what=said))
    if only:
        return view.say(message("otherwise only {what} differs", what=said))
    if many:
        return view.say(message("{what} differ too", what=said))
    return view.say(message("{what} differs too", what=said))

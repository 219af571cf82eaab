"""A plan in words, and as records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import Message, message
from dedup.report.names import decimal, visible
from dedup.report.records import compact, path_value, rounded, safe_id
from dedup.report.relations import relation_name
from dedup.report.wording import counted
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.planned import Drop, Left, Plan, Step
    from dedup.report.view import View

#: Formats of a plan, the default first.
PLAN_FORMATS = ("full", "jsonl")
#: Version of the records of a plan.
PLAN_SCHEMA = 1
_UNITS = ("B", "KB", "MB", "GB", "TB")


def render_plan(plan: Plan, output_format: str, view: View) -> Iterator[str]:
    """Yield a plan in one of :data:`PLAN_FORMATS`."""
    if output_format == "jsonl":
        for record in plan_records(plan):
            yield compact(record) + "\n"
    else:
        yield from view.draw(lines(plan, view))


def lines(plan: Plan, view: View) -> Iterator[Text]:
    """Yield a plan as lines for people: what stays, what goes, why, and how much that saves."""
    yield Text(view.say(headline(plan)), style="bold")
    if plan.accepted:
        yield Text(view.say(_accepted(plan.accepted)))
    for step in plan.steps:
        yield Text()
        yield from _step(step, view)
    if plan.left:
        yield Text()
        yield Text(view.say(message("Left alone:")), style="bold")
        for left in plan.left:
            yield Text("  " + view.say(left_line(left)))


def headline(plan: Plan) -> Message:
    """Return what a plan comes to, in one sentence."""
    if not plan.steps:
        return message("Nothing is to be done.")
    documents = counted(
        plan.documents, message("{count} document goes"), message("{count} documents go")
    )
    clusters = counted(plan.clusters, message("in {count} cluster"), message("in {count} clusters"))
    return message(
        "{documents}, {clusters}: {size} less.",
        documents=documents,
        clusters=clusters,
        size=size(plan.saved),
    )


def _accepted(count: int) -> Message:
    return counted(
        count,
        message("{count} cluster was accepted and stays as it is."),
        message("{count} clusters were accepted and stay as they are."),
    )


def left_line(left: Left) -> Message:
    """Return what is left alone, and why."""
    name = visible(left.path or left.id)
    if left.path is not None and left.id != left.path:
        name = f"{name} ({visible(left.id)})"
    return message("{name}: {why}", name=name, why=why_left(left))


def why_left(left: Left) -> Message:
    """Return why a document is left alone."""
    keep = visible(left.keep)
    reasons = {
        "changed": message("it has changed since the scan"),
        "gone": message("it is no longer there"),
        "link": message("it lies behind a link"),
        "not-a-file": message("it is no regular file"),
        "unreadable": message("it cannot be read: {why}", why=left.detail),
        "unwritable": message("it cannot be moved: {why}", why=left.detail),
        "no-place": message("the result does not say which record it is; scan again"),
        "kept-changed": message("{keep}, which was to stay for it, has changed", keep=keep),
        "kept-gone": message("{keep}, which was to stay for it, is no longer there", keep=keep),
        "kept-link": message("{keep}, which was to stay for it, lies behind a link", keep=keep),
        "kept-unreadable": message(
            "{keep}, which was to stay for it, cannot be read: {why}", keep=keep, why=left.detail
        ),
        "kept-no-file": message("{keep}, which was to stay for it, is in no file here", keep=keep),
        "no-match": message("it does not match {keep}, which was chosen to stay", keep=keep),
        "holds-more": message("it holds more than {keep}, which was chosen to stay", keep=keep),
        "same-file": message("it and {keep} are one file", keep=keep),
        "no-file": message("it is in no file here"),
        "unit": message("it is only a part of a text"),
        "excluded": message("it was excluded"),
        "in-the-way": message("there is a file where it would go"),
    }
    return reasons[left.reason]


def done_line(text: Message, documents: int) -> Message:
    """Return ``text`` with its ``documents``, which were moved."""
    found = counted(documents, message("{count} document"), message("{count} documents"))
    return Message(text.template, (*text.params, ("documents", found)))


def size(count: int) -> str:
    """Return a number of bytes as people read it."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{count} B" if not unit else f"{value:.3g} {_UNITS[unit]}"


def plan_records(plan: Plan) -> Iterator[dict[str, object]]:
    """Yield a plan as records: a header, its steps, what is left alone, totals."""
    yield {"type": "plan", "schema": PLAN_SCHEMA, "tool": "dedup", "version": VERSION}
    for step in plan.steps:
        yield {
            "type": "step",
            "path": path_value(step.path),
            "action": "rewrite" if step.records else "move",
            "sha256": step.state.sha256,
            "saved": step.saved,
            "drops": [drop_record(drop) for drop in step.drops],
        }
    for left in plan.left:
        yield {
            "type": "left",
            "path": path_value(left.path),
            "id": safe_id(left.id),
            "duplicate_of": safe_id(left.keep),
            "reason": left.reason,
            "detail": left.detail,
        }
    yield {
        "type": "summary",
        "steps": len(plan.steps),
        "documents": plan.documents,
        "clusters": plan.clusters,
        "accepted": plan.accepted,
        "left": len(plan.left),
        "saved": plan.saved,
    }


def drop_record(drop: Drop) -> dict[str, object]:
    """Return a document that goes, as plans and manifests have it."""
    return {
        "id": safe_id(drop.id),
        "place": drop.place,
        "duplicate_of": safe_id(drop.keep),
        "keep_path": path_value(drop.keep_path),
        "relation": drop.relation.value,
        "similarity": rounded(drop.similarity),
        "reason": drop.reason.render("en"),
    }


def _step(step: Step, view: View) -> Iterator[Text]:
    path = visible(step.path)
    if not step.records:
        (drop,) = step.drops
        yield Text(view.say(message("move   {path}  ({size})", path=path, size=size(step.saved))))
        yield Text("       " + view.say(_because(drop)))
        return
    without = counted(
        len(step.drops), message("without {count} record"), message("without {count} records")
    )
    yield Text(
        view.say(
            message("write  {path}  {without} ({size})", path=path, without=without,
                    size=size(step.saved))
        )
    )  # fmt: skip
    for drop in step.drops:
        where = view.say(message("record {place}: ", place=f"{drop.place:,}"))
        yield Text("       " + where + view.say(_because(drop)))


def _because(drop: Drop) -> Message:
    """Return what a document repeats: that stays, and why."""
    keep = visible(drop.keep)
    return message(
        "{relation} ({similarity}); {keep} stays: {reason}",
        relation=relation_name(drop.relation),
        similarity=decimal(drop.similarity),
        keep=keep,
        reason=drop.reason,
    )

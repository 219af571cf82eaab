"""What is set aside, in words: the kind of line it is, and the values it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.messages import Message, message
from dedup.model import ChangeKind, Role
from dedup.report.names import clipped, visible
from dedup.report.wording import listed
from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.model import Change, Fact
    from dedup.report.view import View

_TIME = lazy_pattern(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)")
_LABEL = lazy_pattern(r"[\s(（【\[〔]*([^\s:：(（]{1,8})\s*[:：]")
_VALUE_WIDTH = 40
#: Kinds whose names are plural or uncountable.
_WITHOUT_ARTICLE = frozenset({"front-matter", "counts", "page-tools", "navigation"})


def described(change: Change, view: View) -> str:
    """Return ``a page line (《人民日报》 2023-11-14, page 19)`` for a part on one side."""
    what = view.say(with_article(change))
    values = part_values(change, view)
    if not values:
        return what
    return view.say(message("{what} ({examples})", what=what, examples=listed(values, view)))


def with_article(change: Change) -> Message:
    """Return the kind of the part with its article."""
    if change.kind is ChangeKind.TITLE:
        rows = len([row for row in (change.a or change.b).splitlines() if row.strip()])
        if rows < 2:
            return message("a title")
        if rows == 2:
            return message("a two-line title")
        return message("a title of {count} lines", count=rows)
    name = part_name(change)
    if change.detail in _WITHOUT_ARTICLE:
        return name
    if name.template.startswith(("a", "e", "i", "o", "u")):
        return message("an {part}", part=name)
    return message("a {part}", part=name)


def part_name(change: Change) -> Message:
    """Return the kind of the part without article."""
    return kind_name(change.detail, change.kind)


def kind_name(kind: str, role: str) -> Message:
    """Return what a kind of part is called, or, of one without a name, what its role is."""
    known = KINDS.get(kind)
    if known is not None:
        return known
    if role == Role.TITLE:
        return message("title")
    if role == Role.FURNITURE:
        return message("line of page furniture")
    return message("metadata line")


def part_values(change: Change, view: View) -> list[str]:
    """Return the values that a part carries; lone names with their label (责编)."""
    if len(change.facts) == 1 and change.facts[0].name == "people":
        label = _LABEL.match(change.a or change.b)
        if label is not None:
            return [f"{visible(label[1])} {clipped(change.facts[0].value, _VALUE_WIDTH)}"]
    return fact_values(change.facts, view)


def fact_values(facts: Iterable[Fact], view: View) -> list[str]:
    """Return the values of facts; a publication stands with its date."""
    values: list[str] = []
    publication = ""
    for fact in facts:
        value = clipped(_TIME.sub(r"\1 \2", fact.value), _VALUE_WIDTH)
        if fact.name == "publication":
            publication = value if value.startswith("《") else f"《{value}》"
            values.append(publication)
        elif fact.name == "printed" and publication and values[-1] == publication:
            values[-1] = f"{publication} {value}"
        else:
            values.append(view.say(_fact(fact.name, value)))
    return values


def _fact(name: str, value: str) -> Message:  # noqa: PLR0911  one return a fact
    match name:
        case "published":
            return message("published {value}", value=value)
        case "printed":
            return message("printed {value}", value=value)
        case "scraped":
            return message("scraped {value}", value=value)
        case "updated":
            return message("updated {value}", value=value)
        case "source":
            return message("source {value}", value=value)
        case "documents":
            return message("in {value} documents", value=value)
        case "page":
            return message("page {value}", value=value)
        case "place":
            return message("place {value}", value=value)
        case _:
            return message("{text}", text=visible(value))

"""The records of a saved result, as the values that they were made from."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

from dedup.messages import message
from dedup.model import (
    DocumentInfo,
    Evidence,
    Fact,
    Pair,
    Relation,
    Replacement,
    Role,
    SetAside,
    Skipped,
)

if TYPE_CHECKING:
    from dedup.report.fields import Fields

E = TypeVar("E", Relation, Role)


def pair_of(record: Fields) -> Pair:
    """Return a pair with its evidence."""
    relation = member_of(Relation, record, "relation")
    a, b = record.text("a"), record.text("b")
    return Pair(a, b, relation, evidence_of(record), record.text_pairs("filled"))


def evidence_of(record: Fields) -> Evidence:
    """Return the evidence of a pair."""
    stored = record.child("evidence")
    values: dict[str, object] = {}
    for field in fields(Evidence):
        if field.name == "replaced":
            continue
        read = stored.flag if field.type == "bool" else stored.whole
        values[field.name] = read(field.name)
    return Evidence(**values, replaced=_replaced(stored))  # type: ignore[arg-type]


def _replaced(stored: Fields) -> Replacement | None:
    """Return how a pair replaces facts; None where that was not compared, as of old."""
    if stored.values.get("replaced") is None:
        return None
    told = stored.child("replaced")
    values: dict[str, object] = {
        field.name: (told.flag if field.type == "bool" else told.whole)(field.name)
        for field in fields(Replacement)
    }
    return Replacement(**values)  # type: ignore[arg-type]


def document_of(record: Fields) -> DocumentInfo:
    """Return what is known of a document."""
    return DocumentInfo(
        id=record.text("id"),
        path=record.path("path"),
        hash=record.text("hash"),
        kept=record.whole("kept_characters"),
        whole_kept=record.whole("whole_kept_characters"),
        tokens=record.whole("tokens"),
        set_aside=record.flag("set_aside"),
        found=tuple(_part(part) for part in record.children("found")),
        encoding=record.optional_text("encoding"),
        confidence=record.number("confidence"),
        date=record.optional_text("date"),
        date_kind=record.optional_text("date_kind"),
        other_dates=_facts(record, "other_dates"),
        place=record.whole("place") if "place" in record.values else 0,
        score=record.number("score") if "score" in record.values else None,
        known="known" in record.values and record.flag("known"),
        lines=_lines(record) if "lines" in record.values else None,
    )


def _lines(record: Fields) -> tuple[int, int]:
    match record.values["lines"]:
        case [int(first), int(last)] if 0 < first <= last:
            return first, last
    raise record.place.damage(message("{name} is damaged", name="lines"))


def _part(part: Fields) -> SetAside:
    return SetAside(
        part.whole("start"),
        part.whole("end"),
        part.whole("line"),
        part.whole("last_line"),
        member_of(Role, part, "role"),
        part.text("kind"),
        part.text("text"),
        _facts(part, "facts"),
    )


def _facts(record: Fields, name: str) -> tuple[Fact, ...]:
    return tuple(Fact(each.text("name"), each.text("value")) for each in record.children(name))


def skipped_of(record: Fields) -> Skipped:
    """Return an input that was not compared."""
    detail = message("{text}", text=record.text("detail"))
    return Skipped(
        record.text("id"),
        record.path("path"),
        record.text("reason"),
        detail,
        record.flag("error"),
        record.whole("place") if "place" in record.values else 0,
    )


def member_of(kind: type[E], record: Fields, name: str) -> E:
    """Return the member of an enumeration that a field names."""
    text = record.text(name)
    for member in kind:
        if member.value == text:
            return member
    raise record.place.damage(message("{name} cannot be {value}", name=name, value=repr(text)))

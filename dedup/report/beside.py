"""Findings beside pairs, and the totals, read back from a saved result."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from dedup.model import Crowd, Guarantee, Parts, SharedRun, Summary, Written

if TYPE_CHECKING:
    from dedup.report.fields import Fields


def shared_of(record: Fields) -> SharedRun:
    """Return a run that documents share."""
    sizes = (record.whole(name) for name in ("characters", "of_a", "of_b"))
    return SharedRun(record.text("a"), record.text("b"), *sizes)


def parts_of(record: Fields) -> Parts:
    """Return a document that others make up."""
    parts = record.children("parts")
    return Parts(
        record.text("whole"),
        tuple(each.text("id") for each in parts),
        tuple(each.whole("shared") for each in parts),
        record.whole("covered"),
        record.whole("shingles"),
    )


def guarantee_of(record: Fields) -> Guarantee:
    """Return what a scan finds with certainty."""
    characters, kept, bound, common = (
        record.whole(name) for name in ("characters", "kept", "bound", "common")
    )
    return Guarantee(characters, record.text("side"), kept, bound, common)


def summary_of(record: Fields) -> Summary:
    """Return the totals of a scan."""
    values: dict[str, object] = {}
    for field in fields(Summary):
        younger = field.default == 0 and field.name not in record.values
        if younger or field.name in {"crowds", "written"}:
            continue
        read = record.whole if field.type == "int" else record.counts
        values[field.name] = read(field.name)
    crowds = tuple(
        Crowd(each.text("keep"), each.whole("documents"), each.text("other"))
        for each in record.children("crowds")
    )
    written = tuple(
        Written(
            each.path("path"),
            *(each.whole(name) for name in ("read", "kept", "dropped", "rejected")),
        )
        for each in (record.children("written") if "written" in record.values else ())
    )
    return Summary(**values, crowds=crowds, written=written)  # type: ignore[arg-type]

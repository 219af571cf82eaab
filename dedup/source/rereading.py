"""A document read once more, by where it was."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.engine.shards import read_items
from dedup.errors import PathError
from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.source.discovery import STANDARD_INPUT
from dedup.source.readers import read, text_hash
from dedup.source.reading import Reading
from dedup.source.shards import format_of, shards
from dedup.source.units import FIRST_UNIT, place_of, units

if TYPE_CHECKING:
    from dedup.model import DocumentInfo

_PLACE = re.compile(
    r"(?P<path>.+?)(?::(?P<record>[1-9]\d*))?(?:#(?P<kind>[pl])(?P<unit>[1-9]\d*))?"
)
_SPLITS = {"p": "paragraph", "l": "line"}


def reread(info: DocumentInfo, reading: Reading | None = None) -> str:
    """Return the text of a document that was read before, by its path and place.

    ``reading`` is how it was read then. Raises :class:`~dedup.errors.PathError` where it can be
    read no more, or where its text is no longer the one that was compared.
    """
    if info.path is None:
        raise PathError(
            message("{id} did not come from a file and cannot be read again", id=info.id)
        )
    again = _again(info, reading or Reading())
    if isinstance(again, Document) and text_hash(again.text) == info.hash:
        return again.text
    if isinstance(again, Skipped) and again.reason in {"vanished", "unreadable"}:
        raise PathError(message("{path}: {why}", path=info.path, why=again.detail))
    raise PathError(
        message("{path} changed since it was read", path=info.path),
        hint=message("run the command again"),
    )


def read_place(name: str, reading: Reading) -> Document | Skipped | None:
    """Return the document at ``PATH:RECORD``, ``PATH#p3`` or ``PATH:RECORD#l12``.

    None where the name has no such form, or there is no such record or unit.
    """
    found = _PLACE.fullmatch(name)
    if found is None or not (found["record"] or found["unit"]):
        return None
    path, record, unit = found["path"], int(found["record"] or 0), int(found["unit"] or 0)
    reading = replace(reading, split=_SPLITS.get(found["kind"], "document"))  # type: ignore[arg-type]
    if record:
        if format_of(path, reading) is None:
            return None
        return _record(path, place_of(record, unit) if unit else record, reading)
    document = read(path, encoding=reading.encoding, encodings=reading.encodings)
    if isinstance(document, Skipped):
        return document
    wanted = place_of(document.place, unit)
    return next((each for each in units(document, reading.split) if each.place == wanted), None)


def _again(info: DocumentInfo, reading: Reading) -> Document | Skipped | None:
    assert info.path is not None  # noqa: S101 - reread sees to it
    reading = replace(reading, encoding=info.encoding or reading.encoding)
    unit = re.search(r"#([pl])[1-9]\d*$", info.id)
    if unit is not None and (info.place >= FIRST_UNIT or info.id.startswith(f"{info.path}#")):
        reading = replace(reading, split=_SPLITS[unit[1]])  # type: ignore[arg-type]
    if info.path == STANDARD_INPUT or format_of(info.path, reading) is not None:
        return _record(info.path, info.place, reading)
    if reading.split != "document":
        return read_place(info.id, reading)
    return read(info.path, doc_id=info.id, encoding=reading.encoding)


def _record(path: str, place: int, reading: Reading) -> Document | Skipped | None:
    (shard,) = shards([path], reading)
    for each in read_items(shard.again([place])):
        return each
    fault = getattr(shard, "fault", None)
    return fault if isinstance(fault, Skipped) else None

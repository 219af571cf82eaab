"""What is known of one document beyond numbers, as bytes of a segment and back."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.model import Fact, Role, SetAside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.model import Document

#: The usual ones take one byte or none: a text in memory; a UTF-8 file of its own; a record.
_IN_MEMORY, _WHOLE_FILE, _RECORD = b"", b"f", b"r"

_decode = json.JSONDecoder().decode
#: Path and encoding, then the confidence: JSON in ASCII.
_CONFIDENCE = re.compile(rb'\[(?:null|"(?:[^"\\]|\\.)*"),(?:null|"(?:[^"\\]|\\.)*"),([-+.0-9eE]+),')
#: What only the lines of a unit are at the end: what else is in a list there is in quotes.
_LINES = re.compile(rb",\[([0-9]+),([0-9]+)\]\]\Z")
#: Bytes at the end that have room for them.
_TAIL = 64

Dated = tuple[str | None, str | None, tuple[Fact, ...]]


def packed_info(document: Document, found: Sequence[SetAside], dates: Dated, shard: str) -> bytes:
    """Return path, encoding, parts found and dates of a document as bytes."""
    if not found and dates[0] is None:
        plain = plain_info(document, shard)
        if plain is not None:
            return plain
    values = [
        document.path,
        document.encoding,
        document.confidence,
        [_part(part) for part in found],
        dates[0],
        dates[1],
        [[fact.name, fact.value] for fact in dates[2]],
        *([list(document.lines)] if document.lines else []),
    ]
    return json.dumps(values, separators=(",", ":")).encode()


def plain_info(document: Document, shard: str) -> bytes | None:
    """Return the same of one of which nothing was found, where it is one of the usual ones."""
    path, encoding = document.path, document.encoding
    if document.lines is not None:
        return None
    if path is None:
        return _IN_MEMORY if encoding is None else None
    if encoding != "utf-8" or document.confidence != 1.0:
        return None
    if path == document.id:
        return _WHOLE_FILE
    return _RECORD if path == shard else None


def unpacked_info(packed: bytes, doc_id: str, shard: str) -> dict[str, Any]:
    """Return the fields of a :class:`~dedup.model.DocumentInfo` that ``packed`` holds."""
    if packed in (_IN_MEMORY, _WHOLE_FILE, _RECORD):
        path = {_IN_MEMORY: None, _WHOLE_FILE: doc_id, _RECORD: shard}[packed]
        return {"path": path, "encoding": None if packed == _IN_MEMORY else "utf-8"}
    path, encoding, confidence, found, date, date_kind, others, *lines = _values(packed)
    return {
        "path": path,
        "encoding": encoding,
        "confidence": confidence,
        "found": tuple(_unpacked_part(part) for part in found),
        "date": date,
        "date_kind": date_kind,
        "other_dates": tuple(Fact(name, value) for name, value in others),
        "lines": tuple(lines[0]) if lines else None,
    }


class Head(NamedTuple):
    """What is known of a document that has nothing to do with what was found in it."""

    path: str | None
    encoding: str | None
    confidence: float = 1.0
    lines: tuple[int, int] | None = None


def head_of(packed: bytes, doc_id: str, shard: str) -> Head:
    """Return what :func:`unpacked_info` does of it, without reading the rest."""
    if packed == _RECORD:
        return Head(shard, "utf-8")
    if packed == _WHOLE_FILE:
        return Head(doc_id, "utf-8")
    begin = _CONFIDENCE.match(packed)
    if begin is None:
        return Head(None, None)
    path, encoding, confidence = _head(begin[0])
    lines = _LINES.search(packed, max(0, len(packed) - _TAIL))
    span = None if lines is None else (int(lines[1]), int(lines[2]))
    return Head(path, encoding, confidence, span)


@lru_cache(4096)
def _head(begin: bytes) -> tuple[Any, ...]:
    """Return path, encoding and confidence, which the documents of a file mostly share."""
    return tuple(_values(begin[:-1] + b"]"))


def found_in(packed: bytes) -> tuple[SetAside, ...]:
    """Return the parts found that ``packed`` holds."""
    if packed in (_IN_MEMORY, _WHOLE_FILE, _RECORD):
        return ()
    return tuple(map(_unpacked_part, _values(packed)[3]))


def confidence_of(packed: bytes) -> float:
    """Return how sure the encoding is, without reading the rest of what ``packed`` holds."""
    found = _CONFIDENCE.match(packed)
    return 1.0 if found is None else float(found[1])


def _values(packed: bytes) -> list[Any]:
    """Return what :func:`packed_info` wrote; json.loads would look for the encoding each time."""
    values: list[Any] = _decode(packed.decode("ascii"))
    return values


def _part(part: SetAside) -> list[object]:
    facts = [[fact.name, fact.value] for fact in part.facts]
    return [
        part.start, part.end, part.line, part.last_line, part.role, part.kind, part.text, facts
    ]  # fmt: skip


def _unpacked_part(values: list[Any]) -> SetAside:
    start, end, line, last_line, role, kind, text, facts = values
    return SetAside(
        start,
        end,
        line,
        last_line,
        Role(role),
        kind,
        text,
        tuple(Fact(name, value) for name, value in facts),
    )

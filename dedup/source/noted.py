"""What is written beside a dropped record: of what it is a duplicate, and how sure that is."""

from __future__ import annotations

import json
from dataclasses import dataclass

#: The fields that are added, in this order.
NOTED = ("duplicate_of", "similarity", "relation")

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Note:
    """``duplicate_of`` is the id of the kept document; ``similarity`` is from 0 to 1."""

    duplicate_of: str
    similarity: float
    relation: str

    @property
    def values(self) -> dict[str, object]:
        """The fields and their values."""
        return {name: getattr(self, name) for name in NOTED}


def noted_line(raw: bytes, note: Note) -> bytes:
    """Return a line of JSON with the fields added to its object, and all else as it was.

    An object that has such a field already is written anew.
    """
    added = _encoded(note.values)[1:].encode("utf-8")
    body = raw.rstrip()
    if any(f'"{name}"'.encode() in raw for name in NOTED):
        record = json.loads(raw)
        if not record.keys().isdisjoint(NOTED):
            whole = {name: value for name, value in record.items() if name not in NOTED}
            return _encoded(whole | note.values).encode("utf-8", "surrogatepass") + raw[len(body) :]
    comma = b"," if body[:-1].rstrip() != b"{" else b""
    return body[:-1] + comma + added + raw[len(body) :]

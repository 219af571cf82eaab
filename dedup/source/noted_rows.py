"""Rows of CSV with the columns added that say of what they are duplicates."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from dedup.source.noted import NOTED

if TYPE_CHECKING:
    from dedup.source.noted import Note

_ENDS = ("\r\n", "\n", "\r")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class NotedRows:
    """Adds the columns to a header and to rows; all else stays as it was, byte for byte.

    A row is written anew where it has columns of these names already, or more cells than the
    header, which would push the new ones out of place. What ``encoding`` cannot say in an id is
    escaped.
    """

    def __init__(self, encoding: str, delimiter: str) -> None:
        name = encoding.removesuffix("-sig")
        self._codec = "big5hkscs" if name == "big5" else name
        self._errors = "surrogatepass" if name.startswith("utf") else "surrogateescape"
        self._delimiter = delimiter
        self._width: int | None = None
        self._kept: list[int] | None = None

    def header(self, raw: bytes) -> bytes:
        """Return the header with the columns added."""
        names = [name.strip() for name in self._cells(self._parted(raw)[0])]
        self._width = len(names)
        if not set(names).isdisjoint(NOTED):
            self._kept = [at for at, name in enumerate(names) if name not in NOTED]
        return self._added(raw, list(NOTED))

    def row(self, raw: bytes, note: Note) -> bytes:
        """Return a row with the columns added."""
        return self._added(raw, [str(value) for value in note.values.values()])

    def _added(self, raw: bytes, cells: list[str]) -> bytes:
        body, end = self._parted(raw)
        before = ""
        if self._width is not None:
            there = self._cells(body)
            missing = self._width - len(there)
            if self._kept is not None or missing < 0:
                there += [""] * missing
                kept = range(self._width) if self._kept is None else self._kept
                row = self._written([there[at] for at in kept] + cells)
                return row.encode(self._codec, self._errors) + end
            before = self._delimiter * missing
        text = f"{before}{self._delimiter}{self._written(cells)}"
        return body + text.encode(self._codec, "backslashreplace") + end

    def _parted(self, raw: bytes) -> tuple[bytes, bytes]:
        """Return a row and its line end, which the last one may lack."""
        for end in _ENDS:
            encoded = end.encode(self._codec)
            if raw.endswith(encoded):
                return raw[: -len(encoded)], encoded
        return raw, "\n".encode(self._codec)

    def _cells(self, body: bytes) -> list[str]:
        text = body.decode(self._codec, self._errors)
        return next(csv.reader(_LINE.findall(text), delimiter=self._delimiter), [])

    def _written(self, cells: list[str]) -> str:
        row = io.StringIO()
        csv.writer(row, delimiter=self._delimiter, lineterminator="").writerow(cells)
        return row.getvalue()

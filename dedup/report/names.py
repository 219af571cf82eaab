"""User strings and numbers made fit to show: nothing is interpreted, nothing is rounded up."""

from __future__ import annotations

import math
import re
import shlex
import unicodedata
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING

from dedup.model import DocumentInfo
from dedup.source.compression import split_suffixes
from dedup.source.kinds import RECORD_EXTENSIONS
from dedup.source.units import FIRST_UNIT, record_of

if TYPE_CHECKING:
    from dedup.model import Skipped

#: Categories that a terminal obeys or cannot show: controls, formats, surrogates, line ends.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_UNIT = re.compile(r"#[pl][0-9]+\Z")
_ZERO_WIDTH_JOINER = "\u200d"  # holds emoji together


def visible(text: str) -> str:
    r"""Return ``text`` on one line, with what a terminal would obey or hide as ``\x1b`` escapes.

    Undecodable bytes of file names, which arrive as surrogates, become ``\udcd6`` likewise.
    """
    if text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in _HIDDEN and char != _ZERO_WIDTH_JOINER
        else char
        for char in text
    )


def shown(document: DocumentInfo | Skipped) -> str:
    """Return what a person is told a document by: its path, or its id where it has none.

    A record is told by file and line, with its id in brackets where it has one of its own; a
    paragraph with its lines: ``x.txt#p2 [L7–9]``.
    """
    where = located(document)
    if where != document.path and not document.id.startswith(where) and _is_record(document):
        where = f"{where} ({document.id})"
    return visible(where + _lines(document))


def _lines(document: DocumentInfo | Skipped) -> str:
    if not isinstance(document, DocumentInfo) or document.lines is None:
        return ""
    first, last = document.lines
    return f" [L{first}]" if first == last else f" [L{first}–{last}]"


def located(document: DocumentInfo | Skipped) -> str:
    """Return what ``dedup explain`` finds a document by: a path, or file and line."""
    path = document.path
    if path is None:
        return document.id
    cut = document.place >= FIRST_UNIT or document.id.startswith(f"{path}#")
    unit = _UNIT.search(document.id) if cut else None
    if _is_record(document):
        line = record_of(document.place) if unit else document.place
        path = f"{path}:{line}"
    return path + unit[0] if unit else path


def _is_record(document: DocumentInfo | Skipped) -> bool:
    path = document.path or ""
    named = path == "-" or split_suffixes(path)[0] in RECORD_EXTENSIONS
    return named and document.place > 0


def short_names(a: DocumentInfo, b: DocumentInfo) -> tuple[str, str]:
    """Return the names of two documents without their folders where these still differ."""
    full = (shown(a), shown(b))
    short = (PurePath(full[0]).name or full[0], PurePath(full[1]).name or full[1])
    return short if short[0] != short[1] else full


def decimal(value: float | Fraction, digits: int = 3) -> str:
    """Return ``value`` cut to ``digits`` decimals: only equality is shown as 1."""
    scale = 10**digits
    exact = value if isinstance(value, Fraction) else Fraction(value).limit_denominator(10**12)
    return f"{math.floor(exact * scale) / scale:.{digits}f}"


def count(number: int) -> str:
    """Return ``number`` with thousands separated."""
    return f"{number:,}"


def clipped(text: str, limit: int) -> str:
    """Return at most ``limit`` characters of ``text``, visible, on one line, with an ellipsis."""
    cut = text if len(text) <= limit else text[: limit - 1]
    shown_text = visible(cut.replace("\r\n", "\n").replace("\n", "⏎").replace("\t", " "))
    return shown_text if cut == text else shown_text + "…"


def quoted(path: str) -> str:
    """Return ``path`` as it is typed in a shell; visible escapes in ``$'…'`` where needed."""
    if path.isprintable():
        return shlex.quote(path)
    escaped = "".join(
        char.replace("\\", "\\\\").replace("'", "\\'") if char.isprintable() else _in_bytes(char)
        for char in path
    )
    return f"$'{escaped}'"


def _in_bytes(char: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogateescape"))

"""Which reader reads which file, by suffix; whatever has none is read as a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.source.html import HtmlReader
from dedup.source.kinds import extension
from dedup.source.pdf import PdfReader
from dedup.source.plain import TextReader
from dedup.source.word import WordReader

if TYPE_CHECKING:
    from dedup.source.reader import Reader

_TEXT: Reader = TextReader()
_READERS: dict[str, Reader] = {}


def register(reader: Reader) -> None:
    """Let a reader read its suffixes from now on, also those that another one read."""
    for suffix in reader.suffixes:
        _READERS[suffix] = reader


def reader_for(name: str | None) -> Reader:
    """Return the reader of a file name; None is standard input."""
    return _READERS.get(extension(name), _TEXT) if name else _TEXT


for _reader in (HtmlReader(), WordReader(), PdfReader()):
    register(_reader)

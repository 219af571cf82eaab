"""What a reader is: it turns the bytes of a file of its kind into a document.

To add one, write a module with a class that fits :class:`Reader`, and list it in
:mod:`dedup.source.registry`, or give it to :func:`dedup.source.registry.register`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.text.garbled import is_garbled

if TYPE_CHECKING:
    from dedup.messages import Message


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of an input, and where they came from.

    ``path`` is None for standard input; ``encoding`` is the one that was asked for, None to have
    it detected; ``mtime`` is in seconds since the epoch, ``place`` that of the document.
    """

    raw: bytes
    id: str
    path: str | None
    encoding: str | None = None
    mtime: float | None = None
    place: int = 0

    def document(
        self, text: str, encoding: str | None = None, *, confidence: float = 1.0
    ) -> Document | Skipped:
        """Return the document with this text, or why it is none."""
        if not text:
            return self.skipped("empty", message("empty"))
        if is_garbled(text):
            return garbled_document(self.id, self.path, self.place)
        return Document(self.id, text, self.path, encoding, confidence, self.mtime, self.place)

    def skipped(self, reason: str, detail: Message, *, error: bool = False) -> Skipped:
        """Return the record of this input as one that is not compared."""
        return Skipped(self.id, self.path, reason, detail, error=error, place=self.place)


def garbled_document(doc_id: str, path: str | None, place: int = 0) -> Skipped:
    """Return the record of a document that is garbled."""
    detail = message("garbled: its characters were lost before it was saved")
    return Skipped(doc_id, path, "garbled", detail, place=place)


def not_garbled(found: Document | Skipped) -> Document | Skipped:
    """Return a document; where it is garbled, the record of that."""
    if isinstance(found, Document) and is_garbled(found.text):
        return garbled_document(found.id, found.path, found.place)
    return found


class Reader(Protocol):
    """Reads files with certain suffixes."""

    @property
    def suffixes(self) -> frozenset[str]:
        """The suffixes it reads, in lower case, with their dots."""

    def read(self, content: Content) -> Document | Skipped:
        """Return the text of a file, or the reason why there is none; never raises for it."""

"""Text and Markdown files, and standard input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.errors import EncodingError
from dedup.messages import message
from dedup.text.encoding import AUTO, decode, has_signature, looks_binary

if TYPE_CHECKING:
    from dedup.model import Document, Skipped
    from dedup.source.reader import Content


class TextReader:
    """Reads what is text as it stands, in any encoding."""

    suffixes: frozenset[str] = frozenset()

    def read(self, content: Content) -> Document | Skipped:
        """Return the decoded text."""
        raw, encoding = content.raw, content.encoding
        detected = encoding is None or encoding.lower() == AUTO
        if looks_binary(raw) if detected else has_signature(raw):
            return content.skipped("binary", message("a binary file, not a text"))
        try:
            decoded = decode(raw, encoding=encoding)
        except EncodingError as error:
            return content.skipped("undecodable", error.message, error=True)
        return content.document(decoded.text, decoded.encoding, confidence=decoded.confidence)

"""From a path or a stream to a document, or to the reason why there is none."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dedup.errors import EncodingError, PathError
from dedup.messages import message
from dedup.model import Document, DocumentInfo, Skipped
from dedup.source.discovery import STANDARD_INPUT, document_id
from dedup.source.files import read_file
from dedup.text.encoding import AUTO, decode, has_signature, looks_binary
from dedup.text.garbled import is_garbled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathspec import GitIgnoreSpec


def read(
    path: str | os.PathLike[str],
    *,
    doc_id: str | None = None,
    encoding: str | None = None,
    encodings: Sequence[tuple[str, str]] = (),
) -> Document | Skipped:
    """Read a file, or standard input for ``-``.

    ``encoding`` overrides detection; otherwise the last of ``encodings`` (pairs of a pattern, as
    in ``.gitignore`` and relative to the working directory, and a name) that matches does. The
    text is what the file holds, without its byte order mark and with its line ends. Whatever is
    wrong with the file is returned, not raised; an unknown encoding raises
    :class:`~dedup.errors.SettingsError`.
    """
    path = os.fspath(path)
    if path == STANDARD_INPUT:
        return read_stream(standard_input(), name=doc_id or path, encoding=encoding)
    doc_id = document_id(path) if doc_id is None else doc_id
    content = read_file(path, doc_id)
    if isinstance(content, Skipped):
        return content
    raw, state = content
    if encoding is None and encodings:
        encoding = _encoding_for(path, tuple(encodings))
    return _document(raw, doc_id, path, encoding=encoding, mtime=state.st_mtime)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is still to be read, perhaps in another thread or process."""

    id: str
    path: str
    size: int
    encoding: str | None
    encodings: Sequence[tuple[str, str]]

    def read(self) -> Document | Skipped:
        """Read it, as :func:`read` does."""
        return read(self.path, doc_id=self.id, encoding=self.encoding, encodings=self.encodings)


def unread(
    path: str, *, encoding: str | None = None, encodings: Sequence[tuple[str, str]] = ()
) -> Document | Skipped | Unread:
    """Return a file that is to be read later; standard input is read at once."""
    if path == STANDARD_INPUT:
        return read(path, encoding=encoding)
    try:
        size = os.stat(path).st_size  # noqa: PTH116 - a Path takes longer than the file
    except (OSError, ValueError):
        size = 0  # reading it will tell what is wrong
    return Unread(document_id(path), path, size, encoding, encodings)


def read_stream(
    stream: BinaryIO, name: str = STANDARD_INPUT, *, encoding: str | None = None
) -> Document | Skipped:
    """Read all of a stream as one document whose id is ``name``."""
    return _document(stream.read(), name, None, encoding=encoding, mtime=None)


def standard_input() -> BinaryIO:
    """Return standard input; raises :class:`~dedup.errors.PathError` where it is closed."""
    if sys.stdin is None:
        raise PathError(message("standard input is closed"))
    return sys.stdin.buffer


def reread(info: DocumentInfo) -> str:
    """Return the text of a document that was read before.

    Raises :class:`~dedup.errors.PathError` where it can be read no more, or where its text is
    no longer the one that was compared.
    """
    if info.path is None:
        raise PathError(
            message("{id} did not come from a file and cannot be read again", id=info.id)
        )
    again = read(info.path, doc_id=info.id, encoding=info.encoding)
    if isinstance(again, Document) and text_hash(again.text) == info.hash:
        return again.text
    if isinstance(again, Skipped) and again.reason in {"vanished", "unreadable"}:
        raise PathError(message("{path}: {why}", path=info.path, why=again.detail))
    raise PathError(
        message("{path} changed since it was read", path=info.path),
        hint=message("run the command again"),
    )


def text_hash(text: str) -> str:
    """Return the hexadecimal 128-bit hash of a decoded text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _document(
    raw: bytes, doc_id: str, path: str | None, *, encoding: str | None, mtime: float | None
) -> Document | Skipped:
    detected = encoding is None or encoding.lower() == AUTO
    if looks_binary(raw) if detected else has_signature(raw):
        return Skipped(doc_id, path, "binary", message("a binary file, not a text"))
    try:
        decoded = decode(raw, encoding=encoding)
    except EncodingError as error:
        return Skipped(doc_id, path, "undecodable", error.message, error=True)
    if not decoded.text:
        return Skipped(doc_id, path, "empty", message("empty"))
    if is_garbled(decoded.text):
        detail = message("garbled: its characters were lost before it was saved")
        return Skipped(doc_id, path, "garbled", detail)
    return Document(
        doc_id, decoded.text, path, decoded.encoding, confidence=decoded.confidence, mtime=mtime
    )


def _encoding_for(path: str, encodings: tuple[tuple[str, str], ...]) -> str | None:
    full = os.path.normpath(Path.cwd() / path).replace(os.sep, "/").lstrip("/")
    specs = _specs(encodings, str(Path.cwd()))
    return next((name for spec, name in reversed(specs) if spec.match_file(full)), None)


@lru_cache(maxsize=8)
def _specs(
    encodings: tuple[tuple[str, str], ...], folder: str
) -> tuple[tuple[GitIgnoreSpec, str], ...]:
    from pathspec import GitIgnoreSpec

    return tuple(
        (GitIgnoreSpec.from_lines([anchored(pattern, folder)]), name) for pattern, name in encodings
    )


def anchored(pattern: str, folder: str) -> str:
    """Return a pattern with a ``/`` in it as one from the root; one without holds everywhere."""
    if "/" not in pattern.rstrip("/") or Path(pattern).is_absolute():
        return pattern
    escaped = "".join(f"\\{c}" if c in "*?[]\\!# " else c for c in folder.replace(os.sep, "/"))
    return f"{escaped.rstrip('/')}/{pattern.lstrip('/')}"

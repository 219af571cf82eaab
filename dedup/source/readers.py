"""From a path or a stream to a document, or to the reason why there is none."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from dedup.errors import PathError
from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.source.compression import COMPRESSIONS, last_suffix, read_errors
from dedup.source.discovery import STANDARD_INPUT, document_id
from dedup.source.extras import NEEDS
from dedup.source.files import read_file
from dedup.source.opening import broken, opened, source_of
from dedup.source.reader import Content
from dedup.source.registry import reader_for
from dedup.source.remote import is_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathspec import GitIgnoreSpec

    from dedup.source.opening import Source


def read(
    path: str | os.PathLike[str],
    *,
    doc_id: str | None = None,
    encoding: str | None = None,
    encodings: Sequence[tuple[str, str]] = (),
    place: int = 0,
) -> Document | Skipped:
    """Read a file, or standard input for ``-``.

    ``encoding`` overrides detection; otherwise the last of ``encodings`` (pairs of a pattern, as
    in ``.gitignore`` and relative to the working directory, and a name) that matches does;
    ``place`` is that of the document. The text is what the file holds, without its byte order
    mark and with its line ends. Whatever is wrong with the file is returned, not raised; an
    unknown encoding raises :class:`~dedup.errors.SettingsError`.
    """
    path = os.fspath(path)
    if path == STANDARD_INPUT:
        return read_stream(standard_input(), name=doc_id or path, encoding=encoding)
    doc_id = document_id(path) if doc_id is None else doc_id
    if encoding is None and encodings:
        encoding = encoding_for(path, tuple(encodings))
    if is_url(path) or last_suffix(path) in COMPRESSIONS:
        found = _stored(source_of(path), doc_id, encoding)
        return replace(found, place=place) if place else found
    content = read_file(path, doc_id)
    if isinstance(content, Skipped):
        return replace(content, place=place)
    raw, state = content
    return reader_for(path).read(Content(raw, doc_id, path, encoding, state.st_mtime, place))


def _stored(source: Source, doc_id: str, encoding: str | None) -> Document | Skipped:
    """Read a text that is compressed, or behind a URL."""
    try:
        with opened(source) as stream:
            raw = stream.read()
    except read_errors() as error:
        return broken(source.path, doc_id, error)
    return _document(raw, doc_id, source.path, encoding=encoding, mtime=source.mtime)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is still to be read, perhaps in another thread or process.

    ``named`` tells that it was asked for by name: then it is an error if it needs an extra.
    """

    id: str
    path: str
    size: int
    encoding: str | None
    encodings: Sequence[tuple[str, str]]
    named: bool = False

    def read(self, place: int = 0) -> Document | Skipped:
        """Read it, as :func:`read` does."""
        found = read(
            self.path,
            doc_id=self.id,
            encoding=self.encoding,
            encodings=self.encodings,
            place=place,
        )
        if self.named and isinstance(found, Skipped) and found.reason.startswith(NEEDS):
            return replace(found, error=True)
        return found


def unread(
    path: str,
    *,
    encoding: str | None = None,
    encodings: Sequence[tuple[str, str]] = (),
    named: bool = False,
) -> Document | Skipped | Unread:
    """Return a file that is to be read later; standard input is read at once."""
    if path == STANDARD_INPUT:
        return read(path, encoding=encoding)
    try:
        size = os.stat(path).st_size  # noqa: PTH116 - a Path takes longer than the file
    except (OSError, ValueError):
        size = 0  # reading it will tell what is wrong
    return Unread(document_id(path), path, size, encoding, encodings, named)


def read_stream(
    stream: IO[bytes], name: str = STANDARD_INPUT, *, encoding: str | None = None
) -> Document | Skipped:
    """Read all of a stream as one document whose id is ``name``."""
    return _document(stream.read(), name, None, encoding=encoding, mtime=None)


def standard_input() -> BinaryIO:
    """Return standard input; raises :class:`~dedup.errors.PathError` where it is closed."""
    if sys.stdin is None:
        raise PathError(message("standard input is closed"))
    return sys.stdin.buffer


def text_hash(text: str) -> str:
    """Return the hexadecimal 128-bit hash of a decoded text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _document(
    raw: bytes, doc_id: str, path: str | None, *, encoding: str | None, mtime: float | None
) -> Document | Skipped:
    name = path
    if path is not None and last_suffix(path) in COMPRESSIONS:
        name = path.rpartition(".")[0]
    return reader_for(name).read(Content(raw, doc_id, path, encoding, mtime))


def encoding_for(path: str, encodings: tuple[tuple[str, str], ...]) -> str | None:
    """Return the encoding of the last of these pairs whose pattern matches a path."""
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

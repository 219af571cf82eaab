"""Where the bytes of a file of records come from, as often as they are asked for."""

from __future__ import annotations

import os
import tempfile
import weakref
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader, RawIOBase
from typing import IO, TYPE_CHECKING, Protocol

from dedup.engine.spool import close_quietly, temporary_place
from dedup.errors import OutputError
from dedup.messages import message
from dedup.model import Skipped
from dedup.source.compression import (
    MAGIC_LENGTH,
    compression_of,
    decompressed,
    split_suffixes,
)
from dedup.source.files import failed, open_file
from dedup.source.remote import RemoteFile, is_url

if TYPE_CHECKING:
    from collections.abc import Iterator


class Source(Protocol):
    """A file that can be opened several times, or standard input.

    ``compression`` is one of those of :mod:`dedup.source.compression`, or None; ``mtime`` is in
    seconds since the epoch, None where it is not known.
    """

    @property
    def path(self) -> str:
        """What it is called."""

    @property
    def compression(self) -> str | None:
        """How it is compressed."""

    @property
    def mtime(self) -> float | None:
        """When it was changed last."""

    @property
    def size(self) -> int | None:
        """Bytes as they are stored; None where that is not known, or positions are not told."""

    def stored(self) -> IO[bytes]:
        """Open the bytes as they are stored; raises OSError."""


@contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """Open what a source holds, decompressed."""
    with closing(source.stored()) as stored:
        yield decompressed(stored, source.compression)


@contextmanager
def opened_twofold(source: Source) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Open what a source holds, decompressed and as it is stored, which is read on with it."""
    with closing(source.stored()) as stored:
        yield decompressed(stored, source.compression), stored


def source_of(path: str) -> Source:
    """Return the source of a file of this machine, or behind a URL."""
    compression = split_suffixes(path)[1]
    return (RemoteFile if is_url(path) else LocalFile)(path, compression)


def broken(path: str, doc_id: str, error: Exception, *, place: int = 0) -> Skipped:
    """Return the record of a file whose reading ended early, after the record at ``place``."""
    if isinstance(error, OSError) and error.errno is not None:
        return replace(failed(path, doc_id, error), place=place)
    if isinstance(error, EOFError):
        reason, detail = "cut-short", message("cut short")
        if place:
            detail = message("cut short after record {place}", place=place)
    else:
        reason, detail = "damaged", message("damaged: {why}", why=str(error))
        if place:
            detail = message("damaged after record {place}: {why}", place=place, why=str(error))
    return Skipped(doc_id, path, reason, detail, error=True, place=place)


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file of this machine."""

    path: str
    compression: str | None

    @property
    def mtime(self) -> float | None:
        """When it was changed last."""
        try:
            return os.stat(self.path).st_mtime  # noqa: PTH116 - as cheap as it gets
        except (OSError, ValueError):
            return None

    @property
    def size(self) -> int | None:
        """Bytes as they are stored."""
        try:
            return os.stat(self.path).st_size  # noqa: PTH116 - as cheap as it gets
        except (OSError, ValueError):
            return None

    def stored(self) -> IO[bytes]:
        """Open it; a FIFO or a device is refused with OSError."""
        return open_file(self.path)


class Piped:
    """A stream that can be read once, written down as it passes so that it can be read again.

    The file has no name, can be read by this user alone, and is gone when the process ends.
    """

    mtime: float | None = None
    size: int | None = None

    def __init__(self, stream: IO[bytes], path: str = "-") -> None:
        self.path = path
        self._stream = stream
        self._ended = stream.seekable()
        self._spool: IO[bytes] = (
            stream if self._ended else tempfile.TemporaryFile(prefix="dedup-")  # noqa: SIM115
        )
        # closed with the last reference to this, and not with a warning by the collector
        close = (lambda _: None) if self._ended else close_quietly
        self._closing = weakref.finalize(self, close, self._spool)

    @property
    def compression(self) -> str | None:
        """How it is compressed, by its first bytes."""
        return compression_of(self.head(MAGIC_LENGTH))

    def head(self, size: int) -> bytes:
        """Return the first bytes, at least ``size`` unless it is shorter."""
        while not self._ended and self._spool.seek(0, os.SEEK_END) < size:
            self._more(size)
        self._spool.seek(0)
        return self._spool.read(size)

    def stored(self) -> IO[bytes]:
        """Read it from the beginning; only one reader at a time."""
        return BufferedReader(_Rewound(self), 1 << 16)

    def close(self) -> None:
        """Remove what was written down."""
        self._closing()

    def read_at(self, place: int, size: int) -> bytes:
        """Return up to ``size`` bytes from ``place`` on."""
        if not self._ended and self._spool.seek(0, os.SEEK_END) <= place:
            self._more(size)
        self._spool.seek(place)
        return self._spool.read(size)

    def _more(self, size: int) -> None:
        read = getattr(self._stream, "read1", self._stream.read)
        piece = read(max(size, 1 << 16))
        self._ended = not piece
        self._spool.seek(0, os.SEEK_END)
        try:
            self._spool.write(piece)
            self._spool.flush()
        except OSError as error:
            raise OutputError(
                message(
                    "cannot write {path}: {why}",
                    path=temporary_place(),
                    why=error.strerror or error,
                ),
                hint=message("free some room, or set TMPDIR to a folder that has it"),
            ) from error


class _Rewound(RawIOBase):
    """A piped stream from its beginning."""

    def __init__(self, piped: Piped) -> None:
        self._piped = piped
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._piped.read_at(self._at, len(buffer))
        self._at += len(piece)
        buffer[: len(piece)] = piece
        return len(piece)

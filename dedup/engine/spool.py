"""A temporary file of bytes that grows, is read at random, and that nobody else sees."""

from __future__ import annotations

import os
import tempfile
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING

from dedup.errors import OutputError
from dedup.messages import message

if TYPE_CHECKING:
    from typing import IO


class Spool:
    """Bytes on disk, readable by this user alone, gone when this is, or the process ends.

    Raises :class:`~dedup.errors.OutputError` where there is no folder or no room for them.
    """

    def __init__(self) -> None:
        try:
            self._file: IO[bytes] = tempfile.TemporaryFile(prefix="dedup-")  # noqa: SIM115 - lives on
        except OSError as error:
            raise unwritable(temporary_place(), error) from error
        weakref.finalize(self, close_quietly, self._file)
        self.size = 0
        self._at_end = True

    def append(self, raw: bytes | memoryview) -> int:
        """Add bytes and return where they begin."""
        try:
            if not self._at_end:
                self._file.seek(self.size)
                self._at_end = True
            self._file.write(raw)
        except OSError as error:
            raise unwritable(temporary_place(), error) from error
        start = self.size
        self.size += len(raw)
        return start

    def read(self, start: int, size: int) -> bytes:
        """Return ``size`` bytes from ``start``."""
        try:
            self._at_end = False
            self._file.seek(start)  # which writes what is waiting
        except OSError as error:
            raise unwritable(temporary_place(), error) from error
        return self._file.read(size)


def close_quietly(file: IO[bytes]) -> None:
    """Close a temporary file; what waited to be written, and no longer can, is not missed."""
    with suppress(OSError):
        file.close()


def temporary_place() -> str:
    """Return the folder of temporary files; where none can be written to, the one to be named."""
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:
        return os.environ.get("TMPDIR", "TMPDIR")


def unwritable(path: str, error: OSError) -> OutputError:
    """Return the error to raise where a temporary file cannot be written."""
    return OutputError(
        message("cannot write {path}: {why}", path=path, why=error.strerror or error),
        hint=message("free some room, or set TMPDIR to a folder that has it"),
    )

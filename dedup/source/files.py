"""Opening regular files only: never a FIFO, a device or a socket, and never half a file."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import BinaryIO

from dedup.messages import Message, message
from dedup.model import Skipped

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
#: Bytes that are read at once where a file is longer than it said.
_PIECE = 1 << 20


def read_file(path: str, doc_id: str, *, limit: int = -1) -> tuple[bytes, os.stat_result] | Skipped:
    """Return a regular file's bytes (the first ``limit``) and its state, or why there are none."""
    try:
        # Looked at before it is opened: opening a FIFO would wake the program that writes to it.
        before = os.stat(path)  # noqa: PTH116 - a Path takes longer than the file
        if not stat.S_ISREG(before.st_mode):
            return not_a_file(path, doc_id, before.st_mode)
        file = os.open(path, _FLAGS)
        try:
            before = os.fstat(file)
            if not stat.S_ISREG(before.st_mode):
                return not_a_file(path, doc_id, before.st_mode)
            raw = _read(file, before.st_size, limit)
            after = os.fstat(file)
        finally:
            os.close(file)
    except (OSError, ValueError) as error:
        return failed(path, doc_id, error)
    if limit < 0 and _changed(before, after, len(raw)):
        detail = message("changed while it was read")
        return Skipped(doc_id, path, "changed", detail, error=True)
    return raw, after


def open_file(path: str) -> BinaryIO:
    """Open a regular file; raises OSError for what is none, without opening it."""
    _check_regular(path, os.stat(path).st_mode)  # noqa: PTH116
    stream = _open(path)
    try:
        _check_regular(path, os.fstat(stream.fileno()).st_mode)
    except OSError:
        stream.close()
        raise
    return stream


def _check_regular(path: str, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, str(_what(mode)), path)


def failed(path: str, doc_id: str, error: OSError | ValueError) -> Skipped:
    """Return the record of a file or folder that could not be read."""
    code = error.errno if isinstance(error, OSError) else None
    if code in {errno.ENOENT, errno.ENOTDIR}:
        return Skipped(doc_id, path, "vanished", message("does not exist any more"), error=True)
    if code == errno.ELOOP:
        return Skipped(
            doc_id, path, "link-loop", message("a link that leads to itself"), error=True
        )
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    detail = message("cannot be read: {why}", why=why)
    return Skipped(doc_id, path, "unreadable", detail, error=True)


def not_a_file(path: str, doc_id: str, mode: int, *, error: bool = True) -> Skipped:
    """Return the record of something that is no regular file; it was not opened."""
    return Skipped(doc_id, path, "not-a-file", _what(mode), error=error)


def _read(file: int, size: int, limit: int) -> bytes:
    """Read a file of about ``size`` bytes, or its first ``limit``; a stream would take longer."""
    left = sys.maxsize if limit < 0 else limit
    pieces: list[bytes] = []
    while left and (piece := os.read(file, min(left, _PIECE if pieces else size + 1))):
        pieces.append(piece)
        left -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _open(path: str) -> BinaryIO:
    return os.fdopen(os.open(path, _FLAGS), "rb")


def _changed(before: os.stat_result, after: os.stat_result, length: int) -> bool:
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return True
    # Files of /proc say that they are empty, and are not.
    return length != after.st_size and after.st_size > 0


def _what(mode: int) -> Message:
    if stat.S_ISDIR(mode):
        return message("a folder, not a file")
    if stat.S_ISFIFO(mode):
        return message("a named pipe, not a file")
    if stat.S_ISSOCK(mode):
        return message("a socket, not a file")
    return message("a device, not a file")

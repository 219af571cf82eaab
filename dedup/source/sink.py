"""Files that appear under their name whole, compressed or not, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING, Protocol, Self

from dedup.errors import OutputError
from dedup.messages import message
from dedup.source.compressors import compressor

if TYPE_CHECKING:
    from io import RawIOBase
    from pathlib import Path
    from types import TracebackType

#: Bytes that are gathered before they are compressed and written.
_GATHERED = 1 << 20


class Target(Protocol):
    """What bytes are written to."""

    def write(self, raw: bytes) -> None:
        """Write bytes."""


class Sink:
    """A file that is being written, under a temporary name beside its own.

    As a context it is finished where all went well, and else removed. Raises
    :class:`~dedup.errors.OutputError` where there is no room, or no permission.
    """

    def __init__(self, path: Path, compression: str | None = None, *, sync: bool = True) -> None:
        self.path = path
        self._partial = partial_of(path)
        self._compressor = compressor(compression)
        self._sync = sync
        self._gathered: list[bytes] = []
        self._size = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = open_raw(self._partial)
        except OSError as error:
            raise unwritten(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.finish()
        else:
            self.discard()

    def write(self, raw: bytes) -> None:
        """Write bytes."""
        self._gathered.append(raw)
        self._size += len(raw)
        if self._size >= _GATHERED:
            self._flush()

    def finish(self) -> None:
        """Write what is left, and give the file its name."""
        try:
            self._flush()
            self._push(self._compressor.flush())
            if self._sync:
                os.fsync(self._file.fileno())
            self._file.close()
            self._partial.replace(self.path)
        except OSError as error:
            self.discard()
            raise unwritten(self.path, error) from error
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Remove what was written."""
        self._gathered.clear()
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            self._partial.unlink(missing_ok=True)

    def _flush(self) -> None:
        raw = b"".join(self._gathered)
        self._gathered.clear()
        self._size = 0
        self._push(self._compressor.compress(raw))

    def _push(self, raw: bytes) -> None:
        left = memoryview(raw)
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise unwritten(self.path, error) from error


def open_raw(path: Path) -> RawIOBase:
    """Open a file for writing, without a buffer that could fail when it is closed."""
    return path.open("wb", buffering=0)


def partial_of(path: Path) -> Path:
    """Return the name of a file that is being written."""
    return path.with_name(f".{path.name}.partial")


def unwritten(path: Path, error: OSError) -> OutputError:
    """Return the error to raise where a file cannot be written."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    return OutputError(
        message("cannot write {path}: {why}", path=path, why=error.strerror or error),
        hint=message("free some space and try again; the input is as it was") if full else None,
    )

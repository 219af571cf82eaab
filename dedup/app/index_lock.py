"""One process writes to an index at a time, and what replaces one is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.errors import OutputError
from dedup.messages import message

if TYPE_CHECKING:
    from pathlib import Path

    from filelock import BaseFileLock


def locked(path: Path, wait: float) -> BaseFileLock:
    """Take the lock of an index, so that one process writes at a time."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise OutputError(
            message("another process is writing to {path}", path=path),
            hint=message("try again when it is done"),
        ) from error
    except OSError as error:
        from dedup.index.file import unwritable

        raise unwritable(path, error.strerror or str(error)) from error
    return lock


def release(lock: BaseFileLock | None) -> None:
    """Give a lock back, if there is one."""
    if lock is not None:
        lock.release()


def discard(path: Path) -> None:
    """Remove an index that is not whole, and what lies beside it."""
    for end in ("", "-wal", "-shm", ".lock"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def put_in_place(fresh: Path, path: Path) -> None:
    """Put one index in the place of another; what lies beside the old one goes with it."""
    for end in ("-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    fresh.replace(path)

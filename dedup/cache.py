"""The private folder for what can be made again; nothing in it is ever trusted from others."""

from __future__ import annotations

import atexit
import mmap
import os
import shutil
import stat
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

T = TypeVar("T")

#: Seconds after which a file that nobody used is removed, and after which a use is noted.
_UNUSED, _NOTED = 30 * 86_400, 86_400


@cache
def cache_dir() -> Path:
    """Return a folder that only this user can write, created with mode 0700.

    It is ``DEDUP_CACHE_DIR``, else the platform's user cache. Where that cannot be made or
    belongs to somebody else, it is a temporary folder that is removed at exit: slower next
    time, never unsafe.
    """
    from platformdirs import user_cache_path

    named = os.environ.get("DEDUP_CACHE_DIR")
    folder = Path(named) if named else user_cache_path("zh-dedup", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _private(folder) and os.access(folder, os.W_OK | os.X_OK):
            return folder
    except OSError:
        pass  # read-only home, a file in the way: the temporary folder serves
    scratch = Path(tempfile.mkdtemp(prefix="zh-dedup-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    return scratch


def mapped(name: str, build: Callable[[], Buffer], accept: Callable[[Buffer], T]) -> T:
    """Return what ``accept`` makes of the cached file ``name``, mapped into memory read-only.

    Where it is missing, or ``accept`` refuses it with a ``ValueError`` (damaged, of another
    version), it is built and written again; where it cannot be written, what was built is used.
    Any number of processes may do this at once: a file appears whole under its name. When one is
    written, those whose names begin alike, up to the first hyphen, and that nobody has used for
    thirty days are removed; who has one mapped keeps it.
    """
    path = cache_dir() / name
    found = _accepted(path, accept)
    if found is not None:
        _note_use(path)
        return found
    built = build()
    _remove_unused(path)
    if _written(path, built):
        found = _accepted(path, accept)
    return accept(built) if found is None else found


def _accepted(path: Path, accept: Callable[[Buffer], T]) -> T | None:
    try:
        with path.open("rb") as file:
            return accept(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # missing, empty, or refused
        return None


def _note_use(path: Path) -> None:
    """Set the time of the file, at most once a day, so that it is known to be in use."""
    try:
        if time.time() - path.stat().st_mtime > _NOTED:
            os.utime(path)
    except OSError:
        pass  # removed meanwhile, or not ours to change: it is built again one day


def _remove_unused(path: Path) -> None:
    """Remove files of the same kind, whole or begun, that have not been used for long."""
    kind, hyphen, _ = path.name.partition("-")
    oldest = time.time() - _UNUSED
    for other in path.parent.glob(f"{kind}{hyphen}*") if hyphen else ():
        try:
            if other.lstat().st_mtime < oldest:
                other.unlink()
        except OSError:
            pass  # another process removed it, or (on Windows) has it mapped


def _written(path: Path, content: Buffer) -> bool:
    """Write under a name of our own and rename; False where that cannot be done.

    Windows renames over no file that another process has mapped.
    """
    try:
        handle, temporary = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    except OSError:
        return False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        return False
    return True


def _private(folder: Path) -> bool:
    """Whether only this user can write there (Windows keeps user folders private itself)."""
    if os.name == "nt":
        return True
    found = folder.lstat()
    return (
        stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022
    )

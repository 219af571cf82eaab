"""The private folder for what can be made again; nothing in it is ever trusted from others."""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import tempfile
from functools import cache
from pathlib import Path


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


def _private(folder: Path) -> bool:
    """Whether only this user can write there (Windows keeps user folders private itself)."""
    if os.name == "nt":
        return True
    found = folder.lstat()
    return (
        stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022
    )

"""Where files lie below the folder that all of a scan's inputs have in common."""

from __future__ import annotations

import glob
import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dedup.source.compression import split_suffixes

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCHEME = "://"


class Places:
    """Names of files below the deepest folder that holds everything that was named.

    ``paths`` are those that were named: files, folders, patterns, URLs. A folder that was named
    alone is that folder; URLs have a folder of their own.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        local = [_folder(path) for path in paths if not is_url(path)]
        remote = [_remote_folder(path) for path in paths if is_url(path)]
        self._local = os.path.commonpath(local) if _one_drive(local) else ""
        self._remote = os.path.commonpath(remote) if remote else ""

    def name_of(self, path: str) -> str:
        """Return the name of a file below that folder, with slashes."""
        if is_url(path):
            return PurePosixPath(_without_scheme(path)).relative_to(self._remote).as_posix()
        whole = Path(os.path.abspath(path))  # noqa: PTH100 - links are not followed
        if self._local:
            return whole.relative_to(self._local).as_posix()
        return whole.relative_to(whole.anchor).as_posix()


def is_url(path: str) -> bool:
    """Tell whether a path is a URL."""
    return _SCHEME in path


def _folder(path: str) -> str:
    whole = Path(os.path.abspath(path))  # noqa: PTH100
    if whole.is_dir():
        return str(whole)
    while not whole.exists() and glob.has_magic(str(whole)):
        whole = whole.parent
        if whole.is_dir():
            return str(whole)
    return str(whole.parent)


def _remote_folder(path: str) -> str:
    whole = PurePosixPath(_without_scheme(path))
    if split_suffixes(whole.name)[0] or glob.has_magic(whole.name):
        whole = whole.parent
    while glob.has_magic(str(whole)):
        whole = whole.parent
    return str(whole)


def _without_scheme(path: str) -> str:
    return path.partition(_SCHEME)[2]


def _one_drive(folders: Sequence[str]) -> bool:
    return len({os.path.splitdrive(folder)[0] for folder in folders}) == 1

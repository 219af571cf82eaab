"""Files moved aside and back: never through a link, never over another file, never half."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from typing import TYPE_CHECKING

from dedup.planned import FileState
from dedup.source.sink import partial_of

if TYPE_CHECKING:
    from pathlib import Path

_PIECE = 1 << 20
#: What file systems say that cannot give a file a second name.
_NO_LINKS = frozenset(
    {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES, errno.EXDEV}
)


class NotMovedError(Exception):
    """A file was left where it is; ``reason`` as in :class:`~dedup.planned.Left`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def state_of(path: Path, *, below: Path | None = None) -> FileState:
    """Read a file and say what it is; links are not followed, also none in folders ``below``.

    Raises :class:`NotMovedError`.
    """
    if below is not None:
        check_links(path, below=below)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if stat.S_ISLNK(path.lstat().st_mode):
            raise NotMovedError("link")
        with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as stream:
            before = os.fstat(stream.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise NotMovedError("not-a-file")
            digest = hashlib.sha256()
            while piece := stream.read(_PIECE):
                digest.update(piece)
            state = _state(digest.hexdigest(), os.fstat(stream.fileno()))
    except OSError as error:
        raise _unread(error) from error
    if not state.same_file(before):
        raise NotMovedError("changed")
    return state


def move_aside(path: Path, target: Path, state: FileState) -> None:
    """Move a file to ``target``, which lies in a folder that nobody else writes to.

    It is moved in one step; where it turns out to be no longer the file that ``state`` says, it
    goes back. To another file system it is copied, and then removed. Raises
    :class:`NotMovedError`.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(target):
            raise NotMovedError("in-the-way")
        path.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise _unwritten(error) from error
        _move_far(path, target, state)
        return
    if not state.same_file(target.lstat()):
        give_name(target, path)
        raise NotMovedError("changed")


def give_name(path: Path, name: Path) -> None:
    """Move a file of ours to ``name``, unless something is there. Raises :class:`NotMovedError`."""
    try:
        name.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, name, follow_symlinks=False)
        except FileExistsError as error:
            # broken off before, the file has both names already
            if not os.path.samestat(path.lstat(), name.lstat()):
                raise NotMovedError("in-the-way") from error
            path.unlink()
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _rename_unless_there(path, name)
        else:
            path.unlink()
    except OSError as error:
        raise _unwritten(error) from error


def _rename_unless_there(path: Path, name: Path) -> None:
    if os.path.lexists(name):
        raise NotMovedError("in-the-way")
    try:
        path.rename(name)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _move_far(path, name, state_of(path))


def _move_far(path: Path, target: Path, state: FileState) -> None:
    """Copy a file to another file system, with its times, then remove it where it was."""
    partial = partial_of(target)
    try:
        shutil.copyfile(path, partial, follow_symlinks=False)
        shutil.copystat(path, partial, follow_symlinks=False)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        if state_of(partial).sha256 != state.sha256 or not state.same_file(path.lstat()):
            raise NotMovedError("changed")
        if os.path.lexists(target):
            raise NotMovedError("in-the-way")
        partial.rename(target)
        path.unlink()
    except OSError as error:
        raise _unwritten(error) from error
    finally:
        partial.unlink(missing_ok=True)


def check_links(path: Path, *, below: Path) -> None:
    """Make sure that no folder between ``below`` and the file is a link.

    Raises :class:`NotMovedError`.
    """
    if _through_link(path, below):
        raise NotMovedError("link")


def _through_link(path: Path, below: Path) -> bool:
    try:
        folders = path.parent.relative_to(below).parts
    except ValueError:
        return os.path.realpath(path.parent) != os.path.abspath(path.parent)  # noqa: PTH100
    at = below
    for name in folders:
        at = at / name
        if at.is_symlink():
            return True
    return False


def _state(sha256: str, found: os.stat_result) -> FileState:
    return FileState(sha256, found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino)


def _unread(error: OSError) -> NotMovedError:
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return NotMovedError("gone")
    if error.errno in {errno.ELOOP, errno.EMLINK}:
        return NotMovedError("link")
    return NotMovedError("unreadable", error.strerror or str(error))


def _unwritten(error: OSError) -> NotMovedError:
    if error.errno == errno.ENOENT:
        return NotMovedError("gone")
    return NotMovedError("unwritable", error.strerror or str(error))

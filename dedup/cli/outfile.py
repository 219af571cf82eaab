"""``-o FILE``: a result appears under its name whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import OutputError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable


def check(path: str) -> None:
    """Raise :class:`~dedup.errors.OutputError` where ``path`` can be seen to be unwritable.

    Called before the work, so that a mistyped folder does not cost a scan.
    """
    target = Path(path)
    if target.is_dir():
        raise OutputError(
            message("cannot write {path}: it is a directory", path=path),
            hint=message("name a file in it"),
        )
    folder = target.resolve().parent
    if not folder.is_dir():
        raise OutputError(
            message(
                "cannot write {path}: there is no directory {folder}", path=path, folder=folder
            ),
            hint=message("make the directory first"),
        )
    if _is_regular(target) and not os.access(folder, os.W_OK):
        raise OutputError(
            message("cannot write {path}: no permission in {folder}", path=path, folder=folder)
        )


def spare(path: str, inputs: Iterable[str]) -> None:
    """Raise :class:`~dedup.errors.OutputError` where ``path`` is one of the files to be read."""
    target = os.path.realpath(path)
    if any(os.path.realpath(each) == target for each in inputs):
        raise OutputError(
            message("{path} is one of the texts; the result would replace it", path=path),
            hint=message("write the result to another file"),
        )


def write_file(path: str, pieces: Iterable[str], *, errors: str = "backslashreplace") -> None:
    """Write ``pieces`` as UTF-8 to a temporary name beside ``path``, then rename it.

    A device or pipe is written directly. Raises :class:`~dedup.errors.OutputError`; whatever
    happens, no half-written file is left.
    """
    target = Path(path)
    try:
        if _is_regular(target):
            _replace(target.resolve(), pieces, errors)
        else:
            with target.open("w", encoding="utf-8", errors=errors, newline="") as out:
                out.writelines(pieces)
    except BrokenPipeError:
        return
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise OutputError(
            message("cannot write {path}: {why}", path=path, why=error.strerror),
            hint=message("free some space and try again") if full else None,
        ) from error


def _replace(target: Path, pieces: Iterable[str], errors: str) -> None:
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("x", encoding="utf-8", errors=errors, newline="") as out:
            out.writelines(pieces)
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            shutil.copymode(target, unfinished)
        unfinished.replace(target)
    except BaseException:  # an interrupt too must not leave it behind
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise


def _is_regular(target: Path) -> bool:
    """Tell whether ``target`` is an ordinary file, or is yet to be made."""
    try:
        return stat.S_ISREG(target.stat().st_mode)
    except FileNotFoundError:
        return True

"""What to say about a path that does not exist."""

from __future__ import annotations

import difflib
import glob
from pathlib import Path

from dedup.errors import PathError
from dedup.messages import Message, message
from dedup.source.remote import is_url


def missing(path: str) -> PathError:
    """Return the error for a path that leads nowhere, with the closest name that exists."""
    if not path:
        return PathError(
            message("an empty path"), hint=message("name a file or folder, or - for standard input")
        )
    if "\0" in path:
        return PathError(
            message("a path cannot contain a NUL character: {path}", path=repr(path)),
            hint=message("separate the paths of a list by NUL or by line, not both"),
        )
    if Path(path).is_symlink():
        return PathError(
            message(
                "{path} is a link to {target}, which does not exist",
                path=path,
                target=str(Path(path).readlink()),
            )
        )
    return PathError(message("no such file or folder: {path}", path=path), hint=_closest(path))


def is_missing(path: str) -> bool:
    """Tell whether a path leads nowhere; a loop of links, say, is something else."""
    if path == "-" or is_url(path) or (glob.has_magic(path) and glob.glob(path, recursive=True)):  # noqa: PTH207
        return False
    if not path:
        return True  # Path("") would be the working directory
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return True
    except OSError:
        return False
    return False


def _closest(path: str) -> Message:
    parent, name = Path(path).parent, Path(path).name
    if not parent.is_dir():
        if parent.exists():
            return message("{path} is a file, not a folder", path=str(parent))
        return _closest(str(parent))
    try:
        names = [entry.name for entry in parent.iterdir()]
    except OSError:
        names = []
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return message("did you mean {name}?", name=str(parent / close[0]))
    return message("looked for it in {folder}", folder=str(parent.absolute()))

"""What is refused before shards are written anew: folders in use, in the input, in each other."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import FormatError, OutputError, UsageError
from dedup.messages import message
from dedup.source.discovery import STANDARD_INPUT
from dedup.source.mirror import REJECTED_SUFFIX
from dedup.source.places import is_url
from dedup.source.sink import Sink, partial_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dedup.source.mirror import Folders

#: Stands in a folder until everything in it is whole.
UNFINISHED = ".dedup-unfinished"
#: In the folder of work, the folders that were written to.
_WRITTEN = "written.json"


def refuse_urls(folders: Iterable[str]) -> None:
    """Refuse to write anywhere but into folders of this machine."""
    for folder in folders:
        if is_url(folder):
            raise UsageError(
                message("{path} is a URL, and no folder to write to", path=folder),
                hint=message("write to a folder here, and copy that"),
            )


def check_folders(folders: Folders, *, resume: bool, own: Collection[str] = ()) -> None:
    """Refuse folders that are not empty, or in each other.

    To resume, those may hold files that a run left unfinished, and those that are among ``own``:
    see :func:`own_folders`.
    """
    unfinished = any((each / UNFINISHED).exists() for each in folders)
    for folder in folders:
        _check(folder, resume=resume and (unfinished or str(folder.resolve()) in own))
    for one, other in combinations((each.resolve() for each in folders), 2):
        if one.is_relative_to(other) or other.is_relative_to(one):
            raise UsageError(
                message("{one} and {other} are in each other", one=one, other=other),
                hint=message("name folders that lie side by side"),
            )


def own_folders(work_dir: Path | None) -> list[str]:
    """Return the folders that the runs with this folder of work wrote to."""
    if work_dir is None or not (work_dir / _WRITTEN).exists():
        return []
    try:
        return [str(each) for each in json.loads((work_dir / _WRITTEN).read_bytes())]
    except (ValueError, TypeError) as error:
        raise FormatError(message("{name} is damaged", name=work_dir / _WRITTEN)) from error


def own(work_dir: Path | None, folders: Folders) -> None:
    """Note in the folder of work that these folders are written to."""
    if work_dir is None:
        return
    known = {*own_folders(work_dir), *(str(folder.resolve()) for folder in folders)}
    with Sink(work_dir / _WRITTEN) as sink:
        sink.write(json.dumps(sorted(known)).encode() + b"\n")


def left_behind(folders: Folders, names: Collection[str]) -> list[Path]:
    """Return the files that an earlier run left, which the next one writes anew.

    Raises :class:`~dedup.errors.OutputError` for a file that it would not write.
    """
    found: list[Path] = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_dir():
                continue
            whole = path
            if path.name.startswith(".") and path.name.endswith(".partial"):
                whole = path.with_name(path.name.removeprefix(".").removesuffix(".partial"))
            name = whole.relative_to(folder).as_posix()
            if name == UNFINISHED:
                continue
            if name not in names and name.removesuffix(REJECTED_SUFFIX) not in names:
                raise OutputError(
                    message("{path} is not of this run, and would stay", path=path),
                    hint=message("remove {path} and go on", path=folder),
                )
            found.append(path)
    return found


def refuse_input(folders: Iterable[Path], paths: Sequence[str]) -> None:
    """Refuse folders inside an input, or with an input inside."""
    inputs = [
        (path, Path(path).resolve())
        for path in paths
        if path != STANDARD_INPUT and not is_url(path)
    ]
    for folder in folders:
        target = folder.resolve()
        for path, whole in inputs:
            if target.is_relative_to(whole) or whole.is_relative_to(target):
                raise OutputError(
                    message("{folder} is part of the input {path}", folder=folder, path=path),
                    hint=message("name a folder outside of it"),
                )


def _check(folder: Path, *, resume: bool) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(message("{path} is no folder", path=folder))
    if resume:
        return
    unfinished = (folder / UNFINISHED).exists()
    if any(each != partial_of(folder / UNFINISHED) for each in folder.iterdir()):
        raise OutputError(
            message("{path} is not empty", path=folder),
            hint=message("a run that did not finish left it: add --resume, or remove it")
            if unfinished
            else message("name a new folder, or remove it"),
        )

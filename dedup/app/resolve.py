"""Resolve: a plan carried out, so that it can be broken off, taken up again, and undone."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.app.deciding import Decided
from dedup.app.kept import KeptFiles
from dedup.app.manifest import MOVED, NAME, NEW, Action, Manifest, read_manifest, write_manifest
from dedup.app.rewriting import rewrite
from dedup.errors import OutputError, UsageError
from dedup.messages import message
from dedup.planned import Left, Resolved
from dedup.progress import NO_PROGRESS, Progress
from dedup.source.moving import NotMovedError, give_name, move_aside, state_of
from dedup.source.places import Places
from dedup.source.read_as import reading_of
from dedup.source.sink import Sink, partial_of, unwritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.model import ScanResult
    from dedup.planned import Plan, Step
    from dedup.source.reading import Reading

#: Where dropped files go unless told otherwise.
FOLDER = "dedup-dropped"
#: Keeps a later scan from reading what was moved.
_IGNORE = ".dedupignore"
_LOCK = ".lock"


def result_id(chosen: ScanResult | Decided) -> str:
    """Return what identifies the clusters of a result: a hash over what is kept and dropped."""
    result = chosen.result if isinstance(chosen, Decided) else chosen
    digest = hashlib.sha256()
    for cluster in result.clusters:
        for doc_id in cluster.members:
            info = result.documents[doc_id]
            line = f"{info.path}\0{doc_id}\0{info.hash}\n"
            digest.update(line.encode("utf-8", "surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()


def unfinished(folder: str | os.PathLike[str], chosen: ScanResult | Decided) -> Manifest | None:
    """Return the manifest that a run for the same result left in ``folder``; None for none.

    Raises :class:`~dedup.errors.UsageError` where the folder is that of another result, or holds
    other files.
    """
    path = _rooted(folder)
    if (path / NAME).exists():
        found = read_manifest(path / NAME)
        if found.result == result_id(chosen):
            return found
        raise UsageError(
            message(
                "{folder} holds what was moved for another result, or by other decisions",
                folder=folder,
            ),
            hint=message("name another folder: --to DIR; or undo it first: dedup undo {path}",
                         path=path / NAME),
        )  # fmt: skip
    others = {_LOCK, _IGNORE, NEW, f".{NAME}.partial"}
    if path.exists() and (not path.is_dir() or {each.name for each in path.iterdir()} - others):
        raise UsageError(
            message("{folder} is there already, and not for this", folder=folder),
            hint=message("name a folder that is empty or not there: --to DIR"),
        )
    return None


def apply(
    plan: Plan,
    chosen: ScanResult | Decided,
    folder: str | os.PathLike[str] = FOLDER,
    *,
    reading: Reading | None = None,
    progress: Progress = NO_PROGRESS,
) -> Resolved:
    """Carry out a plan: move its files below ``folder``, with a manifest that undoes it.

    What the plan leaves alone is among what was left. Each file is read once more just before,
    and left alone where it has changed; so is what has lost the document that was to stay for it.
    Files of records are written anew without what they are to lose, and the old ones moved.
    Raises :class:`~dedup.errors.OutputError` where the folder or the manifest cannot be written,
    before any file is touched.
    """
    path = _rooted(folder)
    result = chosen.result if isinstance(chosen, Decided) else chosen
    reading = reading or reading_of(result.read_as, result.settings)
    with locked(path):
        shutil.rmtree(path / NEW, ignore_errors=True)
        with Sink(path / _IGNORE) as sink:
            sink.write(b"*\n")
        base = Path.cwd()
        names = names_of([step.path for step in plan.steps], base)
        actions: list[Action] = []
        left = list(plan.left)
        for step in plan.steps:
            name = names[step.path]
            try:
                new = rewrite(step, path / NEW / name, reading) if step.records else None
            except NotMovedError as error:
                left += left_of(step, error)
                continue
            actions.append(Action(step, name, new))
        kept = {name: state.sha256 for name, state in plan.kept}
        manifest = Manifest(path, base, result_id(chosen), tuple(actions), kept)
        write_manifest(manifest)
        return _run(manifest, left, progress)


def resume(manifest: Manifest, *, progress: Progress = NO_PROGRESS) -> Resolved:
    """Carry out what a run that was broken off has left to do."""
    with locked(manifest.folder):
        return _run(manifest, [], progress)


def names_of(paths: Sequence[str], base: Path) -> dict[str, str]:
    """Return the names that files get below the folder they are moved to, by path.

    They are the paths from ``base`` on; where one lies outside, from the folder that all share.
    """
    outside = any(not Path(os.path.abspath(path)).is_relative_to(base) for path in paths)  # noqa: PTH100
    places = Places(paths if outside else [str(base)])
    return {path: places.name_of(path) for path in paths}


def _run(manifest: Manifest, left: list[Left], progress: Progress) -> Resolved:
    progress.stage("move", len(manifest.actions))
    kept = KeptFiles(manifest)
    done = before = documents = saved = 0
    for action in manifest.actions:
        if is_done(manifest, action):
            before += 1
        else:
            try:
                _act(manifest, action, kept)
            except NotMovedError as error:
                left += left_of(action.step, error)
            else:
                done += 1
                documents += len(action.step.drops)
                saved += action.step.saved
        progress.advance()
    with suppress(OSError):
        _remove_empty(manifest.folder / NEW)
    if hasattr(os, "sync"):
        os.sync()
    progress.done()
    return Resolved(str(manifest.path), done, before, documents, saved, tuple(left))


def is_done(manifest: Manifest, action: Action) -> bool:
    """Tell whether a step is done: its file is aside, and what takes its place is there."""
    aside = manifest.aside(action)
    if not aside.exists() or moved_twice(manifest.source(action), aside):
        return False
    return action.new is None or not manifest.waiting(action).exists()


def moved_twice(source: Path, aside: Path) -> bool:
    """Tell whether a move was broken off where a file had both its names, or was copied."""
    try:
        one, other = source.lstat(), aside.lstat()
    except FileNotFoundError:
        return False
    if os.path.samestat(one, other):
        return True
    if (one.st_size, one.st_mtime_ns) != (other.st_size, other.st_mtime_ns):
        return False
    return state_of(source).sha256 == state_of(aside).sha256


def _act(manifest: Manifest, action: Action, kept: KeptFiles) -> None:
    """Do one step, or what is left of it; raises :class:`NotMovedError`."""
    source, aside = manifest.source(action), manifest.aside(action)
    if not aside.exists():
        if action.new is not None and not manifest.waiting(action).exists():
            raise NotMovedError("gone")
        state = state_of(source, below=manifest.base)
        if state.sha256 != action.step.state.sha256:
            raise NotMovedError("changed")
        for path in sorted({drop.keep_path for drop in action.step.drops}):
            kept.check(path)
        move_aside(source, aside, state)
    elif moved_twice(source, aside):
        source.unlink()
    if action.new is not None:
        waiting = manifest.waiting(action)
        shutil.copystat(aside, waiting)
        os.utime(waiting)  # it is as new as it is; the rest is as it was
        give_name(waiting, source)


def left_of(step: Step, error: NotMovedError) -> list[Left]:
    """Return the documents of a step that was not done, and why."""
    return [Left(drop.id, step.path, drop.keep, error.reason, error.detail) for drop in step.drops]


def _rooted(folder: str | os.PathLike[str]) -> Path:
    return Path(os.path.realpath(folder))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one run at a time work with a folder, which is made."""
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(folder / _LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise OutputError(
            message("another dedup is at work in {folder}", folder=folder),
            hint=message("wait for it, or name another folder: --to DIR"),
        ) from error
    except OSError as error:
        raise unwritten(folder, error) from error
    try:
        yield
    finally:
        lock.release()
        with suppress(OSError):
            (folder / _LOCK).unlink()


def _remove_empty(folder: Path) -> None:
    """Remove a folder and those in it, as far as they are empty."""
    for at, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            Path(at).rmdir()


def tidy(manifest: Manifest) -> None:
    """Remove a manifest and its folder once everything is back where it was."""
    for action in manifest.actions:  # what a copy to another disk left when it was broken off
        partial_of(manifest.aside(action)).unlink(missing_ok=True)
    shutil.rmtree(manifest.folder / NEW, ignore_errors=True)
    _remove_empty(manifest.folder / MOVED)
    for name in (NAME, _IGNORE, _LOCK):
        (manifest.folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        manifest.folder.rmdir()

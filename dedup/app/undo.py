"""Undo: everything that a manifest moved goes back to where it was."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dedup.app.manifest import read_manifest
from dedup.app.resolve import left_of, locked, moved_twice, tidy
from dedup.errors import OutputError
from dedup.messages import message
from dedup.planned import Resolved
from dedup.progress import NO_PROGRESS, Progress
from dedup.source.moving import NotMovedError, give_name, move_aside, state_of

if TYPE_CHECKING:
    from dedup.app.manifest import Action, Manifest
    from dedup.planned import Left

#: Files in the way that an error names.
_NAMED = 5


def undo(path: str | os.PathLike[str], *, progress: Progress = NO_PROGRESS) -> Resolved:
    """Move everything back that the manifest at ``path`` says was moved, names and times included.

    Nothing is done where that would replace a file that has come since, or where a moved file is
    no longer what it was: :class:`~dedup.errors.OutputError` names those. What an undo that was
    broken off has moved already stays where it is. At the end the manifest's folder goes.
    """
    manifest = read_manifest(path)
    with locked(manifest.folder):
        problems = [found for each in manifest.actions if (found := _problem(manifest, each))]
        if problems:
            raise _refused(problems)
        progress.stage("move", len(manifest.actions))
        done = documents = saved = 0
        left: list[Left] = []
        for action in manifest.actions:
            try:
                moved = _back(manifest, action)
            except NotMovedError as error:
                left += left_of(action.step, error)
                continue
            done += moved
            documents += len(action.step.drops) * moved
            saved += action.step.saved * moved
            progress.advance()
    if not left:
        tidy(manifest)
    progress.done()
    before = len(manifest.actions) - done
    return Resolved(str(manifest.path), done, before, documents, saved, tuple(left))


def _back(manifest: Manifest, action: Action) -> bool:
    """Undo one step, or what is left to undo of it; tell whether there was anything."""
    source, aside = manifest.source(action), manifest.aside(action)
    waiting = manifest.waiting(action)
    if not aside.exists():  # it was never moved, or is back
        return False
    if os.path.lexists(source):
        there = state_of(source)
        if there.sha256 == action.new:
            # kept until all is back: an undo that is broken off may be taken back itself
            waiting.unlink(missing_ok=True)
            move_aside(source, waiting, there)
        elif not moved_twice(source, aside):
            raise NotMovedError("in-the-way")
    if os.path.lexists(source):  # moved back by an undo that was broken off
        aside.unlink()
    else:
        give_name(aside, source)
    return True


def _problem(manifest: Manifest, action: Action) -> tuple[str, str] | None:
    """Return the path that keeps a step from being undone, and the reason."""
    source, aside = manifest.source(action), manifest.aside(action)
    if not os.path.lexists(aside):
        return None
    try:
        moved = state_of(aside)
        if moved.sha256 != action.step.state.sha256:
            return str(aside), "changed"
        if not os.path.lexists(source):
            return None
        there = state_of(source)
    except NotMovedError as error:
        return str(source), "in-the-way" if error.reason in {"link", "not-a-file"} else error.reason
    if there.sha256 == action.new or moved_twice(source, aside):
        return None
    return str(source), "in-the-way"


def _refused(problems: list[tuple[str, str]]) -> OutputError:
    names = ", ".join(path for path, _ in problems[:_NAMED])
    if len(problems) > _NAMED:
        names += ", …"
    if any(reason == "in-the-way" for _, reason in problems):
        return OutputError(
            message("undoing would replace {count} files: {names}", count=len(problems),
                    names=names),
            hint=message("move them away and undo again; nothing was changed"),
        )  # fmt: skip
    return OutputError(
        message("{count} moved files have changed: {names}", count=len(problems), names=names),
        hint=message("nothing was changed; put back what was moved, then undo again"),
    )

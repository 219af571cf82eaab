"""The library's calls that act on a result, in the same words as the commands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dedup.progress import NO_PROGRESS, Progress

if TYPE_CHECKING:
    from dedup.app.deciding import Decided
    from dedup.model import ScanResult
    from dedup.planned import Plan, Resolved

PathLike = str | os.PathLike[str]


def plan(
    result: ScanResult,
    *,
    decisions: PathLike | None = None,
    progress: Progress = NO_PROGRESS,
) -> Plan:
    """Return what :func:`resolve` would do to the files of a result, and what it leaves alone.

    Every document of a cluster is read again, and nothing is changed. ``decisions`` is a file that
    the page of the result saved: accepted clusters are left alone, another document may be kept,
    and excluded ones stay. Raises :class:`~dedup.errors.InputError` for a file that holds no
    decisions, and :class:`~dedup.errors.UsageError` for decisions of another result.
    """
    from dedup.app.planning import plan_for

    chosen = as_decided(result, decisions)
    return plan_for(chosen, progress=progress)


def resolve(
    result: ScanResult,
    *,
    to: PathLike = "dedup-dropped",
    decisions: PathLike | None = None,
    progress: Progress = NO_PROGRESS,
) -> Resolved:
    """Move what a result drops into the folder ``to``, with a manifest; nothing is deleted.

    A run that was broken off is taken up again by the same call. ``decisions`` are as for
    :func:`plan`. A file that has changed since the scan, lies behind a link, or has lost the
    document that was to stay for it is left alone: ``resolved.left``. Raises what :func:`plan`
    does, :class:`~dedup.errors.UsageError` for a folder that is there for something else, and
    :class:`~dedup.errors.OutputError` where it cannot be written, before any file is touched.
    """
    from dedup.app.planning import plan_for
    from dedup.app.resolve import apply, resume, unfinished
    from dedup.planned import Resolved

    chosen = as_decided(result, decisions)
    left_off = unfinished(to, chosen)
    if left_off is not None:
        return resume(left_off, progress=progress)
    made = plan_for(chosen, progress=progress)
    if not made.steps:
        return Resolved("", 0, 0, 0, 0, made.left)
    return apply(made, chosen, to, progress=progress)


def undo(manifest: PathLike, *, progress: Progress = NO_PROGRESS) -> Resolved:
    """Move everything back that :func:`resolve` moved, by its ``manifest``: bytes, names, times.

    Raises :class:`~dedup.errors.InputError` for a file that is no manifest, and
    :class:`~dedup.errors.OutputError`, with nothing changed, where a file would be replaced.
    """
    from dedup.app.undo import undo as undo_manifest

    return undo_manifest(manifest, progress=progress)


def as_decided(result: ScanResult, decisions: PathLike | None) -> Decided:
    """Return ``result`` with the decisions of a file, if there is one."""
    from dedup.app.deciding import Decided, check_decisions, decided
    from dedup.report.decisions import load_decisions

    if decisions is None:
        return Decided(result)
    found = load_decisions(decisions)
    check_decisions(result, found, os.fspath(decisions))
    return decided(result, found)

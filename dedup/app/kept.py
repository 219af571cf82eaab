"""The files that hold what stays: that they still do, asked of each before anything goes for it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dedup.source.moving import NotMovedError, check_links, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from dedup.app.manifest import Manifest

#: Why a document stays of which another was to stay, by what is wrong with that one.
KEPT_REASONS = {
    "link": "kept-link",
    "gone": "kept-gone",
    "unreadable": "kept-unreadable",
    "no-file": "kept-no-file",
    "unit": "unit",
}


def kept_reason(reason: str) -> str:
    """Return what a reason becomes for the documents that go for the one it holds for."""
    return KEPT_REASONS.get(reason, "kept-changed")


class KeptFiles:
    """The kept files of a manifest; one that has been read is read again where it has changed."""

    def __init__(self, manifest: Manifest) -> None:
        self._base = manifest.base
        self._known: dict[str, set[str]] = defaultdict(set)
        for path, sha256 in manifest.kept.items():
            self._known[path].add(sha256)
        for action in manifest.actions:
            if action.new is not None:
                self._known[action.step.path].add(action.new)
        self._seen: dict[str, tuple[int, ...]] = {}

    def check(self, path: str) -> None:
        """Make sure that a file is the one that was read, or that we wrote.

        Raises :class:`~dedup.source.moving.NotMovedError`.
        """
        there = self._base / path
        try:
            seen = _signature(there)
            if seen is not None and self._seen.get(path) == seen:
                check_links(there, below=self._base)
                return
            sha256 = state_of(there, below=self._base).sha256
        except NotMovedError as error:
            raise NotMovedError(kept_reason(error.reason), error.detail) from error
        if sha256 not in self._known[path]:
            raise NotMovedError("kept-changed")
        if seen is not None and _signature(there) == seen:
            self._seen[path] = seen


def _signature(path: Path) -> tuple[int, ...] | None:
    """Return what changes with a file; None where there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    times = (found.st_mtime_ns, found.st_ctime_ns)
    return (found.st_mode, found.st_dev, found.st_ino, found.st_size, *times)

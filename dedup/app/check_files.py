"""Which files a check is about."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.messages import Message, message
from dedup.model import Skipped
from dedup.source.git_files import Tracked, unmerged
from dedup.source.missing import missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.source.git import Repository
    from dedup.source.git_files import Listing
    from dedup.source.git_index import Entry


@dataclass(slots=True)
class Checked:
    """The files that are checked, by path, and what was passed over among those named."""

    files: dict[str, Tracked] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[Message] = field(default_factory=list)


def files_to_check(
    repository: Repository,
    entries: Sequence[Entry],
    listing: Listing,
    named: Sequence[str],
    *,
    changed: Sequence[str],
) -> Checked:
    """Return the files that were named, as a user would type them, and those that ``changed``.

    A folder is its tracked files. Raises :class:`~dedup.errors.PathError` for a path that is
    neither staged nor on disk.
    """
    chosen = _Choosing(repository, listing, frozenset(e.path for e in entries), unmerged(entries))
    for each in named:
        chosen.name(repository.path_of(each), each)
    for path in changed:
        chosen.take(path)
    return chosen.checked


@dataclass(slots=True)
class _Choosing:
    repository: Repository
    listing: Listing
    tracked: frozenset[str]
    conflicts: frozenset[str]
    checked: Checked = field(default_factory=Checked)

    def name(self, path: str, given: str) -> None:
        """Take what was named."""
        if path in self.tracked:
            self.take(path)
            return
        before = "" if path == "." else f"{path}/"
        inside = [each for each in self.tracked if each.startswith(before)]
        for each in sorted(inside):
            self.take(each)
        if not inside:
            self._untracked(path, given)

    def take(self, path: str) -> None:
        """Take a tracked file, unless it is left out."""
        if path in self.conflicts:
            detail = message("a merge has left it in conflict; git add it once that is settled")
            self.checked.skipped.append(Skipped(path, path, "unmerged", detail, error=True))
        elif path in self.listing.files:
            self.checked.files[path] = self.listing.files[path]
        else:
            self.checked.left_out[self.listing.rules.why_not(path) or "link"] += 1

    def _untracked(self, path: str, given: str) -> None:
        full = Path(self.repository.root, path)
        if not os.path.lexists(full):
            raise missing(given)
        if full.is_dir():
            note = message("git tracks no file in {path}; git add it to have it checked", path=path)
            self.checked.notes.append(note)
            return
        reason = "link" if full.is_symlink() else self.listing.rules.why_not(path)
        if reason is not None:
            self.checked.left_out[reason] += 1
            return
        note = message("{path} is not staged: what is on disk was checked", path=path)
        self.checked.notes.append(note)
        self.checked.files[path] = Tracked(path, None, f"disk/{path}")

"""What git's index holds, and what differs from a commit."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from dedup.errors import GitError
from dedup.messages import message

if TYPE_CHECKING:
    from dedup.source.git import Repository


class Mode(Enum):
    """What an entry of the index is."""

    FILE = "file"
    LINK = "link"
    SUBMODULE = "submodule"


@dataclass(frozen=True, slots=True)
class Entry:
    """A path in git's index with the blob that is staged for it.

    ``stage`` is 0, or 1 to 3 while a merge has left the path in conflict.
    """

    path: str
    blob: str
    mode: Mode
    stage: int = 0


def staged(repository: Repository) -> list[Entry]:
    """Return every entry of the index, in the order of paths; of sparse checkouts too."""
    _, listed = repository.run("ls-files", "--stage", "-z")
    return [_entry(line) for line in listed.split(b"\0") if line]


def changed_since(repository: Repository, commit: str | None) -> list[str]:
    """Return the paths that the index adds to or changes from a commit; None is no commit yet."""
    base = [] if commit is None else [commit]
    _, listed = repository.run(
        *("diff", "--cached", "--name-only", "--no-renames", "--diff-filter=d"),
        *("--ignore-submodules", "-z", *base, "--"),
    )
    return [os.fsdecode(path) for path in listed.split(b"\0") if path]


def base_of(repository: Repository, since: str | None) -> str | None:
    """Return the commit that changes are counted from: ``HEAD``, or where a branch parted.

    None on a branch that has no commit yet. Raises :class:`~dedup.errors.GitError` where
    ``since`` is no commit.
    """
    return head(repository) if since is None else _parting(repository, since)


def head(repository: Repository) -> str | None:
    """Return the commit that is checked out, None on a branch that has none yet."""
    status, found = repository.run("rev-parse", "--verify", "--quiet", "HEAD", fine=(0, 1))
    return None if status else found.decode().strip()


def commit_of(repository: Repository, name: str) -> str:
    """Return the commit that a name stands for; raises :class:`~dedup.errors.GitError`."""
    status, found = repository.run(
        *("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"),
        fine=(0, 1, 128),
    )
    if status:
        raise GitError(
            message("{name} is no commit of this repository", name=name),
            hint=message("git fetch it first, or name another: --since origin/main"),
        )
    return found.decode().strip()


def blobs_at(repository: Repository, commit: str, paths: list[str]) -> dict[str, str]:
    """Return the blobs that a commit has at these paths; what it has not is left out."""
    if not paths:
        return {}
    given = b"".join(os.fsencode(f"{commit}:{path}") + b"\n" for path in paths if "\n" not in path)
    _, listed = repository.run("cat-file", "--batch-check=%(objectname) %(objecttype)", given=given)
    asked = [path for path in paths if "\n" not in path]
    lines = listed.split(b"\n")
    return {
        path: line.split(b" ")[0].decode()
        for path, line in zip(asked, lines, strict=False)
        if line.endswith(b" blob")
    }


def tree(repository: Repository, commit: str) -> list[Entry]:
    """Return the files of a commit, in the order of paths."""
    _, listed = repository.run("ls-tree", "-r", "-z", "--full-tree", commit)
    entries = []
    for line in listed.split(b"\0"):
        if line:
            told, _, path = line.partition(b"\t")
            mode, _, blob = told.split(b" ")
            entries.append(Entry(os.fsdecode(path), blob.decode(), _mode(mode)))
    return entries


def _parting(repository: Repository, name: str) -> str:
    commit = commit_of(repository, name)
    if head(repository) is None:
        return commit
    status, found = repository.run("merge-base", commit, "HEAD", fine=(0, 1))
    return commit if status else found.decode().split()[0]


def _entry(line: bytes) -> Entry:
    told, _, path = line.partition(b"\t")
    mode, blob, stage = told.split(b" ")
    return Entry(os.fsdecode(path), blob.decode(), _mode(mode), int(stage))


def _mode(mode: bytes) -> Mode:
    if mode == b"120000":
        return Mode.LINK
    return Mode.SUBMODULE if mode == b"160000" else Mode.FILE

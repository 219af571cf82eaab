"""A plan: what ``resolve`` would do to the files of a result, and what it leaves alone.

Nothing here touches a file. Paths are as the result has them; ``place`` is that of a record in its
file, as for :class:`~dedup.model.Document`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.messages import Message  # noqa: TC001  the types of the public names resolve
from dedup.model import Relation  # noqa: TC001  at run time

if TYPE_CHECKING:
    import os


@dataclass(frozen=True, slots=True)
class FileState:
    """What a regular file is: its bytes by SHA-256, and which file of the system it is."""

    sha256: str
    size: int
    mtime_ns: int
    device: int
    inode: int

    def same_file(self, other: os.stat_result) -> bool:
        """Tell whether this is still that file, as far as its state tells."""
        return (self.device, self.inode, self.size, self.mtime_ns) == (
            other.st_dev,
            other.st_ino,
            other.st_size,
            other.st_mtime_ns,
        )


@dataclass(frozen=True, slots=True)
class Drop:
    """A document that is to go: its id, its place in its file, and what it repeats.

    ``keep`` is the id of the document that stays for it and ``keep_path`` where that lies;
    ``reason`` is why that one stays.
    """

    id: str
    place: int
    keep: str
    keep_path: str
    relation: Relation
    similarity: float
    reason: Message


@dataclass(frozen=True, slots=True)
class Step:
    """One file to change: moved aside whole, or, where ``records``, written without its drops.

    ``saved`` is how many bytes go: those of the file, or of the texts of the records.
    """

    path: str
    records: bool
    drops: tuple[Drop, ...]
    state: FileState
    saved: int


@dataclass(frozen=True, slots=True)
class Left:
    """A document that is left alone although the result drops it.

    ``reason`` is a machine word: ``changed``, ``gone``, ``link``, ``not-a-file``, ``unreadable``,
    ``same-file``, ``no-file``, ``no-place``, ``unit``, ``in-the-way`` or ``unwritable``; by what is
    wrong with the one that was to stay for it ``kept-changed``, ``kept-gone``, ``kept-link``,
    ``kept-unreadable`` or ``kept-no-file``; by a decision ``excluded``, ``no-match`` or
    ``holds-more``. ``detail`` is what the system said.
    """

    id: str
    path: str | None
    keep: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: steps in order of their paths, and what is left alone.

    ``clusters`` counts those that have a step; ``kept`` are the files in which the documents lie
    that stay, and their states. ``accepted`` counts the clusters that a person accepted.
    """

    steps: tuple[Step, ...]
    left: tuple[Left, ...]
    kept: tuple[tuple[str, FileState], ...]
    clusters: int
    accepted: int = 0

    @property
    def documents(self) -> int:
        """Documents that go."""
        return sum(len(step.drops) for step in self.steps)

    @property
    def saved(self) -> int:
        """Bytes that go."""
        return sum(step.saved for step in self.steps)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What came of a plan, or of undoing it: steps done now, steps done before, what was left.

    ``manifest`` is the path of the manifest.
    """

    manifest: str
    done: int
    before: int
    documents: int
    saved: int
    left: tuple[Left, ...]

"""Which files of git's index are texts, by the rules by which a folder is searched."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dedup.messages import message
from dedup.model import Skipped
from dedup.source.compression import split_suffixes
from dedup.source.discovery import document_id
from dedup.source.files import failed
from dedup.source.git_index import Entry, Mode
from dedup.source.ignore import IgnoreRules
from dedup.source.kinds import DOCUMENT_EXTENSIONS, RECORD_EXTENSIONS, Kind, extension, kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dedup.source.git import Repository
    from dedup.source.reading import Reading

#: Stage of the version of one's own in a path that a merge has left in conflict.
_OURS = 2


@dataclass(frozen=True, slots=True)
class Tracked:
    """A file that may hold text: its path, its blob, and the ``key`` of what is read from it.

    Files of one key hold the same documents. ``encoding`` is the one that was asked for. Without
    a ``blob`` it is a file of the working tree that git does not know.
    """

    path: str
    blob: str | None
    key: str
    encoding: str | None = None

    @property
    def records(self) -> bool:
        """Whether it is a file of records."""
        return split_suffixes(self.path)[0] in RECORD_EXTENSIONS


@dataclass(frozen=True, slots=True)
class Listing:
    """The texts in git's index by path, and what was passed over, as a search of a folder counts.

    ``skipped`` are ignore files that cannot be read. ``rules`` say what is left out.
    """

    files: Mapping[str, Tracked]
    left_out: Counter[str]
    skipped: tuple[Skipped, ...]
    rules: Rules


class Rules:
    """What is left out of a working tree: hidden and ignored files, and what is no text."""

    def __init__(self, root: str, *, ignore: bool = True, without: frozenset[str]) -> None:
        self.skipped: list[Skipped] = []
        self._root = root
        self._ignore = ignore
        self._without = without
        self._folders: dict[str, tuple[IgnoreRules, str | None]] = {}

    def why_not(self, path: str) -> str | None:
        """Return why a path is left out, as :class:`~dedup.source.discovery.Found` counts it."""
        folder, _, name = path.rpartition("/")
        rules, reason = self._entered(folder)
        if reason is not None:
            return reason
        if name.startswith("."):
            return "hidden"
        if path in self._without:
            return "ignored"
        if rules.levels and rules.ignores(self._full(path), is_folder=False):
            return "ignored"
        return (extension(name) or name) if kind(name) is Kind.OTHER else None

    def _entered(self, folder: str) -> tuple[IgnoreRules, str | None]:
        """Return the rules in a folder, and why it is left out as a whole."""
        known = self._folders.get(folder)
        if known is not None:
            return known
        above, reason = IgnoreRules(), None
        if folder:
            parent, _, name = folder.rpartition("/")
            above, reason = self._entered(parent)
            if reason is None and name.startswith("."):
                reason = "hidden"
            elif reason is None and above.ignores(self._full(folder), is_folder=True):
                reason = "ignored"
        rules = above
        if self._ignore and reason is None:
            rules = above.entering(self._full(folder), self._unreadable)
        self._folders[folder] = rules, reason
        return rules, reason

    def _full(self, path: str) -> str:
        return f"{self._root}{os.sep}{path}" if path else self._root

    def _unreadable(self, path: str, error: OSError) -> None:
        shown = document_id(os.path.relpath(path, self._root))
        self.skipped.append(failed(shown, shown, error))


@dataclass(slots=True)
class _Keys:
    """Names what is read of a blob: the blob, and whatever else decides the documents."""

    reading: Reading
    root: str
    utf8: frozenset[str] = field(default_factory=frozenset)

    def tracked(self, path: str, blob: str) -> Tracked:
        """Return a file with its key."""
        encoding = self._encoding(path)
        suffix, compression = split_suffixes(path)
        told = suffix in DOCUMENT_EXTENSIONS or suffix in RECORD_EXTENSIONS
        how = f"{suffix if told else ''}{f'.{compression}' if compression else ''}"
        return Tracked(path, blob, f"{blob}{how}{f'@{encoding}' if encoding else ''}", encoding)

    def _encoding(self, path: str) -> str | None:
        if path in self.utf8:
            return "utf-8"
        if self.reading.encoding is not None or not self.reading.encodings:
            return self.reading.encoding
        from dedup.source.readers import encoding_for

        return encoding_for(f"{self.root}{os.sep}{path}", tuple(self.reading.encodings))


def listing(
    repository: Repository, entries: Iterable[Entry], reading: Reading, rules: Rules
) -> Listing:
    """Return the texts among the entries of the index.

    A submodule is another repository and a link no file: neither is read. Of a path in conflict
    it is one's own version. Where ``working-tree-encoding`` is set, git keeps UTF-8 whatever the
    encoding is on disk, so that is what the blob is read as.
    """
    left_out: Counter[str] = Counter()
    chosen: list[Entry] = []
    attributes = False
    for entry in entries:
        attributes = attributes or entry.path.endswith(".gitattributes")
        if entry.stage not in {0, _OURS}:
            continue
        reason = entry.mode.value if entry.mode is not Mode.FILE else rules.why_not(entry.path)
        if reason is None:
            chosen.append(entry)
        else:
            left_out[reason] += 1
    keys = _Keys(reading, repository.root)
    if attributes and (reading.encoding or reading.encodings):
        keys.utf8 = kept_as_utf8(repository, [entry.path for entry in chosen])
    files = {entry.path: keys.tracked(entry.path, entry.blob) for entry in chosen}
    return Listing(files, left_out, tuple(rules.skipped), rules)


def kept_as_utf8(repository: Repository, paths: list[str]) -> frozenset[str]:
    """Return the paths whose ``working-tree-encoding`` has git keep them as UTF-8."""
    given = b"".join(os.fsencode(path) + b"\0" for path in paths)
    asked = ("check-attr", "--cached", "--stdin", "-z", "working-tree-encoding")
    _, told = repository.run(*asked, given=given)
    fields = told.split(b"\0")
    values = zip(fields[::3], fields[2::3], strict=False)
    return frozenset(
        os.fsdecode(path) for path, value in values if value not in {b"unspecified", b"unset"}
    )


def unmerged(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the paths that a merge has left in conflict."""
    return frozenset(entry.path for entry in entries if entry.stage)


def missing(path: str) -> Skipped:
    """Return the record of a blob that is not in the repository, or is damaged."""
    detail = message("git cannot read what is staged: it is missing or damaged")
    return Skipped(path, path, "unreadable", detail, error=True)

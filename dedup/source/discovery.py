"""Which files the paths on a command line stand for."""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from dedup.errors import PathError
from dedup.messages import message
from dedup.model import Skipped
from dedup.source import remote
from dedup.source.files import failed, not_a_file, read_file
from dedup.source.ignore import GIT_FILE, OWN_FILE, IgnoreRules, rules_above
from dedup.source.kinds import TEXT_EXTENSIONS, Kind, extension, kind
from dedup.source.missing import missing
from dedup.source.remote import is_url
from dedup.text.encoding import looks_binary
from dedup.text.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The path that stands for standard input.
STANDARD_INPUT = "-"
_SNIFFED = 8192
#: How a result of a scan begins (``report/records.py``): beside its texts it is no input.
_RESULT = b'{"type":"run","schema":'
#: Neither texts nor worth counting as left out.
_HOUSEKEEPING = frozenset({".git", GIT_FILE, OWN_FILE, ".gitattributes"})


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, by id and in the order of ids, and what is not read.

    An id is the path as a user would type it, with ``/``; ``-`` is standard input. ``left_out``
    counts what a walk passed over: by extension (``.json``), or as ``hidden``, ``ignored``,
    ``link``, ``binary`` or ``result`` (of a scan); a folder that is hidden or ignored counts as
    one.
    """

    files: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    left_out: Counter[str]
    #: The ids of the files that were named themselves, not found in a folder.
    named: frozenset[str] = frozenset()


def discover(
    paths: Sequence[str | os.PathLike[str]],
    *,
    ignore: bool = True,
    extensions: frozenset[str] = TEXT_EXTENSIONS,
) -> Found:
    """Return the files that files and folders stand for, each file once.

    A file that is named is always taken, through a link too. A folder is walked: hidden and
    binary files, links, data and source code are left out, and with ``ignore`` what
    ``.gitignore`` and ``.dedupignore`` say. ``extensions`` are texts without a look inside.

    Raises :class:`~dedup.errors.PathError` for a path that does not exist.
    """
    walk = _Walk(ignore, extensions)
    # Shortest first, so that neither ids nor counts depend on the order of the arguments.
    for path in sorted([os.fspath(p) for p in paths], key=lambda p: (len(document_id(p)), p)):
        walk.start(path)
    files = tuple(sorted(walk.found.values()))
    skipped = tuple(sorted(walk.skipped.values(), key=lambda s: s.id))
    named = frozenset(walk.found[real] for real in walk.named if real in walk.found)
    return Found(files, skipped, walk.left_out, named)


#: What a path object would take out of a path; most have none of it, and it takes its time.
_UNUSUAL = lazy_pattern(r"//|/\.?$|(?:^|/)\./|^\.?$")


def document_id(path: str) -> str:
    """Return a path as a user would type it: ``/`` between names, no ``./`` before them."""
    if is_url(path):
        return path
    plain = os.sep == "/" and not _UNUSUAL.search(path)
    normal = path if plain else PurePath(path).as_posix()
    return f"./{normal}" if normal == STANDARD_INPUT else normal


def _is_result(path: str) -> bool:
    """Tell whether a file is a result of a scan; what cannot be read is not."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a Path takes longer
            return file.read(len(_RESULT)) == _RESULT
    except OSError:
        return False


@dataclass(slots=True)
class _Walk:
    ignore: bool
    texts: frozenset[str]
    #: Real path to id: the same file through two paths is one document.
    found: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, Skipped] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    #: Real paths of the files that were named.
    named: set[str] = field(default_factory=set)
    _walked: set[str] = field(default_factory=set)

    def start(self, path: str) -> None:
        """Take a path that was named."""
        if path == STANDARD_INPUT:
            self.found[STANDARD_INPUT] = STANDARD_INPUT
            return
        if not path:
            raise missing(path)  # Path("") would be the working directory
        if is_url(path):
            self.fetch(path)
            return
        if glob.has_magic(path) and not os.path.lexists(path):
            self.expand(path)
            return
        try:
            mode = Path(path).stat().st_mode
        except (FileNotFoundError, NotADirectoryError, ValueError) as error:
            raise missing(path) from error
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                raise PathError(message("the path is too long: {path}", path=path)) from error
            self.skip(failed(path, document_id(path), error))
            return
        if stat.S_ISDIR(mode):
            self.walk(path)
        elif stat.S_ISREG(mode):
            real = os.path.realpath(path)
            self.named.add(real)
            self.take(real, document_id(path))
        else:
            self.skip(not_a_file(path, document_id(path), mode))

    def expand(self, pattern: str) -> None:
        """Take what a pattern matches, which a shell left as it was: ``'data/**/*.jsonl'``."""
        matching = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - may be absolute
        if not matching:
            raise missing(pattern)
        for path in matching:
            self.start(path)

    def fetch(self, url: str) -> None:
        """Take the files behind a URL; of a folder, those whose names say that they are texts."""
        folder = remote.is_folder(url)
        for each in remote.files(url):
            if folder and kind(each, self.texts) is not Kind.TEXT:
                self.left_out[extension(each) or "binary"] += 1
                continue
            self.found[each] = each
            if not folder:
                self.named.add(each)

    def walk(self, start: str) -> None:
        """Take the texts of a folder and of the folders in it."""
        real = os.path.realpath(start)
        rules = rules_above(real, self.unreadable) if self.ignore else IgnoreRules()
        waiting = [(real, document_id(start), rules)]
        while waiting:
            folder, folder_id, rules = waiting.pop()
            if folder in self._walked:
                continue
            self._walked.add(folder)
            if self.ignore:
                rules = rules.entering(folder, self.unreadable)
            try:
                with os.scandir(folder) as entries:
                    listed = list(entries)
            except OSError as error:
                self.skip(failed(folder_id, folder_id, error))
                continue
            before = "" if folder_id == "." else f"{folder_id.rstrip('/')}/"
            for entry in listed:
                entry_id = document_id(before + entry.name)
                if self.enter(entry, entry_id, rules):
                    waiting.append((entry.path, entry_id, rules))

    def enter(self, entry: os.DirEntry[str], entry_id: str, rules: IgnoreRules) -> bool:
        """Take or leave out what a folder lists; whether it is a folder to walk."""
        if entry.name in _HOUSEKEEPING:
            return False
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
            reason = self.why_not(entry, is_folder, rules)
            if reason is not None:
                self.left_out[reason] += 1
            elif is_folder:
                return True
            elif entry.is_file(follow_symlinks=False):
                self.consider(entry, entry_id)
            else:
                # Nobody asked for it by name, so it is no error.
                mode = entry.stat(follow_symlinks=False).st_mode
                self.skip(not_a_file(entry_id, entry_id, mode, error=False))
        except OSError as error:
            self.skip(failed(entry_id, entry_id, error))
        return False

    def why_not(self, entry: os.DirEntry[str], is_folder: bool, rules: IgnoreRules) -> str | None:
        """Return the reason to leave an entry out whatever it holds."""
        if entry.name.startswith("."):
            return "hidden"
        if rules.ignores(entry.path, is_folder=is_folder):
            return "ignored"
        return "link" if entry.is_symlink() else None

    def consider(self, entry: os.DirEntry[str], entry_id: str) -> None:
        """Take a file of a folder if its name, or else its content, says that it is a text."""
        said = kind(entry.name, self.texts)
        suffix = extension(entry.name)
        if suffix == ".jsonl" and _is_result(entry.path):
            self.left_out["result"] += 1
        elif said is Kind.TEXT:
            self.take(entry.path, entry_id)
        elif said is Kind.OTHER:
            self.left_out[suffix or entry.name] += 1
        else:
            head = read_file(entry_id, entry_id, limit=_SNIFFED)
            if isinstance(head, Skipped):
                self.skip(head)
            elif looks_binary(head[0]):
                self.left_out[suffix or "binary"] += 1
            else:
                self.take(entry.path, entry_id)

    def take(self, real: str, file_id: str) -> None:
        """Take a file under the shortest, then first, of the ids it was found by."""
        known = self.found.get(real)
        if known is None or (len(file_id), file_id) < (len(known), known):
            self.found[real] = file_id

    def skip(self, skipped: Skipped) -> None:
        """Record what could not be taken, once."""
        self.skipped[skipped.id] = skipped

    def unreadable(self, path: str, error: OSError) -> None:
        """Record an ignore file that cannot be read: its rules would be missed."""
        shown = document_id(os.path.relpath(path))
        self.skip(failed(shown, shown, error))

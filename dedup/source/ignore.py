"""Ignore rules: ``.gitignore``, ``.git/info/exclude`` and ``.dedupignore``, as git reads them.

The rules of a folder hold for everything below it, those of a deeper folder go first, and a
``.dedupignore`` anywhere goes before every ``.gitignore``, so that ``!corpus/`` there brings back
what git does not track.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import re

    from pathspec import GitIgnoreSpec, Pattern, RegexPattern

OnError = Callable[[str, OSError], None]

GIT_FILE, OWN_FILE = ".gitignore", ".dedupignore"
_EXCLUDE = (".git", "info", "exclude")


@dataclass(frozen=True, slots=True)
class _Level:
    folder: str
    git: GitIgnoreSpec | None
    own: GitIgnoreSpec | None


@dataclass(frozen=True, slots=True)
class IgnoreRules:
    """The rules that hold inside a folder, outermost first; folders are real, absolute paths."""

    levels: tuple[_Level, ...] = ()

    def entering(self, folder: str, on_error: OnError) -> IgnoreRules:
        """Return the rules inside ``folder``; ``on_error`` is told of files it cannot read."""
        git = [
            *_lines(Path(folder, *_EXCLUDE), on_error),
            *_lines(Path(folder, GIT_FILE), on_error),
        ]
        own = _lines(Path(folder, OWN_FILE), on_error)
        if not git and not own:
            return self
        return IgnoreRules((*self.levels, _Level(folder, _spec(git), _spec(own))))

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether ``path``, somewhere below the folders of these rules, is left out."""
        for specs in (
            [(level.folder, level.own) for level in reversed(self.levels)],
            [(level.folder, level.git) for level in reversed(self.levels)],
        ):
            for folder, spec in specs:
                if spec is None:
                    continue
                relative = path[len(folder) :].replace(os.sep, "/").lstrip("/")
                verdict = _verdict(spec, relative, is_folder=is_folder)
                if verdict is not None:
                    return verdict
        return False


def rules_above(folder: str, on_error: OnError) -> IgnoreRules:
    """Return the rules that a folder's parents lay down, from the root of its repository.

    None outside a repository, and none for a folder that they leave out: who names it, wants it.
    """
    chain = [Path(folder), *Path(folder).parents]
    root = next((n for n, place in enumerate(chain) if os.path.lexists(place / ".git")), 0)
    rules = IgnoreRules()
    for parent in reversed(chain[1 : root + 1]):
        rules = rules.entering(str(parent), on_error)
    return IgnoreRules() if rules.ignores(folder, is_folder=True) else rules


def _verdict(spec: GitIgnoreSpec, path: str, *, is_folder: bool) -> bool | None:
    """Return what the last pattern that matches an entry itself says."""
    for pattern in reversed(list(spec.patterns)):
        if pattern.include is not None and _matches(pattern, path, is_folder=is_folder):
            return bool(pattern.include)
    return None


def _matches(pattern: Pattern, path: str, *, is_folder: bool) -> bool:
    """Whether a pattern matches an entry, rather than a folder above it.

    Pathspec's own answer is about files in a finished list, where a pattern for a folder matches
    what is in it. Here folders are asked about first and entered or not, as git does, so that
    negation works as in git; pathspec marks the end of a folder as the group ``ps_d``.
    """
    regex = cast("re.Pattern[str]", cast("RegexPattern", pattern).regex)
    if is_folder:
        slash = len(path)
        if any(
            "ps_d" in m.groupdict() and m.start("ps_d") == slash for m in regex.finditer(f"{path}/")
        ):
            return True
    match = regex.search(path)
    return match is not None and not match.groupdict().get("ps_d")


def _lines(path: Path, on_error: OnError) -> list[str]:
    try:
        if not path.is_file():
            return []
    except PermissionError:
        return []  # the folder cannot be entered, which the walk itself reports
    try:
        raw = path.read_bytes()
    except OSError as error:
        on_error(str(path), error)
        return []
    # Names are bytes to git; decoded as Python decodes file names, every name can be matched.
    text = os.fsdecode(raw.removeprefix(b"\xef\xbb\xbf"))
    return [line.removesuffix("\r") for line in text.split("\n")]


def _spec(lines: list[str]) -> GitIgnoreSpec | None:
    from pathspec import GitIgnoreSpec

    if not lines:
        return None
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        # git passes over a pattern it cannot read and keeps the others.
        return GitIgnoreSpec.from_lines([line for line in lines if _is_valid(line)])


def _is_valid(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True

"""git, asked through its own program: never by a shell, and never changing the repository.

Paths are relative to the root of the working tree, as git has them; names are bytes to git, so
they are decoded as Python decodes file names. Nothing is fetched: what a partial clone lacks is
missing.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import GitError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

#: git's status where it could not do what it was asked.
_FATAL = 128
_NO_REPOSITORY = b"not a git repository"
#: Variables by which git tells a hook where things are, relative to the folder it runs in.
_PLACES = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_COMMON_DIR")


@dataclass(frozen=True, slots=True)
class Repository:
    """A working tree; ``private`` is git's own folder for it, ``common`` that of all its trees.

    ``prefix`` is the folder that was asked from, relative to ``root``: "" or ``texts/``.
    """

    root: str
    prefix: str
    private: str
    common: str
    environ: tuple[tuple[str, str], ...]

    def run(
        self, *arguments: str, given: bytes | None = None, fine: Sequence[int] = (0,)
    ) -> tuple[int, bytes]:
        """Run git at the root; return status and output.

        Raises :class:`~dedup.errors.GitError` for a status that is not ``fine``.
        """
        ran = _run(arguments, self.root, dict(self.environ), given)
        if ran.returncode not in fine:
            raise _failed(arguments, ran)
        return ran.returncode, ran.stdout

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start git at the root, with pipes for input and output."""
        try:
            return subprocess.Popen(
                ["git", *arguments],
                cwd=self.root,
                env=dict(self.environ),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise _no_git(error) from error

    def path_of(self, given: str) -> str:
        """Return a path that a user typed as git has it.

        Links on the way to it are followed, the last name is not. Raises
        :class:`~dedup.errors.GitError` for a path outside of the working tree.
        """
        if Path(given).is_absolute():
            folder = os.path.realpath(Path(given).parent)
            path = os.path.relpath(Path(folder, Path(given).name), self.root)
        else:
            path = os.path.normpath(Path(self.prefix, given))
        path = path.replace(os.sep, "/")
        if path == ".." or path.startswith("../") or Path(path).is_absolute():
            raise GitError(
                message("{path} is outside of the repository {root}", path=given, root=self.root),
                hint=message("run dedup check in the repository that holds it"),
            )
        return path

    def shown(self, path: str) -> str:
        """Return a path of git's as it is typed in the folder that was asked from."""
        if not self.prefix:
            return path
        return os.path.relpath(path, self.prefix).replace(os.sep, "/")


def repository(folder: str | os.PathLike[str] = ".") -> Repository | None:
    """Return the repository whose working tree holds a folder, or None where there is none.

    Raises :class:`~dedup.errors.GitError` where git cannot be run, or refuses the repository.
    """
    environ = _environ(os.fspath(folder))
    arguments = (
        *("rev-parse", "--show-toplevel", "--show-prefix"),
        *("--absolute-git-dir", "--git-common-dir"),
    )
    ran = _run(arguments, os.fspath(folder), environ, None)
    if ran.returncode == _FATAL and _NO_REPOSITORY in ran.stderr:
        return None
    if ran.returncode:
        raise _failed(arguments, ran)
    root, prefix, private, common, *_ = os.fsdecode(ran.stdout).split("\n")
    # relative to the folder that was asked from, but in newer versions of git
    common = os.path.normpath(Path(os.path.realpath(folder), common))
    return Repository(root, prefix, private, common, tuple(environ.items()))


def _environ(folder: str) -> dict[str, str]:
    """Return the environment for git: English, without locks, fetching or prompts."""
    environ = dict(os.environ)
    for name in _PLACES:
        if environ.get(name):
            environ[name] = os.path.normpath(Path(os.path.realpath(folder), environ[name]))
    environ.pop("LANGUAGE", None)
    return environ | {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


def _run(
    arguments: Sequence[str], folder: str, environ: dict[str, str], given: bytes | None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=environ,
            input=b"" if given is None else given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise _no_git(error) from error


def _no_git(error: OSError) -> GitError:
    return GitError(
        message("git cannot be run: {why}", why=error.strerror or str(error)),
        hint=message("install git, or name an index: dedup check --against INDEX FILE"),
    )


def _failed(arguments: Sequence[str], ran: subprocess.CompletedProcess[bytes]) -> GitError:
    said = os.fsdecode(ran.stderr).strip().splitlines()
    why = said[0].removeprefix("fatal: ") if said else f"status {ran.returncode}"
    hint = next((line.strip() for line in said if "git config" in line), None)
    return GitError(
        message("git {command} failed: {why}", command=arguments[0], why=why),
        hint=message("{text}", text=hint) if hint else None,
    )

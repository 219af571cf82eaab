"""Finding and reading the configuration file: ``dedup.toml``, or a table in ``pyproject.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import SettingsError
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN_FILE, PROJECT_FILE = "dedup.toml", "pyproject.toml"
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """The table of settings in a file; ``folder`` is where its relative paths start."""

    path: str
    folder: str
    table: dict[str, object]


def nearest(folder: str, home: str | None = None) -> ConfigFile | None:
    """Return the nearest configuration at or above ``folder``.

    Goes up to the root of the repository, else to ``home`` or the root of the file system; in
    one folder ``dedup.toml`` goes before ``pyproject.toml``. Raises
    :class:`~dedup.errors.SettingsError` with file and line for a file that cannot be read.
    """
    for place in _upwards(Path(folder).absolute(), Path(home).absolute() if home else None):
        own = place / OWN_FILE
        if _is_own(own):
            return ConfigFile(str(own), str(place), _load(own))
        project = place / PROJECT_FILE
        if _is_file(project):
            tools = _load(project).get("tool")
            table = tools.get("dedup") if isinstance(tools, dict) else None
            if isinstance(table, dict):
                return ConfigFile(str(project), str(place), table)
    return None


def _upwards(folder: Path, home: Path | None) -> Iterator[Path]:
    for place in (folder, *folder.parents):
        yield place
        if place == home or os.path.lexists(place / ".git"):
            return


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except PermissionError:
        # A folder above that one may not enter holds no configuration for one.
        return False


def _is_own(path: Path) -> bool:
    """Tell whether a folder has a ``dedup.toml``; a folder or pipe of that name is a mistake."""
    if _is_file(path):
        return True
    if os.path.lexists(path):
        raise SettingsError(message("{path} is not a file", path=str(path)))
    return False


def _load(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = error.strerror or str(error)
        raise SettingsError(
            message("cannot read {path}: {why}", path=str(path), why=why)
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            message("{path} is not UTF-8", path=str(path)), hint=message("save it as UTF-8")
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            message("{where} is not valid TOML: {why}", where=_place(path, error), why=_why(error))
        ) from error


def _place(path: Path, error: tomllib.TOMLDecodeError) -> str:
    match = _PLACE.search(str(error))
    return f"{path}:{match[1]}" if match and match[1] else str(path)


def _why(error: tomllib.TOMLDecodeError) -> str:
    return _PLACE.sub("", str(error))

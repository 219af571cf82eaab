"""Effective settings, and where each came from.

Flags go before ``DEDUP_*`` variables, these before the nearest ``dedup.toml`` or
``[tool.dedup]`` of a ``pyproject.toml``, that before the values of a preset, wherever it is
named, and these before the defaults.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dedup.app.config_file import ConfigFile, nearest
from dedup.boilerplate import NONE
from dedup.errors import SettingsError
from dedup.messages import message
from dedup.settings import SETTING_NAMES, Settings, preset_values, unknown_setting
from dedup.text.codec import codec_name
from dedup.text.encoding import AUTO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.checked import AllowRule

PREFIX = "DEDUP_"
#: Variables that change where or how fast something is done, never a result.
NOT_SETTINGS = frozenset({"DEDUP_CACHE_DIR", "DEDUP_KERNEL", "DEDUP_CORPORA"})
DEFAULT, FLAG, PRESET = "default", "flag", "preset"
#: The preset in effect where none is named: its values are the defaults.
DEFAULT_PRESET = "reprint"
#: What may stand in a file or variable beside the settings: how results are shown.
PRESENTATION = ("color", "lang", "output_format")
#: And what a gate goes by.
GATE = ("baseline",)
#: Of the settings in a file, those that are paths relative to that file.
_PATHS = frozenset({"user_dict", "keep_under", "baseline", "boilerplate"})
#: What stands in place of a path.
_NO_BOILERPLATE = ("boilerplate", NONE)
#: Settings of several values, which variables and flags have with commas between.
_LISTS = frozenset({"source_order", "relations"})
#: Of these, the one that a file may have as a table, and that flags add to.
_RELATIONS = "relations"
#: Settings that are a whole number or nothing.
_WHOLE = frozenset({"ngram"})
_DEFAULTS: dict[str, object] = {f.name: getattr(Settings(), f.name) for f in fields(Settings)}
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class Origin(NamedTuple):
    """A setting, its effective value, and where that came from.

    ``origin`` is ``default``, ``flag``, ``preset NAME``, the name of a variable, or the path of a
    file.
    """

    name: str
    value: object
    origin: str


@dataclass(frozen=True, slots=True)
class Effective:
    """Settings with the origin of each, in the order of :class:`~dedup.settings.Settings`.

    ``encodings`` are the pairs of a pattern and an encoding that the file's ``[encoding]`` table
    maps; an ``encoding`` that is set goes before them. ``extra`` holds what files and variables
    say of presentation (``color``, ``lang``, ``output_format``) and of the ``baseline``, as text.
    ``allow`` are the rules for families of duplicates. ``file`` is the configuration file in
    effect.
    """

    settings: Settings
    origins: tuple[Origin, ...]
    preset: Origin
    encodings: tuple[tuple[str, str], ...] = ()
    extra: tuple[Origin, ...] = ()
    file: str | None = None
    allow: tuple[AllowRule, ...] = ()


def effective(
    flags: Mapping[str, object], *, cwd: str | os.PathLike[str], environ: Mapping[str, str]
) -> Effective:
    """Return the settings in effect for a command run in ``cwd``.

    ``flags`` are settings by name; those that are None were not given. Raises
    :class:`~dedup.errors.SettingsError`, naming file or variable, for what cannot be read, an
    unknown name (with a suggestion), or a value that does not fit.
    """
    file = nearest(os.fspath(cwd), environ.get("HOME"))
    found: dict[str, Origin] = {}
    encodings: tuple[tuple[str, str], ...] = ()
    if file is not None:
        values, encodings = _from_file(file)
        found |= values
    found |= _from_environment(environ)
    for name, value in flags.items():
        if name not in (*SETTING_NAMES, PRESET):
            raise unknown_setting(name)
        if value is not None:
            before = found.get(name) if name == _RELATIONS else None
            found[name] = _added(Origin(name, _listed(name, value), FLAG), before)
    preset = found.get(PRESET, Origin(PRESET, DEFAULT_PRESET, DEFAULT))
    found = _from_preset(preset) | found
    origins = tuple(
        found.get(name, Origin(name, _DEFAULTS[name], DEFAULT)) for name in SETTING_NAMES
    )
    for origin in origins:
        _check(origin)
    extra = tuple(found[name] for name in (*PRESENTATION, *GATE) if name in found)
    settings = Settings().with_values(**{o.name: o.value for o in origins})
    allow = () if file is None else _allow(file)
    return Effective(
        settings, origins, preset, encodings, extra, file.path if file else None, allow
    )


def _allow(file: ConfigFile) -> tuple[AllowRule, ...]:
    """Return the rules under ``[[dedup.allow]]``, or ``[[allow]]`` for short."""
    inner = file.table.get("dedup")
    stated = [*_tables(file.table.get("allow")), *_tables(inner)]
    if not stated:
        return ()
    from dedup.app.allow import rules_from

    return rules_from(stated, file.path)


def _tables(value: object) -> list[object]:
    if isinstance(value, dict) and set(value) == {"allow"}:
        value = value["allow"]
    return [] if value is None else value if isinstance(value, list) else [value]


def _from_preset(preset: Origin) -> dict[str, Origin]:
    if preset.origin == DEFAULT:
        return {}
    try:
        values = preset_values(preset.value)
    except SettingsError as error:
        raise SettingsError(
            message("{where}: {problem}", where=_where(preset), problem=error.message),
            hint=error.hint,
        ) from error
    return {name: Origin(name, value, f"{PRESET} {preset.value}") for name, value in values.items()}


def _from_file(file: ConfigFile) -> tuple[dict[str, Origin], tuple[tuple[str, str], ...]]:
    found: dict[str, Origin] = {}
    encodings: tuple[tuple[str, str], ...] = ()
    for key, value in file.table.items():
        name = key.replace("-", "_")
        if name == "encoding" and isinstance(value, dict):
            encodings = _encodings(value, file)
            continue
        if name == _RELATIONS and isinstance(value, dict):
            value = _table(value)  # noqa: PLW2901  as if it were a list
        if name in {"allow", "dedup"} and isinstance(value, dict | list):
            continue
        if name in found:
            raise SettingsError(message("{where} sets {name} twice", where=file.path, name=name))
        _known(name, key, file.path)
        found[name] = Origin(name, _in_file(name, _listed(name, value), file), file.path)
    return found, encodings


def _in_file(name: str, value: object, file: ConfigFile) -> object:
    """Return a value of a file; paths in it are relative to its folder."""
    if name in _PATHS and isinstance(value, str) and value and (name, value) != _NO_BOILERPLATE:
        return _beside(file, value)
    if name in _LISTS and name != _RELATIONS and isinstance(value, tuple):
        return tuple(
            _beside(file, each) if isinstance(each, str) and "/" in each else each for each in value
        )
    return value


def _listed(name: str, value: object) -> object:
    """Return several values as a tuple, where they come as a list or with commas between."""
    if name not in _LISTS or not isinstance(value, str | list):
        return value
    if isinstance(value, list):
        return tuple(value)
    return tuple(each.strip() for each in value.split(",") if each.strip())


def _added(given: Origin, before: Origin | None) -> Origin:
    """Return what flags say after what files and variables said; the last word counts."""
    if before is None or not all(isinstance(each.value, tuple) for each in (given, before)):
        return given
    return given._replace(value=(*before.value, *given.value))  # type: ignore[misc]


def _table(table: Mapping[str, object]) -> list[str]:
    """Return a table of relations, each with a word or several, as a list."""
    return [
        f"{name}={what}"
        for name, said in table.items()
        for what in (said if isinstance(said, list) else [said])
    ]


def _beside(file: ConfigFile, path: str) -> str:
    return os.path.normpath(Path(file.folder, Path(path).expanduser()))


def _encodings(table: Mapping[str, object], file: ConfigFile) -> tuple[tuple[str, str], ...]:
    from dedup.source.readers import anchored

    pairs = []
    for pattern, name in table.items():
        if not pattern.strip() or pattern.startswith(("!", "#")) or not isinstance(name, str):
            raise SettingsError(
                message("{where}: {pattern} names no encoding", where=file.path, pattern=pattern),
                hint=message('write "old/*.txt" = "gb18030" below [encoding]'),
            )
        pairs.append((anchored(pattern, file.folder), _encoding(name, file.path)))
    return tuple(pairs)


def _from_environment(environ: Mapping[str, str]) -> dict[str, Origin]:
    found: dict[str, Origin] = {}
    for variable, text in sorted(environ.items()):
        if not variable.startswith(PREFIX) or not text or variable in NOT_SETTINGS:
            continue
        name = variable.removeprefix(PREFIX).lower()
        _known(name, name, variable)
        found[name] = Origin(name, _convert(name, text, variable), variable)
    return found


def _convert(name: str, text: str, variable: str) -> object:
    default = 0 if name in _WHOLE else _DEFAULTS.get(name)
    if isinstance(default, bool):
        if text.lower() in _TRUE + _FALSE:
            return text.lower() in _TRUE
        wanted = message("1 or 0, true or false")
    elif isinstance(default, int | float):
        try:
            return type(default)(text)
        except ValueError:
            whole = isinstance(default, int)
            wanted = message("a whole number") if whole else message("a number")
    else:
        return _listed(name, text)
    raise SettingsError(
        message(
            "{variable} is {value}, but must be {wanted}",
            variable=variable,
            value=text,
            wanted=wanted,
        )
    )


def _known(name: str, key: str, where: str) -> None:
    if name not in (*SETTING_NAMES, *PRESENTATION, *GATE, PRESET):
        error = unknown_setting(key)
        raise SettingsError(
            message("{where}: {problem}", where=where, problem=error.message), hint=error.hint
        )


def _check(origin: Origin) -> None:
    """Check one value alone, so that the error can say where it came from."""
    if origin.origin == DEFAULT:
        return
    value = origin.value
    where = _where(origin)
    if not isinstance(value, _expected(origin.name)) and value is not None:
        raise SettingsError(
            message(
                "{where}: {name} is {value}, which is of the wrong type",
                where=where,
                name=origin.name,
                value=repr(value),
            )
        )
    if origin.name == "encoding" and isinstance(value, str):
        _encoding(value, where)
    try:
        Settings().with_values(**{origin.name: value})
    except SettingsError as error:
        raise SettingsError(
            message("{where}: {problem}", where=where, problem=error.message), hint=error.hint
        ) from error


def _where(origin: Origin) -> str:
    if origin.origin == FLAG:
        return "--" + origin.name.replace("_", "-")
    return origin.origin


def _expected(name: str) -> tuple[type, ...]:
    """Return the types that a setting may have."""
    default = _DEFAULTS[name]
    if name in _WHOLE:
        return (int,)
    if isinstance(default, bool | tuple):
        return (type(default),)
    return (str,) if default is None or isinstance(default, str) else (int, float)


def _encoding(name: str, where: str) -> str:
    if name.lower() == AUTO:
        return AUTO
    try:
        return codec_name(name)
    except SettingsError as error:
        raise SettingsError(
            message("{where}: {problem}", where=where, problem=error.message), hint=error.hint
        ) from error

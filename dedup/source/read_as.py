"""How files were read, as a result says it, so that they can be read so again."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from dedup.source.reading import Reading, with_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.settings import Settings

#: What the settings of a result say already.
_IN_SETTINGS = frozenset({"encoding", "score_field"})


def read_as(reading: Reading) -> dict[str, object]:
    """Return what was asked for of how to read, as plain values; {} where nothing was."""
    usual = asdict(Reading())
    return {
        name: _plain(value)
        for name, value in asdict(reading).items()
        if value != usual[name] and name not in _IN_SETTINGS
    }


def reading_of(asked: Mapping[str, object], settings: Settings) -> Reading:
    """Return the options that :func:`read_as` told, with those that ``settings`` tell.

    Names that this version does not know are passed over. Raises
    :class:`~dedup.errors.UsageError` for a value that is none, ``TypeError`` for one of another
    kind.
    """
    known = asdict(Reading())
    values = {name: _frozen(value) for name, value in asked.items() if name in known}
    for name, value in values.items():
        if not isinstance(value, tuple if isinstance(known[name], tuple) else str):
            raise TypeError(name)
    return with_settings(Reading(**values), settings)  # type: ignore[arg-type]


def _plain(value: object) -> object:
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _frozen(value: object) -> object:
    return tuple(_frozen(each) for each in value) if isinstance(value, list | tuple) else value

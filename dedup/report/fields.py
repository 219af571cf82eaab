"""One record of a saved result: its fields, each of the type it must have."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from dedup.errors import InputError
from dedup.messages import Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a saved result."""

    name: str
    line: int

    def damage(self, why: Message) -> InputError:
        """Return the error for what is wrong here."""
        return InputError(
            message("{path}, line {line}: {why}", path=self.name, line=self.line, why=why),
            hint=message("the file is damaged or was edited; make it anew: dedup scan … -o FILE"),
        )


@dataclass(frozen=True, slots=True)
class Fields:
    """The values of a record by name.

    Every method raises :class:`~dedup.errors.InputError`, with the line, where the field is
    missing or has another type.
    """

    values: Mapping[str, object]
    place: Place

    def text(self, name: str) -> str:
        """Return a string."""
        value = self._value(name)
        return value if isinstance(value, str) else self._fail(name)

    def optional_text(self, name: str) -> str | None:
        """Return a string, or None for null and for a field that is not there."""
        return None if self.values.get(name) is None else self.text(name)

    def whole(self, name: str) -> int:
        """Return a whole number that is not negative."""
        value = self._value(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self._fail(name)
        return value

    def number(self, name: str) -> float:
        """Return a number."""
        value = self._value(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._fail(name)
        return value

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self._value(name)
        return value if isinstance(value, bool) else self._fail(name)

    def path(self, name: str) -> str | None:
        """Return a path as the system has it, or None."""
        value = self._value(name)
        if value is None or isinstance(value, str):
            return value
        try:
            return os.fsdecode(base64.b64decode(self.child(name).text("bytes"), validate=True))
        except ValueError:
            self._fail(name)

    def child(self, name: str) -> Fields:
        """Return an object."""
        value = self._value(name)
        return Fields(value, self.place) if isinstance(value, dict) else self._fail(name)

    def children(self, name: str) -> list[Fields]:
        """Return a list of objects; an empty one for a field that is not there."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self._fail(name)
        return [Fields(each, self.place) for each in value]

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of strings."""
        value = self._value(name)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._fail(name)
        return tuple(value)

    def text_pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return a list of two strings each; an empty one for a field that is not there."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(map(_is_text_pair, value)):
            self._fail(name)
        return tuple((a, b) for a, b in value)

    def counts(self, name: str) -> tuple[tuple[str, int], ...]:
        """Return an object of whole numbers as pairs."""
        child = self.child(name)
        return tuple((key, child.whole(key)) for key in child.values)

    def _value(self, name: str) -> object:
        if name not in self.values:
            raise self.place.damage(message("{name} is missing", name=name))
        return self.values[name]

    def _fail(self, name: str) -> NoReturn:
        raise self.place.damage(
            message("{name} cannot be {value}", name=name, value=repr(self.values[name])[:60])
        )


def _is_text_pair(value: object) -> bool:
    return isinstance(value, list) and [*map(type, value)] == [str, str]

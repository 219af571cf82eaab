"""What a program hands over in memory, as a shard: texts, pairs, records, documents, paths.

Rows that can be asked for again are; what can be gone through once is written down as it passes.
Either way one row at a time is a document, never all of them.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from dedup.engine.shards import Spooled
from dedup.errors import UsageError
from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.source.fields import Fields, Where, fields_of, listed
from dedup.source.reader import not_garbled

if TYPE_CHECKING:
    from dedup.source.reading import Reading

#: Rows that are asked for at once.
ROWS = 256

#: What makes a row into a document; the number is its position.
Maker: TypeAlias = Callable[[Any, int], "Document | Skipped"]


class Rows:
    """Rows that can be asked for by position, as often as needed; ``place`` is the position.

    ``part`` returns the rows ``start:stop``.
    """

    def __init__(
        self, size: int, part: Callable[[int, int], Iterable[Any]], make: Maker, name: str = "texts"
    ) -> None:
        self.name = name
        self._size = size
        self._part = part
        self._make = make

    def __len__(self) -> int:
        return self._size

    def items(self) -> Iterator[Document | Skipped]:
        """Yield the documents."""
        for start in range(0, self._size, ROWS):
            rows = self._part(start, min(start + ROWS, self._size))
            for place, row in enumerate(rows, start):
                yield self._at(row, place)

    def again(self, places: Sequence[int]) -> Iterator[Document | Skipped]:
        """Yield documents again."""
        start, rows = -1, list[Any]()
        for place in places:
            if place // ROWS * ROWS != start:
                start = place // ROWS * ROWS
                rows = list(self._part(start, min(start + ROWS, self._size)))
            yield self._at(rows[place - start], place)

    def _at(self, row: Any, place: int) -> Document | Skipped:
        return replace(self._make(row, place), place=place)


class Stream:
    """Rows that can be gone through once; ``place`` is the position, and its length is known after.

    Their texts are written to a temporary file; see :class:`~dedup.engine.shards.Spooled`.
    """

    #: It can be gone through once; a pass before another one keeps what it saw.
    once = True

    def __init__(self, rows: Iterable[Any], make: Maker, name: str = "texts") -> None:
        self.name = name
        self._spooled = Spooled(make(row, place) for place, row in enumerate(rows))
        self._places = array("q")

    def __len__(self) -> int:
        return len(self._places)

    def items(self) -> Iterator[Document | Skipped]:
        """Yield the documents, each once."""
        for each in self._spooled.items():
            place = len(self._places)
            self._places.append(each.place if isinstance(each, Document) else -1)
            if isinstance(each, Document | Skipped):
                yield replace(each, place=place)

    def again(self, places: Sequence[int]) -> Iterator[Document | Skipped]:
        """Yield documents again."""
        read = self._spooled.again([self._places[place] for place in places])
        for place, each in zip(places, read, strict=True):
            if isinstance(each, Document):
                yield replace(each, place=place)


def sequence(rows: Sequence[Any], make: Maker) -> Rows:
    """Return the rows of a sequence, which is not copied."""
    if isinstance(rows, list | tuple):
        return Rows(len(rows), lambda start, stop: rows[start:stop], make)
    return Rows(len(rows), lambda start, stop: [rows[i] for i in range(start, stop)], make)


def mapping(texts: Mapping[str, str], make: Maker) -> Rows:
    """Return the texts of a mapping by their ids, as pairs."""
    ids = list(texts)
    return Rows(len(ids), lambda start, stop: [(i, texts[i]) for i in ids[start:stop]], make)


class Made:
    """Makes documents of what is handed over, each by its kind; records by their fields.

    Raises :class:`~dedup.errors.UsageError` for what is no text, and for records in which no
    field with a text can be guessed.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._fields: Fields | None = None

    def __call__(self, row: Any, place: int) -> Document | Skipped:
        """Return the document that a row is, or why it is none."""
        if isinstance(row, Mapping):
            return self.of_record(row, place)
        if isinstance(row, os.PathLike):
            from dedup.source.readers import read

            reading = self._reading
            return read(os.fspath(row), encoding=reading.encoding, encodings=reading.encodings)
        return document_of(row, str(place))

    def of_record(self, record: Mapping[str, Any], place: int) -> Document | Skipped:
        """Return the document that a record holds; without an id its position is one."""
        if self._fields is None:
            self._fields = decided(list(record), self._reading)
        made = not_garbled(self._fields.document(record, Where("", place)))
        return replace(made, id=self._fields.id_of(record) or str(place), path=None)


def decided(names: Sequence[str], reading: Reading) -> Fields:
    """Return the fields to read of records that have these; raises where no guess fits."""
    fields = fields_of(names, reading)
    if fields is None:
        raise UsageError(
            message(
                "the records have no field that is sure to hold the text: {names}",
                names=listed(names),
            ),
            hint=message('name it: text_field="…"'),
        )
    return fields


def document_of(given: Any, name: str) -> Document:
    """Return a text, an (id, text) pair or a document as a document; ``name`` is the id else."""
    if isinstance(given, Document):
        return given
    if isinstance(given, str):
        return Document(name, given)
    match given:
        case (str(own), str(text)):
            return Document(own, text)
    raise no_text(given)


def no_text(given: object) -> UsageError:
    """Return the error for what is no text."""
    kind = type(given).__name__
    if isinstance(given, tuple):
        kind = f"({', '.join(type(each).__name__ for each in given)})"
    return UsageError(
        message("{kind} is not a text", kind=kind),
        hint=message("pass a string, an (id, text) pair, a record, a Document or a Path"),
    )

"""Fields of a record: paths to them, guesses where none are named, and the document they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.source.dates import date_of
from dedup.text.metadata.lines import LINE_ENDS, line_breaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dedup.messages import Message
    from dedup.source.reading import Reading

#: Names of the field with the text, and of the one with the id, the likeliest first.
TEXT_GUESSES = ("text", "content", "正文", "内容", "body", "article")
ID_GUESSES = ("id", "_id", "doc_id", "uid", "url")
#: Fields that say whose words stand beside them.
ROLES = ("role", "from", "speaker")
#: Between the texts of several fields.
BETWEEN = "\n\n"
#: So many names of fields are listed where none fits.
_LISTED = 10


class Where(NamedTuple):
    """The record: the file it is in, its number there, and how that was read."""

    path: str
    place: int
    encoding: str | None = None
    confidence: float = 1.0
    mtime: float | None = None

    @property
    def id(self) -> str:
        """What a record without an id of its own is called."""
        return f"{self.path}:{self.place}"

    def skipped(self, reason: str, detail: Message, *, error: bool = False) -> Skipped:
        """Return the record of a record that is not compared."""
        return Skipped(self.id, self.path, reason, detail, error=error, place=self.place)


@dataclass(slots=True)
class Fields:
    """Which fields of the records of a file are read; ``guessed`` tells which were guessed.

    ``seen`` are those paths to the text and the id that a record had.
    """

    text: tuple[str, ...]
    id: str | None
    date: str | None
    score: str | None = None
    guessed: tuple[str, ...] = ()
    seen: set[str] = field(default_factory=set)

    @property
    def wanted(self) -> tuple[str, ...]:
        """All paths that are read."""
        return tuple(path for path in (*self.text, self.id, self.date, self.score) if path)

    @property
    def unseen(self) -> tuple[str, ...]:
        """The paths to the text, and to the id, that no record had."""
        wanted = (*self.text, self.id) if self.id else self.text
        return tuple(path for path in wanted if path not in self.seen)

    def document(self, record: Mapping[str, Any], where: Where) -> Document | Skipped:
        """Return the document that a record holds, or why it is none; it may be garbled."""
        text = record.get(self.text[0]) if len(self.text) == 1 else None
        sections: tuple[tuple[str, int, int], ...] = ()
        if type(text) is str and text:
            if self.text[0] not in self.seen:
                self.seen.add(self.text[0])
        else:
            joined = self._joined(record, where)
            if isinstance(joined, Skipped):
                return joined
            text = BETWEEN.join(piece for _, piece in joined)
            sections = _sections(joined) if len(joined) > 1 else ()
        return Document(
            self.id_of(record) or where.id,
            text,
            where.path,
            where.encoding,
            confidence=where.confidence,
            mtime=where.mtime,
            place=where.place,
            date=date_of(next(values(record, self.date), None)) if self.date else None,
            score=self.score_of(record) if self.score else None,
            sections=sections,
        )

    def _joined(self, record: Mapping[str, Any], where: Where) -> list[tuple[str, str]] | Skipped:
        """Return the texts of all fields with the names of these, or why there are none."""
        pieces: list[tuple[str, str]] = []
        seen = 0
        for path in self.text:
            found = list(_named(record, path, path))
            if found:
                seen += 1
                self.seen.add(path)
            for name, value in found:
                if isinstance(value, str):
                    if value:
                        pieces.append((name, value))
                elif value is not None:
                    return _no_text(where, path, value)
        if not seen:
            return _no_field(where, self.text, record)
        if not pieces:
            return where.skipped("no-text", message("it holds no text to compare"))
        return pieces

    def score_of(self, record: Mapping[str, Any]) -> float | None:
        """Return the number in the field that documents are kept by; None where it has none."""
        return _number(next(values(record, self.score), None)) if self.score else None

    def id_of(self, record: Mapping[str, Any]) -> str | None:
        """Return the id that a record gives itself; None where it has none."""
        if self.id is None:
            return None
        value = record.get(self.id)
        if value is None:
            value = next(values(record, self.id), None)
        if value is not None and self.id not in self.seen:
            self.seen.add(self.id)
        if isinstance(value, bool) or not isinstance(value, str | int):
            return None
        return str(value) or None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def fields_of(names: Sequence[str], reading: Reading) -> Fields | None:
    """Return the fields to read where the first record has these; None where no guess fits."""
    guessed: list[str] = []
    text = reading.text_fields
    if not text:
        text = tuple(name for name in TEXT_GUESSES if name in names)[:1]
        guessed += text
    own = reading.id_field
    if own is None:
        own = next((name for name in ID_GUESSES if name in names), None)
        guessed += [own] if own else []
    if not text:
        return None
    return Fields(text, own, reading.date_field, reading.score_field, tuple(guessed))


def values(record: Any, path: str) -> Iterator[Any]:
    """Yield what stands at a path; of a list, what its members are or have there.

    A name with a dot in it goes before a path; ``*`` is every member of a list or object.
    """
    return (value for _, value in _named(record, path, path))


def _named(record: Any, path: str, name_of_it: str) -> Iterator[tuple[str, Any]]:
    """Yield the same, each with the role beside it, or the name given."""
    if isinstance(record, dict) and path in record:
        beside = () if path == name_of_it else ROLES
        role = next((record[key] for key in beside if isinstance(record.get(key), str)), "")
        for value in _members(record[path]):
            yield role or name_of_it, value
        return
    name, dot, rest = path.partition(".")
    if name == "*":
        inner = record.values() if isinstance(record, dict) else record
        members = list(inner) if isinstance(record, dict | list) else []
    elif isinstance(record, dict):
        members = [record[name]] if name in record else []
    elif isinstance(record, list) and name.lstrip("-").isdigit():
        members = record[int(name) :][:1]
    else:
        members = []
    for member in members:
        if dot:
            yield from _named(member, rest, name_of_it)
        else:
            for value in _members(member):
                yield name_of_it, value


def _sections(pieces: Sequence[tuple[str, str]]) -> tuple[tuple[str, int, int], ...]:
    """Return which lines each piece takes where all are joined."""
    sections: list[tuple[str, int, int]] = []
    line = 1
    for name, text in pieces:
        last = line + line_breaks(text, 0, len(text.rstrip(LINE_ENDS)))
        sections.append((name, line, last))
        line += line_breaks(text + BETWEEN, 0, len(text) + len(BETWEEN))
    return tuple(sections)


def _members(value: Any) -> Iterator[Any]:
    """Yield a value; a list of texts as its texts."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        yield from value or [None]
    else:
        yield value


def _no_text(where: Where, path: str, value: Any) -> Skipped:
    kinds = {dict: message("an object"), list: message("a list"), bool: message("true or false")}
    kind = kinds.get(type(value), message("a number"))
    detail = message("{field} is {kind}, not a text", field=path, kind=kind)
    return where.skipped("not-a-text", detail, error=True)


def _no_field(where: Where, wanted: Sequence[str], record: Mapping[str, Any]) -> Skipped:
    detail = message(
        "has no field {wanted}; it has {names}", wanted=", ".join(wanted), names=listed(record)
    )
    return where.skipped("no-field", detail, error=True)


def no_guess(names: Mapping[str, Any] | Sequence[str]) -> Message:
    """Return why the fields with these names tell of no text."""
    return message(
        "has no field {wanted}, but {names}; name the one with the text: --text-field NAME",
        wanted=", ".join(TEXT_GUESSES),
        names=listed(names),
    )


def listed(names: Mapping[str, Any] | Sequence[str]) -> str:
    """Return the first names of fields, for people."""
    shown = [str(name)[:40] for name in list(names)[:_LISTED]]
    return ", ".join(shown) + (", …" if len(names) > _LISTED else "")

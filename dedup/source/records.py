"""A file of records as a shard."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Protocol

from dedup.errors import EncodingError
from dedup.model import Document, Skipped
from dedup.source.compression import read_errors
from dedup.source.fields import Fields, Where, fields_of, no_guess
from dedup.source.opening import broken, opened
from dedup.source.units import record_of, units

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from dedup.source.opening import Source
    from dedup.source.reading import Reading


class Cutter(Protocol):
    """Cuts a stream into records and parses them."""

    encoding: str | None
    confidence: float
    end: bytes

    def cut(self, stream: IO[bytes]) -> Generator[tuple[int, bytes], None, None]:
        """Yield all bytes: of each record, with its number; 0 for what belongs to none."""

    def parse(self, raw: bytes, where: Where) -> dict[str, Any] | Skipped:
        """Return a record, or why there is none; called in several threads."""


class Records:
    """The records of a file that is cut into them: a shard, and its bytes for who writes it.

    ``fields`` are those that are read, once the first record is; ``fault`` is what ended the
    reading early.
    """

    def __init__(
        self, source: Source, cutter: Cutter, reading: Reading, *, named: bool = True
    ) -> None:
        self.name = source.path
        self.compression = source.compression
        self.suffixes = PurePosixPath(source.path).suffixes
        self.fields: Fields | None = None
        self.fault: Skipped | None = None
        self.source = source
        self.cutter = cutter
        self._reading = reading
        self._named = named
        self._mtime = source.mtime

    def items(self) -> Iterator[Document | Skipped | UnreadRecord]:
        """Yield records that are still to be parsed, and at the end what ended them early."""
        yield from self._split(self._unread(None))
        if self.fault is not None:
            yield self.fault

    def again(self, places: Sequence[int]) -> Iterator[Document | Skipped | UnreadRecord]:
        """Yield the records at ``places``."""
        wanted = frozenset(places)
        for each in self._split(self._unread(frozenset(map(self._record_of, places)))):
            if isinstance(each, Skipped) or each.place in wanted:
                yield each

    def raw(self) -> Iterator[tuple[int, bytes]]:
        """Yield (place, bytes) of each record with its line end, in order; every byte once.

        Place 0 is for what belongs to no record: marks, headers, blank lines, and a last record
        that was cut short. Ends early where the file does; :attr:`fault` then says why.
        """
        self.fault = None
        at = 0
        held: tuple[int, bytes] | None = None
        try:
            with opened(self.source) as stream, closing(self.cutter.cut(stream)) as pieces:
                for piece in pieces:
                    if held is not None:
                        at = held[0] or at
                        yield held
                    held = piece
        except read_errors() as error:
            whole = held is None or held[1].endswith(self.cutter.end)
            at = at if held is None or not whole else held[0] or at
            self.fault = broken(self.name, self.name, error, place=at)
            held = held if held is None or whole else (0, held[1])
        except EncodingError as error:
            self.fault = Skipped(self.name, self.name, "undecodable", error.message, error=True)
        if held is not None:
            yield held

    def unread(self, place: int, raw: bytes) -> UnreadRecord:
        """Return the record with these bytes at ``place``, to be parsed in a worker."""
        return UnreadRecord(self, place, raw)

    def parse(self, place: int, raw: bytes) -> Document | Skipped:
        """Return the document that the bytes of a record are."""
        where = self._where(place)
        record = self.cutter.parse(raw, where)
        if isinstance(record, Skipped):
            return record
        fields = self.fields or self._decide(record)
        return fields.document(record, where) if fields else self._no_guess(record)

    def _unread(self, wanted: frozenset[int] | None) -> Iterator[UnreadRecord]:
        """Yield the records, or those wanted; the first that can be parsed decides the fields."""
        last = max(wanted, default=0) if wanted is not None else None
        for place, raw in self.raw():
            if not place:
                continue
            if last is not None and place > last:
                return
            if self.fields is None:
                record = self.cutter.parse(raw, self._where(place))
                if isinstance(record, dict) and self._decide(record) is None:
                    self.fault = self._no_guess(record)
                    return
            if wanted is None or place in wanted:
                yield UnreadRecord(self, place, raw)

    def _decide(self, record: dict[str, Any]) -> Fields | None:
        self.fields = fields_of(list(record), self._reading)
        return self.fields

    def _split(
        self, records: Iterable[UnreadRecord]
    ) -> Iterator[Document | Skipped | UnreadRecord]:
        if self._reading.split == "document":
            yield from records
            return
        for each in records:
            found = each.read()
            if isinstance(found, Skipped):
                yield found
            else:
                yield from units(found, self._reading.split)

    def _record_of(self, place: int) -> int:
        return place if self._reading.split == "document" else record_of(place)

    def _where(self, place: int) -> Where:
        cutter = self.cutter
        return Where(self.name, place, cutter.encoding, cutter.confidence, self._mtime)

    def _no_guess(self, record: dict[str, Any]) -> Skipped:
        detail = no_guess(record)
        return Skipped(self.name, self.name, "no-field", detail, error=self._named)


@dataclass(frozen=True, slots=True)
class UnreadRecord:
    """A record that is still to be parsed."""

    shard: Records
    place: int
    raw: bytes

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.raw)

    def read(self) -> Document | Skipped:
        """Parse it."""
        return self.shard.parse(self.place, self.raw)

"""A file of records as a shard."""

from __future__ import annotations

from bisect import bisect_left
from contextlib import closing
from functools import partial
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, Protocol

from dedup.engine.shards import Run, read_items
from dedup.errors import EncodingError
from dedup.model import Document, Skipped
from dedup.source.blocks import BLANK, checked, last, lines_of, records_of
from dedup.source.compression import read_errors
from dedup.source.fields import Fields, Where, fields_of, no_guess
from dedup.source.opening import broken, opened, opened_twofold
from dedup.source.units import record_of, units
from dedup.source.usual import Parser

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from dedup.engine.shards import RunRead, RunTexts
    from dedup.source.blocks import Block, Raw
    from dedup.source.opening import Source
    from dedup.source.reading import Reading


class Cutter(Protocol):
    """Cuts a stream into records and parses them.

    ``quick`` parses most records faster than ``parse``, and raises ValueError for all others.
    """

    encoding: str | None
    confidence: float
    end: bytes
    quick: Callable[[Raw], object] | None

    def cut(self, stream: IO[bytes]) -> Generator[tuple[int, bytes], None, None]:
        """Yield all bytes: of each record, with its number; 0 for what belongs to none."""

    def blocks(self, stream: IO[bytes]) -> Generator[tuple[int, int, Block], None, None]:
        """Yield the records without what belongs to none, many together.

        With each block the number of the first, and how many there are, blank lines too. Where
        reading fails, what was read of the last record is left out.
        """

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
        self.at = 0
        self.source = source
        self.cutter = cutter
        self._reading = reading
        self._named = named
        self._mtime = source.mtime

    @property
    def size(self) -> int | None:
        """Bytes of the file as they are stored; of these, ``at`` have been read."""
        return self.source.size

    def items(self) -> Iterator[Document | Skipped | Run]:
        """Yield records that are still to be parsed, and at the end what ended them early."""
        yield from self._split(self._runs(None))
        if self.fault is not None:
            yield self.fault

    def again(self, places: Sequence[int]) -> Iterator[Document | Skipped | Run]:
        """Yield the records at ``places``."""
        if self._reading.split == "document":
            yield from self._runs(places)
            return
        wanted = frozenset(places)
        for each in self._split(self._runs(sorted(set(map(record_of, places))))):
            if isinstance(each, Document) and each.place in wanted:
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

    def parse(self, place: int, raw: bytes) -> Document | Skipped:
        """Return the document that the bytes of a record are; it may be garbled."""
        where = self._where(place)
        record = self.cutter.parse(raw, where)
        if isinstance(record, Skipped):
            return record
        fields = self.fields or self._decide(record)
        return fields.document(record, where) if fields else self._no_guess(record)

    def _runs(self, wanted: Sequence[int] | None) -> Iterator[Run]:
        """Yield runs of records, or of those wanted, which ascend."""
        at = 0
        for first, lines, block in self._blocks():
            if wanted is None:
                texts = partial(self._texts, first, block)
                yield Run(partial(self._read, first, block, None), texts)
                continue
            end = bisect_left(wanted, first + lines, at)
            if end > at:
                yield Run(partial(self._read, first, block, wanted[at:end]))
            at = end
            if at == len(wanted):
                return

    def _read(self, first: int, block: Block, wanted: Sequence[int] | None) -> RunRead:
        """Parse a block of which ``first`` is the number of the first record."""
        rows = None if wanted is None else [place - first for place in wanted]
        records = records_of(block, rows)
        places = range(first, first + len(records)) if wanted is None else wanted
        return checked(self._parser().documents(places, records))

    def _texts(self, first: int, block: Block) -> RunTexts:
        """Parse a block for its texts alone."""
        records = records_of(block)
        return self._parser().texts(range(first, first + len(records)), records)

    def _parser(self) -> Parser:
        return Parser(self.parse, self.cutter.quick, self.fields, self._where(0))

    def _blocks(self) -> Iterator[tuple[int, int, Block]]:
        """Yield blocks of records, up to the one that tells that there is no text in them.

        The first that can be parsed decides the fields.
        """
        self.fault = None
        at = 0
        told = self.source.size is not None
        try:
            with (
                opened_twofold(self.source) as (stream, stored),
                closing(self.cutter.blocks(stream)) as blocks,
            ):
                for first, count, block in blocks:
                    self.at = stored.tell() if told else 0
                    at = last(first, count, block) or at
                    ends = self._fields_end(first, block) if self.fields is None else None
                    if ends is None:
                        yield first, count, block
                        continue
                    lines = block.split(b"\n") if isinstance(block, bytes) else block
                    yield first, ends - first, lines[: ends - first]
                    return
        except read_errors() as error:
            self.fault = broken(self.name, self.name, error, place=at)
        except EncodingError as error:
            self.fault = Skipped(self.name, self.name, "undecodable", error.message, error=True)

    def _fields_end(self, first: int, block: Block) -> int | None:
        """Decide the fields; return the place of the record that has none of those guessed."""
        for place, raw in enumerate(lines_of(block), first):
            record = self.cutter.parse(raw, self._where(place)) if raw.strip(BLANK) else None
            if isinstance(record, dict):
                if self._decide(record) is not None:
                    return None
                self.fault = self._no_guess(record)
                return place
        return None

    def _decide(self, record: dict[str, Any]) -> Fields | None:
        self.fields = fields_of(list(record), self._reading)
        return self.fields

    def _split(self, runs: Iterable[Run]) -> Iterator[Document | Skipped | Run]:
        """Cut what is read into units, where these are asked for."""
        if self._reading.split == "document":
            yield from runs
            return
        for found in read_items(runs):
            if isinstance(found, Skipped):
                yield found
            else:
                yield from units(found, self._reading.split)

    def _where(self, place: int) -> Where:
        cutter = self.cutter
        return Where(self.name, place, cutter.encoding, cutter.confidence, self._mtime)

    def _no_guess(self, record: dict[str, Any]) -> Skipped:
        detail = no_guess(record)
        return Skipped(self.name, self.name, "no-field", detail, error=self._named)

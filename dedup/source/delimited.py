"""CSV and TSV: one record a row, named by the header; in any encoding."""

from __future__ import annotations

import csv
import re
from collections import deque
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from dedup.errors import EncodingError
from dedup.messages import message
from dedup.source.blocks import grouped
from dedup.source.compression import chunks, read_errors
from dedup.source.lines import lines
from dedup.source.readers import encoding_for
from dedup.text.codec import decode_strictly
from dedup.text.encoding import Decoded, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from dedup.model import Skipped
    from dedup.source.blocks import Raw
    from dedup.source.fields import Where
    from dedup.source.reading import Reading

#: Bytes that are looked at for the encoding.
_SAMPLE = 1 << 18
#: What a cell may hold, in characters: the module's own bound is less than a long article.
_CELL = (1 << 31) - 1
#: A row of more bytes than this has a quotation mark too many.
LONGEST = 1 << 25
_WIDE = frozenset({"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
_DELIMITERS = ",;\t"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Delimited:
    """Cuts a stream into rows and parses them; ``delimiter`` None has it seen from the header.

    Fields called ``#1``, ``#2`` are columns of a file without a header.
    """

    def __init__(self, path: str, delimiter: str | None, reading: Reading) -> None:
        self.encoding: str | None = None
        self.confidence = 1.0
        self.end = b"\n"
        self.quick: Callable[[Raw], object] | None = None
        self._asked = reading.encoding or encoding_for(path, reading.encodings)
        self._given = delimiter
        self._delimiter = delimiter or ","
        self._headless = any(name.startswith("#") for name in reading.text_fields)
        self._header: list[str] | None = None
        csv.field_size_limit(max(_CELL, csv.field_size_limit()))

    def cut(self, stream: IO[bytes]) -> Generator[tuple[int, bytes], None, None]:
        """Yield rows with their numbers; 0 for the header, blank lines and the mark.

        Raises :class:`~dedup.errors.EncodingError` where the header is in no known encoding.
        """
        sample, pieces = _peeked(chunks(stream))
        mark = self._detect(sample)
        if mark:
            yield 0, mark
        self._header = None
        number = 0
        for row in self._rows(lines(_without(mark, pieces), self.end)):
            if not row.strip(b" \t\r\n\0"):
                yield 0, row
            elif self._header is None and not self._headless:
                self._name(row)
                yield 0, row
            else:
                number += 1
                yield number, row

    def blocks(self, stream: IO[bytes]) -> Generator[tuple[int, int, list[bytes]], None, None]:
        """Yield rows, many together, with the number of the first, and how many they are."""
        return grouped(self.cut(stream), self.end)

    def parse(self, raw: bytes, where: Where) -> dict[str, Any] | Skipped:
        """Return the cells of a row by the names of their columns, or why it is none."""
        try:
            text = decode_strictly(raw, self._codec)
        except UnicodeDecodeError as error:
            detail = message(
                "byte {byte} at offset {offset} is not {encoding}",
                byte=f"0x{raw[error.start]:02x}",
                offset=error.start,
                encoding=self.encoding,
            )
            return where.skipped("undecodable", detail, error=True)
        row = _row(_LINE.findall(text), self._delimiter)
        if row is None:
            why = message("a quotation mark is opened and never closed")
            return where.skipped("not-a-row", why, error=True)
        if isinstance(row, csv.Error):
            return where.skipped("not-a-row", message("no row: {why}", why=str(row)), error=True)
        names = self._header
        if names is None:
            return {f"#{number}": cell for number, cell in enumerate(row, 1)}
        if any(row[len(names) :]):
            detail = message(
                "{count} cells under {names} columns", count=len(row), names=len(names)
            )
            return where.skipped("not-a-row", detail, error=True)
        return dict(zip(names, row, strict=False))

    @property
    def delimiter(self) -> str:
        """What stands between cells, once the header is read."""
        return self._delimiter

    @property
    def headless(self) -> bool:
        """Whether the first row is a record."""
        return self._headless

    @property
    def _codec(self) -> str:
        return (self.encoding or "utf-8").removesuffix("-sig")

    def _detect(self, sample: bytes) -> bytes:
        """Decide on the encoding by the beginning, less and less of it; return its mark."""
        decoded = _decoded(sample, self._asked)
        self.encoding, self.confidence = decoded.encoding, decoded.confidence
        self.end = "\n".encode(self._codec)
        mark = "\ufeff".encode(self._codec) if self._codec != "big5" else b""
        return mark if mark and sample.startswith(mark) else b""

    def _name(self, row: bytes) -> None:
        try:
            text = decode_strictly(row, self._codec)
        except UnicodeDecodeError:
            text = row.decode(self._codec, "replace")
        if self._given is None:
            self._delimiter = max(_DELIMITERS, key=text.count)
        self._header = [
            name.strip() for name in next(csv.reader([text], delimiter=self._delimiter), [])
        ]

    def _rows(self, physical: Iterator[bytes]) -> Iterator[bytes]:
        """Yield rows; a line in which a quotation is never closed is one by itself."""
        waiting: deque[bytes] = deque()
        failed: list[Exception] = []
        more = _until_failure(physical, failed)
        codec = self._codec if self._codec in _WIDE else "latin-1"  # same bytes for its marks
        while True:
            line = waiting.popleft() if waiting else next(more, None)
            if line is None:
                break
            if b'"' not in line:
                yield line
                continue
            taken: list[bytes] = []
            row = _row(_text(_taking(line, waiting, more, taken), codec), self._delimiter)
            if row is None and len(taken) > 1:
                waiting.extendleft(reversed(taken[1:]))
                yield line
            else:
                yield b"".join(taken)
        if failed:
            raise failed[0]


def _decoded(sample: bytes, asked: str | None) -> Decoded:
    """Decode as much of the beginning as is text; raises EncodingError for the header."""
    size = len(sample)
    while True:
        # up to a line end, and for encodings of two and four bytes up to a character's
        ends = (size, sample.rfind(b"\n", 0, size) + 1, size - size % 4)
        for end in ends if size else (0,):
            with suppress(EncodingError):
                return decode(sample[:end], encoding=asked)
        if b"\n" not in sample[: size // 2]:
            return decode(sample[: sample.find(b"\n") + 1 or None], encoding=asked)
        size //= 2


def _row(text: Iterable[str], delimiter: str) -> list[str] | csv.Error | None:
    """Return the row that begins with these lines; None where a quotation does not end in them."""
    feed = _Feed(text)
    try:
        row = next(csv.reader(feed, delimiter=delimiter), [])
    except csv.Error as error:
        return error
    return None if feed.ran_out else row


class _Feed:
    """Lines, as far as they are asked for; ``ran_out`` tells that there were too few."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.ran_out = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            return next(self._lines)
        except StopIteration:
            self.ran_out = True
            raise


def _taking(
    first: bytes, waiting: deque[bytes], more: Iterator[bytes], taken: list[bytes]
) -> Iterator[bytes]:
    """Yield a line and those after it, up to the longest row; note in ``taken`` what was."""
    line: bytes | None = first
    size = 0
    while line is not None and size < LONGEST:
        taken.append(line)
        size += len(line)
        yield line
        line = waiting.popleft() if waiting else next(more, None)
    if line is not None:
        taken.append(line)


def _text(raw: Iterable[bytes], codec: str) -> Iterator[str]:
    return (line.decode(codec, "replace") for line in raw)


def _until_failure(physical: Iterator[bytes], failed: list[Exception]) -> Iterator[bytes]:
    """Yield lines until reading fails; that is kept for when these are used up."""
    try:
        yield from physical
    except read_errors() as error:
        failed.append(error)


def _peeked(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Return the beginning of a stream, and all of it."""
    gathered: list[bytes] = []
    failed: list[Exception] = []
    size = 0
    try:
        while size < _SAMPLE and (piece := next(pieces, b"")):
            gathered.append(piece)
            size += len(piece)
    except read_errors() as error:
        failed.append(error)
    sample = b"".join(gathered)

    def everything() -> Iterator[bytes]:
        yield sample
        if failed:
            raise failed[0]
        yield from pieces

    return sample, everything()


def _without(mark: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield next(pieces, b"")[len(mark) :]
    yield from pieces

"""JSON files: an array of records, one record, or one after the other; in UTF-8."""

from __future__ import annotations

import codecs
import re
from typing import IO, TYPE_CHECKING

from dedup.source.blocks import grouped
from dedup.source.compression import chunks
from dedup.source.jsonlines import JsonLines

if TYPE_CHECKING:
    from collections.abc import Generator

    from dedup.source.blocks import Block

#: What opens and closes; whole strings, in which nothing does; and one that does not end yet.
_STRUCTURE = re.compile(
    rb'(?P<string>"[^"\\]*(?:\\.[^"\\]*)*")|(?P<begun>")|(?P<open>[\[{])|[\]}]', re.DOTALL
)
_BETWEEN = b" \t\r\n,"
_NO_RECORD = (b"", b"[", b"]", codecs.BOM_UTF8)


class JsonRecords(JsonLines):
    """Cuts a stream into the members of its outermost array, or into the objects it consists of.

    It holds no more of the stream than one record and what is read at once. What of an array are
    no objects or arrays makes one record together, which is none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.end = b""

    def cut(self, stream: IO[bytes]) -> Generator[tuple[int, bytes], None, None]:
        """Yield records with their numbers; 0 for what stands around and between them.

        Raises ``EOFError`` where the last one, or the array, does not end.
        """
        cutting = _Cutting()
        number = 0
        for piece in chunks(stream):
            for raw in cutting.feed(piece):
                record = raw.strip(_BETWEEN) not in _NO_RECORD
                number += record
                yield (number if record else 0), raw
        if cutting.open:
            yield 0, cutting.rest
            raise EOFError
        if cutting.rest:
            yield (0 if cutting.rest.strip(_BETWEEN) in _NO_RECORD else number + 1), cutting.rest

    def blocks(self, stream: IO[bytes]) -> Generator[tuple[int, int, Block], None, None]:
        """Yield records, many together, with the number of the first, and how many they are."""
        return grouped(self.cut(stream), self.end)


class _Cutting:
    """Where in the structure the stream stands; ``rest`` is what was not given out yet."""

    def __init__(self) -> None:
        self.rest = b""
        self._depth = 0  # within a record
        self._seen = 0  # of the rest
        self._in_array = False
        self._in_string = False

    @property
    def open(self) -> bool:
        """Whether something was opened and not closed."""
        return self._in_array or self._depth > 0 or self._in_string

    def feed(self, piece: bytes) -> Generator[bytes, None, None]:
        """Take a piece, and yield all that is whole: records, brackets, and what is between."""
        self.rest += piece
        start, at = 0, self._seen
        self._in_string = False
        while (found := _STRUCTURE.search(self.rest, at)) is not None:
            if found["begun"]:
                self._in_string = True
                at = found.start()
                break
            at = found.end()
            if found["string"]:
                continue
            if self._depth == 0:
                yield from filter(None, [self.rest[start : found.start()]])
                start = found.start()
            if found["open"] and (self._depth or self._in_array or found[0] == b"{"):
                self._depth += 1
                continue
            if self._depth:
                self._depth -= 1
            else:  # the outermost array begins or ends, or what was never opened does
                self._in_array = bool(found["open"])
            if self._depth == 0:
                yield self.rest[start:at]
                start = at
        else:
            at = len(self.rest)
        self.rest = self.rest[start:]
        self._seen = at - start

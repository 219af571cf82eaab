"""JSON lines: one record a line (https://jsonlines.org), in UTF-8."""

from __future__ import annotations

import codecs
import json
from typing import IO, TYPE_CHECKING, Any

import orjson

from dedup.messages import message
from dedup.source.blocks import line_blocks
from dedup.source.compression import chunks
from dedup.source.lines import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from dedup.model import Skipped
    from dedup.source.blocks import Block, Raw
    from dedup.source.fields import Where

_BLANK = b" \t\r\n"


class JsonLines:
    """Cuts a stream into lines and parses them."""

    def __init__(self) -> None:
        self.encoding: str | None = "utf-8"
        self.confidence = 1.0
        self.end = b"\n"
        self.quick: Callable[[Raw], object] | None = orjson.loads

    def cut(self, stream: IO[bytes]) -> Generator[tuple[int, bytes], None, None]:
        """Yield lines with their numbers and line ends; 0 for what is no record."""
        for number, line in enumerate(lines(chunks(stream)), 1):
            if number == 1 and line.startswith(codecs.BOM_UTF8):
                yield 0, codecs.BOM_UTF8
                line = line[len(codecs.BOM_UTF8) :]  # noqa: PLW2901
            if line:
                yield (number if line.strip(_BLANK) else 0), line

    def blocks(self, stream: IO[bytes]) -> Generator[tuple[int, int, Block], None, None]:
        """Yield runs of whole lines, with the number of the first, and how many they are."""
        first = 1
        for lines_of_it, block in line_blocks(chunks(stream)):
            if first == 1 and block.startswith(codecs.BOM_UTF8):
                block = block[len(codecs.BOM_UTF8) :]  # noqa: PLW2901
            yield first, lines_of_it, block
            first += lines_of_it

    def parse(self, raw: bytes, where: Where) -> dict[str, Any] | Skipped:
        """Return the record on a line, or why there is none."""
        try:
            record = _loaded(raw)
        except UnicodeDecodeError as error:
            detail = message(
                "byte {byte} at offset {offset} is not {encoding}",
                byte=f"0x{raw[error.start]:02x}",
                offset=error.start,
                encoding="UTF-8",
            )
            return where.skipped("undecodable", detail, error=True)
        except (ValueError, RecursionError) as error:
            return where.skipped("not-json", message("not JSON: {why}", why=str(error)), error=True)
        if not isinstance(record, dict):
            return where.skipped("not-a-record", message("JSON, but no object"), error=True)
        return record


def _loaded(raw: bytes) -> Any:
    """Parse JSON, fast; what orjson refuses and Python takes (lone surrogates, NaN) is taken."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return json.loads(raw.decode("utf-8"))

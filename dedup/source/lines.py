"""Lines of a stream of bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.source.compression import read_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE_END = b"\n"


def lines(pieces: Iterable[bytes], end: bytes = _LINE_END) -> Iterator[bytes]:
    """Yield lines with their ends, of which the last may lack its own.

    ``end`` is a line feed in the encoding of the text, whose units are as long as it is. Where
    reading fails, what was read of the last line comes first, and then the error.
    """
    rest: list[bytes] = []
    failed: Exception | None = None
    try:
        for piece in pieces:
            found = piece.split(_LINE_END) if len(end) == 1 else _split(b"".join(rest), piece, end)
            if len(end) > 1:
                rest = []
            rest.append(found[0])
            if len(found) == 1:
                continue
            yield b"".join(rest) + end
            for line in found[1:-1]:
                yield line + end
            rest = [found[-1]]
    except read_errors() as error:
        failed = error
    last = b"".join(rest)
    if last:
        yield last
    if failed is not None:
        raise failed


def _split(rest: bytes, piece: bytes, end: bytes) -> list[bytes]:
    """Split at line feeds that begin at a unit of the encoding."""
    whole = rest + piece
    found, start, at = [], 0, 0
    while (at := whole.find(end, at)) >= 0:
        if at % len(end):
            at += 1
            continue
        found.append(whole[start:at])
        start = at = at + len(end)
    return [*found, whole[start:]]

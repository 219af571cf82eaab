"""Records in a row, which a worker parses together."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.shards import RunRead
from dedup.model import Document, Skipped
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import may_be_garbled
from dedup.source.compression import read_errors
from dedup.source.reader import garbled_document
from dedup.text.garbled import is_garbled

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

#: Bytes of a block, about, and the most records of one.
BLOCK = 3 << 19
MOST_LINES = 4096
#: What a line without a record consists of.
BLANK = b" \t\r\n"
#: Bytes at the end of a block that hold something else than blanks, in all likelihood.
_TAIL = 64
_LINE_END = ord("\n")
#: Records in a row: as bytes, one on each line, or cut already.
Block = bytes | list[bytes]
#: A record of a block: its bytes, or where they are.
Raw = bytes | memoryview


def line_blocks(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield whole lines, many together, and how many; the last one may lack its end.

    A block has at most :data:`MOST_LINES`. Where reading fails, what was read of the last line is
    left out.
    """
    rest: list[bytes] = []
    size = 0
    failed: Exception | None = None
    try:
        for piece in pieces:
            rest.append(piece)
            size += len(piece)
            if size < BLOCK or b"\n" not in piece:
                continue
            cut = piece.rfind(b"\n") + 1
            rest[-1] = piece[:cut]
            yield from _of_few_lines(b"".join(rest))
            rest, size = [piece[cut:]], len(piece) - cut
    except read_errors() as error:
        failed = error
    whole = b"".join(rest)
    if failed is not None:
        whole = whole[: whole.rfind(b"\n") + 1]
    if whole:
        yield from _of_few_lines(whole)
    if failed is not None:
        raise failed


def _of_few_lines(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield a block and how many lines it has, or parts of it with fewer."""
    ends = _line_ends(block)
    if ends < MOST_LINES:
        yield ends + (not block.endswith(b"\n")), block
        return
    stops = (np.flatnonzero(_is_line_end(block))[MOST_LINES - 1 :: MOST_LINES] + 1).tolist()
    for start, stop in pairwise([0, *stops]):
        yield MOST_LINES, block[start:stop]
    rest = block[stops[-1] :]
    if rest:
        yield _line_ends(rest) + (not rest.endswith(b"\n")), rest


def _line_ends(block: bytes) -> int:
    return int(np.count_nonzero(_is_line_end(block)))


def _is_line_end(block: bytes) -> NDArray[np.bool_]:
    # bytes.count takes four times as long
    ends: NDArray[np.bool_] = np.frombuffer(block, dtype=np.uint8) == _LINE_END
    return ends


def grouped(
    records: Iterable[tuple[int, bytes]], end: bytes
) -> Generator[tuple[int, int, list[bytes]], None, None]:
    """Yield records that were cut, with what belongs to none, as blocks of records.

    With each the number of the first, and how many there are.
    """
    block: list[bytes] = []
    first, size = 1, 0
    failed: Exception | None = None
    try:
        for place, raw in records:
            if not place:
                continue
            if size >= BLOCK or len(block) >= MOST_LINES:
                yield first, len(block), block
                first, size, block = place, 0, []
            block.append(raw)
            size += len(raw)
    except read_errors() as error:
        failed = error
        if block and not block[-1].endswith(end):
            block.pop()
    if block:
        yield first, len(block), block
    if failed is not None:
        raise failed


def checked(found: list[Document | Skipped]) -> RunRead:
    """Return a run of documents, of which the garbled ones are skipped."""
    numbers = [at for at, each in enumerate(found) if isinstance(each, Document)]
    texts = [each.text for each in found if isinstance(each, Document)]
    batch = TextBatch.from_texts(texts)
    garbled = [number for number in may_be_garbled(batch) if is_garbled(texts[number])]
    if not garbled:
        return RunRead(found, batch)
    for number in garbled:
        document = found[numbers[number]]
        found[numbers[number]] = garbled_document(document.id, document.path, document.place)
    left = [each.text for each in found if isinstance(each, Document)]
    return RunRead(found, TextBatch.from_texts(left))


def records_of(block: Block, rows: Sequence[int] | None = None) -> Sequence[Raw]:
    """Return the records of a block, or those numbered ``rows``; of lines without their ends."""
    if not isinstance(block, bytes):
        return block if rows is None else [block[row] for row in rows]
    ends = [*np.flatnonzero(_is_line_end(block)).tolist(), len(block)]
    whole = memoryview(block)
    if rows is not None:
        return [whole[ends[row - 1] + 1 if row else 0 : ends[row]] for row in rows]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [whole[start:end] for start, end in zip(starts, ends, strict=True)]


def lines_of(block: Block) -> Iterable[bytes]:
    """Yield the lines of a block, as few as are asked for."""
    return BytesIO(block) if isinstance(block, bytes) else block


def last(first: int, lines: int, block: Block) -> int:
    """Return the place of the last record of a block, 0 where all its lines are blank."""
    if not isinstance(block, bytes):
        return first + lines - 1
    if block[-_TAIL:].strip(BLANK):
        tail = block[-_TAIL:]
        return first + lines - 1 - tail[len(tail.rstrip(BLANK)) : -1].count(b"\n")
    end = len(block.rstrip(BLANK))
    return first + block.count(b"\n", 0, end) if end else 0

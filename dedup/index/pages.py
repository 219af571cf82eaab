"""Pages: the entries of a segment, sorted by key and cut where the highest bits of the key change.

An entry is a key of 32 bits and a document of the segment. Keys are spread evenly, so that a page
is found by arithmetic, and as much of a key as says which page it is in need not be kept: a page
holds the low bytes of its keys, then its documents, both big-endian.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.index.blobs import damaged, sealed, unsealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

#: Entries of a page, about.
ENTRIES = 512
_KEY_BITS = 32
_DOCUMENT_BITS = np.uint64(32)
#: The most bits of a key that say which page it is in.
MOST_BITS = 20


def page_bits(entries: int) -> int:
    """Return how many of the highest bits of a key number the pages of so many entries."""
    return min(max(0, (entries // ENTRIES).bit_length()), MOST_BITS)


def key_bytes(bits: int) -> int:
    """Return how many low bytes of a key a page keeps."""
    return -(-(_KEY_BITS - bits) // 8)


def document_bytes(documents: int) -> int:
    """Return how many bytes number the documents of a segment."""
    return 2 if documents <= 1 << 16 else 3


def entries_of(keys: NDArray[np.uint32], documents: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return entries as numbers that sort by key, then document; uint64, shape (n,)."""
    packed: NDArray[np.uint64] = (keys.astype(np.uint64) << _DOCUMENT_BITS) | documents
    return packed


def parts_of(entries: NDArray[np.uint64]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the keys and documents of entries."""
    return (entries >> _DOCUMENT_BITS).astype(np.uint32), entries.astype(np.uint32)


def pack(entries: NDArray[np.uint64], bits: int, width: int) -> Iterator[tuple[int, bytes]]:
    """Yield the number of each page that has entries, and its bytes.

    ``entries`` are sorted here, in place; ``width`` is the number of bytes of a document.
    """
    if not len(entries):
        return
    entries.sort()
    low = key_bytes(bits)
    first, last = (int(entries[at]) >> (64 - bits) for at in (0, -1))
    bounds = np.arange(first + 1, last + 1, dtype=np.uint64) << np.uint64(64 - bits if bits else 0)
    ends = [*np.searchsorted(entries, bounds).tolist(), len(entries)]
    planes = entries.byteswap().view(np.uint8).reshape(-1, 8)
    keys, documents = _columns(planes, 4 - low, low), _columns(planes, 8 - width, width)
    start = 0
    for page, end in enumerate(ends, first):
        if end > start:
            body = keys[start * low : end * low] + documents[start * width : end * width]
            yield page, sealed(body)
        start = end


def find(blob: bytes, key: int, bits: int, width: int, name: str) -> list[int]:
    """Return the documents of a page that have ``key``, ascending."""
    body = unsealed(blob, name)
    low = key_bytes(bits)
    count = _count(body, low, width, name)
    wanted = (key & ((1 << (8 * low)) - 1)).to_bytes(low, "big")
    at = body.find(wanted, 0, count * low)
    while at >= 0 and at % low:  # the bytes of two neighbours
        at = body.find(wanted, at + 1, count * low)
    found: list[int] = []
    while 0 <= at < count * low and body.startswith(wanted, at):
        start = count * low + at // low * width
        found.append(int.from_bytes(body[start : start + width], "big"))
        at += low
    return found


def unpack(
    rows: Iterable[tuple[int, object]], bits: int, width: int, name: str
) -> NDArray[np.uint64]:
    """Return the entries of pages, given by number, sorted as they are."""
    low = key_bytes(bits)
    numbers, counts = [], []
    keys, documents = [], []
    for page, blob in rows:
        body = unsealed(blob, name)
        count = _count(body, low, width, name)
        numbers.append(page)
        counts.append(count)
        keys.append(body[: count * low])
        documents.append(body[count * low :])
    found = entries_of(_numbers(keys, low, _KEY_BITS - bits), _numbers(documents, width, 8 * width))
    if bits:
        found |= np.repeat(np.array(numbers, np.uint64) << np.uint64(64 - bits), counts)
    return found


def _count(body: bytes, low: int, width: int, name: str) -> int:
    count, rest = divmod(len(body), low + width)
    if rest:
        raise damaged(name)
    return count


def _columns(planes: NDArray[np.uint8], first: int, width: int) -> bytes:
    """Return some bytes of each row, row by row."""
    chosen = np.empty((len(planes), width), dtype=np.uint8)
    for at in range(width):  # a slice of so few columns is copied three times as slowly
        chosen[:, at] = planes[:, first + at]
    return chosen.tobytes()


def _numbers(planes: Sequence[bytes], width: int, bits: int) -> NDArray[np.uint32]:
    """Return big-endian numbers of ``width`` bytes, of which the lowest ``bits`` count."""
    raw = b"".join([bytes(4 - width), *planes])
    count = (len(raw) - 4 + width) // width
    # each is read as the four bytes that end where it does
    numbers: NDArray[np.uint32] = np.ndarray((count,), ">u4", raw, 0, (width,)).astype(np.uint32)
    numbers &= np.uint32((1 << bits) - 1)
    return numbers

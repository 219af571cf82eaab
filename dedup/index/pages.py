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
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

#: Entries of a page, about.
ENTRIES = 128
_KEY_BITS = 32
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


def pack(
    keys: NDArray[np.uint32], documents: NDArray[np.uint32], bits: int, width: int
) -> Iterator[tuple[int, bytes]]:
    """Yield the number of each page that has entries, and its bytes.

    Entries are sorted here; ``width`` is the number of bytes of a document.
    """
    packed = (keys.astype(np.uint64) << np.uint64(32)) | documents
    packed.sort()
    low = key_bytes(bits)
    pages = (
        (packed >> np.uint64(64 - bits)).astype(np.int64) if bits else np.zeros(len(packed), int)
    )
    starts = np.flatnonzero(np.diff(pages, prepend=-1))
    ends = [*starts[1:].tolist(), len(pages)]
    key_plane = _plane(packed >> np.uint64(32), low)
    document_plane = _plane(packed & np.uint64(0xFFFFFFFF), width)
    for start, end in zip(starts.tolist(), ends, strict=False):
        body = key_plane[start * low : end * low] + document_plane[start * width : end * width]
        yield int(pages[start]), sealed(body)


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
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the keys and documents of pages, given by number, sorted as they are; uint32."""
    low = key_bytes(bits)
    numbers, counts = [], []
    key_planes, document_planes = [], []
    for page, blob in rows:
        body = unsealed(blob, name)
        count = _count(body, low, width, name)
        numbers.append(page)
        counts.append(count)
        key_planes.append(body[: count * low])
        document_planes.append(body[count * low :])
    keys = _numbers(b"".join(key_planes), low)
    if bits:
        high = np.array(numbers, dtype=np.uint32) << np.uint32(_KEY_BITS - bits)
        keys &= np.uint32((1 << (_KEY_BITS - bits)) - 1)
        keys |= np.repeat(high, counts)
    return keys, _numbers(b"".join(document_planes), width)


def _count(body: bytes, low: int, width: int, name: str) -> int:
    count, rest = divmod(len(body), low + width)
    if rest:
        raise damaged(name)
    return count


def _plane(values: NDArray[np.uint64], width: int) -> bytes:
    whole = values.astype(">u4").view(np.uint8).reshape(-1, 4)
    return np.ascontiguousarray(whole[:, 4 - width :]).tobytes()


def _numbers(plane: bytes, width: int) -> NDArray[np.uint32]:
    whole = np.zeros((len(plane) // width, 4), dtype=np.uint8)
    whole[:, 4 - width :] = np.frombuffer(plane, dtype=np.uint8).reshape(-1, width)
    return whole.view(">u4").ravel().astype(np.uint32)

"""Pages hold what was put into them, and refuse what was not written so."""

from __future__ import annotations

import numpy as np
import pytest

from dedup.errors import FormatError
from dedup.index import pages


def entries(count, seed, most=1 << 32):
    draw = np.random.default_rng(seed)
    keys = draw.integers(0, most, count, dtype=np.uint32)
    keys[: count // 4] = keys[count // 2]  # many documents of one key
    return keys, np.arange(count, dtype=np.uint32)


@pytest.mark.parametrize("count", [1, 100, 5000])
@pytest.mark.parametrize("bits", [0, 1, 8, 9, 12])
@pytest.mark.parametrize("width", [2, 3])
def test_what_goes_in_comes_out(count, bits, width):
    keys, documents = entries(count, count)
    packed = list(pages.pack(pages.entries_of(keys, documents), bits, width))
    order = np.lexsort((documents, keys))
    wanted = np.stack([keys[order], documents[order]])
    assert (np.stack(pages.parts_of(pages.unpack(packed, bits, width, "it"))) == wanted).all()
    single = [pages.unpack([each], bits, width, "it") for each in packed]
    assert (np.stack(pages.parts_of(np.concatenate(single))) == wanted).all()


@pytest.mark.parametrize("bits", [0, 5, 11])
def test_every_key_is_found_and_no_other(bits):
    keys, documents = entries(3000, 7)
    packed = dict(pages.pack(pages.entries_of(keys, documents), bits, 2))
    for key in [*keys[:300].tolist(), 0, 1, (1 << 32) - 1]:
        blob = packed.get(key >> (32 - bits))
        found = [] if blob is None else pages.find(blob, key, bits, 2, "it")
        assert found == np.flatnonzero(keys == key).tolist()


def test_neighbouring_bytes_are_no_key():
    # the bytes 01 02 01 02 stand across the border of two keys, and within neither
    keys = np.array([0x00000102, 0x01020000], dtype=np.uint32)
    ((_, blob),) = pages.pack(pages.entries_of(keys, np.arange(2, dtype=np.uint32)), 0, 2)
    assert pages.find(blob, 0x01020102, 0, 2, "it") == []
    assert pages.find(blob, 0x01020000, 0, 2, "it") == [1]


def test_pages_have_about_so_many_entries():
    for count in (10, 1000, 100_000, 10_000_000):
        assert count / 2 ** pages.page_bits(count) <= pages.ENTRIES
    assert pages.page_bits(1 << 40) == pages.MOST_BITS


@pytest.mark.parametrize("at", range(0, 600, 37))
def test_a_flipped_byte_is_noticed(at):
    keys, documents = entries(100, 3)
    ((_, blob),) = pages.pack(pages.entries_of(keys, documents), 0, 2)
    broken = bytearray(blob)
    broken[at % len(blob)] ^= 0x40
    with pytest.raises(FormatError, match="it is damaged"):
        pages.find(bytes(broken), 1, 0, 2, "it")
    with pytest.raises(FormatError, match="it is damaged"):
        pages.unpack([(0, bytes(broken))], 0, 2, "it")


@pytest.mark.parametrize("blob", [b"", b"abc", None, 7, "text"])
def test_what_is_no_page_is_refused(blob):
    with pytest.raises(FormatError):
        pages.unpack([(0, blob)], 0, 2, "it")


def test_no_entries():
    assert list(pages.pack(np.empty(0, np.uint64), 4, 2)) == []
    assert pages.unpack([], 4, 2, "it").size == 0

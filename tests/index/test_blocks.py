"""Blocks give back what was put into them, within bounds."""

from __future__ import annotations

import json

import numpy as np
import pytest

from dedup.errors import FormatError
from dedup.index import blobs, blocks
from dedup.model import Document

TEXTS = ["中文", "", "𠮷 and Latin", "half \ud800 a pair", "ÿ", "\x00\x01", "香港嘅字：嘢啲喺"]


def documents():
    return [
        Document(f"d{at}", text, path=f"d{at}" if at % 2 else None, place=at, mtime=at / 3)
        for at, text in enumerate(TEXTS)
    ]


def packed():
    raws = [blocks.encoded(each.text) for each in documents()]
    known = [blocks.known_of(each, len(raw)) for each, raw in zip(documents(), raws, strict=True)]
    return known, b"".join(raws)


def test_documents_come_back():
    known, raw = packed()
    again = blocks.unpack_known(blocks.pack_known(known), len(known), "it")
    assert again == known
    texts = blocks.split_texts(raw, again, range(len(TEXTS)), "it")
    assert [each.document(text) for each, text in zip(again, texts, strict=True)] == documents()


def test_some_of_them():
    known, raw = packed()
    assert blocks.split_texts(raw, known, [6, 0], "it") == [TEXTS[6], TEXTS[0]]


def test_every_character_comes_back():
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    raw = blocks.encoded(every)
    known = [blocks.known_of(Document("a", every), len(raw))]
    assert blocks.split_texts(raw, known, [0], "it") == [every]
    assert not raw.startswith(b"\xff")


def test_numbers_come_back():
    draw = np.random.default_rng(1)
    numbers = blocks.Numbers(
        draw.integers(0, 1 << 63, (5, 9), dtype=np.uint64),
        np.array([0, 1, 2, 3, 65535], dtype=np.uint16),
        draw.integers(0, 256, (5, 16), dtype=np.uint8),
    )
    again = blocks.unpack_numbers(numbers.pack(), 5, 9, "it")
    assert (again.estimates == numbers.estimates).all()
    assert (again.passages == numbers.passages).all()
    assert (again.hashes == numbers.hashes).all()
    with pytest.raises(FormatError):
        blocks.unpack_numbers(numbers.pack(), 6, 9, "it")


@pytest.mark.parametrize(
    "columns",
    [
        [],
        {},
        None,
        7,
        [["a"]] * 9,
        [["a"], [None], [0], [None], [1.0], [None], [None], [None], ["no number"]],
        [["a"], [None], [0], [None], [1.0], [None], [None], [None], [-1]],
        [[["nested"]], [None], [0], [None], [1.0], [None], [None], [None], [1]],
        [["a", "b"], [None], [0], [None], [1.0], [None], [None], [None], [1]],
    ],
)
def test_wrong_types_are_refused(columns):
    blob = blobs.compressed(json.dumps(columns).encode())
    with pytest.raises(FormatError):
        blocks.unpack_known(blob, 1, "it")


def test_deep_nesting_is_refused():
    blob = blobs.compressed(b"[" * 100_000)
    with pytest.raises(FormatError):
        blocks.unpack_known(blob, 1, "it")


def test_texts_of_other_lengths_are_refused():
    known, raw = packed()
    with pytest.raises(FormatError):
        blocks.split_texts(raw + b"x", known, [0], "it")


def test_a_bomb_is_not_unpacked():
    bomb = blobs.zstd.compress(bytes(blobs.MOST_BYTES + 1))
    assert len(bomb) < 100_000
    with pytest.raises(FormatError):
        blobs.decompressed(blobs.sealed(bomb), "it")


def test_a_frame_that_does_not_say_its_size_is_refused():
    packer = blobs.zstd.ZstdCompressor()
    frame = packer.compress(b"x" * 1000) + packer.flush()
    assert blobs.zstd.get_frame_info(frame).decompressed_size is None
    with pytest.raises(FormatError):
        blobs.decompressed(blobs.sealed(frame), "it")


@pytest.mark.parametrize("frame", [b"", b"no frame", b"\x28\xb5\x2f\xfd"])
def test_what_is_no_frame_is_refused(frame):
    with pytest.raises(FormatError):
        blobs.decompressed(blobs.sealed(frame), "it")

"""Segments: what is written comes back, and what is damaged or forged is refused."""

from __future__ import annotations

import json
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from dedup.errors import FormatError
from dedup.sketch.segments import FORMAT, MAGIC, Segment, pack

TYPES = ["|u1", "<u2", "<u4", "<u8", "<i8", "<f8"]
Columns = dict[str, NDArray[Any]]

columns_of = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.sampled_from(TYPES).flatmap(
        lambda dtype: arrays.arrays(dtype, arrays.array_shapes(max_dims=3, min_side=0, max_side=9))
    ),
    max_size=5,
)
headers = st.dictionaries(
    st.text(max_size=8).filter(lambda key: key != "columns"),
    st.text() | st.integers() | st.lists(st.booleans()),
    max_size=3,
)


def packed(columns: Columns, header: dict[str, object] | None = None) -> bytes:
    return b"".join(pack(header or {}, columns))


def opened(raw: bytes) -> Segment:
    return Segment(lambda start, stop: raw[start:stop], len(raw), "部分")


def forged(described: object, body: bytes = bytes(64), **more: object) -> bytes:
    """Return a segment with sound checksums and whatever description."""
    head = described if isinstance(described, bytes) else json.dumps(described).encode()
    start = -(-(24 + len(head)) // 64) * 64
    fixed = MAGIC + FORMAT.to_bytes(4, "little") + len(head).to_bytes(8, "little")
    fixed += zlib.crc32(head).to_bytes(4, "little")
    return fixed + head + bytes(start - 24 - len(head)) + body


SMALL: Columns = {
    "kept": np.arange(5, dtype=np.uint32),
    "hash": np.arange(80, dtype=np.uint8).reshape(5, 16),
    "date": np.array([1.5, np.nan, 0, -1, 2]),
}


@given(columns_of, headers)
def test_what_is_packed_comes_back(columns: Columns, header: dict[str, object]) -> None:
    segment = opened(packed(columns, header))
    assert segment.header == header
    assert set(segment.columns) == set(columns)
    segment.verify()
    for name, column in columns.items():
        found = segment.column(name)
        assert found.dtype == column.dtype
        assert found.shape == column.shape
        assert found.tobytes() == np.ascontiguousarray(column).tobytes()


@given(columns_of, st.integers(0, 9), st.integers(0, 9))
def test_some_rows_are_what_they_are_in_the_whole(columns: Columns, low: int, high: int) -> None:
    segment = opened(packed(columns))
    for name, column in columns.items():
        rows = slice(low, max(low, high))
        assert segment.column(name, rows).tobytes() == column[rows].tobytes()


def test_only_the_rows_asked_for_are_read() -> None:
    raw = packed({"wide": np.zeros((100, 1000), dtype=np.uint64)})
    asked: list[int] = []

    def read(start: int, stop: int) -> bytes:
        asked.append(stop - start)
        return raw[start:stop]

    segment = Segment(read, len(raw), "wide")
    assert segment.column("wide", slice(3, 5)).shape == (2, 1000)
    assert asked[-1] == 2 * 8000
    assert sum(asked) < 20_000


def test_columns_start_at_multiples_of_64() -> None:
    raw = packed(SMALL)
    assert len(raw) % 64 == 0
    for column in SMALL.values():
        assert raw.index(column.tobytes()) % 64 == 0


def test_big_endian_and_strided_columns_are_written_plainly() -> None:
    column = np.arange(12, dtype=">u4").reshape(3, 4)[:, ::2]
    found = opened(packed({"a": column})).column("a")
    assert found.dtype.str == "<u4"
    assert found.tolist() == column.tolist()


@pytest.mark.parametrize("dtype", [bool, np.int32, np.float32, object, "U3", complex])
def test_a_type_that_no_segment_holds_is_not_written(dtype: Any) -> None:
    with pytest.raises(TypeError, match="type"):
        packed({"a": np.zeros(3, dtype=dtype)})


def test_a_segment_cut_anywhere_is_refused() -> None:
    raw = packed(SMALL, {"fingerprint": "00"})
    for end in range(len(raw)):
        with pytest.raises(FormatError):
            opened(raw[:end])
    with pytest.raises(FormatError, match="damaged"):
        opened(raw + bytes(64))


def test_a_flipped_bit_is_noticed_or_without_effect() -> None:
    raw = packed(SMALL, {"fingerprint": "00"})
    noticed = 0
    for at in range(len(raw)):
        flipped = bytearray(raw)
        flipped[at] ^= 1 << at % 8
        try:
            segment = opened(bytes(flipped))
            segment.verify()
        except FormatError:
            noticed += 1
            continue
        assert segment.header == {"fingerprint": "00"}  # it hit the padding
        for name, column in SMALL.items():
            assert segment.column(name).tobytes() == column.tobytes()
    stored = 24 + int.from_bytes(raw[12:20], "little") + sum(c.nbytes for c in SMALL.values())
    assert noticed == stored


def test_a_newer_format_is_refused_with_both_numbers() -> None:
    raw = bytearray(packed(SMALL))
    raw[8] = 9
    with pytest.raises(FormatError, match="部分 has format 9, and this version reads 1"):
        opened(bytes(raw))


@pytest.mark.parametrize("raw", [b"", b"DEDUP", b"PAR1" + bytes(100), b"{}" * 50])
def test_something_else_is_no_segment(raw: bytes) -> None:
    with pytest.raises(FormatError, match="部分 is not a segment"):
        opened(raw)


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(FormatError, match="damaged"):
        opened(packed(SMALL)).column("signature")


SOUND = ["<u8", [8], 0, zlib.crc32(bytes(64))]
FORGED: dict[str, object] = {
    "huge count": ["<u8", [1 << 61], 0, 0],
    "huge count times nothing": ["<u8", [0, 1 << 61], 0, 0],
    "nothing times huge count": ["<u8", [1 << 61, 0], 0, 0],
    "count beyond any machine": ["<u8", [10**400], 0, 0],
    "negative": ["<u8", [-8], 0, 0],
    "two negatives": ["<u8", [-2, -4], 0, 0],
    "no shape": ["<u8", [], 0, 0],
    "too many dimensions": ["<u8", [1] * 70, 0, 0],
    "fraction": ["<u8", [8.5], 0, 0],
    "infinite": ["<u8", [float("inf")], 0, 0],
    "not a number": ["<u8", [float("nan")], 0, 0],
    "string": ["<u8", ["8"], 0, 0],
    "string as shape": ["<u8", "8", 0, 0],
    "truth": ["<u8", [True], 0, 0],
    "objects": ["|O", [8], 0, 0],
    "records": ["<u4,<u4", [8], 0, 0],
    "dtype is a list": [["<u8"], [8], 0, 0],
    "dtype is null": [None, [8], 0, 0],
    "before the start": ["<u8", [8], -64, 0],
    "behind the end": ["<u8", [8], 64, 0],
    "one too long": ["<u8", [9], 0, 0],
    "too short": ["<u8", [0], 0, 0],
    "three values": ["<u8", [8], 0],
    "five values": ["<u8", [8], 0, 0, 0],
    "null": None,
    "object": {"dtype": "<u8"},
}


@pytest.mark.parametrize("described", FORGED.values(), ids=FORGED)
def test_a_forged_description_is_refused(described: object) -> None:
    opened(forged({"columns": {"a": SOUND}})).verify()  # so that it is the description
    with pytest.raises(FormatError, match="damaged"):
        opened(forged({"columns": {"a": described}}))


@pytest.mark.parametrize(
    "head",
    [
        [],
        "columns",
        7,
        None,
        {},
        {"columns": []},
        {"columns": None},
        b"\xff\xfe",
        b"",
        b"{",
        b"[" * 100_000,
        b'{"columns": {"a": ["<u8", [1e999], 0, 0]}}',
        b'{"columns": {"a": ["<u8", [' + b"9" * 10_000 + b"], 0, 0]}}",
    ],
    ids=lambda head: str(head)[:20],
)
def test_a_forged_header_is_refused(head: object) -> None:
    with pytest.raises(FormatError, match="damaged"):
        opened(forged(head))


def test_columns_do_not_overlap() -> None:
    with pytest.raises(FormatError, match="damaged"):
        opened(forged({"columns": {"a": SOUND, "b": SOUND}}))


def test_a_header_said_to_be_huge_is_not_read() -> None:
    raw = bytearray(packed(SMALL))
    raw[12:20] = (1 << 60).to_bytes(8, "little")
    most = 0

    def read(start: int, stop: int) -> bytes:
        nonlocal most
        most = max(most, stop - start)
        return bytes(raw[start:stop])

    with pytest.raises(FormatError, match="damaged"):
        Segment(read, len(raw), "huge")
    assert most <= len(raw)


@settings(max_examples=300)
@given(st.binary(max_size=200), st.binary(max_size=64))
def test_noise_is_refused(head: bytes, body: bytes) -> None:
    for raw in (head, forged(head, body), packed(SMALL)[:24] + head):
        with pytest.raises(FormatError):
            opened(raw).verify()


def test_a_file_that_shrinks_while_it_is_read() -> None:
    raw = packed(SMALL)
    kept = [raw]
    segment = Segment(lambda start, stop: kept[0][start:stop], len(raw), "it")
    kept[0] = raw[:-64]
    with pytest.raises(FormatError, match="it is damaged"):
        segment.verify()


def test_rows_are_counted_without_reading_a_column() -> None:
    raw = packed(SMALL)
    read: list[int] = []
    segment = Segment(lambda a, b: read.append(b) or raw[a:b], len(raw), "部分")
    before = list(read)
    assert segment.rows("kept") == segment.rows("hash") == 5
    assert read == before
    with pytest.raises(FormatError, match="damaged"):
        segment.rows("none")


def test_positions_that_lead_out_of_a_segment_are_damage() -> None:
    kept = np.array([5, 7], np.uint32)
    for last, good in ((1, True), (2, False)):
        columns = {"kept": kept, "whose": np.array([0, last, 0], np.uint16)}
        raw = b"".join(pack({}, columns))
        segment = Segment(lambda start, stop, raw=raw: raw[start:stop], len(raw), "a")
        assert segment.documents("whose", slice(0, 1)).tolist() == [0]
        if good:
            assert segment.documents("whose").tolist() == [0, 1, 0]
            continue
        for rows in (slice(None), slice(1, 2)):
            with pytest.raises(FormatError, match="damaged"):
                segment.documents("whose", rows)

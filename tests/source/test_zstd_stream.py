"""Zstandard in large pieces: what the library's own file gives, and its errors."""

from __future__ import annotations

from io import BytesIO
from typing import IO

import pytest

zstd = pytest.importorskip("backports.zstd")

from dedup.source.compression import chunks, read_errors  # noqa: E402
from dedup.source.zstd_stream import ZstdStream  # noqa: E402

TEXT = "春天来了，河边的柳树发芽了。\n".encode() * 60_000
SKIPPABLE = b"\x50\x2a\x4d\x18\x03\0\0\0abc"
FORMS = {
    "one": zstd.compress(TEXT),
    "several": zstd.compress(TEXT) + zstd.compress(b"") + zstd.compress(b"abc"),
    "skippable": SKIPPABLE + zstd.compress(b"abc") + SKIPPABLE,
    "empty frame": zstd.compress(b""),
    "nothing": b"",
    "cut short": zstd.compress(TEXT)[:-7],
    "cut in the second": zstd.compress(TEXT) + zstd.compress(TEXT)[:40],
    "other bytes behind": zstd.compress(TEXT) + b"abc",
    "other bytes": b"abcdefghijk",
}


def stream(raw: bytes, folder: IO[bytes] | None = None) -> ZstdStream:
    return ZstdStream(folder or BytesIO(raw), zstd.ZstdDecompressor)


def gathered(read: IO[bytes]) -> tuple[bytes, str]:
    """Return all that is given out, and the error that ends it."""
    found = []
    try:
        found.extend(chunks(read))
    except read_errors() as error:
        return b"".join(found), f"{type(error).__name__}: {error}"
    return b"".join(found), ""


@pytest.mark.parametrize("name", FORMS)
def test_it_gives_what_the_file_of_the_library_gives(name: str) -> None:
    raw = FORMS[name]
    found, error = gathered(stream(raw))
    known, same = gathered(zstd.ZstdFile(BytesIO(raw)))
    assert error == same
    assert found.startswith(known)  # maybe more of what stands before a fault


@pytest.mark.parametrize("size", [1, 3, 1000, 1 << 20])
def test_reading_by_size(size: int) -> None:
    raw = zstd.compress(TEXT[:5_000])
    read = stream(raw)
    pieces = iter(lambda: read.read(size), b"")
    found = list(pieces)
    assert b"".join(found) == TEXT[:5_000]
    assert all(len(piece) == size for piece in found[:-1])
    assert stream(raw).read() == TEXT[:5_000]
    assert stream(raw).read(None) == TEXT[:5_000]
    assert stream(raw).read(0) == stream(raw).read1(0) == b""


def test_a_piece_holds_no_more_than_was_asked_for() -> None:
    read = stream(FORMS["one"])
    assert all(len(piece) <= 777 for piece in iter(lambda: read.read1(777), b""))
    assert 0 < len(stream(FORMS["one"]).read1()) <= 1 << 20


def test_what_comes_slowly_is_read_until_there_is_some() -> None:
    class Slow(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(1)

    assert stream(b"", Slow(zstd.compress(b"abc"))).read() == b"abc"


def test_lines_of_it_can_be_read() -> None:
    read = stream(zstd.compress("甲\n乙\n".encode()))
    assert read.readable()
    assert list(read) == ["甲\n".encode(), "乙\n".encode()]

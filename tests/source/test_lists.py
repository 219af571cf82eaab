"""Lists of paths."""

from __future__ import annotations

import io
import os

import pytest

from dedup.errors import EncodingError
from dedup.source.lists import paths_from


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", []),
        (b"a.txt\nb.txt\n", ["a.txt", "b.txt"]),
        (b"a.txt\r\n\r\n  \nb.txt", ["a.txt", "b.txt"]),
        (b"with space.txt\n lead.txt\n", ["with space.txt", " lead.txt"]),
        (b"a.txt\0new\nline.txt\0", ["a.txt", "new\nline.txt"]),
        ("\ufeff草稿.txt\n".encode(), ["草稿.txt"]),
        ("草稿.txt\r\nb.txt\r\n".encode("utf-16"), ["草稿.txt", "b.txt"]),
    ],
)
def test_lists(raw: bytes, expected: list[str]) -> None:
    assert paths_from(io.BytesIO(raw)) == expected


def test_a_damaged_list_is_an_error() -> None:
    with pytest.raises(EncodingError):
        paths_from(io.BytesIO("草稿.txt".encode("utf-16") + b"x"))


def test_nul_can_be_demanded() -> None:
    assert paths_from(io.BytesIO(b"new\nline.txt"), null=True) == ["new\nline.txt"]


def test_names_that_are_not_utf8() -> None:
    raw = "草稿.txt".encode("gbk")
    (path,) = paths_from(io.BytesIO(raw + b"\n"))
    assert os.fsencode(path) == raw

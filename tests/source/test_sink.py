"""Files that are whole or not there: compressed, on a full disk, interrupted."""

from __future__ import annotations

import bz2
import errno
import gzip
import lzma
import os
from pathlib import Path
from typing import Any

import pytest
from backports import zstd

from dedup.errors import OutputError
from dedup.source import sink as module
from dedup.source.sink import Sink

OPENERS: dict[str | None, Any] = {
    None: bytes,
    "gzip": gzip.decompress,
    "bzip2": bz2.decompress,
    "xz": lzma.decompress,
    "zstd": zstd.decompress,
}
TEXT = "一行又一行。\n".encode()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("compression", OPENERS)
def test_what_is_written_can_be_read(tmp_path: Path, compression: str | None) -> None:
    path = tmp_path / "deep" / "er" / "a"
    with Sink(path, compression) as sink:
        for _ in range(200_000):
            sink.write(TEXT)
        assert not path.exists()
    assert OPENERS[compression](path.read_bytes()) == TEXT * 200_000
    assert names(path.parent) == ["a"]


@pytest.mark.parametrize("compression", OPENERS)
def test_the_same_bytes_each_time(tmp_path: Path, compression: str | None) -> None:
    for name in "ab":
        with Sink(tmp_path / name, compression) as sink:
            sink.write(TEXT)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("compression", OPENERS)
def test_nothing_is_a_whole_file_too(tmp_path: Path, compression: str | None) -> None:
    with Sink(tmp_path / "a", compression):
        pass
    assert OPENERS[compression]((tmp_path / "a").read_bytes()) == b""


def test_an_interrupt_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")

    def interrupted() -> None:
        with Sink(tmp_path / "a") as sink:
            sink.write(TEXT)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"before"


class Full:
    """A file on a disk that has room for so many bytes; the last write is a short one."""

    def __init__(self, path: Path, room: int) -> None:
        self._file = path.open("wb", buffering=0)
        self._room = room

    def write(self, raw: memoryview) -> int:
        if not self._room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = self._file.write(raw[: self._room])
        self._room -= written
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@pytest.mark.parametrize("room", [0, 1, 1000, 1 << 20, (1 << 20) + 5])
def test_a_full_disk(tmp_path: Path, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "open_raw", lambda path: Full(path, room))

    def write() -> None:
        with Sink(tmp_path / "a") as sink:
            for _ in range(150_000):
                sink.write(TEXT)

    with pytest.raises(OutputError, match=r"a: No space left") as caught:
        write()
    assert "the input is as it was" in str(caught.value.hint)
    assert names(tmp_path) == []


def test_short_writes_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(Full):
        def write(self, raw: memoryview) -> int:
            return self._file.write(raw[:7])

    monkeypatch.setattr(module, "open_raw", lambda path: Slow(path, 0))
    with Sink(tmp_path / "a") as sink:
        sink.write(TEXT * 5)
    assert (tmp_path / "a").read_bytes() == TEXT * 5


def test_a_disk_that_is_full_when_it_is_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(number: int) -> None:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    monkeypatch.setattr(module.os, "fsync", fsync)
    sink = Sink(tmp_path / "a")
    sink.write(TEXT)
    with pytest.raises(OutputError):
        sink.finish()
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write"):
        Sink(tmp_path / "file" / "a")

"""The store: segments in memory, then in a private folder that goes away."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest
from numpy.typing import NDArray

from dedup.engine import store as module
from dedup.engine.store import Store, from_bytes, open_segment, temporary_folder, write_segment
from dedup.errors import FormatError, OutputError
from dedup.sketch.segments import pack

HEADER = {"fingerprint": "00"}


def columns(size: int = 4) -> dict[str, NDArray[Any]]:
    return {"kept": np.arange(size, dtype=np.uint32), "place": np.arange(size, dtype=np.int64)}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_few_segments_stay_in_memory(folder: Path) -> None:
    with Store() as store:
        store.add(HEADER, columns())
        store.add(HEADER, columns(9))
        assert [len(each.column("kept")) for each in store.segments] == [4, 9]
        assert list(folder.iterdir()) == []


def test_what_comes_after_the_room_lies_on_disk_and_goes_away(folder: Path) -> None:
    with Store(in_memory=4 * 12) as store:
        for size in (4, 5, 6):
            segment = store.add({"size": size}, columns(size))
            assert segment.header == {"size": size}
        (private,) = folder.iterdir()
        assert [path.name for path in sorted(private.iterdir())] == [
            "000001.segment",
            "000002.segment",
        ]
        for segment, size in zip(store.segments, (4, 5, 6), strict=True):
            segment.verify()
            for name, expected in columns(size).items():
                assert segment.column(name).tolist() == expected.tolist()
    assert list(folder.iterdir()) == []
    assert store.segments == []


def test_once_on_disk_always_on_disk(folder: Path) -> None:
    with Store(in_memory=100) as store:
        store.add(HEADER, columns(50))
        store.add(HEADER, columns(1))  # would fit, but the order of names is that of reading
        (private,) = folder.iterdir()
        assert len(list(private.iterdir())) == 2


def test_it_goes_away_when_there_was_an_error(folder: Path) -> None:
    def interrupted() -> None:
        with Store(in_memory=0) as store:
            store.add(HEADER, columns())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_only_this_user_can_look(folder: Path) -> None:
    with Store(in_memory=0) as store:
        store.add(HEADER, columns())
        (private,) = folder.iterdir()
        assert stat.S_IMODE(private.stat().st_mode) == 0o700


def test_a_folder_that_is_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "missing"))
    with pytest.raises(OutputError, match=r"cannot write .*missing") as caught:
        temporary_folder()
    assert "TMPDIR" in str(caught.value.hint)
    with Store(in_memory=0) as store, pytest.raises(OutputError):
        store.add(HEADER, columns())


class Full:
    """A file on a disk that is full after some bytes."""

    def __init__(self, file: Any, room: int) -> None:
        self._file = file
        self._room = room

    def write(self, raw: bytes) -> int:
        self._room -= len(raw)
        if self._room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return int(self._file.write(raw))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@pytest.mark.parametrize("room", [0, 30, 400])
def test_a_full_disk_leaves_no_half_segment(
    room: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode: Full(real(path, mode), room))
    with pytest.raises(OutputError, match=r"a\.segment: No space left on device"):
        write_segment(folder / "a.segment", HEADER, columns(200))
    assert list(folder.iterdir()) == []


def test_a_disk_that_is_full_when_it_is_flushed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fsync(number: int) -> None:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    monkeypatch.setattr(module.os, "fsync", fsync)
    (folder / "a.segment").write_bytes(b"the one before")
    with pytest.raises(OutputError, match="quota"):
        write_segment(folder / "a.segment", HEADER, columns())
    assert (folder / "a.segment").read_bytes() == b"the one before"
    assert len(list(folder.iterdir())) == 1


def test_a_written_segment_is_the_packed_one(folder: Path) -> None:
    write_segment(folder / "a.segment", HEADER, columns())
    raw = b"".join(pack(HEADER, columns()))
    assert (folder / "a.segment").read_bytes() == raw
    assert from_bytes(raw, "a").column("kept").tolist() == [0, 1, 2, 3]
    assert open_segment(folder / "a.segment").column("kept").tolist() == [0, 1, 2, 3]


def test_what_is_no_segment_is_named(folder: Path) -> None:
    (folder / "a.segment").write_bytes(b"hello")
    with pytest.raises(FormatError, match=r"a\.segment is not a segment"):
        open_segment(folder / "a.segment")
    with pytest.raises(FileNotFoundError):
        open_segment(folder / "none")

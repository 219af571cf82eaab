"""The spool: a private temporary file that grows and is read at random."""

from __future__ import annotations

import errno
import gc
import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.engine.spool import Spool, temporary_place
from dedup.errors import OutputError


@given(st.lists(st.tuples(st.binary(max_size=20), st.booleans())))
def test_what_is_appended_is_read(pieces: list[tuple[bytes, bool]]) -> None:
    spool, whole, starts = Spool(), b"", []
    for piece, look in pieces:
        starts.append(spool.append(piece))
        assert starts[-1] == len(whole)
        whole += piece
        if look:
            assert spool.read(0, spool.size) == whole
    for (piece, _), start in zip(pieces, starts, strict=True):
        assert spool.read(start, len(piece)) == piece
    assert spool.size == len(whole)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_nobody_else_can_read_it_and_it_has_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spool = Spool()
    spool.append(b"text")
    assert stat.S_IMODE(os.fstat(spool._file.fileno()).st_mode) & 0o077 == 0
    assert list(tmp_path.iterdir()) == []


def test_it_is_closed_with_its_owner() -> None:
    spool = Spool()
    file = spool._file
    del spool
    gc.collect()
    assert file.closed


class Full:
    """A file on a full disk; what is written waits until somebody looks."""

    def __init__(self, *, at: str) -> None:
        self._at = at

    def _fail(self, what: str) -> int:
        if what == self._at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return 0

    def write(self, raw: Any) -> int:
        return self._fail("write")

    def seek(self, *where: int) -> int:
        return self._fail("seek")


@pytest.mark.parametrize("at", ["write", "seek"])
def test_a_full_disk_says_so(at: str) -> None:
    spool = Spool()
    spool._file.close()
    spool._file = Full(at=at)  # type: ignore[assignment]
    with pytest.raises(OutputError, match="No space left on device") as caught:
        spool.read(spool.append(b"text"), 4)
    assert "TMPDIR" in str(caught.value.hint)


def test_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(OutputError, match=r"cannot write .*missing"):
        Spool()


def test_where_no_folder_can_be_written_the_one_that_is_set_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setenv("TMPDIR", "/set")
    assert temporary_place() == tempfile.gettempdir()
    monkeypatch.setattr(tempfile, "gettempdir", none)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: none())
    with pytest.raises(OutputError, match="/set: No usable temporary directory") as caught:
        Spool()
    assert "TMPDIR" in str(caught.value.hint)

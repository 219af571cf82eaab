"""The private cache: what is unused goes, what is used stays, and nothing of it is ever needed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from dedup import cache
from dedup.cache import cache_dir, mapped

DAY = 86_400


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DEDUP_CACHE_DIR", str(tmp_path / "cache"))
    cache_dir.cache_clear()
    yield cache_dir()
    cache_dir.cache_clear()


def aged(path: Path, days: float) -> Path:
    path.write_bytes(b"old")
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path


def built() -> bytes:
    return b"new"


def test_what_nobody_used_for_long_is_removed_when_another_is_written(folder):
    gone = [aged(folder / name, 31) for name in ("words-1.trie", "words-2.trie.x7f3")]
    left = [aged(folder / "words-3.trie", 29), aged(folder / "jieba-1.cache", 400)]
    assert mapped("words-4.trie", built, bytes) == b"new"
    assert not any(path.exists() for path in gone)
    assert all(path.exists() for path in left)
    assert (folder / "words-4.trie").read_bytes() == b"new"


def test_nothing_is_removed_when_nothing_is_written(folder):
    other = aged(folder / "words-1.trie", 31)
    aged(folder / "words-2.trie", 0)
    assert mapped("words-2.trie", built, bytes) == b"old"
    assert other.exists()


def test_a_file_in_use_is_known_to_be(folder):
    used = aged(folder / "words-1.trie", 31)
    assert mapped("words-1.trie", built, bytes) == b"old"
    mapped("words-2.trie", built, bytes)
    assert used.exists()
    assert time.time() - used.stat().st_mtime < DAY


def test_a_use_is_noted_once_a_day(folder):
    used = aged(folder / "words-1.trie", 0.5)
    before = used.stat().st_mtime_ns
    mapped("words-1.trie", built, bytes)
    assert used.stat().st_mtime_ns == before


def test_who_has_a_file_mapped_keeps_it(folder):
    aged(folder / "words-1.trie", 0)
    view = mapped("words-1.trie", built, memoryview)
    aged(folder / "words-1.trie.begun", 31)
    os.utime(folder / "words-1.trie", (0, 0))
    mapped("words-2.trie", built, bytes)
    assert bytes(view) == b"old"
    assert mapped("words-1.trie", built, bytes) in (b"old", b"new")


def test_files_that_cannot_be_removed_or_touched_do_no_harm(folder, monkeypatch):
    aged(folder / "words-1.trie", 31)
    aged(folder / "words-2.trie", 31)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    monkeypatch.setattr(cache.os, "utime", refuse)
    assert mapped("words-1.trie", built, bytes) == b"old"
    assert mapped("words-3.trie", built, bytes) == b"new"


def test_a_file_removed_by_another_process_is_passed_by(folder, monkeypatch):
    aged(folder / "words-1.trie", 31)
    lstat = Path.lstat

    def vanish(path: Path) -> os.stat_result:
        found = lstat(path)
        path.unlink()
        return found

    monkeypatch.setattr(Path, "lstat", vanish)
    assert mapped("words-2.trie", built, bytes) == b"new"

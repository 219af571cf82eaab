"""The names of jieba's dictionary, folded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dedup import cache, dictionaries
from dedup.engine import names
from dedup.engine.names import is_name
from dedup.sketch.kernel import kept_text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the names are kept, with none as yet."""
    monkeypatch.setenv("DEDUP_CACHE_DIR", str(tmp_path))
    cache.cache_dir.cache_clear()
    names._names.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    cache.cache_dir.cache_clear()
    names._names.cache_clear()


def test_names_are_those_of_the_dictionary_each_folded_alone() -> None:
    every = sorted(dictionaries.names())
    assert len(every) > 50_000
    assert all(is_name(kept_text(name)) for name in every[::50])


def test_what_is_a_name() -> None:
    assert is_name("山东")
    assert not is_name("提高")
    assert not is_name("")


def test_they_are_picked_once_and_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = names._names()
    (kept,) = folder.iterdir()
    assert kept.name.startswith("names-")
    monkeypatch.setattr(dictionaries, "names", lambda: pytest.fail("they are there"))
    names._names.cache_clear()
    assert names._names() == first


@pytest.mark.parametrize("keep", [0, 3, 1000])
def test_a_damaged_file_is_made_anew(folder: Path, keep: int) -> None:
    first = names._names()
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:keep])
    names._names.cache_clear()
    assert names._names() == first
    assert kept.read_bytes() == whole


def test_another_dictionary_has_a_file_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names._names()
    monkeypatch.setattr(dictionaries, "dictionary_hash", lambda: "another")
    monkeypatch.setattr(dictionaries, "names", lambda: ["大同"])
    names._names.cache_clear()
    assert names._names() == {"大同"}
    assert len(list(folder.iterdir())) == 2

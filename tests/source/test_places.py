"""Names of files below what all inputs have in common; stamps that tell of changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dedup.engine.shards import Texts
from dedup.source.places import Places
from dedup.source.reading import Reading
from dedup.source.shards import shards
from dedup.source.stamps import stamp_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("in/a/x.jsonl", "in/b/x.jsonl", "in/b/deep/y.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b'{"text":"a"}\n')
    return tmp_path


@pytest.mark.parametrize(
    ("named", "path", "name"),
    [
        (["in"], "in/a/x.jsonl", "a/x.jsonl"),
        (["in/"], "in/b/deep/y.txt", "b/deep/y.txt"),
        (["."], "in/a/x.jsonl", "in/a/x.jsonl"),
        (["in/a/x.jsonl"], "in/a/x.jsonl", "x.jsonl"),
        (["in/a/x.jsonl", "in/b/x.jsonl"], "in/b/x.jsonl", "b/x.jsonl"),
        (["in/a", "in/b/deep"], "in/b/deep/y.txt", "b/deep/y.txt"),
        (["in/*/x.jsonl"], "in/a/x.jsonl", "a/x.jsonl"),
        (["in/../in/b"], "in/b/x.jsonl", "x.jsonl"),
        (["s3://bucket/data"], "s3://bucket/data/p/0.jsonl", "p/0.jsonl"),
        (["s3://bucket/data/0.jsonl.zst"], "s3://bucket/data/0.jsonl.zst", "0.jsonl.zst"),
        (["s3://bucket/data/*/0.csv"], "s3://bucket/data/p/0.csv", "p/0.csv"),
        (["in/a", "s3://bucket/data"], "s3://bucket/data/0.csv", "0.csv"),
        (["in/a", "s3://bucket/data"], "in/a/x.jsonl", "x.jsonl"),
    ],
)
def test_names(folder: Path, named: list[str], path: str, name: str) -> None:
    assert Places(named).name_of(path) == name
    if "://" not in path:
        assert Places(named).name_of(str(folder / path)) == name


def test_stamps_change_with_the_files(folder: Path) -> None:
    made = shards(["in/a/x.jsonl", "in/b/deep/y.txt"], Reading())
    before = [stamp_of(shard) for shard in made]
    assert None not in before
    assert [stamp_of(shard) for shard in made] == before
    for shard, path in zip(made, ("in/b/deep/y.txt", "in/a/x.jsonl"), strict=True):
        earlier = stamp_of(shard)
        os.utime(path, ns=(5, 5))
        assert stamp_of(shard) != earlier


def test_what_is_not_a_file_has_none(folder: Path) -> None:
    (folder / "texts").write_bytes(b"")
    assert stamp_of(Texts([])) is None

"""How far the reading of a file of records has come."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from dedup import Settings
from dedup.engine.gather import gather
from dedup.engine.shards import Measured, Texts
from dedup.engine.store import Store
from dedup.progress import NO_PROGRESS
from dedup.sketch.bands import banding
from dedup.source import blocks
from dedup.source.opening import Piped, source_of
from dedup.source.reading import Reading
from dedup.source.shards import record_shard, shards

LINES = "".join(
    json.dumps({"id": n, "text": f"第{n}条：河边的柳树发芽了。"}, ensure_ascii=False) + "\n"
    for n in range(3000)
).encode()


class Kept:
    """A progress that keeps the shares that were reached."""

    def __init__(self) -> None:
        self.shares: list[float] = []

    def stage(self, name: str, total: int | None = None) -> None: ...

    def advance(self, count: int = 1) -> None: ...

    def reached(self, share: float) -> None:
        self.shares.append(share)

    def done(self) -> None: ...


def shares(made, jobs: int = 1) -> list[float]:
    settings = Settings(jobs=jobs)
    kept = Kept()
    with Store() as store:
        gather(made, settings, banding(settings.threshold, settings.recall), store, kept)
    return kept.shares


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(blocks, "BLOCK", 20_000)
    (tmp_path / "a.jsonl").write_bytes(LINES)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(LINES))
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2])
def test_shares_grow_to_the_whole(folder: Path, jobs: int) -> None:
    paths = [str(folder / "a.jsonl"), str(folder / "b.jsonl.gz")]
    told = shares(shards(paths, Reading()), jobs)
    assert told == sorted(told)
    assert 0 < told[0] <= 1
    assert jobs > 1 or told[0] < 1
    assert told[-1] == 1.0


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_files_behind_urls_tell_it_too(folder: Path, suffix: str) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    name = f"/measured/a.jsonl{suffix}"
    memory.pipe(name, gzip.compress(LINES) if suffix else LINES)
    try:
        told = shares(shards([f"memory:/{name}", str(folder / "a.jsonl")], Reading()))
    finally:
        memory.store.clear()
    assert told == sorted(told)
    assert 0 < told[0] <= told[-1] == 1.0


def test_rows_of_parquet_tell_it_too(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = pa.table({"id": range(5000), "text": [f"第{n}条柳树发芽" for n in range(5000)]})
    parquet.write_table(rows, tmp_path / "x.parquet", row_group_size=1000)
    told = shares(shards([str(tmp_path / "x.parquet")], Reading()))
    assert told[0] < told[-1] == 1.0


def test_nothing_is_told_where_sizes_are_not_known(folder: Path) -> None:
    piped = record_shard(Piped(io.BytesIO(LINES), "x.jsonl"), Reading())
    assert isinstance(piped, Measured)
    assert shares([piped]) == []
    known = record_shard(source_of(str(folder / "a.jsonl")), Reading())
    assert shares([known, Texts([])]) == []


def test_a_file_that_is_gone_has_no_size(tmp_path: Path) -> None:
    gone = record_shard(source_of(str(tmp_path / "gone.jsonl")), Reading())
    assert isinstance(gone, Measured)
    assert gone.size is None
    assert shares([gone]) == []


def test_no_progress_takes_it() -> None:
    NO_PROGRESS.reached(0.5)

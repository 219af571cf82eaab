"""Shards written anew: every byte and record of the input, once, in its place."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from backports import zstd
from corpora import NAMES, corpus, json_lines, records

from dedup.app.scan import scan_paths
from dedup.app.work import Wanted, work_for
from dedup.app.write_checks import UNFINISHED
from dedup.errors import OutputError, PathError, UsageError
from dedup.model import ScanResult
from dedup.settings import Settings
from dedup.source import mirror_records, sink
from dedup.source.noted import NOTED
from dedup.source.reading import Reading


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(
    *paths: str, resume: bool = False, reading: Reading | None = None, **folders: str
) -> ScanResult:
    settings, reading = Settings(), reading or Reading()
    work = work_for(Wanted(**folders, resume=resume), paths, settings, reading)
    return scan_paths(list(paths), settings, reading=reading, work=work)


ALL = {"kept": "kept", "dropped": "dropped", "rejected": "rejected"}


def plain(path: Path) -> bytes:
    raw = path.read_bytes()
    match path.suffix:
        case ".zst":
            return zstd.decompress(raw)
        case ".gz":
            return gzip.decompress(raw)
    return raw


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_record_is_in_one_place(folder: Path) -> None:
    corpus(folder / "in")
    before = tree(folder / "in")
    result = run("in", **ALL)
    assert tree(folder / "in") == before
    assert set(tree(folder / "kept")) == set(NAMES)
    assert set(tree(folder / "rejected")) == {"a.jsonl.rejected.jsonl"}
    written = {Path(str(each.path)).name: each for each in result.summary.written}
    assert [each.read for each in written.values()] == [20, 16, 16, 16, 16]
    assert all(e.read == e.kept + e.dropped + e.rejected for e in written.values())
    assert sum(each.dropped for each in written.values()) == len(result.dropped) == 20
    assert written["a.jsonl"].rejected == 3


@pytest.mark.parametrize("name", ["a.jsonl", "deep/b.jsonl.zst", "c.csv.gz", "e.tsv"])
def test_kept_and_dropped_are_the_lines_of_the_input_in_order(folder: Path, name: str) -> None:
    corpus(folder / "in")
    gone = set(run("in", **ALL).dropped)
    codec = {"c.csv.gz": "gb18030", "e.tsv": "utf-16-le"}.get(name, "utf-8")
    read, kept, dropped = (
        plain(folder / part / name).decode(codec, "surrogateescape").split("\n")
        for part in ("in", "kept", "dropped")
    )
    ids = [re.search(r"r\d{4}x?", line) for line in read]
    is_gone = [found is not None and found[0] in gone for found in ids]
    rejected = {"{bad", '{"id":"number","text":3}', "\udcff\udcfe"}
    assert kept == [
        line for line, drop in zip(read, is_gone, strict=True) if not drop and line not in rejected
    ]
    wanted = [
        line.rstrip("\r").rstrip("}") for line, drop in zip(read, is_gone, strict=True) if drop
    ]
    body = [line for line in dropped if line.strip("\ufeff")]
    if name.endswith((".gz", ".tsv")):
        comma = "," if name.endswith(".gz") else "\t"
        assert body.pop(0).endswith(comma.join(["", *NOTED]) + "\r")
    assert len(body) == len(wanted) > 0
    for line, own in zip(body, wanted, strict=True):
        assert line.lstrip("\ufeff").startswith(own.lstrip("\ufeff"))


def test_dropped_records_say_what_they_duplicate(folder: Path) -> None:
    corpus(folder / "in")
    result = run("in", **ALL)
    pairs = {pair.a: pair for cluster in result.clusters for pair in cluster.drop}
    lines = plain(folder / "dropped" / NAMES[1]).splitlines()
    lines += plain(folder / "dropped" / NAMES[0]).removeprefix(b"\xef\xbb\xbf").splitlines()
    rows = pq.read_table(folder / "dropped" / NAMES[3]).to_pylist()
    found = [*map(json.loads, lines), *rows]
    assert len(found) > 5
    for record in found:
        pair = pairs[record["id"]]
        assert record["duplicate_of"] == pair.b
        assert (record["similarity"], record["relation"]) == (1.0, "same-text")
        assert list(record) == ["id", "text", "n", "duplicate_of", "similarity", "relation"]


def test_parquet_keeps_rows_columns_and_compression(folder: Path) -> None:
    corpus(folder / "in")
    gone = set(run("in", **ALL).dropped)
    before, kept = (pq.ParquetFile(folder / part / NAMES[3]) for part in ("in", "kept"))
    assert kept.schema_arrow == before.schema_arrow
    assert kept.metadata.row_group(0).column(1).compression == "ZSTD"
    rows = [row for row in before.read().to_pylist() if row["id"] not in gone]
    assert kept.read().to_pylist() == rows


def test_what_is_no_record_is_written_with_its_place_and_reason(folder: Path) -> None:
    corpus(folder / "in")
    run("in", **ALL)
    lines = (folder / "rejected" / "a.jsonl.rejected.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert [(each["reason"], each["raw"]) for each in found] == [
        ("not-json", "{bad\n"),
        ("not-a-text", '{"id":"number","text":3}\n'),
        ("undecodable", {"bytes": "//4K"}),
    ]
    assert {each["path"] for each in found} == {"in/a.jsonl"}
    assert [each["place"] for each in found] == [17, 20, 21]
    assert b'"id":"none"' in (folder / "kept" / "a.jsonl").read_bytes()


def test_a_file_cut_short_keeps_its_whole_records(folder: Path) -> None:
    (folder / "in").mkdir()
    raw = json_lines(records(400))
    packed = gzip.compress(raw)
    (folder / "in" / "a.jsonl.gz").write_bytes(packed[: len(packed) * 2 // 3])
    result = run("in", **ALL)
    (written,) = result.summary.written
    kept = plain(folder / "kept" / "a.jsonl.gz")
    assert kept.endswith(b"}\r\n")
    (line,) = (folder / "rejected" / "a.jsonl.gz.rejected.jsonl").read_text("utf-8").splitlines()
    rest = json.loads(line)
    assert rest["reason"] == "cut-short"
    assert rest["place"] == written.read
    assert written.rejected == 1
    assert 100 < written.read < 600


def test_texts_are_copied(folder: Path) -> None:
    (folder / "in" / "sub").mkdir(parents=True)
    text = records(1)[0]["text"]
    (folder / "in" / "a.txt").write_bytes(text.encode("gb18030"))
    (folder / "in" / "sub" / "b.txt").write_text(text, encoding="utf-8")
    (folder / "in" / "empty.txt").write_bytes(b"")
    (folder / "in" / "broken.md").write_bytes(text.encode()[:-1] + b"\xff\x81\xff")
    result = run("in", **ALL)
    assert tree(folder / "kept") == {
        "a.txt": text.encode("gb18030"),
        "empty.txt": b"",
    }
    dropped = tree(folder / "dropped")
    assert dropped.pop("sub/b.txt") == text.encode()
    assert [json.loads(line) for line in dropped.pop("dropped.jsonl").splitlines()] == [
        {
            "path": "sub/b.txt",
            "duplicate_of": "in/a.txt",
            "similarity": 1.0,
            "relation": "identical",
        }
    ]
    assert not dropped
    rejected = tree(folder / "rejected")
    index = json.loads(rejected["rejected.jsonl"])
    assert (index["path"], index["reason"]) == ("broken.md", "undecodable")
    assert rejected["broken.md"] == (folder / "in" / "broken.md").read_bytes()
    (written,) = result.summary.written
    assert (written.path, written.read, written.kept, written.dropped, written.rejected) == (
        None, 4, 2, 1, 1,
    )  # fmt: skip


def test_only_what_is_asked_for_is_written(folder: Path) -> None:
    corpus(folder / "in")
    everything = run("in", **ALL).summary.written
    assert run("in", dropped="other").summary.written == everything
    assert tree(folder / "other") == tree(folder / "dropped")


def test_names_below_what_all_paths_have_in_common(folder: Path) -> None:
    corpus(folder / "in")
    run("in/a.jsonl", "in/deep", kept="k")
    assert set(tree(folder / "k")) == {"a.jsonl", "deep/b.jsonl.zst"}
    run("in/deep/b.jsonl.zst", kept="one")
    assert set(tree(folder / "one")) == {"b.jsonl.zst"}


REFUSED: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"kept": "in/kept"}, OutputError, "part of the input"),
    ({"kept": "in"}, OutputError, "not empty"),
    ({"kept": "."}, OutputError, "not empty"),
    ({"kept": "full"}, OutputError, "not empty"),
    ({"kept": "file"}, OutputError, "is no folder"),
    ({"kept": "x", "dropped": "x"}, UsageError, "in each other"),
    ({"kept": "x", "dropped": "x/y"}, UsageError, "in each other"),
    ({"kept": "s3://bucket/x"}, UsageError, "is a URL"),
    ({"kept": "x", "reading": Reading(split="line")}, UsageError, "--split line"),
    ({"work_dir": "in/work"}, OutputError, "part of the input"),
    ({"kept": "x", "resume": True}, UsageError, "nothing to resume"),
]


@pytest.mark.parametrize(("asked", "error", "what"), REFUSED)
def test_what_would_do_harm_is_refused_before_any_work(
    folder: Path, asked: dict[str, Any], error: type[Exception], what: str
) -> None:
    corpus(folder / "in")
    (folder / "full").mkdir()
    (folder / "full" / "mine").write_bytes(b"")
    (folder / "file").write_bytes(b"")
    before = tree(folder)
    with pytest.raises(error, match=what):
        run("in", **asked)
    assert tree(folder) == before


def test_a_file_that_changes_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus(folder / "in")
    real = mirror_records.mirror_records

    def changing(shard: Any, *rest: Any) -> None:
        real(shard, *rest)
        if shard.name.endswith(".zst"):
            os.utime(shard.name, ns=(1, 1))

    monkeypatch.setattr("dedup.app.write.mirror_records", changing)
    with pytest.raises(PathError, match=r"b\.jsonl\.zst has changed"):
        run("in", **ALL)
    assert UNFINISHED in tree(folder / "kept")
    assert not any("b.jsonl.zst" in name for name in tree(folder / "kept"))


def test_a_disk_full_at_any_write_leaves_whole_files_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus(folder / "in", 20)
    before = tree(folder / "in")
    run("in", **{name: f"whole/{name}" for name in ALL})
    whole = tree(folder / "whole")
    real = sink.Sink._push
    calls = 0

    def push(self: sink.Sink, raw: bytes) -> None:
        nonlocal calls
        calls += 1
        if calls == full_at:
            raise sink.unwritten(self.path, OSError(28, "No space left on device"))
        real(self, raw)

    monkeypatch.setattr(sink.Sink, "_push", push)
    full_at = -1
    run("in", **{name: f"count/{name}" for name in ALL})
    total = calls
    assert total > 20
    for full_at in range(1, total + 1, 3):
        calls = 0
        out = f"out{full_at}"
        with pytest.raises(OutputError, match="No space left"):
            run("in", **{name: f"{out}/{name}" for name in ALL})
        left = tree(folder / out)
        marks = [name for name in left if name.endswith(UNFINISHED)]
        assert len(marks) == 3 or full_at <= 6
        for name, raw in left.items():
            assert name.endswith(UNFINISHED) or raw == whole[name], name
    assert tree(folder / "in") == before


def test_an_unfinished_folder_is_filled_anew_with_resume(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus(folder / "in", 20)
    run("in", **{name: f"whole/{name}" for name in ALL})

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("dedup.app.write.mirror_parquet", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run("in", **ALL, work_dir="work")
    (folder / "kept" / ".c.csv.gz.partial").write_bytes(b"half")
    with pytest.raises(OutputError, match="not empty") as caught:
        run("in", **ALL)
    assert "--resume" in str(caught.value.hint)
    run("in", **ALL, work_dir="work", resume=True)
    for name in ALL:
        assert tree(folder / name) == tree(folder / "whole" / name)


def test_a_finished_folder_is_written_again_by_its_own_work_only(folder: Path) -> None:
    corpus(folder / "in", 20)
    run("in", **ALL, work_dir="work")
    before = tree(folder / "kept")
    run("in", **ALL, work_dir="work", resume=True)
    assert tree(folder / "kept") == before
    with pytest.raises(OutputError, match="kept is not empty"):
        run("in", **ALL, work_dir="other", resume=True)


def test_what_an_earlier_run_left_does_not_stay(folder: Path) -> None:
    corpus(folder / "in", 20)
    run("in", **ALL, work_dir="work")
    raw = (folder / "in" / "a.jsonl").read_bytes()
    (folder / "in" / "a.jsonl").write_bytes(raw.replace(b"{bad\n", b"").replace(b"\xff\xfe\n", b""))
    (folder / "in" / "f.txt").write_text(records(20)[0]["text"], encoding="utf-8")
    run("in", **ALL, work_dir="work", resume=True)
    run("in", **{name: f"new/{name}" for name in ALL})
    assert {name: tree(folder / name) for name in ALL} == {
        name: tree(folder / "new" / name) for name in ALL
    }
    (folder / "in" / "f.txt").unlink()
    with pytest.raises(OutputError, match=r"f\.txt is not of this run"):
        run("in", **ALL, work_dir="work", resume=True)


def test_many_dropped_are_found_in_any_order_of_shards(folder: Path) -> None:
    found = records(90)
    random.Random(1).shuffle(found)
    (folder / "in").mkdir()
    for at in range(9):
        (folder / "in" / f"{at}.jsonl").write_bytes(json_lines(found[at::9]))
    result = run("in", **ALL)
    kept = sorted((folder / "kept").iterdir())
    ids = [json.loads(line)["id"] for path in kept for line in path.read_bytes().splitlines()]
    assert sorted(ids) == list(result.kept)

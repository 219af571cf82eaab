"""Files, standard input, patterns and folders of records, through a whole scan."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from recordfiles import COMPRESSIONS, again, compress, json_lines, read_all, rows, told

from dedup.app.scan import scan_paths
from dedup.errors import PathError
from dedup.model import Document
from dedup.settings import Settings
from dedup.source import shards as module
from dedup.source.discovery import discover
from dedup.source.opening import Piped
from dedup.source.reading import Reading
from dedup.source.registry import reader_for

SEEDS = [
    path.read_text("utf-8")
    for path in sorted((Path(__file__).parent.parent.parent / "seeds").glob("*.txt"))
]
TEXTS = {
    "a": SEEDS[0],
    "b": SEEDS[1],
    "c": SEEDS[0] + "又加了一句话，说明这是转载的文章。",
    "d": "和别的都不一样的一篇短文，讲的是山里的天气和村里的收成。",
    "e": "和别的都不一样的一篇短文，讲的是山里的天气和村里的收成！",
}
RECORDS = [{"id": name, "text": text} for name, text in TEXTS.items()]


def source(folder: Path, kind: str) -> list[str]:
    """Write the texts as files of a kind, and return their paths."""
    pq = pytest.importorskip("pyarrow.parquet")
    import pyarrow as pa

    path = folder / f"texts{kind}"
    if kind == "files":
        for name, text in TEXTS.items():
            (folder / name).write_text(text, "utf-8", newline="")
        return list(TEXTS)
    if kind == ".parquet":
        pq.write_table(pa.table({k: [r[k] for r in RECORDS] for k in ("id", "text")}), path)
    elif kind.startswith((".csv", ".tsv")):
        delimiter = "," if kind.startswith(".csv") else "\t"
        table = rows(["id", "text"], *([r["id"], r["text"]] for r in RECORDS), delimiter=delimiter)
        path.write_bytes(compress(table, kind[4:]))
    else:
        path.write_bytes(compress(json_lines(*RECORDS), kind[6:]))
    return [str(path)]


KINDS = [f".jsonl{suffix}" for suffix in COMPRESSIONS] + [".csv", ".csv.zst", ".tsv.gz", ".parquet"]


def test_the_same_texts_give_the_same_clusters_whatever_holds_them(here: Path) -> None:
    expected = scan_paths(source(here, "files"), Settings())
    assert len(expected.clusters) == 2
    for kind in KINDS:
        found = scan_paths(source(here, kind), Settings())
        assert repr(found.clusters) == repr(expected.clusters), kind
        assert repr(found.pairs) == repr(expected.pairs), kind


def test_a_folder_of_texts_and_records(here: Path) -> None:
    (here / "corpus" / "deep").mkdir(parents=True)
    (here / "corpus" / "a.txt").write_text(TEXTS["a"])
    (here / "corpus" / "deep" / "b.jsonl.gz").write_bytes(
        compress(json_lines({"text": TEXTS["b"]}), ".gz")
    )
    (here / "corpus" / "meta.jsonl").write_bytes(json_lines({"title": "x"}))
    (here / "corpus" / "x.json").write_text("{}")
    result = scan_paths(["corpus"], Settings())
    (cluster,) = result.clusters
    assert sorted(cluster.members) == ["corpus/a.txt", "corpus/deep/b.jsonl.gz:1"]
    assert [(s.id, s.reason, s.error) for s in result.skipped] == [
        ("corpus/meta.jsonl", "no-field", False)
    ]
    assert dict(result.summary.left_out) == {".json": 1}


@pytest.mark.parametrize("suffix", COMPRESSIONS[1:])
def test_a_compressed_text_is_a_text(here: Path, suffix: str) -> None:
    (here / f"a.txt{suffix}").write_bytes(compress(TEXTS["a"].encode("gb18030"), suffix))
    (here / "b.txt").write_text(TEXTS["a"])
    (here / f"broken.txt{suffix}").write_bytes(compress(TEXTS["a"].encode(), suffix)[:-9])
    result = scan_paths(["."], Settings())
    assert sorted(result.clusters[0].members) == [f"a.txt{suffix}", "b.txt"]
    (skipped,) = result.skipped
    assert (skipped.id, skipped.reason) == (f"broken.txt{suffix}", "cut-short")


def test_patterns_that_a_shell_left_alone(here: Path) -> None:
    for name in ("a.jsonl", "deep/b.jsonl", "c.txt", "[x].jsonl"):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_bytes(json_lines({"text": name}))
    assert discover(["*.jsonl"]).files == ("[x].jsonl", "a.jsonl")
    assert discover(["**/*.jsonl"]).files == ("[x].jsonl", "a.jsonl", "deep/b.jsonl")
    assert discover(["[x].jsonl"]).files == ("[x].jsonl",)
    assert discover(["*.jsonl"]).named == {"[x].jsonl", "a.jsonl"}
    with pytest.raises(PathError):
        discover(["*.parquet"])


def test_guesses_are_noted(here: Path) -> None:
    for name in ("a", "b"):
        (here / f"{name}.jsonl").write_bytes(json_lines({"正文": TEXTS[name]}))
    result = scan_paths(["a.jsonl", "b.jsonl"], Settings())
    assert [str(note) for note in result.notes] == [
        "a.jsonl and 1 more: read as records, the text from 正文, named by line"
    ]
    reading = Reading(text_fields=("正文", "标题"), id_field="编号")
    result = scan_paths(["a.jsonl"], Settings(), reading=reading)
    assert [str(note) for note in result.notes] == [
        "a.jsonl: no record has a field 标题",
        "a.jsonl: no record has a field 编号",
    ]


def test_newest_goes_by_the_date_of_the_record(here: Path) -> None:
    dates = {"a": "2024-01-02", "b": "2023-05-06", "c": "2025-01-01"}
    (here / "a.jsonl").write_bytes(
        json_lines(*({"id": n, "text": TEXTS["a"], "when": d} for n, d in dates.items()))
    )
    reading = Reading(date_field="when")
    for keep, kept in (("newest", "c"), ("oldest", "b")):
        result = scan_paths(["a.jsonl"], Settings(keep=keep), reading=reading)
        assert [cluster.keep for cluster in result.clusters] == [kept]
    assert result.documents["a"].date == "2024-01-02"
    assert result.documents["a"].date_kind == "record"


# Standard input.


class Pipe(io.RawIOBase):
    """Bytes that come once, a few at a time."""

    def __init__(self, raw: bytes) -> None:
        self._raw = io.BytesIO(raw)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self._raw.readinto(memoryview(buffer)[:1000])


def piped(raw: bytes, **options: object):
    return module.standard_input_shard(io.BufferedReader(Pipe(raw)), Reading(**options))


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_records_on_standard_input(suffix: str) -> None:
    shard = piped(compress(json_lines(*RECORDS), suffix))
    found = read_all(shard)
    assert [(d.id, d.text, d.path) for d in found] == [(r["id"], r["text"], "-") for r in RECORDS]
    assert again(shard, [2, 4]) == [found[1], found[3]]
    assert b"".join(piece for _, piece in shard.raw()) == json_lines(*RECORDS)


def test_other_formats_on_standard_input() -> None:
    assert told(read_all(piped(rows(["text"], ["一"], ["二"]), format="csv"))) == ["一", "二"]
    raw = json_lines({"text": "一"})
    assert told(read_all(piped(raw, format="text"))) == [raw.decode()]
    assert told(read_all(piped(json_lines({"t": "一"}), text_fields=("t",)))) == ["一"]


@pytest.mark.parametrize(
    "raw",
    [
        "一段文字".encode(),
        b'{"title": "x"}\n',
        b'{"text": \n"x"}',
        b"[1]\n",
        "一\n二\n".encode("gbk"),
    ],
)
def test_one_text_on_standard_input(raw: bytes) -> None:
    (found,) = read_all(piped(raw))
    assert isinstance(found, Document)
    assert (found.id, found.path) == ("-", None)


def test_a_text_on_standard_input_is_split() -> None:
    assert [d.id for d in read_all(piped("甲\n乙".encode(), split="line"))] == ["-#l1", "-#l2"]


def test_what_was_piped_is_kept_where_nobody_else_can_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    source = Piped(io.BufferedReader(Pipe(b"x" * 100_000)))
    with source.stored() as stream:
        assert stream.read() == b"x" * 100_000
    spool = source._spool.fileno()
    assert os.fstat(spool).st_mode & 0o777 == 0o600
    assert not any(tmp_path.iterdir())
    source.close()


def test_a_reader_can_be_added(here: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "_OPENERS", dict(module._OPENERS))
    module.register([".jl"], module._OPENERS[".jsonl"])
    assert module.format_of("a.jl.gz", Reading()) == ".jl"
    (here / "a.jl").write_bytes(json_lines({"text": "一"}))
    (shard,) = module.shards(["a.jl"], Reading())
    assert told(read_all(shard)) == ["一"]
    assert reader_for("a.jl") is reader_for("a.txt")

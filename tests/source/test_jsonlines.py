"""JSON lines: every compression, every fault, every byte."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recordfiles import COMPRESSIONS, again, compress, json_lines, read_all, shard_of, told

from dedup.engine.shards import read_items
from dedup.model import Document, Skipped
from dedup.source.reading import Reading
from dedup.source.shards import shards


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_lines_are_read_and_read_again(tmp_path: Path, suffix: str) -> None:
    raw = json_lines(
        {"id": "甲", "text": "第一则"}, {"id": 7, "text": "第二则"}, {"text": "第三则"}
    )
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(compress(raw, suffix))
    shard = shard_of(path)
    found = read_all(shard)
    assert [(d.id, d.text, d.place) for d in found] == [
        ("甲", "第一则", 1),
        ("7", "第二则", 2),
        (f"{path}:3", "第三则", 3),
    ]
    assert {(d.path, d.encoding, d.mtime) for d in found} == {
        (str(path), "utf-8", path.stat().st_mtime)
    }
    assert again(shard, [1, 3]) == [found[0], found[2]]
    assert again(shard_of(path), [2]) == [found[1]]
    assert again(shard, []) == []
    assert b"".join(piece for _, piece in shard.raw()) == raw
    assert shard.compression == {
        "": None, ".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"
    }[suffix]  # fmt: skip
    assert shard.suffixes == [".jsonl", suffix][: 1 + bool(suffix)]


def test_several_members_are_one_file(tmp_path: Path) -> None:
    for suffix in COMPRESSIONS:
        path = tmp_path / f"a.ndjson{suffix}"
        path.write_bytes(
            b"".join(compress(json_lines({"text": text}), suffix) for text in "甲乙丙")
        )
        assert told(read_all(shard_of(path))) == ["甲", "乙", "丙"]


def test_marks_blank_lines_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b'{"text": "a"}\r\n\r\n  \n{"text": "b"}\n\n{"text": "c"}')
    shard = shard_of(path)
    assert [(d.text, d.place) for d in read_all(shard)] == [("a", 1), ("b", 4), ("c", 6)]
    assert [place for place, _ in shard.raw()] == [0, 1, 0, 0, 4, 0, 6]
    assert shard.fault is None


@pytest.mark.parametrize(
    ("line", "reason", "error"),
    [
        (b"{", "not-json", True),
        (b'{"text": "a"} x', "not-json", True),
        (b"[" * 100_000, "not-json", True),
        (b'["a"]', "not-a-record", True),
        (b'"a"', "not-a-record", True),
        (b'{"text": "\xff"}', "undecodable", True),
        (b'{"title": "a"}', "no-field", True),
        (b'{"text": null}', "no-text", False),
        (b'{"text": ""}', "no-text", False),
        (b'{"text": []}', "no-text", False),
        (b'{"text": 1}', "not-a-text", True),
        (b'{"text": true}', "not-a-text", True),
        (b'{"text": {"a": "b"}}', "not-a-text", True),
        (b'{"text": [{"a": "b"}]}', "not-a-text", True),
        (b'{"text": ["a", 1]}', "not-a-text", True),
        ('{"text": "锟斤拷锟斤拷锟斤拷锟斤拷"}'.encode(), "garbled", False),
    ],
)
def test_a_faulty_record_is_told_and_the_rest_goes_on(
    tmp_path: Path, line: bytes, reason: str, error: bool
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "before"}\n' + line + b'\n{"text": "after"}\n')
    before, fault, after = read_all(shard_of(path))
    assert isinstance(fault, Skipped)
    assert (fault.reason, fault.error, fault.place) == (reason, error, 2)
    assert (fault.id, fault.path) == (f"{path}:2", str(path))
    assert (before.text, after.text) == ("before", "after")


def test_what_json_allows_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        rb'{"text": "\ud800 alone", "score": NaN}' + b"\n"
        rb'{"text": "first", "text": "last"}' + b"\n"
        rb'{"text": "\u4e2d\u6587 \ud83d\ude00"}' + b"\n"
    )
    assert told(read_all(shard_of(path))) == ["\ud800 alone", "last", "中文 😀"]


@pytest.mark.parametrize("suffix", COMPRESSIONS[1:])
@pytest.mark.parametrize("missing", [1, 9, 400])
def test_a_file_cut_short_gives_what_was_before(tmp_path: Path, suffix: str, missing: int) -> None:
    import random

    letters = random.Random(4)
    texts = [
        "".join(chr(letters.randrange(0x4E00, 0x9FA5)) for _ in range(50)) for _ in range(9000)
    ]
    raw = json_lines(*({"text": text} for text in texts))
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(compress(raw, suffix)[:-missing])
    shard = shard_of(path)
    *found, fault = read_all(shard)
    assert (fault.id, fault.reason, fault.error) == (str(path), "cut-short", True)
    assert told(found) == texts[: len(found)]
    assert fault.place == len(found)
    pieces = list(shard.raw())
    whole = b"".join(piece for _, piece in pieces)
    assert raw.startswith(whole)
    assert [place for place, _ in pieces if place] == list(range(1, len(found) + 1))
    if suffix in {".gz", ".xz"} and missing < 10:
        assert len(found) > 8000


@pytest.mark.parametrize("suffix", COMPRESSIONS[1:])
def test_a_damaged_file_is_told(tmp_path: Path, suffix: str) -> None:
    raw = bytearray(compress(json_lines(*({"text": f"第{i}则"} for i in range(999))), suffix))
    for at in range(len(raw) // 2, len(raw) // 2 + 40):
        raw[at] ^= 0xFF
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(raw)
    fault = read_all(shard_of(path))[-1]
    assert isinstance(fault, Skipped)
    assert fault.reason in {"damaged", "cut-short"}
    assert fault.error


def test_what_is_not_compressed_at_all_is_damaged(tmp_path: Path) -> None:
    for suffix in COMPRESSIONS[1:]:
        path = tmp_path / f"a.jsonl{suffix}"
        path.write_bytes(b'{"text": "a"}\n')
        assert [(s.reason, s.error) for s in read_all(shard_of(path))] == [("damaged", True)]


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    (fault,) = read_all(shard_of(tmp_path / "a.jsonl"))
    assert (fault.reason, fault.error) == ("vanished", True)


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"")
    assert read_all(shard_of(path)) == []
    assert list(shard_of(path).raw()) == []


@pytest.mark.parametrize("named", [True, False])
def test_without_a_field_to_guess_the_file_is_left_out(tmp_path: Path, named: bool) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json_lines({"title": "a"}, {"title": "b"}))
    chosen = frozenset([str(path)]) if named else frozenset()
    (shard,) = shards([str(path)], Reading(), named=chosen)
    (fault,) = read_all(shard)
    assert (fault.id, fault.reason, fault.error) == (str(path), "no-field", named)
    assert "title" in str(fault.detail)


line = st.one_of(
    st.sampled_from([b"", b" ", b"\t", b"\r", b"{", b"\xff", b"\x00"]),
    st.text(max_size=5).map(lambda t: json_lines({"text": t})[:-1]),
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(
    lines=st.lists(st.tuples(line, st.sampled_from([b"\n", b"\r\n"])), max_size=9),
    last=line,
    mark=st.booleans(),
)
def test_raw_gives_every_byte_once(tmp_path: Path, lines, last, mark) -> None:
    raw = b"\xef\xbb\xbf" * mark + b"".join(text + end for text, end in lines) + last
    path = tmp_path / "a.jsonl"
    path.write_bytes(raw)
    shard = shard_of(path, text_fields=("text",))
    pieces = list(shard.raw())
    assert b"".join(piece for _, piece in pieces) == raw
    places = [place for place, _ in pieces if place]
    assert places == sorted(set(places))
    assert [each.place for each in read_all(shard)] == places
    for place, piece in pieces:
        if place:
            assert shard.parse(place, piece).place == place


def test_long_lines_cross_the_bounds_of_reading(tmp_path: Path) -> None:
    texts = ["长" * 1_000_000, "短", "又长" * 600_000, "末"]
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(compress(json_lines(*({"text": text} for text in texts)), ".gz"))
    assert told(read_all(shard_of(path))) == texts


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    text = "一段不长不短的文字。" * 10
    path.write_bytes(compress(json_lines({"text": text}) * 100_000, ".gz"))
    shard = shard_of(path)
    next(shard.items())
    tracemalloc.start()
    count = sum(isinstance(each, Document) for each in read_items(shard.items()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 20_000_000

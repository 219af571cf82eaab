"""Blocks of records: cut at line ends, checked for garbled texts, read by workers."""

from __future__ import annotations

import random
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from recordfiles import again, json_lines, read_all, shard_of, told

from dedup.engine.shards import Run
from dedup.model import Document, Skipped
from dedup.source import blocks
from dedup.source.blocks import checked, grouped, last, line_blocks, records_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def cut(raw: bytes, rng: random.Random) -> list[bytes]:
    """Cut bytes into pieces of any size."""
    at = sorted(rng.randrange(len(raw) + 1) for _ in range(rng.randrange(6)))
    return [raw[low:high] for low, high in pairwise([0, *at, len(raw)]) if high > low]


@pytest.mark.parametrize("seed", range(40))
def test_blocks_hold_every_line_once(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    monkeypatch.setattr(blocks, "BLOCK", rng.choice([1, 7, 40, 1000]))
    monkeypatch.setattr(blocks, "MOST_LINES", rng.choice([1, 2, 5, 1000]))
    lines = [b"x" * rng.randrange(9) + rng.choice([b"", b"\r"]) for _ in range(rng.randrange(60))]
    raw = b"\n".join(lines) + rng.choice([b"", b"\n"])
    found = list(line_blocks(cut(raw, rng)))
    assert b"".join(block for _, block in found) == raw
    for count, block in found[:-1]:
        assert block.endswith(b"\n")
        assert count == block.count(b"\n") <= blocks.MOST_LINES
    if found:
        assert found[-1][0] == len(found[-1][1].removesuffix(b"\n").split(b"\n"))


def test_where_reading_fails_the_line_that_was_begun_is_left_out() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"one\ntwo\nthr"
        raise zlib.error("damaged")

    found: list[tuple[int, bytes]] = []
    with pytest.raises(zlib.error):
        found.extend(line_blocks(pieces()))
    assert found == [(2, b"one\ntwo\n")]


def test_records_that_were_cut_are_grouped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MOST_LINES", 2)
    records = [(0, b"head\n"), (1, b"a\n"), (2, b"b\n"), (0, b"\n"), (3, b"c\n")]
    assert list(grouped(records, b"\n")) == [(1, 2, [b"a\n", b"b\n"]), (3, 1, [b"c\n"])]

    def failing() -> Iterator[tuple[int, bytes]]:
        yield from [(1, b"a\n"), (2, b"half")]
        raise EOFError

    found = []
    with pytest.raises(EOFError):
        found.extend(grouped(failing(), b"\n"))
    assert found == [(1, 1, [b"a\n"])]


@pytest.mark.parametrize(
    ("block", "place"),
    [
        (b"{}\n{}\n", 11),
        (b"{}\n{}", 11),
        (b"{}\n\n \r\n", 10),
        (b"{}\n" + b" \n" * 100, 10),
        (b" \n" * 100, 0),
        ([b"a\n", b"b\n", b"c\n"], 12),
    ],
)
def test_the_last_record_of_a_block(block: bytes | list[bytes], place: int) -> None:
    count = len(block) if isinstance(block, list) else len(block.removesuffix(b"\n").split(b"\n"))
    assert last(10, count, block) == place


@pytest.mark.parametrize(
    "block", [b"", b"\n", b"a", b"a\n", b"a\r\nb", b"\n\na\n\nbc\n", b"ab\n\n"]
)
def test_records_of_a_block_are_its_lines(block: bytes) -> None:
    lines = block.split(b"\n")
    assert [bytes(each) for each in records_of(block)] == lines
    assert records_of(lines) == lines
    for rows in ([], [0], [len(lines) - 1], list(range(0, len(lines), 2))):
        wanted = [lines[row] for row in rows]
        assert [bytes(each) for each in records_of(block, rows)] == wanted
        assert records_of(lines, rows) == wanted


def test_garbled_documents_of_a_run_are_skipped_and_not_encoded() -> None:
    good, bad = "春眠不觉晓，处处闻啼鸟。", "锟斤拷锟斤拷锟斤拷锟斤拷"
    quoted = "“锟斤拷”是常见的乱码，本文说明它从何而来，又怎样避免。" * 4
    found = [
        Document("a", good, "f", place=1),
        Document("b", bad, "f", place=2),
        Skipped("c", "f", "no-text", "", place=3),  # type: ignore[arg-type]
        Document("d", quoted, "f", place=4),
    ]
    read = checked(found)
    assert told(read.found) == [good, (2, "garbled"), (3, "no-text"), quoted]
    assert [raw.decode() for raw, _ in read.batch.texts()] == [good, quoted]


def test_records_come_in_runs_and_only_those_wanted_are_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "MOST_LINES", 10)
    path = tmp_path / "a.jsonl"
    path.write_bytes(json_lines(*({"text": f"第{n}条，内容不同。"} for n in range(1, 101))))
    shard = shard_of(path)
    assert [type(each) for each in shard.items()] == [Run] * 10
    assert [each.place for each in read_all(shard)] == list(range(1, 101))
    parsed: list[str] = []
    quick = shard.cutter.quick

    def parsing(raw: bytes) -> Any:
        parsed.append(quick(raw)["text"])
        return quick(raw)

    monkeypatch.setattr(shard.cutter, "quick", parsing)
    wanted = [1, 10, 11, 55, 100]
    assert [each.place for each in again(shard, wanted)] == wanted
    assert parsed == [f"第{n}条，内容不同。" for n in wanted]
    parsed.clear()
    assert len(list(shard.again([55]))) == 1
    assert parsed == []
    assert again(shard, []) == []
    assert again(shard, [101]) == []

"""Records of the usual form are read in one step: the same documents as one by one."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from recordfiles import json_lines, read_all, shard_of

from dedup.model import Document, Skipped
from dedup.source.blocks import BLANK, records_of
from dedup.source.reading import Reading
from dedup.source.shards import shards

ODD = [
    b"", b" ", b"\r", b"\t \r",
    b"{", b"}", b"null", b"7", b"[]", b'["a"]', b'"a"', b"{}", b"nonsense", b"[" * 5000,
    b'{"text": "a"} x', b'{"text": "a", }', b'{"text": "a"',
    b'{"text": "\xff"}', '{"text": "中文"}'.encode("gb18030"), b'\xef\xbb\xbf{"text": "mark"}',
    b'{"title": "a"}', b'{"text": null}', b'{"text": ""}', b'{"text": 1}', b'{"text": true}',
    b'{"text": 1.5}', b'{"text": {"a": "b"}}', b'{"text": []}', b'{"text": ["a", "b"]}',
    b'{"text": [["a"]]}', b'{"text": "first", "text": "last"}', b'{"text": "a", "text": 1}',
    b'{"text": 1, "text": "b"}', rb'{"text": "\ud800 alone"}', rb'{"text": "\ud83d\ude00"}',
    b'{"text": "a", "n": NaN}', b'{"text": "a", "n": 1e999}', b'{"text": "a", "n": 0123}',
    b'{"text": "a", "n": 123456789012345678901234567890}', b'{"text": " "}', b' {"text": "a"} \r',
    b'{"text": "a", "id": "x"}', b'{"text": "a", "id": 7}', b'{"text": "a", "id": true}',
    b'{"text": "a", "id": null}', b'{"text": "a", "id": ""}', b'{"text": "a", "id": 1.5}',
    b'{"text": "a", "id": [1]}', b'{"text": "a", "id": ["x", "y"]}', b'{"text": "a", "id": {}}',
    b'{"text": "a", "id": "x", "id": "y"}', b'{"text": "a", "id": 123456789012345678901}',
    b'{"text": "a", "m.id": "x"}', b'{"text": "a", "m": {"id": "y"}}',
    b'{"text": "a", "m": {"id": 9, "text": "in"}}', b'{"m": {"text": "in"}}',
    b'{"m.text": "dotted", "m": {"text": "in"}}', b'{"text": "a", "": "empty"}',
    b'{"text": "a", "date": "2024-01-02", "score": "0.5"}', b'{"text": "a", "score": true}',
    '{"text": "锟斤拷锟斤拷锟斤拷锟斤拷", "id": "g"}'.encode(),
    '{"text": "“锟斤拷”是常见的乱码，本文说明它从何而来，又怎样避免，为什么会出现。"}'.encode(),
    '{"text": "𠮷野家", "id": "𠮷"}'.encode(), rb'{"\u0074ext": "escaped name"}',
]  # fmt: skip
USUAL = json_lines(
    {"id": "甲", "text": "第一则"}, {"text": "第二则"}, {"text": "第三则", "id": "丙", "n": [1, {}]}
).splitlines()


def one_by_one(shard: Any, lines: list[bytes]) -> list[Document | Skipped]:
    """Return what each line holds, parsed by itself."""
    numbered = enumerate(lines, 1)
    return [shard.parse(place, bytes(raw)) for place, raw in numbered if raw.strip(BLANK)]


READINGS: list[dict[str, Any]] = [
    {},
    {"text_fields": ("text",), "id_field": "id"},
    {"text_fields": ("text",), "id_field": "m.id"},
    {"text_fields": ("m.text",), "id_field": "id"},
    {"text_fields": ("text", "m.text")},
    {"text_fields": ("*",)},
    {"date_field": "date"},
    {"score_field": "score"},
]


@pytest.mark.parametrize("options", READINGS)
@pytest.mark.parametrize("seed", range(4))
def test_odd_records_among_usual_ones_are_what_they_are_by_themselves(
    tmp_path: Path, options: dict[str, Any], seed: int
) -> None:
    rng = random.Random(seed)
    lines = [*USUAL, *ODD, *(rng.choice(USUAL) for _ in ODD)]
    if seed:
        rng.shuffle(lines)
    path = tmp_path / "a.jsonl"
    shard, other = shard_of(path, **options), shard_of(path, **options)
    for each in (shard, other):
        each.parse(1, USUAL[0])  # it decides the fields
        each.fields.seen.clear()
    expected = one_by_one(other, lines)
    parser = shard._parser()
    places = range(1, len(lines) + 1)
    for records in (lines, records_of(b"\n".join(lines))):
        assert parser.documents(places, records) == expected
        documents = [each for each in expected if isinstance(each, Document)]
        found = parser.texts(places, records)
        assert found.texts == [each.text for each in documents]
        assert found.places == [each.place for each in documents]
        assert found.count == len(expected)
    assert shard.fields == other.fields  # what was seen in records is the same


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [b"", b"\n", b'{"id": "cut", "te'])
def test_whole_files_are_read_like_their_lines(tmp_path: Path, end: bytes, last: bytes) -> None:
    path = tmp_path / "a.jsonl"
    lines = [line + end.strip(b"\n") for line in [*USUAL, *ODD, *USUAL]]
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join(lines) + b"\n" + last)
    shard, other = shard_of(path), shard_of(path)
    found = read_all(shard)
    other.fields = shard.fields
    expected = one_by_one(other, [*lines, *([last] if last.strip() else [])])
    assert {each.place for each in found} == {each.place for each in expected}
    for each, one in zip(found, expected, strict=True):
        assert each == one or (isinstance(each, Skipped) and each.reason == "garbled")
    texts = [run.texts() for run in shard.items()]
    assert sum(each.count for each in texts) == len(found)
    unsound = {each.place for each in found if isinstance(each, Skipped)}
    alone = {
        place: text for each in texts for place, text in zip(each.places, each.texts, strict=True)
    }
    assert {place: text for place, text in alone.items() if place not in unsound} == {
        each.place: each.text for each in found if isinstance(each, Document)
    }


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.csv", "id,text\n1,甲\n,乙\n3,\n".encode()),
        ("a.json", json.dumps([{"id": 1, "text": "甲"}, {"text": "乙"}, 3, {"text": ""}]).encode()),
    ],
)
def test_other_records_have_texts_alone_too(tmp_path: Path, name: str, raw: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    (shard,) = shards([str(path)], Reading())
    (run,) = shard.items()
    read, texts = run.read(), run.texts()  # type: ignore[union-attr,misc]
    assert texts.texts == ["甲", "乙"]
    assert texts.places == [each.place for each in read.found if isinstance(each, Document)]
    assert texts.count == len(read.found)

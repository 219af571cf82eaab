"""JSON files: arrays of records, single ones, and several after each other."""

from __future__ import annotations

import io
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recordfiles import again, compress, read_all, shard_of, told

import dedup
from dedup.errors import UsageError
from dedup.source import jsonfile
from dedup.source.jsonfile import JsonRecords, _Cutting

if TYPE_CHECKING:
    from pathlib import Path

RECORDS: list[dict[str, Any]] = [
    {"id": "a", "text": "春眠不觉晓，处处闻啼鸟。"},
    {"id": "b", "text": '他说："[{]}\\"'},
    {"text": "夜来风雨声，\n花落知多少。", "meta": {"tags": ["诗", {"deep": [[]]}], "n": None}},
]
TEXTS = [record["text"] for record in RECORDS]

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.sampled_from('"\\[]{},:春a'), max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
objects = st.dictionaries(st.text(max_size=3), anything, max_size=4)


def pieces_of(raw: bytes, seed: int) -> list[bytes]:
    """Cut bytes anywhere."""
    rng = random.Random(seed)
    at = sorted(rng.randrange(len(raw) + 1) for _ in range(rng.randrange(8)))
    return [raw[low:high] for low, high in zip([0, *at], [*at, len(raw)], strict=True)]


@given(
    st.lists(objects | st.lists(anything, max_size=2)),
    st.integers(0, 99),
    st.sampled_from([None, 1]),
)
def test_every_member_is_a_record_wherever_reading_stops(
    members: list[Any], seed: int, indent: int | None
) -> None:
    raw = json.dumps(members, ensure_ascii=False, indent=indent).encode()
    cutting, found = _Cutting(), []
    for piece in pieces_of(raw, seed):
        found += list(cutting.feed(piece))
    assert not cutting.open
    assert b"".join(found) + cutting.rest == raw
    records = [raw for place, raw in JsonRecords().cut(io.BytesIO(raw)) if place]
    assert [json.loads(each) for each in records] == members


@pytest.mark.parametrize("suffix", ["", ".gz"])
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_an_array(suffix: str, indent: int | None, mark: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a.json{suffix}"
    raw = mark + json.dumps(RECORDS, ensure_ascii=False, indent=indent).encode()
    path.write_bytes(compress(raw, suffix) if suffix else raw)
    found = read_all(shard_of(path))
    assert told(found) == TEXTS
    assert [each.id for each in found] == ["a", "b", f"{path}:3"]
    assert [each.text for each in again(shard_of(path), [1, 3])] == [TEXTS[0], TEXTS[2]]


@pytest.mark.parametrize("between", ["", "\n", " \r\n\n"])
def test_objects_one_after_the_other(between: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(between.join(json.dumps(r, indent=1) for r in RECORDS), encoding="utf-8")
    assert told(read_all(shard_of(path))) == TEXTS
    path.write_text(json.dumps(RECORDS[0]), encoding="utf-8")
    assert told(read_all(shard_of(path))) == TEXTS[:1]


@pytest.mark.parametrize(
    ("raw", "reasons"),
    [
        (b"", []),
        (b" \n", []),
        (b"[]", []),
        (b"17", ["not-a-record"]),
        (b'"text"', ["not-a-record"]),
        (b'["a", "b"]', ["not-json"]),
        (b'[[1], {"text": 5}]', ["not-a-record", "not-a-text"]),
        (b"]", []),
        (b"}", ["not-json"]),
        (b'{"text": nonsense}', ["not-json"]),
    ],
)
def test_what_holds_no_records(raw: bytes, reasons: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(raw)
    found = read_all(shard_of(path))
    assert [each.reason for each in found] == reasons


@pytest.mark.parametrize(
    "cut",
    [
        b'[{"text": "\xe6\x98\xa5"}, {"te',
        b'[{"text": "\xe6\x98\xa5"}',
        b'[{"text": "\xe6\x98\xa5"}, "x',
    ],
)
def test_what_is_cut_short_is_said(cut: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(cut)
    text, fault = told(read_all(shard_of(path)))
    assert (text, fault[1]) == ("春", "cut-short")


def test_no_more_is_held_than_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []
    feed = _Cutting.feed

    def feeding(self: _Cutting, piece: bytes) -> Any:
        yield from feed(self, piece)
        held.append(len(self.rest))

    monkeypatch.setattr(jsonfile._Cutting, "feed", feeding)
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps([{"text": f"第{n}条" * 20} for n in range(60_000)]), encoding="utf-8"
    )
    assert len(read_all(shard_of(path))) == 60_000
    assert len(held) > 3
    assert max(held) < 1000


def test_a_folder_passes_json_over_and_a_name_does_not(tmp_path: Path) -> None:
    rows = [{"text": "同一篇文章，内容完全相同，只是存了两遍。" * 3}] * 2
    (tmp_path / "a.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "b.txt").write_text("另一篇文章。", encoding="utf-8")
    assert dedup.scan(tmp_path).summary.documents == 1
    result = dedup.scan(tmp_path / "a.json")
    assert result.dropped == (f"{tmp_path / 'a.json'}:2",)
    with pytest.raises(UsageError, match="one piece of JSON"):
        dedup.scan(tmp_path / "a.json", write_kept=tmp_path / "kept")
    assert not (tmp_path / "kept").exists()

"""CSV and TSV: quotes, encodings, faults, and every byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recordfiles import COMPRESSIONS, again, compress, read_all, rows, shard_of, told

from dedup.errors import SettingsError
from dedup.source import delimited

TEXTS = [
    "短文一则",
    '带"引号"和,逗号;还有\t跳格',
    "多行\n文字\r\n第三行",
    '5" 管子',
    "最后一则文字",
]
TABLE = [["id", "text"], *([f"r{i}", text] for i, text in enumerate(TEXTS))]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("csv", ";"), ("tsv", "\t")])
def test_rows_are_read_and_read_again(
    tmp_path: Path, encoding: str, suffix: str, delimiter: str
) -> None:
    raw = rows(*TABLE, delimiter=delimiter, encoding=encoding)
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(raw)
    shard = shard_of(path)
    found = read_all(shard)
    assert [(d.id, d.text, d.place) for d in found] == [
        (f"r{i}", text, i + 1) for i, text in enumerate(TEXTS)
    ]
    assert {d.encoding for d in found} == {{"utf-16": "utf-16-le"}.get(encoding, encoding)}
    assert again(shard_of(path), [3, 5]) == [found[2], found[4]]
    pieces = list(shard.raw())
    assert b"".join(piece for _, piece in pieces) == raw
    assert [place for place, _ in pieces if place] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_a_compressed_table_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.csv{suffix}"
    path.write_bytes(compress(rows(*TABLE, encoding="gb18030"), suffix))
    assert told(read_all(shard_of(path))) == TEXTS


def test_big5_and_an_encoding_that_is_named(tmp_path: Path) -> None:
    text = "這是一段繁體中文的文字，用來測試編碼。"
    path = tmp_path / "a.csv"
    path.write_bytes(rows(["id", "text"], ["1", text], encoding="big5"))
    assert told(read_all(shard_of(path))) == [text]
    assert told(read_all(shard_of(path, encoding="big5"))) == [text]
    patterns = ((str(path), "big5"),)
    assert told(read_all(shard_of(path, encodings=patterns))) == [text]
    with pytest.raises(SettingsError):
        read_all(shard_of(path, encoding="big-fife"))


def test_columns_by_number_where_there_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(rows(["1", "甲文"], ["2", "乙文"]))
    found = read_all(shard_of(path, text_fields=("#2",), id_field="#1"))
    assert [(d.id, d.text, d.place) for d in found] == [("1", "甲文", 1), ("2", "乙文", 2)]


def test_a_cell_may_be_as_long_as_an_article(tmp_path: Path) -> None:
    text = "长" * 300_000
    path = tmp_path / "a.csv"
    path.write_bytes(rows(["text"], [text]))
    assert told(read_all(shard_of(path))) == [text]


@pytest.mark.parametrize(
    ("row", "told_as"),
    [
        (b'9,"never closed', (2, "not-a-row")),
        (b"9,one,two", (2, "not-a-row")),
        (b"9,one,,", "one"),
        (b"9", (2, "no-field")),
        (b"9,", (2, "no-text")),
        (b"9,\xff\xff", (2, "undecodable")),
        (b"9,a\rb", (2, "not-a-row")),
        (b'9,"a\rb"', "a\rb"),
        (b'9,"a"b', "ab"),
    ],
)
def test_a_faulty_row_is_told_and_the_rest_goes_on(tmp_path: Path, row, told_as) -> None:
    path = tmp_path / "a.csv"
    raw = "id,text\r\n1,前面的文字\r\n".encode() + row + "\r\n3,后面的文字\r\n".encode()
    path.write_bytes(raw)
    shard = shard_of(path)
    assert told(read_all(shard)) == ["前面的文字", told_as, "后面的文字"]
    assert b"".join(piece for _, piece in shard.raw()) == raw


def test_a_quotation_that_is_never_closed_costs_one_row(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST", 1000)
    path = tmp_path / "a.csv"
    lines = ["id,text", '0,"open', *(f"{i},第{i}则" for i in range(1, 200)), '200,"shut"']
    path.write_text("\n".join(lines))
    shard = shard_of(path)
    assert told(read_all(shard)) == [
        (1, "not-a-row"),
        *(f"第{i}则" for i in range(1, 200)),
        "shut",
    ]
    assert b"".join(piece for _, piece in shard.raw()) == path.read_bytes()


@pytest.mark.parametrize("suffix", COMPRESSIONS[1:])
def test_a_table_cut_short_gives_what_was_before(tmp_path: Path, suffix: str) -> None:
    import random

    letters = random.Random(5)
    texts = [
        "".join(chr(letters.randrange(0x4E00, 0x9FA5)) for _ in range(80)) for _ in range(9000)
    ]
    path = tmp_path / f"a.csv{suffix}"
    packed = compress(rows(["text"], *([text] for text in texts)), suffix)
    path.write_bytes(packed[:-300])
    *found, fault = read_all(shard_of(path))
    assert (fault.reason, fault.place) == ("cut-short", len(found))
    assert told(found) == texts[: len(found)]


def test_a_header_in_no_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("编号编号编号,正文正文".encode() + b"\xff,x\n1,2\n")
    (fault,) = read_all(shard_of(path))
    assert (fault.reason, fault.error, fault.id) == ("undecodable", True, str(path))


def test_an_empty_table_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for raw in (b"", b"\n\n", b"text\n"):
        path.write_bytes(raw)
        assert read_all(shard_of(path)) == []


cell = st.text(st.sampled_from('a中",;\t\n\r '), max_size=6)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
@given(cells=st.lists(st.tuples(cell, cell), max_size=6))
def test_what_was_written_comes_back(tmp_path: Path, cells) -> None:
    raw = rows(["id", "text"], *([f"r{a}", f"t{b}"] for a, b in cells))
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    shard = shard_of(path)
    assert [(d.id, d.text) for d in read_all(shard)] == [(f"r{a}", f"t{b}") for a, b in cells]
    assert b"".join(piece for _, piece in shard.raw()) == raw


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
@given(body=st.text(st.sampled_from('a中",\n\r'), max_size=40), encoding=st.sampled_from(ENCODINGS))
def test_raw_gives_every_byte_once_whatever_it_holds(tmp_path: Path, body, encoding) -> None:
    raw = f"id,text\n一,中文中文中文\n{body}".encode(encoding)
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    shard = shard_of(path, encoding=encoding)
    pieces = list(shard.raw())
    assert b"".join(piece for _, piece in pieces) == raw
    places = [place for place, _ in pieces if place]
    assert places == list(range(1, len(places) + 1))
    assert [each.place for each in read_all(shard)] == places

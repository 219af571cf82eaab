"""Fields added to lines of JSON, columns added to rows of CSV; the rest byte for byte."""

from __future__ import annotations

import csv
import io
import json

import pytest

from dedup.source.noted import NOTED, Note, noted_line
from dedup.source.noted_rows import NotedRows

NOTE = Note("卷一:7", 0.875, "near")
ADDED = ',"duplicate_of":"卷一:7","similarity":0.875,"relation":"near"}'.encode()


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b" \t\n", b""])
@pytest.mark.parametrize("body", [b'{"text": "\\u597d",  "n":1e5 ', '{"正文":"a}b"'.encode()])
def test_a_line_keeps_every_byte_of_its_own(body: bytes, end: bytes) -> None:
    assert noted_line(body + b"}" + end, NOTE) == body + ADDED + end


def test_an_object_without_fields() -> None:
    assert json.loads(noted_line(b"{ }\n", NOTE)) == NOTE.values


def test_a_word_in_a_text_is_no_field() -> None:
    raw = b'{"text":"\\"relation\\" \xe5\xa5\xbd"}\n'
    assert noted_line(raw, NOTE) == raw[:-2] + ADDED + b"\n"
    raw = b'{"meta":{"relation":1},"text":"a"}'
    assert noted_line(raw, NOTE) == raw[:-1] + ADDED


def test_fields_of_an_earlier_run_are_replaced() -> None:
    raw = b'{"duplicate_of":"x","text":"a","relation":"identical"}\r\n'
    noted = noted_line(raw, NOTE)
    pairs = json.loads(noted, object_pairs_hook=list)
    assert [name for name, _ in pairs] == ["text", *NOTED]
    assert noted.endswith(b"}\r\n")


def cells(raw: bytes, encoding: str, delimiter: str = ",") -> list[str]:
    text = raw.decode(encoding)
    (row,) = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return row


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_keep_every_byte_of_their_own(encoding: str, delimiter: str, end: str) -> None:
    rows = NotedRows(encoding, delimiter)
    header = delimiter.join(["編號", "正文"])
    assert rows.header((header + end).encode(encoding)).decode(encoding) == (
        delimiter.join([header, *NOTED]) + end
    )
    body = f'1{delimiter}"一個 ""引號""{delimiter}和\n換行"'
    raw = (body + end).encode(encoding)
    note = Note("第1頁", 1.0, "identical")
    noted = rows.row(raw, note)
    assert noted.startswith(body.encode(encoding))
    assert cells(noted, encoding, delimiter)[2:] == ["第1頁", "1.0", "identical"]
    assert noted.decode(encoding).endswith(end)


def test_a_last_row_without_an_end_gets_one() -> None:
    rows = NotedRows("utf-8", ",")
    rows.header(b"a,b\n")
    assert rows.row(b"1,2", NOTE).endswith(b",near\n")


def test_cells_that_are_missing_or_too_many_do_not_move_the_columns() -> None:
    rows = NotedRows("utf-8", ",")
    rows.header(b"a,b,c\n")
    assert cells(rows.row(b"1\n", NOTE), "utf-8") == ["1", "", "", "卷一:7", "0.875", "near"]
    assert cells(rows.row(b"1,2,3,,\n", NOTE), "utf-8")[:4] == ["1", "2", "3", "卷一:7"]


def test_columns_of_an_earlier_run_are_replaced() -> None:
    rows = NotedRows("utf-8", ",")
    assert cells(rows.header(b"a,relation,b\r\n"), "utf-8") == ["a", "b", *NOTED]
    noted = rows.row("一,near,三\r\n".encode(), NOTE)
    assert cells(noted, "utf-8") == ["一", "三", "卷一:7", "0.875", "near"]
    assert noted.endswith(b"near\r\n")


def test_an_id_that_the_encoding_cannot_say_is_escaped() -> None:
    rows = NotedRows("big5", ",")
    rows.header(b"a\n")
    assert b"\\U0001f44d" in rows.row(b"1\n", Note("👍", 1.0, "near"))


def test_without_a_header_the_cells_follow() -> None:
    assert NotedRows("utf-8", ",").row(b"1,2\n", NOTE) == "1,2,卷一:7,0.875,near\n".encode()

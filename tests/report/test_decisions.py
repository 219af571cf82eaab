"""Files of decisions: read back as they were made, or refused with the line."""

from __future__ import annotations

import json

import pytest
from handmade import GBK_NAME, cluster, info, pair, result

from dedup.errors import InputError, PathError
from dedup.report.decisions import (
    Action,
    DecidedDocument,
    header_record,
    load_decisions,
    read_decisions,
)
from dedup.report.records import place

HEADER = {"type": "decisions", "schema": 1, "tool": "dedup", "fingerprint": "f" * 32}
A = {"path": "a.txt", "id": "a.txt", "hash": "a" * 32}
B = {"path": "b.txt", "id": "b.txt", "hash": "b" * 32}


def made(action: str, *documents, cluster: str = "c1") -> dict:
    return {"type": "decision", "action": action, "cluster": cluster, "documents": [*documents]}


def read(*records):
    return read_decisions([json.dumps(record) for record in records], "d.jsonl")


def test_every_kind_of_decision_is_read():
    found = read(
        HEADER,
        made("accept", A, B),
        made("keep", B, cluster="c2"),
        made("exclude", A, cluster="c2"),
    )
    assert found.fingerprint == "f" * 32
    assert [(each.action, each.cluster) for each in found.decisions] == [
        (Action.ACCEPT, "c1"),
        (Action.KEEP, "c2"),
        (Action.EXCLUDE, "c2"),
    ]
    assert found.decisions[0].documents == (
        DecidedDocument("a.txt", "a.txt", "a" * 32),
        DecidedDocument("b.txt", "b.txt", "b" * 32),
    )
    assert [each.action for each in found.of("c2")] == [Action.KEEP, Action.EXCLUDE]
    assert found.of("c3") == ()


def test_a_name_that_is_not_unicode_comes_back():
    document = {**place(info(GBK_NAME)), "hash": "a" * 32}
    (decision,) = read(HEADER, made("keep", document)).decisions
    assert decision.documents == (DecidedDocument(GBK_NAME, GBK_NAME, "a" * 32),)


def test_what_no_longer_fits_is_told():
    documents = [info("a"), info("b")]
    scan = result([cluster("a", pair("b", "a"))], documents=documents)
    good = {"path": "a", "id": "a", "hash": "0" * 32}
    other = {"path": "a", "id": "a", "hash": "1" * 32}
    decisions = read(
        HEADER,
        made("exclude", good, cluster="c0ffee"),
        made("keep", other, cluster="c0ffee"),
        made("accept", good, cluster="gone"),
    )
    assert decisions.unknown(scan) == decisions.decisions[1:]


def test_the_header_names_the_settings():
    header = header_record(result())
    assert header["fingerprint"] == json.loads(json.dumps(header))["fingerprint"]
    assert read(header).decisions == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_in_the_encodings_of_shells(tmp_path, encoding):
    path = tmp_path / "决定.jsonl"
    lines = [json.dumps(each, ensure_ascii=False) for each in (HEADER, made("keep", A))]
    path.write_text("\r\n".join(lines) + "\r\n\r\n", encoding=encoding)
    assert len(load_decisions(path).decisions) == 1


def test_an_odd_line_end_in_a_name_does_not_end_a_record(tmp_path):
    odd = {**A, "id": "a\u2028b\x85.txt", "path": "a\u2028b\x85.txt"}
    path = tmp_path / "d.jsonl"
    lines = [json.dumps(each, ensure_ascii=False) for each in (HEADER, made("keep", odd))]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert load_decisions(path).decisions[0].documents[0].id == odd["id"]


@pytest.mark.parametrize(
    ("records", "what"),
    [
        ([], "holds no decisions of dedup"),
        (["x"], "holds no decisions of dedup"),
        ([{"type": "run", "tool": "dedup"}], "holds no decisions of dedup"),
        ([{**HEADER, "schema": 2}], "decisions of format 2, and this dedup reads 1"),
        ([{**HEADER, "schema": "1"}], "line 1: schema cannot be '1'"),
        ([HEADER, "{"], "line 2: it is not a whole record"),
        ([HEADER, "[1]"], "line 2: it is not a whole record"),
        ([HEADER, {"type": "cluster"}], "type cannot be 'cluster'"),
        ([HEADER, made("delete", A)], "action cannot be 'delete'"),
        ([HEADER, made("keep", A, B)], "documents cannot be 2"),
        ([HEADER, made("accept")], "documents cannot be 0"),
        ([HEADER, made("keep", {**A, "hash": 1})], "hash cannot be 1"),
        ([HEADER, made("keep", A), made("keep", B)], "line 3: it contradicts"),
        ([HEADER, made("keep", A), made("exclude", A)], "contradicts an earlier decision"),
        ([HEADER, made("accept", A, B), made("exclude", A)], "contradicts an earlier decision"),
    ],
)
def test_what_is_refused(tmp_path, records, what):
    path = tmp_path / "d.jsonl"
    lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError, match=what):
        load_decisions(path)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(PathError, match="cannot read"):
        load_decisions(tmp_path / "none.jsonl")
    with pytest.raises(PathError, match="cannot read"):
        load_decisions(tmp_path)
    broken = tmp_path / "b.jsonl"
    broken.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="no decisions"):
        load_decisions(broken)
    broken.write_bytes("决定".encode("gbk"))
    with pytest.raises(InputError, match="no decisions"):
        load_decisions(broken)

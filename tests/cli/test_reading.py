"""Records on the command line: fields, ids, formats, units, and what is said aloud."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from recordfiles import json_lines
from terminal import run

BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 4
OTHER = "秋天的山里，柿子红了，老人坐在门前，看着孩子们在晒谷场上追着一只黄狗跑来跑去。" * 4


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with records in it, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_bytes(
        json_lines(
            {"title": "甲", "body": BODY, "key": {"n": 1}},
            {"title": "乙", "body": OTHER, "key": {"n": 2}},
            {"title": "丙", "body": BODY.replace("，", ","), "key": {"n": 3}},
        )
    )
    return tmp_path


def clusters(ran):
    found = [json.loads(line) for line in ran.out.splitlines()]
    return [
        sorted([each["keep"]["id"], *(drop["id"] for drop in each["drop"])])
        for each in found
        if each["type"] == "cluster"
    ]


def test_records_are_named_by_file_and_line(here):
    ran = run("scan", "a.jsonl", "--output-format", "jsonl")
    assert (ran.status, clusters(ran)) == (0, [["a.jsonl:1", "a.jsonl:3"]])
    assert "a.jsonl: read as records, the text from body, named by line" in ran.err
    assert "read as records" not in run("scan", "a.jsonl", "-q").err


def test_fields_are_named(here):
    ran = run(
        "scan", "a.jsonl", "--text-field", "title,body", "--id-field", "key.n",
        "--output-format", "jsonl",
    )  # fmt: skip
    assert clusters(ran) == [["1", "3"]]
    assert "read as records" not in ran.err
    same = run(
        "scan", "a.jsonl", "--text-field", "title", "--text-field", "body", "--id-field", "key.n",
        "--output-format", "jsonl",
    )  # fmt: skip
    assert same.out == ran.out


def test_people_see_the_line_and_the_id(here):
    ran = run("scan", "a.jsonl", "--id-field", "key.n")
    assert "a.jsonl:1 (1)" in ran.out
    assert "a.jsonl:3 (3)" in ran.out
    assert "what differs is not shown" not in ran.err


def test_a_field_that_no_record_has(here):
    ran = run("scan", "a.jsonl", "--text-field", "txet")
    assert ran.status == 2
    assert "has no field txet; it has title, body, key" in ran.err


def test_a_split_names_the_unit(here):
    (here / "b.txt").write_text("不相干的一段话。\n\n" + BODY + "\n", encoding="utf-8")
    ran = run("scan", "a.jsonl", "b.txt", "--split", "paragraph", "--output-format", "jsonl")
    assert clusters(ran) == [["a.jsonl:1#p1", "a.jsonl:3#p1", "b.txt#p2"]]
    shown = run("scan", "a.jsonl", "b.txt", "--split", "paragraph")
    assert "b.txt#p2" in shown.out
    assert "what differs is not shown" not in shown.err


def test_explain_takes_a_record(here):
    ran = run("explain", "a.jsonl:1", "a.jsonl:3")
    assert ran.status == 0
    assert "a.jsonl:3" in ran.out
    ran = run("explain", "a.jsonl:1", "a.jsonl:9")
    assert ran.status == 2
    ran = run("explain", "a.jsonl", "a.jsonl:1")
    assert ran.status == 2
    assert "name one by its line: a.jsonl:1" in ran.err


def test_a_format_goes_before_the_name(here):
    (here / "dump").write_bytes((here / "a.jsonl").read_bytes())
    ran = run("scan", "dump", "--format", "jsonl", "--output-format", "jsonl")
    assert clusters(ran) == [["dump:1", "dump:3"]]
    ran = run("scan", "a.jsonl", "--format", "text", "--output-format", "jsonl")
    assert clusters(ran) == []


@pytest.mark.parametrize("size", [1, 60])
def test_records_come_through_a_pipe(here, size):
    raw = (here / "a.jsonl").read_bytes() + json_lines({"body": "凑数" * 200_000}) * (size // 2)
    ran = subprocess.run(
        [sys.executable, "-m", "dedup", "scan", "-", "--output-format", "full"],
        input=raw,
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TMPDIR": str(here)},
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert "-:3" in ran.stdout.decode()
    assert "standard input: read as records, the text from body" in ran.stderr.decode()
    assert "what differs is not shown" not in ran.stderr.decode()
    assert not list(here.glob("dedup-*"))


def test_a_faulty_record_is_counted_and_the_rest_goes_on(here):
    with (here / "a.jsonl").open("ab") as stream:
        stream.write(b"{broken\n" + json_lines({"body": BODY}))
    ran = run("scan", "a.jsonl", "--output-format", "jsonl")
    assert ran.status == 2
    assert clusters(ran) == [["a.jsonl:1", "a.jsonl:3", "a.jsonl:5"]]
    assert "a.jsonl:4" in ran.err
    assert run("scan", "a.jsonl", "--ignore-errors").status == 0

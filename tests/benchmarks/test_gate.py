"""What an index costs: measured in steps, reckoned beyond, and put into the documents."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest


def rows(step: int, count: int, *, plain: float = 2.0, each: float = 0.00001) -> list[dict]:
    """Return the rows of a run in which merging a document takes ``each`` seconds."""
    made = []
    for at in range(1, count + 1):
        merged, size = 0, 4
        while at % size == 0:
            merged += size * step
            size *= 4
        seconds = plain + merged * each
        made.append(
            {
                "documents": at * step, "bytes_a_document": 2000, "segments": 1, "merged": merged,
                "add_seconds": seconds, "add_cpu_seconds": seconds, "sketch_cpu_seconds": 1.0,
                "add_cpu_mb_a_second": 30.0, "peak_mb": 300.0, "query_ms": 9.0, "query_cpu_ms": 8.0,
            }
        )  # fmt: skip
    return made


def result(step: int, count: int, **options: float) -> dict:
    machine = {
        "cpu": "x", "cores": 2, "memory_gb": 1, "system": "x", "python": "3", "load": 0.0,
    }  # fmt: skip
    return {
        "machine": machine, "versions": {}, "command": "x", "step": step,
        "rows": rows(step, count, **options),
    }  # fmt: skip


@pytest.mark.parametrize("count", [4, 16, 20])
def test_what_is_reckoned_follows_from_how_segments_merge(script, count) -> None:
    reckoned = script("gate_tables").seconds_for(result(50_000, count), 3_200_000)
    measured = sum(row["add_cpu_seconds"] for row in rows(50_000, 64))
    assert reckoned == pytest.approx(measured, rel=0.01)


def test_segments_grow_no_more(script) -> None:
    tables = script("gate_tables")
    found = result(1 << 20, 16)
    once, twice = (tables.seconds_for(found, many << 24) for many in (4, 8))
    assert twice == pytest.approx(2 * once)


def test_tables_in_both_languages(script, tmp_path: Path) -> None:
    tables = script("gate_tables")
    tables.write(result(50_000, 20), tmp_path, text=True)
    assert "without text" not in (tmp_path / "gate.md").read_text(encoding="utf-8")
    tables.write(result(50_000, 20), tmp_path, text=False)
    english = (tmp_path / "gate.md").read_text(encoding="utf-8")
    chinese = (tmp_path / "gate_zh.md").read_text(encoding="utf-8")
    assert "| 1,000,000 | 2,000 | 30 |" in english
    assert "| 1,000,000 | with text | 2.0 GB | 1.0 min | measured |" in english
    assert "| 100,000,000 | without text | 200.0 GB |" in english
    assert "| 1,000,000 | 不存文本 | 2.0 GB | 1.0 分钟 | 实测 |" in chinese
    assert english.count("\n|") == chinese.count("\n|")


def corpus(folder: Path) -> Path:
    """Make a corpus of sentences without end."""
    draw = random.Random(7)
    with gzip.open(folder / "laws.jsonl.gz", "wt", encoding="utf-8") as file:
        for _ in range(400):
            lengths = (draw.randint(15, 40) for _ in range(30))
            text = "".join(letters(draw, length) + "。" for length in lengths)
            file.write(json.dumps({"text": text}) + "\n")
    return folder


def letters(draw: random.Random, count: int) -> str:
    return "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(count))


def test_a_small_run(run, tmp_path: Path) -> None:
    where = corpus(tmp_path)
    for more in ([], ["--no-text"]):
        options = [where, "--set", "laws", "--documents", "200", "--step", "50", "--queries", "3"]
        ran = run("gate.py", *options, "--work", tmp_path, "--results", tmp_path / "results", *more)
        assert ran.returncode == 0, ran.stderr
    found = json.loads((tmp_path / "results" / "gate_text.json").read_text(encoding="utf-8"))
    assert [row["documents"] for row in found["rows"]] == [50, 100, 150, 200]
    assert [row["merged"] for row in found["rows"]] == [0, 0, 0, 200]
    assert all(row["found"] == 1 for row in found["rows"])
    assert "| 200 |" in (tmp_path / "results" / "gate.md").read_text(encoding="utf-8")


def test_the_documents_show_the_committed_results(script) -> None:
    document = script("document")
    for name, mark in (("gate.md", "gate"), ("gate.zh-CN.md", "gate_zh")):
        text = (document.ROOT / "docs" / name).read_text(encoding="utf-8")
        assert f"<!-- {mark} -->\n" in text
        assert document.documented(text, document.RESULTS) == text

"""How much of a result is shown: texts left out, clusters counted, totals alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dedup
from dedup.errors import UsageError
from dedup.model import ScanResult
from dedup.report.extent import limited, without_text
from dedup.report.reading import read_result
from dedup.report.registry import FORMATS, render

HEAD = "绝无仅有的标题在这里\n记者 欧阳修远 发布时间：2024-05-06 来源：楚天都市报\n\n"


@pytest.fixture
def result(seed_texts: list[str]) -> ScanResult:
    bodies = [text.split("\n", 3)[-1] for text in seed_texts]
    long = ["春天来了，花都开了，我们去郊外看桃花。" * 5, "股市今日大幅波动，成交量创下新高。" * 6]
    return dedup.scan(
        {
            "a": HEAD + bodies[0],
            "b": bodies[0].replace("，", ","),
            **{f"c{i}": text for i, text in enumerate(long * 2)},
        },
        borderline=3,
    )


def said(result: ScanResult, output_format: str, **options: bool) -> str:
    return "".join(render(result, output_format, **options))


@pytest.mark.parametrize("output_format", FORMATS)
def test_no_word_of_a_text_is_left(result: ScanResult, output_format: str) -> None:
    bare = said(without_text(result), output_format)
    for word in ("绝无仅有", "欧阳", "楚天", "2024"):
        assert word not in bare
    assert "a" in bare


def test_results_say_whether_they_hold_text(result: ScanResult) -> None:
    assert "绝无仅有" in said(result, "jsonl")
    for shown, expected in ((result, True), (without_text(result), False)):
        lines = said(shown, "jsonl").splitlines()
        assert json.loads(lines[0])["contains_text"] is expected
        assert json.loads(said(shown, "json"))["run"]["contains_text"] is expected
        again = read_result((line.encode() for line in lines), "x")
        assert again.contains_text is expected
        assert said(again, "jsonl").splitlines() == lines


def test_verdicts_stay_when_texts_go(result: ScanResult) -> None:
    bare = without_text(result)
    assert (bare.pairs, bare.clusters) == (result.pairs, result.clusters)
    assert len(bare.documents) == len(result.documents)
    assert list(bare.documents) == list(result.documents)


@pytest.mark.parametrize("output_format", ["full", "concise", "csv"])
def test_the_first_clusters_only(result: ScanResult, output_format: str) -> None:
    assert len(result.clusters) == 3
    part = limited(result, 1, output_format)
    assert part.summary == result.summary
    first = said(part, output_format)
    assert said(result, output_format).count("\n") > first.count("\n")
    assert list(part.clusters) == [result.clusters[0]]
    assert len(limited(result, 99, output_format).clusters) == 3


@pytest.mark.parametrize(("limit", "output_format"), [(-1, "full"), (5, "jsonl"), (5, "json")])
def test_what_cannot_be_limited(result: ScanResult, limit: int, output_format: str) -> None:
    with pytest.raises(UsageError):
        limited(result, limit, output_format)


def test_the_totals_alone(result: ScanResult) -> None:
    assert said(result, "full", summary=True) == said(result, "concise", summary=True)
    assert "clusters: 3\n" in said(result, "full", summary=True)
    whole = [json.loads(line) for line in said(result, "jsonl").splitlines()]
    alone = [json.loads(line) for line in said(result, "jsonl", summary=True).splitlines()]
    assert alone == [whole[0], whole[-1]]
    as_json = json.loads(said(result, "json", summary=True))
    assert set(as_json) == {"run", "summary"}
    assert as_json["summary"]["clusters"] == 3
    with pytest.raises(UsageError, match="has no summary"):
        said(result, "csv", summary=True)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    from dataclasses import replace

    from dedup.model import Written

    made = dedup.scan(["甲乙丙丁", "甲乙丙丁"])
    written = (Written("a\udcff.jsonl", 3, 1, 1, 1), Written(None, 2, 2, 0, 0))
    made = replace(made, summary=replace(made.summary, written=written))
    lines = said(made, "jsonl").splitlines()
    assert json.loads(lines[-1])["written"][1] == {
        "path": None, "read": 2, "kept": 2, "dropped": 0, "rejected": 0,
    }  # fmt: skip
    again = read_result((line.encode() for line in lines), "x")
    assert again.summary.written == written
    assert "written" not in json.loads(said(dedup.scan(["甲"]), "jsonl").splitlines()[-1])

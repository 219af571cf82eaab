"""Records of the machine formats: shapes, order, safety."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from handmade import (
    GBK_NAME,
    HEADER,
    change,
    cluster,
    comparison,
    evidence,
    info,
    pair,
    passage,
    result,
    skipped,
    span,
)

from dedup.app.scan import scan_paths
from dedup.model import BorderlinePair, ChangeKind, Fact, PassageKind, Relation, Run
from dedup.report import render, render_comparison
from dedup.report.records import path_value, rounded, safe_id
from dedup.settings import DEFINITION_VERSION, Settings
from dedup.source.reading import Reading


def lines(scan, output_format="jsonl"):
    text = "".join(render(scan, output_format))
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def scan():
    return result(
        [cluster("a.txt", pair("b.txt", "a.txt", Relation.SAME_BODY), pair("c.txt", "a.txt"))],
        documents=[info("b.txt", found=(HEADER,), date="2024-11-23T07:40:02"), info("lonely.txt")],
        skips=[skipped("empty.txt"), skipped("bad.txt", "undecodable", error=True)],
        left_out=((".png", 3), ("hidden", 1)),
        relations=(("same-body", 1), ("near", 1)),
    )


def test_the_order_of_records(scan):
    kinds = [record["type"] for record in lines(scan)]
    assert kinds == ["run", "cluster", *["pair"] * 2, *["document"] * 4, *["skip"] * 2, "summary"]


def test_the_run_says_what_made_the_result(scan):
    run = lines(scan)[0]
    assert (run["schema"], run["tool"], run["definitions"]) == (1, "dedup", DEFINITION_VERSION)
    assert run["settings"]["threshold"] == Settings().threshold
    assert "jobs" not in run["settings"]
    assert run["fingerprint"] == scan.settings.fingerprint()


def test_a_cluster_as_it_is_documented(scan):
    assert lines(scan)[1] == {
        "type": "cluster",
        "id": "c0ffee",
        "keep": {"path": "a.txt", "id": "a.txt"},
        "drop": [
            {
                "path": "b.txt",
                "id": "b.txt",
                "similarity": 1.0,
                "containment": [1.0, 1.0],
                "relation": "same-body",
            },
            {
                "path": "c.txt",
                "id": "c.txt",
                "similarity": 0.6,
                "containment": [0.75, 0.75],
                "relation": "near",
            },
        ],
        "reason": "its id is the first",
    }


def test_a_pair_has_its_evidence_as_integers_and_truths(scan):
    record = lines(scan)[3]
    assert record == {
        "type": "pair",
        "a": "c.txt",
        "b": "a.txt",
        "relation": "near",
        "similarity": 0.6,
        "containment": [0.75, 0.75],
        "evidence": {
            "equal_text": False,
            "equal_kept": False,
            "equal_body": False,
            "titles_differ": False,
            "shared": 60,
            "only_a": 20,
            "only_b": 20,
            "replaced": None,
        },
    }
    assert not [v for v in record["evidence"].values() if isinstance(v, float)]


def test_documents_in_pairs_come_first_with_what_was_set_aside(scan):
    documents = {r["id"]: r for r in lines(scan) if r["type"] == "document"}
    assert list(documents) == ["a.txt", "b.txt", "c.txt", "lonely.txt"]
    assert "found" not in documents["lonely.txt"]
    assert documents["lonely.txt"].keys() < documents["a.txt"].keys()
    (part,) = documents["b.txt"]["found"]
    assert (part["role"], part["kind"], part["line"]) == ("metadata", "header", 1)
    assert part["facts"][0] == {"name": "published", "value": "2024-11-23T07:40:02"}
    assert documents["b.txt"]["date"] == "2024-11-23T07:40:02"
    assert documents["a.txt"]["set_aside"] is False


def test_a_skip_has_path_reason_and_whether_it_is_an_error(scan):
    assert lines(scan)[-2] == {
        "type": "skip",
        "path": "bad.txt",
        "id": "bad.txt",
        "reason": "undecodable",
        "detail": "empty",
        "error": True,
    }


def test_the_summary_counts_what_was_left_out_and_lists_doubtful_encodings(scan):
    unsure = replace(scan, unsure=(info("x", encoding="big5", confidence=0.7),))
    summary = lines(unsure)[-1]
    assert summary["left_out"] == {".png": 3, "hidden": 1}
    assert summary["relations"] == {"same-body": 1, "near": 1}
    assert summary["low_confidence"] == [
        {"path": "x", "id": "x", "encoding": "big5", "confidence": 0.7}
    ]


def test_other_dates_are_kept(scan):
    dated = info("b.txt", other_dates=(Fact("scraped", "2024-11-23"),))
    (record,) = [
        r
        for r in lines(replace(scan, documents={**scan.documents, "b.txt": dated}))
        if r["type"] == "document" and r["id"] == "b.txt"
    ]
    assert record["other_dates"] == [{"name": "scraped", "value": "2024-11-23"}]


def test_json_groups_the_same_records(scan):
    whole = json.loads("".join(render(scan, "json")))
    groups = [
        "clusters",
        "families",
        "pairs",
        "borderline",
        "shared",
        "parts",
        "documents",
        "skipped",
    ]
    assert list(whole) == ["run", *groups, "summary"]
    flat = lines(scan)
    without_type = [{k: v for k, v in r.items() if k != "type"} for r in flat]
    assert whole["run"] == without_type[0]
    assert whole["summary"] == without_type[-1]
    assert [record for group in groups for record in whole[group]] == without_type[1:-1]


def test_a_borderline_pair_says_how_far_it_is_and_from_which_side(scan):
    short = BorderlinePair("a.txt", "lonely.txt", None, evidence(58, 21, 21), Fraction(-1, 50))
    found = lines(replace(scan, borderline=(short,)))
    (record,) = [r for r in found if r["type"] == "borderline"]
    assert (record["relation"], record["margin"], record["similarity"]) == (None, -0.02, 0.58)
    assert record["evidence"]["shared"] == 58
    documents = [r for r in found if r["type"] == "document"]
    assert all("found" in document for document in documents), "it is to be shown again"


def test_the_summary_counts_similarities(scan):
    scan = replace(scan, settings=Settings(threshold=0.6))
    histogram = lines(scan)[-1]["histogram"]
    assert histogram[0] == [0.6, 0.65, 1]
    assert histogram[-2:] == [[0.95, 1.0, 0], [1.0, 1.0, 1]]
    assert sum(number for _, _, number in histogram) == len(scan.pairs)


def test_a_result_that_was_read_back_says_what_made_it(scan):
    run = Run("9.8", 7, "d" * 32, "u" * 32)
    record = lines(replace(scan, run=run))[0]
    assert (record["version"], record["definitions"]) == ("9.8", 7)
    assert record["dictionary"] == "d" * 32
    assert record["settings"]["user_dict"] == "u" * 32
    assert record["fingerprint"] != scan.settings.fingerprint()


def test_workers_and_the_place_of_a_dictionary_leave_no_trace(scan, tmp_path):
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    for path in (one, two):
        path.write_text("石墨烯 5\n", encoding="utf-8")
    texts = {
        "".join(render(replace(scan, settings=Settings(jobs=jobs, user_dict=str(path))), "jsonl"))
        for jobs, path in ((1, one), (2, two))
    }
    assert len(texts) == 1
    assert str(tmp_path) not in texts.pop()


def test_one_line_is_one_record_whatever_the_text_holds():
    awkward = info("a\nb\u2028c.txt")
    scan = result([cluster("k", pair("a\nb\u2028c.txt", "k"))], documents=[awkward])
    text = "".join(render(scan, "jsonl"))
    assert len(text.split("\n")) == text.count('{"type":') + 1
    assert lines_of(text)[1]["drop"][0]["path"] == "a\nb\u2028c.txt"


def lines_of(text):
    return [json.loads(line) for line in text.split("\n") if line]


@pytest.mark.parametrize("output_format", ["json", "jsonl", "csv"])
def test_undecodable_names_are_valid_unicode_everywhere(output_format):
    scan = result([cluster(GBK_NAME, pair("x" + GBK_NAME, GBK_NAME))], skips=[skipped(GBK_NAME)])
    "".join(render(scan, output_format)).encode("utf-8")


def test_an_undecodable_path_is_given_as_bytes():
    assert path_value(GBK_NAME) == {
        "bytes": base64.b64encode("中文".encode("gbk") + b".txt").decode()
    }
    assert path_value("中文.txt") == "中文.txt"
    assert path_value(None) is None
    assert path_value("\ud800") == {"bytes": base64.b64encode(b"\xed\xa0\x80").decode()}


def test_safe_ids_stay_apart():
    real, spelled = safe_id(GBK_NAME), safe_id(r"\udcd6\udcd0\udcce\udcc4.txt")
    assert real != spelled
    assert real.startswith(r"\udcd6\udcd0")
    assert spelled == r"\udcd6\udcd0\udcce\udcc4.txt"
    assert safe_id("\udcd6") != safe_id("\udcd7")


def test_pairs_and_clusters_agree_on_safe_ids():
    scan = result([cluster("k", pair(GBK_NAME, "k"))])
    records = lines(scan)
    (doc,) = [r for r in records if r["type"] == "document" and r["id"] != "k"]
    assert doc["id"] == records[1]["drop"][0]["id"] == records[2]["a"]


def test_only_equality_is_written_as_one():
    almost = evidence(5_000_000, 1, 0)
    assert rounded(almost.similarity, exact=almost) == 0.999999
    assert rounded(1.0, exact=evidence(5, 0, 0)) == 1.0
    assert rounded(2 / 3) == 0.666667


def test_a_comparison_has_everything():
    made = comparison(
        change(ChangeKind.NUMBER, "5人", "11人", a_line=3, b_line=4),
        change(ChangeKind.METADATA, "来源：某网", detail="source", facts=(Fact("source", "某网"),)),
        passages=[passage(PassageKind.CHANGED, span("共5人"), span("共11人"), (1, 2, 1, 3))],
    )
    record = json.loads("".join(render_comparison(made, "json")))
    assert record["type"] == "comparison"
    assert record["relation"] == "same-body"
    assert record["duplicate"] is True
    assert (record["similarity"], record["whole_similarity"]) == (1.0, 0.96)
    assert record["changes"][0] == {
        "weight": "fact",
        "kind": "number",
        "a": "5人",
        "b": "11人",
        "a_line": 3,
        "b_line": 4,
        "count": 1,
        "detail": "",
        "facts": [],
    }
    assert record["passages"][0]["edits"] == [{"a_start": 1, "a_end": 2, "b_start": 1, "b_end": 3}]
    assert record["passages"][0]["a"]["text"] == "共5人"


def test_a_unit_says_which_record_and_which_part_of_it_it_is(tmp_path):
    text = "河道清淤之后，水面降了半米，两岸的人家重新修了台阶，孩子们下到水边去洗手。"
    record = json.dumps({"id": "x", "text": f"——\n{text}"}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(record + "\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    found = scan_paths([tmp_path], Settings(), reading=Reading(split="line"))
    told = {r["id"]: r for r in lines(found) if r["type"] == "document"}
    assert len(told) == 2
    cut = told.pop("x#l2")
    assert (cut["place"], cut["record"], cut["unit"]) == (2**32 + 2, 1, 2)
    (whole,) = told.values()
    assert whole["id"].endswith("b.txt#l1")
    assert not {"place", "record", "unit"} & set(whole)
    assert all("unit" not in each for each in lines(scan_paths([tmp_path], Settings())))


def test_documents_that_are_not_duplicates_have_no_relation():
    record = json.loads("".join(render_comparison(comparison(relation=None), "json")))
    assert record["relation"] is None
    assert record["duplicate"] is False

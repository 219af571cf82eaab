"""Saved results: read from a file or a pipe, decided once more."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

import dedup
from dedup.app.report import load, redecide
from dedup.errors import InputError, PathError, SettingsError, UsageError
from dedup.report import render

BODY = (
    "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。"
    "昨日下午，城北的旧书店搬到了河边，老板说新铺面多了一间阅览室，每天开放到晚上九点。"
    "秋天的山里，柿子红了，老人坐在门前，看着孩子们在晒谷场上追着一只黄狗跑来跑去。"
    "据介绍，这座桥始建于清代，几经修缮，如今仍是两岸居民赶集时必经的地方。"
)
NEAR = BODY.replace("柿子", "石榴") + (
    "记者在现场看到，厂区围墙已经拆除，附近几栋楼房换上了新的玻璃，工人仍在清理瓦砾。"
)


@pytest.fixture
def result():
    texts = {"a": BODY, "b": BODY.replace("，", ","), "c": NEAR, "d": "另一篇全不相干的短文。"}
    return dedup.scan(texts, threshold=0.3, borderline=2)


@pytest.fixture
def text(result):
    return "".join(render(result, "jsonl"))


@pytest.fixture
def saved(text, tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_file_is_read(result, saved):
    for path in (saved, str(saved)):
        assert dedup.load(path).clusters == result.clusters
    assert dedup.load(saved).kept == result.kept


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_a_shell_makes_of_a_file(text, tmp_path, encoding, line_end):
    path = tmp_path / "r.jsonl"
    mark = "\ufeff" if encoding in {"utf-16-le", "utf-16-be"} else ""
    path.write_bytes((mark + text.replace("\n", line_end)).encode(encoding))
    assert "".join(render(load(path), "jsonl")) == text


def test_utf16_that_breaks_off(text, tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_bytes(text.encode("utf-16")[:-1])
    with pytest.raises(InputError, match="its UTF-16 breaks off"):
        load(path)


def test_standard_input(text, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert load("-").summary.documents == 4


def test_a_missing_file_gets_a_suggestion(saved):
    with pytest.raises(PathError) as raised:
        load(saved.with_name("r.json"))
    assert "r.jsonl" in str(raised.value.hint)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(PathError, match="cannot read"):
        load(tmp_path)


def test_an_empty_file(tmp_path):
    path = tmp_path / "r.jsonl"
    path.touch()
    with pytest.raises(InputError, match="is not a result"):
        load(path)


def test_a_higher_threshold_drops_what_is_below_it(result):
    near = [p for p in result.pairs if p.relation == "near"]
    again = dedup.redecide(result, threshold=0.9, containment=1.0)
    assert near
    assert all(p.similarity < 0.9 for p in near)
    assert {p.relation for p in again.pairs} == {dedup.Relation.SAME_TEXT}
    assert again.settings.threshold == 0.9
    assert (again.summary.pairs, again.summary.documents) == (len(again.pairs), 4)
    assert "c" in again.kept


def test_a_lower_threshold_is_refused_with_the_command_to_type(result):
    with pytest.raises(UsageError, match=r"threshold 0\.3 and above; 0\.2 is below") as raised:
        redecide(result, threshold=0.2)
    assert "dedup scan … --threshold 0.2" in str(raised.value.hint)


def test_a_lower_containment_is_refused_too(result):
    with pytest.raises(UsageError, match=r"of containment 0\.8 and above; 0\.5 is below") as raised:
        redecide(result, containment=0.5)
    assert "--containment 0.5" in str(raised.value.hint)


def test_after_raising_it_cannot_be_lowered_to_what_it_was(result):
    higher = redecide(result, threshold=0.8)
    with pytest.raises(UsageError, match=r"threshold 0\.8 and above"):
        redecide(higher, threshold=0.3)


@pytest.mark.parametrize("threshold", [0, 1.5, -1])
def test_a_threshold_out_of_range(result, threshold):
    with pytest.raises(SettingsError):
        redecide(result, threshold=threshold)


def test_an_unknown_policy(result):
    with pytest.raises(SettingsError, match="keep is 'best'"):
        redecide(result, keep="best")


def test_nothing_asked_is_nothing_done(result):
    assert redecide(result) is result
    assert redecide(result, threshold=0.3) is result


def test_another_policy_keeps_another_document(result):
    first = redecide(result, keep="first")
    assert first.clusters[0].keep == "a"
    assert redecide(result, keep="longest").clusters[0].keep == "c"
    assert first.clusters[0].reason.render("en") == "its id is the first"


def test_a_folder_is_kept_first():
    texts = {"x/a": BODY, "y/b": BODY.replace("，", ",")}
    result = dedup.scan(texts, keep="first")
    assert result.clusters[0].keep == "x/a"
    assert redecide(result, keep_under="y").clusters[0].keep == "y/b"


def test_borderline_pairs_stay_as_many_as_they_were(result):
    assert len(result.borderline) == 1
    assert len(redecide(result, threshold=0.5).borderline) == 1
    assert redecide(result, borderline=0).borderline == ()


def test_a_number_below_zero_is_refused(result):
    for call in (
        lambda: redecide(result, borderline=-1),
        lambda: dedup.scan({"a": BODY}, borderline=-1),
    ):
        with pytest.raises(UsageError, match="borderline is -1"):
            call()


CASES = Path(__file__).parents[1] / "cases" / "relations"


def saved_and_read(tmp_path: Path, case: str, **options: object) -> dedup.ScanResult:
    path = tmp_path / "relations.jsonl"
    path.write_text("".join(render(dedup.scan(CASES / case, **options), "jsonl")), "utf-8")
    return load(path)


@pytest.mark.parametrize("case", ["version-corrected-deaths", "near-typos", "template-bank-rate"])
@pytest.mark.parametrize("relation", ["version", "near", "template"])
@pytest.mark.parametrize("what", ["drop", "keep"])
def test_relations_lead_to_what_a_new_scan_makes_of_them(tmp_path, case, relation, what):
    said = [f"{relation}={what}"]
    again = redecide(saved_and_read(tmp_path, case), relations=said)
    fresh = dedup.scan(CASES / case, relations=said)
    assert again.settings.relations == fresh.settings.relations == tuple(said)
    assert [(c.id, c.keep, c.drop) for c in again.clusters] == [
        (c.id, c.keep, c.drop) for c in fresh.clusters
    ]
    assert list(again.pairs) == list(fresh.pairs)
    assert again.summary.dropped == fresh.summary.dropped


def test_what_the_scan_was_told_of_other_relations_stays(tmp_path):
    result = saved_and_read(tmp_path, "version-corrected-deaths", relations=("version=drop",))
    assert result.clusters
    more = redecide(result, relations=["near=keep"])
    assert more.settings.relations == ("version=drop", "near=keep")
    assert more.clusters
    other = redecide(result, relations=["version=keep", "version=warn"])
    assert other.settings.relations == ("version=keep", "version=warn")
    assert not other.clusters


def test_templates_that_are_not_all_listed_cannot_be_dropped(tmp_path):
    result = saved_and_read(tmp_path, "template-thirty-days")
    assert result.summary.unlisted
    with pytest.raises(UsageError, match=r"leaves out \d+ pairs of templates") as raised:
        redecide(result, relations=["template=drop"])
    assert "--relations template=drop" in str(raised.value.hint)
    same = redecide(result, relations=["template=fail"])
    assert same.families == result.families
    assert same.summary.unlisted == result.summary.unlisted


def test_families_come_back_where_templates_were_dropped(tmp_path):
    result = saved_and_read(tmp_path, "template-thirty-days", relations=("template=drop",))
    assert not result.families
    again = redecide(result, relations=["template=keep"])
    fresh = dedup.scan(CASES / "template-thirty-days")
    assert [family.members for family in again.families] == [f.members for f in fresh.families]
    assert again.summary.unlisted == fresh.summary.unlisted
    assert again.summary.relations == fresh.summary.relations


@pytest.mark.parametrize("said", ["version=drop", ["nearly=drop"], ["near"], ["identical=keep"]])
def test_relations_that_are_none(result, said):
    with pytest.raises(SettingsError):
        redecide(result, relations=said)

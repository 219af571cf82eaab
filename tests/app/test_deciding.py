"""Decisions of the page: what they change in what is planned, and when they are refused."""

from __future__ import annotations

import dataclasses
import json

import pytest

import dedup
from dedup.app.deciding import check_decisions, decided
from dedup.app.planning import plan_for
from dedup.app.resolve import apply, result_id, unfinished
from dedup.app.scan import scan_paths
from dedup.errors import UsageError
from dedup.report.decisions import header_record, read_decisions
from dedup.report.records import place
from dedup.settings import Settings

BODY = "今年以来，全市坚持把干部教育培训作为先导性、基础性、战略性工程，推动学习走深走实。" * 3
OTHER = "这座桥长三千米，去年秋天开工，计划明年夏天通车，届时两岸往来只要十分钟。" * 3
SENTENCES = [f"第{n}项工作由第{n * 7}小组负责，须在{n * 3}日之内完成。" for n in range(40)]


def some(first: int, last: int) -> str:
    return "".join(SENTENCES[first:last])


@pytest.fixture
def tree(tmp_path, monkeypatch):
    texts = {
        "a.txt": BODY + "尾声。",
        "b.txt": BODY,
        "c.txt": BODY.replace("，", ","),
        "x.txt": OTHER,
        "y.txt": OTHER.replace("。", ". "),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scanned(**settings):
    return scan_paths(["."], Settings(jobs=1, **settings))


def document(scan, doc_id):
    info = scan.documents[doc_id]
    return {**place(info), "hash": info.hash}


def made(scan, *decisions, header=None):
    """Return decisions; each is an action and the ids it is about."""
    of = {doc_id: each.id for each in scan.clusters for doc_id in each.members}
    records = [header or header_record(scan)]
    records += [
        {
            "type": "decision",
            "action": action,
            "cluster": of[ids[0]],
            "documents": [document(scan, doc_id) for doc_id in ids],
        }
        for action, *ids in decisions
    ]
    return read_decisions([json.dumps(record) for record in records], "d.jsonl")


def goes(plan):
    return {drop.id: drop.keep for step in plan.steps for drop in step.drops}


def stays(plan):
    return {left.id: left.reason for left in plan.left}


def members(scan, doc_id):
    return next(each.members for each in scan.clusters if doc_id in each.members)


def test_without_decisions_nothing_changes(tree):
    scan = scanned()
    assert decided(scan, made(scan)).result.clusters == tuple(scan.clusters)
    assert goes(plan_for(decided(scan, made(scan)))) == goes(plan_for(scan))


def test_an_accepted_cluster_stays(tree):
    scan = scanned()
    plan = plan_for(decided(scan, made(scan, ("accept", *members(scan, "x.txt")))))
    assert plan.accepted == 1
    assert plan.left == ()
    assert set(goes(plan)) == set(members(scan, "a.txt")[1:])


def test_another_document_is_kept(tree):
    scan = scanned()
    before = members(scan, "a.txt")
    chosen = before[-1]
    plan = plan_for(decided(scan, made(scan, ("keep", chosen))))
    assert {doc_id: keep for doc_id, keep in goes(plan).items() if doc_id in before} == {
        doc_id: chosen for doc_id in before if doc_id != chosen
    }
    drops = [drop for step in plan.steps for drop in step.drops if drop.keep == chosen]
    assert {drop.reason.render("zh") for drop in drops} == {"由人选定"}
    assert {drop.keep_path for drop in drops} == {chosen}


def test_to_choose_what_is_kept_already_changes_nothing(tree):
    scan = scanned()
    found = decided(scan, made(scan, ("keep", members(scan, "a.txt")[0])))
    assert result_id(found) == result_id(scan)


def test_an_excluded_document_stays(tree):
    scan = scanned()
    out = members(scan, "a.txt")[1]
    plan = plan_for(decided(scan, made(scan, ("exclude", out))))
    assert stays(plan) == {out: "excluded"}
    assert out not in goes(plan)
    assert len(goes(plan)) == 2


def test_a_cluster_of_excluded_ones_has_nothing_to_do(tree):
    scan = scanned()
    found = decided(scan, made(scan, ("exclude", "y.txt" if members(scan, "x.txt")[0] == "x.txt"
                                      else "x.txt")))  # fmt: skip
    assert len(found.result.clusters) == 1


def test_nothing_goes_through_a_chain(tmp_path, monkeypatch):
    for name, text in {"1": some(0, 30), "2": some(5, 35), "3": some(10, 40)}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scan = scan_paths(["."], Settings(jobs=1, keep="first", keep_under="2.txt", threshold=0.6))
    (cluster,) = scan.clusters
    assert (cluster.keep, set(cluster.members)) == ("2.txt", {"1.txt", "2.txt", "3.txt"})
    plan = plan_for(decided(scan, made(scan, ("keep", "1.txt"))))
    assert goes(plan) == {"2.txt": "1.txt"}
    assert stays(plan) == {"3.txt": "no-match"}


def test_what_holds_the_chosen_one_does_not_go_for_it(tmp_path, monkeypatch):
    (tmp_path / "part.txt").write_text(some(0, 15), encoding="utf-8")
    (tmp_path / "whole.txt").write_text(some(0, 40), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scan = scan_paths(["."], Settings(jobs=1, drop_contained=True))
    assert members(scan, "part.txt") == ("whole.txt", "part.txt")
    plan = plan_for(decided(scan, made(scan, ("keep", "part.txt"))))
    assert goes(plan) == {}
    assert stays(plan) == {"whole.txt": "holds-more"}


def test_the_known_ones_stay_whatever_was_chosen(tree):
    (tree / "known").mkdir()
    (tree / "a.txt").rename(tree / "known" / "a.txt")
    scan = scan_paths(["b.txt", "c.txt"], Settings(jobs=1), against=["known"])
    assert members(scan, "b.txt")[0] == "known/a.txt"
    assert set(goes(plan_for(scan))) == {"b.txt", "c.txt"}
    plan = plan_for(decided(scan, made(scan, ("keep", "b.txt"))))
    assert goes(plan) == {"c.txt": "b.txt"}
    assert stays(plan) == {}


def test_decisions_of_other_settings_are_refused(tree):
    scan = scanned()
    decisions = made(scan, ("accept", *members(scan, "x.txt")))
    other = dataclasses.replace(scan, settings=Settings(jobs=1, threshold=0.9))
    with pytest.raises(UsageError, match=r"d\.jsonl were made for a result with other settings"):
        check_decisions(other, decisions, "d.jsonl")


def test_decisions_of_other_texts_are_refused(tree):
    scan = scanned()
    decisions = made(scan, ("accept", *members(scan, "x.txt")))
    (tree / "x.txt").write_text(OTHER.replace("十分钟", "九分钟"), encoding="utf-8")
    with pytest.raises(UsageError, match="made for another result: 1 do not fit"):
        check_decisions(scanned(), decisions, "d.jsonl")


def test_a_run_by_decisions_is_not_taken_up_without_them(tree):
    scan = scanned()
    chosen = decided(scan, made(scan, ("accept", *members(scan, "x.txt"))))
    done = apply(plan_for(chosen), chosen)
    assert done.documents == 2
    assert unfinished("dedup-dropped", chosen) is not None
    with pytest.raises(UsageError, match="or by other decisions"):
        unfinished("dedup-dropped", scan)
    dedup.undo(done.manifest)
    assert {path.name for path in tree.iterdir()} == {"a.txt", "b.txt", "c.txt", "x.txt", "y.txt"}


def test_the_library_reads_the_file(tree):
    scan = scanned()
    accepted = members(scan, "x.txt")
    record = {
        "type": "decision",
        "action": "accept",
        "cluster": next(each.id for each in scan.clusters if "x.txt" in each.members),
        "documents": [document(scan, doc_id) for doc_id in accepted],
    }
    path = tree / "d.jsonl"
    path.write_text(json.dumps(header_record(scan)) + "\n" + json.dumps(record) + "\n")
    plan = dedup.plan(scan, decisions=path)
    assert (plan.accepted, plan.documents) == (1, 2)
    done = dedup.resolve(scan, decisions=path, to="aside")
    assert done.documents == 2
    assert all((tree / doc_id).exists() for doc_id in accepted)
    assert dedup.undo("aside/manifest.jsonl").documents == 2

"""Accepted clusters of a page, taken into a baseline: a check then lets them pass."""

from __future__ import annotations

import json

import pytest
from gitrepo import TEXTS, Repo
from terminal import run

import dedup
from dedup.app.baseline_accept import accept
from dedup.app.check import Gate, check
from dedup.app.scan import scan_paths
from dedup.errors import PathError, SettingsError, UsageError
from dedup.report.decisions import header_record
from dedup.report.records import place
from dedup.settings import Settings

SETTINGS = Settings(jobs=1)


@pytest.fixture
def repo(tmp_path, monkeypatch):
    repo = Repo(tmp_path / "repo")
    repo.commit(**TEXTS)
    repo.stage("copy.txt", TEXTS["poem"] + "。")
    repo.stage("again.txt", TEXTS["poem"])
    repo.stage("near.txt", TEXTS["cook"].replace("白米饭", "小米粥"))
    monkeypatch.chdir(repo.folder)
    return repo


def decided(path, scan, *kept):
    """Save decisions that accept the clusters of these documents."""
    lines = [header_record(scan)]
    for cluster in scan.clusters:
        if set(kept) & set(cluster.members):
            infos = [scan.documents[doc_id] for doc_id in cluster.members]
            documents = [{**place(info), "hash": info.hash} for info in infos]
            lines.append({"type": "decision", "action": "accept", "cluster": cluster.id,
                          "documents": documents})  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return path


def scanned():
    return scan_paths(["."], SETTINGS)


def failing(repo):
    found = check([], SETTINGS, Gate(), folder=repo.folder)
    return {each.id for each in found.checked if each.new}


def test_an_accepted_cluster_passes_and_the_others_do_not(repo, tmp_path):
    scan = scanned()
    assert failing(repo) == {"copy.txt", "again.txt", "near.txt"}
    done = accept(scan, decided(tmp_path / "d.jsonl", scan, "poem.txt"), reason="三处都要")
    assert (done.clusters, done.change.path) == (1, ".dedup-baseline")
    assert (done.change.added, done.change.removed) == (1, 0)
    repo.git("add", ".dedup-baseline")
    assert failing(repo) == {"near.txt"}
    assert "copies" in (repo.folder / ".dedup-baseline").read_text("utf-8")
    assert "# 三处都要" in (repo.folder / ".dedup-baseline").read_text("utf-8")


def test_near_texts_are_accepted_as_a_pair(repo, tmp_path):
    scan = scanned()
    accept(scan, decided(tmp_path / "d.jsonl", scan, "near.txt"))
    assert failing(repo) == {"copy.txt", "again.txt"}
    accept(scan, decided(tmp_path / "d.jsonl", scan, "near.txt", "poem.txt"))
    assert failing(repo) == set()


def test_what_was_accepted_stays_with_its_reason(repo, tmp_path):
    scan = scanned()
    path = decided(tmp_path / "d.jsonl", scan, "near.txt", "poem.txt")
    accept(scan, path, reason="先")
    before = (repo.folder / ".dedup-baseline").read_bytes()
    assert accept(scan, path, reason="后").change.added == 0
    assert (repo.folder / ".dedup-baseline").read_bytes() == before


def test_every_pair_of_a_cluster_is_accepted(repo, tmp_path):
    for name, last in (("one", "甲"), ("two", "乙"), ("three", "丙")):
        repo.stage(f"{name}.txt", TEXTS["law"] + f"附则由{last}部门解释。")
    repo.stage("comma.txt", (TEXTS["law"] + "附则由甲部门解释。").replace("，", ","))
    scan = scanned()
    accept(scan, decided(tmp_path / "d.jsonl", scan, "law.txt", "near.txt", "poem.txt"))
    assert failing(repo) == set()


def test_a_file_of_its_own_outside_of_a_repository(tmp_path, monkeypatch):
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXTS["poem"], encoding="utf-8")
    (folder / "b.txt").write_text(TEXTS["poem"], encoding="utf-8")
    monkeypatch.chdir(folder)
    scan = scanned()
    path = decided(tmp_path / "d.jsonl", scan, "a.txt")
    with pytest.raises(UsageError, match="repository"):
        accept(scan, path)
    assert accept(scan, path, baseline="accepted").change.added == 1
    assert (folder / "accepted").exists()


def test_boilerplate_that_a_scan_learned_is_none_of_the_check(repo, tmp_path):
    shared = "本站声明：转载请注明出处，欢迎订阅本站的新闻邮件，每天早晨准时送达您的信箱。" * 3
    for number in range(30):
        body = "".join(
            f"第{number}号仓库存有{number * 31 + k}件货物，由{k}班清点。" for k in range(9)
        )
        repo.stage(f"page{number}.txt", body + shared)
    repo.stage(
        "page0-again.txt", (repo.folder / "page0.txt").read_text("utf-8").replace("。", "；")
    )
    scan = scanned()
    assert scan.settings.boilerplate, "the scan learned what the pages share"
    every = [cluster.keep for cluster in scan.clusters]
    accept(scan, decided(tmp_path / "d.jsonl", scan, *every))
    found = check([], SETTINGS, Gate(), folder=repo.folder)
    (again,) = [each for each in found.checked if each.id == "page0-again.txt"]
    assert "page0.txt" in {match.pair.b for match in again.matches}
    assert "page0.txt" not in {match.pair.b for match in again.new}


def test_a_text_that_has_changed_is_not_accepted(repo, tmp_path):
    scan = scanned()
    path = decided(tmp_path / "d.jsonl", scan, "near.txt")
    repo.write("near.txt", "另写一篇。")
    with pytest.raises(PathError, match=r"near\.txt changed"):
        accept(scan, path)
    assert not (repo.folder / ".dedup-baseline").exists()


def test_a_baseline_of_other_settings_is_refused(repo, tmp_path):
    check([], Settings(jobs=1, threshold=0.9), Gate(update=True), folder=repo.folder)
    scan = scanned()
    with pytest.raises(SettingsError):
        accept(scan, decided(tmp_path / "d.jsonl", scan, "near.txt"))


def test_texts_of_the_result_need_no_files(repo, tmp_path):
    scan = dedup.scan(".", with_text=True, jobs=1)
    path = decided(tmp_path / "d.jsonl", scan, "near.txt")
    repo.write("near.txt", "另写一篇。")
    accept(scan, path)
    assert failing(repo) == {"copy.txt", "again.txt"}


def test_from_the_command_line(repo, tmp_path):
    assert run("scan", ".", "-q", "-o", str(tmp_path / "r.jsonl"), cwd=repo.folder).status == 0
    scan = dedup.load(tmp_path / "r.jsonl")
    path = decided(tmp_path / "d.jsonl", scan, "poem.txt")
    arguments = ("baseline", "accept", str(tmp_path / "r.jsonl"), str(path))
    ran = run(*arguments, "--reason", "都要", cwd=repo.folder)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == ".dedup-baseline: 1 accepted clusters, 1 lines added\n"
    ran = run(*arguments, "--lang", "zh", cwd=repo.folder)
    assert ran.err == ".dedup-baseline：认可 1 组，新增 0 行\n"
    ran = run("baseline", "show", cwd=repo.folder)
    assert "# 都要" in ran.out


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xd8\x00"])
def test_what_holds_no_decisions(repo, tmp_path, content):
    run("scan", ".", "-q", "-o", str(tmp_path / "r.jsonl"), cwd=repo.folder)
    (tmp_path / "d.jsonl").write_bytes(content)
    ran = run("baseline", "accept", str(tmp_path / "r.jsonl"), str(tmp_path / "d.jsonl"),
              cwd=repo.folder)  # fmt: skip
    assert ran.status == 2
    assert ran.err.startswith("dedup: error: ")
    assert not (repo.folder / ".dedup-baseline").exists()

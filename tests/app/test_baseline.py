"""What a baseline accepts, by today's paths and titles."""

from __future__ import annotations

import json

import pytest
from gitrepo import TEXTS, Repo
from terminal import run

from dedup.app.baseline import show
from dedup.app.check import Gate, check
from dedup.checked import AcceptedCopies, AcceptedPair
from dedup.errors import GitError, PathError
from dedup.settings import Settings

SETTINGS = Settings(jobs=1)


@pytest.fixture
def repo(tmp_path):
    repo = Repo(tmp_path / "repo")
    repo.commit(**TEXTS)
    repo.stage("copy.txt", TEXTS["poem"] + "。")
    accept(repo, reason="转载")
    repo.commit()
    return repo


def accept(repo, reason=""):
    check([], SETTINGS, Gate(update=True, reason=reason), folder=repo.folder)
    repo.git("add", ".dedup-baseline")


def shown(repo, between=None):
    return [
        (line.change, type(line.entry), [[h.id for h in holders] for holders in line.holders])
        for line in show(SETTINGS, Gate(), between, folder=repo.folder)
    ]


def test_lines_have_todays_paths_and_titles(repo):
    repo.git("mv", "copy.txt", "moved.txt")
    (line,) = show(SETTINGS, Gate(), folder=repo.folder)
    assert (line.entry.documents, line.entry.reason) == (2, "转载")
    assert [h.id for h in line.holders[0]] == ["moved.txt", "poem.txt"]
    assert all(h.title.startswith("春眠不觉晓") for h in line.holders[0])


def test_between_commits_it_is_what_changed(repo):
    repo.stage("near.txt", TEXTS["cook"].replace("白米饭", "小米粥"))
    repo.git("rm", "--quiet", "--cached", "copy.txt")
    accept(repo)
    changed = [
        ("-", AcceptedCopies, [["poem.txt"]]),
        ("+", AcceptedPair, [["cook.txt"], ["near.txt"]]),
    ]
    assert sorted_holders(shown(repo, "HEAD")) == changed
    repo.commit()
    assert sorted_holders(shown(repo, "HEAD~1..HEAD")) == changed
    assert sorted_holders(shown(repo, "HEAD~1..")) == changed
    assert [change for change, *_ in shown(repo, "HEAD..HEAD~1")] == ["-", "+"]
    assert [change for change, *_ in shown(repo, "HEAD~2..HEAD")] == ["+"]


def sorted_holders(lines):
    return [(change, kind, sorted(holders)) for change, kind, holders in lines]


def test_what_nobody_has_any_more(repo):
    repo.git("rm", "--quiet", "--cached", "copy.txt", "poem.txt")
    assert shown(repo) == [("", AcceptedCopies, [[]])]


def test_records_are_told_by_their_line(repo):
    repo.stage("a.jsonl", json.dumps({"text": TEXTS["poem"]}) + "\n")
    ((_, _, holders),) = shown(repo)
    assert holders == [["a.jsonl:1", "copy.txt", "poem.txt"]]


def test_no_baseline_and_no_commit_are_errors(repo, tmp_path):
    with pytest.raises(GitError, match="no commit"):
        shown(repo, "gone..HEAD")
    with pytest.raises(PathError, match="there is no baseline"):
        show(SETTINGS, Gate(baseline=tmp_path / "gone"), folder=repo.folder)
    with pytest.raises(GitError, match="outside of the repository"):
        show(SETTINGS, Gate(baseline=tmp_path / "gone"), "HEAD", folder=repo.folder)


def test_the_command(repo):
    ran = run("baseline", "show", cwd=repo.folder)
    assert ran.status == 0
    head, *documents = ran.out.splitlines()
    assert head.startswith("copies ")
    assert head.endswith(" 2  # 转载")
    assert [line.split()[0] for line in documents] == ["copy.txt", "poem.txt"]
    ran = run("baseline", "show", "HEAD~1", "--output-format", "json", cwd=repo.folder)
    (line,) = json.loads(ran.out)
    assert (line["change"], line["reason"]) == ("+", "转载")
    (repo.folder / "dedup.toml").write_text('baseline = "gone"\n', "utf-8")
    assert "没有认可清单" in run("baseline", "show", "--lang", "zh", cwd=repo.folder).err

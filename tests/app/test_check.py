"""A check: what is staged against everything that git's index holds."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys

import pytest
from gitrepo import TEXTS, Repo

import dedup
from dedup.app.check import Gate, check
from dedup.app.index import Index
from dedup.checked import AllowRule, Verdict
from dedup.errors import FormatError, GitError, PathError, SettingsError, UsageError
from dedup.model import Relation
from dedup.settings import Settings
from dedup.source.reading import Reading

SETTINGS = Settings(jobs=1)


@pytest.fixture
def repo(tmp_path):
    """A repository with four texts that have nothing in common."""
    repo = Repo(tmp_path / "repo")
    repo.commit(**TEXTS)
    return repo


def checked(repo, *paths, settings=SETTINGS, folder="", **gate):
    return check(paths, settings, Gate(**gate), folder=repo.folder / folder)


def found(result):
    """What each checked document matches: other id, relation, verdict."""
    return {
        document.id: [
            (match.pair.b, str(match.pair.relation), str(match.verdict))
            for match in document.matches
        ]
        for document in result.checked
    }


def test_a_new_text_has_no_match(repo):
    repo.stage("new.txt", "今天天气很好，我们去公园散步，看见许多人在放风筝，孩子们跑来跑去。")
    result = checked(repo, "new.txt")
    assert found(result) == {"new.txt": []}
    assert (result.compared, result.failed, result.skipped) == (5, False, ())


def test_a_copy_of_an_unchanged_file_is_found(repo):
    repo.stage("texts/copy.txt", TEXTS["poem"])
    result = checked(repo, "texts/copy.txt")
    assert found(result) == {"texts/copy.txt": [("poem.txt", "identical", "fails")]}
    assert result.failed
    assert result.documents["poem.txt"].path == "poem.txt"


def test_without_paths_it_is_what_is_staged(repo):
    repo.stage("copy.txt", TEXTS["poem"] + "。")
    repo.write("poem.txt", TEXTS["news"])
    assert found(checked(repo)) == {"copy.txt": [("poem.txt", "same-text", "fails")]}


def test_what_is_staged_counts_not_what_is_on_disk(repo):
    repo.stage("copy.txt", TEXTS["poem"])
    repo.write("copy.txt", "别的内容")
    (repo.folder / "poem.txt").unlink()
    assert found(checked(repo, "copy.txt")) == {"copy.txt": [("poem.txt", "identical", "fails")]}


def test_each_batch_alone_sees_its_twin_in_the_other(repo):
    text = "两个新文件是同一篇稿子，由钩子分在两批里检查，每一批都应当看见另一批里的那一份。" * 3
    repo.stage("one.txt", text)
    repo.stage("two.txt", text + "完。")
    assert [m[0] for m in found(checked(repo, "one.txt"))["one.txt"]] == ["two.txt"]
    assert [m[0] for m in found(checked(repo, "two.txt"))["two.txt"]] == ["one.txt"]


def test_all_copies_are_counted_in_any_batch(repo):
    for number in range(7):
        repo.stage(f"copy{number}.txt", TEXTS["poem"] + "，" * number)
    matches = found(checked(repo, "copy3.txt"))["copy3.txt"]
    assert len(matches) == 7
    assert {m[1] for m in matches} == {"same-text"}
    everything = found(checked(repo, "."))
    assert sorted(everything["copy3.txt"]) == sorted(matches)


def test_what_matches_a_copy_matches_the_copied_too(repo):
    repo.stage("near.txt", TEXTS["poem"].replace("更上一层楼", "再登一级阁"))
    repo.commit()
    repo.stage("copy.txt", TEXTS["poem"] + "。")
    alone = found(checked(repo, "copy.txt"))["copy.txt"]
    assert sorted(name for name, *_ in alone) == ["near.txt", "poem.txt"]
    assert alone == found(checked(repo, "."))["copy.txt"]


def test_relations_fail_or_warn_as_the_settings_say(repo):
    both = TEXTS["law"] + TEXTS["cook"]
    repo.git("rm", "--quiet", "--cached", "law.txt", "cook.txt")
    repo.commit(both=both)
    others = "".join(
        f"第{n}段讲的是{n * n}号仓库里的{n * 7}件货物与{n + 9}名员工。" for n in range(40)
    )
    repo.stage("part.txt", others + both)
    result = checked(repo, "part.txt")
    assert {m.pair.relation for m in result.checked[0].matches} == {Relation.CONTAINS}
    assert {m.verdict for m in result.checked[0].matches} == {Verdict.WARNS}
    assert not result.failed
    strict = SETTINGS.with_values(relations=("contained=fail",))
    assert checked(repo, "part.txt", settings=strict).failed


def test_a_folder_is_its_tracked_files(repo):
    repo.stage("a/one.txt", TEXTS["poem"])
    repo.stage("a/b/two.txt", TEXTS["cook"])
    repo.write("a/three.txt", TEXTS["law"])
    assert sorted(found(checked(repo, "a"))) == ["a/b/two.txt", "a/one.txt"]
    assert len(checked(repo, ".").checked) == 6


def test_paths_are_relative_to_the_folder(repo):
    repo.stage("a/one.txt", TEXTS["poem"])
    result = checked(repo, "one.txt", folder="a")
    assert found(result) == {"a/one.txt": [("poem.txt", "identical", "fails")]}
    assert (result.shown("poem.txt"), result.shown("a/one.txt")) == ("../poem.txt", "one.txt")
    assert found(checked(repo, repo.folder / "a" / "one.txt")) == found(result)


def test_since_a_commit_it_is_what_the_branch_changed(repo):
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit(copy=TEXTS["poem"])
    repo.git("checkout", "--quiet", "main")
    repo.commit(other="主干上另外的改动，与分支没有关系。")
    repo.git("checkout", "--quiet", "side")
    assert list(found(checked(repo, since="main"))) == ["copy.txt"]
    with pytest.raises(GitError, match="gone is no commit"):
        checked(repo, since="gone")


def test_since_cannot_be_an_option_of_git(repo):
    with pytest.raises(GitError, match="no commit"):
        checked(repo, since="--output=x")


# What is left out


def test_ignore_rules_hold_for_what_is_named(repo):
    repo.write(".dedupignore", "old/\n*.bak.txt\n")
    for path in ("old/one.txt", "two.bak.txt", ".hidden/three.txt", "four.py"):
        repo.stage(path, TEXTS["poem"])
    result = checked(repo, "old/one.txt", "two.bak.txt", ".hidden/three.txt", "four.py")
    assert (found(result), result.compared) == ({}, 4)
    assert len(checked(repo, "old", ignore=False).checked) == 1


def test_a_link_and_a_submodule_are_not_read(repo, tmp_path):
    inner = Repo(tmp_path / "inner")
    inner.commit(poem=TEXTS["poem"])
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.folder))
    (repo.folder / "link.txt").symlink_to("poem.txt")
    repo.git("add", "link.txt")
    result = checked(repo, "link.txt", "inner")
    assert (found(result), result.compared) == ({}, 4)
    # inside the submodule its own index counts
    inside = check([], SETTINGS, Gate(), folder=repo.folder / "inner")
    assert inside.compared == 1


def test_what_is_not_text_is_skipped_without_an_error(repo):
    repo.stage("picture", b"\x89PNG\r\n\x1a\n" + bytes(200))
    repo.stage("empty.txt", b"")
    result = checked(repo, "picture", "empty.txt")
    assert [(s.id, s.reason, s.error) for s in result.skipped] == [
        ("empty.txt", "empty", False),
        ("picture", "binary", False),
    ]


# What cannot be read


def test_staged_nonsense_is_an_error_and_elsewhere_a_warning(repo):
    nonsense = b"\xff\xfe\xfd" * 9 + "好".encode() + b"\x80\xff"
    repo.stage("bad.txt", nonsense)
    result = checked(repo, "bad.txt", settings=SETTINGS.with_values(encoding="utf-8"))
    assert [s.id for s in result.unread] == ["bad.txt"]
    other = checked(repo, "poem.txt", settings=SETTINGS.with_values(encoding="utf-8"))
    assert (other.unread, [s.id for s in other.elsewhere]) == ((), ["bad.txt"])


def lose(repo, path):
    """Take the object of a staged file away."""
    blob = repo.git("rev-parse", f":{path}").strip()
    (repo.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()


def test_a_lost_object_is_an_error_where_it_is_checked(repo):
    repo.stage("lost.txt", "这个对象会丢失。")
    lose(repo, "lost.txt")
    assert [(s.id, s.reason) for s in checked(repo, "lost.txt").unread] == [
        ("lost.txt", "unreadable")
    ]
    result = checked(repo, "poem.txt")
    assert [s.id for s in result.elsewhere] == ["lost.txt"]
    assert result.compared == 5


def test_a_damaged_object_does_not_stop_the_others(repo):
    repo.stage("bad.txt", "这个对象会损坏。")
    blob = repo.git("rev-parse", ":bad.txt").strip()
    target = repo.folder / ".git" / "objects" / blob[:2] / blob[2:]
    target.chmod(0o644)
    target.write_bytes(b"no object")
    repo.stage("copy.txt", TEXTS["poem"])
    result = checked(repo, "copy.txt")
    assert found(result) == {"copy.txt": [("poem.txt", "identical", "fails")]}
    assert [s.id for s in result.elsewhere] == ["bad.txt"]


def test_a_path_in_conflict_is_an_error(repo):
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit(poem=TEXTS["poem"] + "甲")
    repo.git("checkout", "--quiet", "main")
    repo.commit(poem=TEXTS["poem"] + "乙")
    repo.git("merge", "side", fine=(1,))
    result = checked(repo, "poem.txt")
    assert [(s.id, s.reason) for s in result.unread] == [("poem.txt", "unmerged")]
    repo.stage("copy.txt", TEXTS["poem"] + "乙")
    assert [m[0] for m in found(checked(repo, "copy.txt"))["copy.txt"]] == ["poem.txt"], "ours"


def test_a_path_that_is_nowhere_is_an_error(repo):
    with pytest.raises(PathError, match=r"gone\.txt"):
        checked(repo, "gone.txt")
    with pytest.raises(GitError, match="outside of the repository"):
        checked(repo, "../x.txt")


def test_outside_of_a_repository_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="in no git repository"):
        check([], SETTINGS, Gate(), folder=tmp_path)


def test_git_that_is_not_there_is_an_error(repo, monkeypatch):
    monkeypatch.setenv("PATH", str(repo.folder))
    with pytest.raises(GitError, match="git cannot be run"):
        checked(repo)


def test_a_bare_repository_is_an_error(tmp_path):
    bare = Repo(tmp_path / "bare", "--bare")
    with pytest.raises(GitError, match="work tree"):
        checked(bare)


# Kinds of repositories


def test_an_unborn_branch(tmp_path):
    repo = Repo(tmp_path / "new")
    assert found(checked(repo)) == {}
    repo.stage("a.txt", TEXTS["poem"])
    repo.stage("b.txt", TEXTS["poem"] + "。")
    assert sorted(found(checked(repo))) == ["a.txt", "b.txt"]


def test_a_worktree(repo, tmp_path):
    repo.git("worktree", "add", "--quiet", tmp_path / "tree")
    tree = Repo.__new__(Repo)
    tree.folder = tmp_path / "tree"
    tree.stage("copy.txt", TEXTS["poem"])
    assert found(checked(tree)) == {"copy.txt": [("poem.txt", "identical", "fails")]}
    assert found(checked(repo)) == {}


def test_a_sparse_checkout_still_knows_every_text(repo):
    repo.stage(
        "far/away.txt", "远处的一篇文章，不在检出的范围里，可是仍然属于这个语料库，不能重复收录。"
    )
    repo.commit()
    repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "near")
    assert not (repo.folder / "far").exists()
    repo.write(
        "near/copy.txt", "远处的一篇文章，不在检出的范围里，可是仍然属于这个语料库，不能重复收录。"
    )
    repo.git("add", "--sparse", "near/copy.txt")
    matches = found(checked(repo, "near/copy.txt"))
    assert matches == {"near/copy.txt": [("far/away.txt", "identical", "fails")]}


def test_the_index_that_a_hook_is_given_counts(repo):
    repo.write("part.txt", TEXTS["poem"])
    repo.write(".git/hooks/pre-commit", f"#!/bin/sh\n{sys.executable} -m dedup check\n").chmod(
        0o755
    )
    repo.stage("else.txt", "暂存了，但是这一次不提交。")
    repo.git("add", "--intent-to-add", "part.txt")
    ran = subprocess.run(
        ["git", "commit", "-m", "x", "part.txt"],
        cwd=repo.folder, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert b"poem.txt" in ran.stdout + ran.stderr
    assert b"1 file checked" in ran.stderr


def test_a_linked_way_to_the_repository(repo, tmp_path):
    (tmp_path / "link").symlink_to(repo.folder)
    repo.stage("copy.txt", TEXTS["poem"])
    result = check(["copy.txt"], SETTINGS, Gate(), folder=tmp_path / "link")
    assert list(found(result)) == ["copy.txt"]
    absolute = check([tmp_path / "link" / "copy.txt"], SETTINGS, Gate(), folder=tmp_path / "link")
    assert found(absolute) == found(result)


# What git makes of files


def test_line_ends_that_git_converts(repo):
    repo.git("config", "core.autocrlf", "true")
    lines = TEXTS["poem"].replace("。", "。\r\n")
    repo.stage("poem2.txt", lines.encode())
    assert found(checked(repo)) == {"poem2.txt": [("poem.txt", "same-text", "fails")]}
    blob = repo.git("cat-file", "blob", ":poem2.txt")
    assert "\r" not in blob


def test_a_working_tree_encoding_is_utf_8_in_git(repo):
    repo.stage(".gitattributes", "gbk/*.txt working-tree-encoding=GBK\n")
    repo.stage("gbk/poem.txt", TEXTS["poem"].encode("gbk"))
    reading = Reading(encodings=(("gbk/*.txt", "gb18030"),))
    result = checked(repo, "gbk/poem.txt", reading=reading)
    assert found(result) == {"gbk/poem.txt": [("poem.txt", "identical", "fails")]}
    assert result.documents["gbk/poem.txt"].encoding == "utf-8"


def test_encodings_are_detected_and_can_be_told(repo):
    repo.stage("gbk.txt", TEXTS["poem"].encode("gb18030"))
    repo.stage("big5.txt", "春眠不覺曉".encode("big5"))
    assert [m[0] for m in found(checked(repo, "gbk.txt"))["gbk.txt"]] == ["poem.txt"]
    reading = Reading(encodings=(("big5.txt", "big5"),))
    assert checked(repo, "big5.txt", reading=reading).unread == ()


@pytest.mark.skipif(sys.platform != "linux", reason="names are not bytes elsewhere")
def test_names_in_gbk(repo):
    name = os.fsdecode("诗.txt".encode("gbk"))
    repo.stage(name, TEXTS["poem"])
    result = checked(repo, name)
    assert found(result) == {name: [("poem.txt", "identical", "fails")]}
    assert found(checked(repo, "poem.txt"))["poem.txt"] == [(name, "identical", "fails")]


@pytest.mark.parametrize("name", ["a b.txt", "-x.txt", "引号\"'.txt", "新\n行.txt", ":(top)x.txt"])
def test_odd_names(repo, name):
    target = repo.write(f"odd/{name}", TEXTS["poem"])
    assert target.exists()
    repo.git("add", "odd")
    result = checked(repo, f"odd/{name}")
    assert found(result) == {f"odd/{name}": [("poem.txt", "identical", "fails")]}


# Git LFS


def pointer(content):
    return (
        "version https://git-lfs.github.com/spec/v1\n"
        f"oid sha256:{hashlib.sha256(content).hexdigest()}\nsize {len(content)}\n"
    )


def test_a_pointer_is_read_where_its_object_is(repo):
    content = TEXTS["poem"].encode()
    oid = hashlib.sha256(content).hexdigest()
    repo.stage("big.txt", pointer(content))
    result = checked(repo, "big.txt")
    assert [(s.id, s.reason, s.error) for s in result.skipped] == [
        ("big.txt", "lfs-pointer", False)
    ]
    repo.write(f".git/lfs/objects/{oid[:2]}/{oid[2:4]}/{oid}", content)
    assert found(checked(repo, "big.txt")) == {"big.txt": [("poem.txt", "identical", "fails")]}


def test_a_pointer_is_read_where_its_file_is_on_disk(repo):
    content = TEXTS["poem"].encode()
    repo.stage("big.txt", pointer(content))
    repo.write("big.txt", content)
    assert len(found(checked(repo, "big.txt"))["big.txt"]) == 1
    repo.write("big.txt", content[:-1] + b"?")
    assert found(checked(repo, "big.txt")) == {}, "that is another text of the same size"


# Records


def test_records_are_documents(repo):
    lines = [{"text": TEXTS["poem"]}, {"text": "一条全新的记录，别处没有。"}]
    repo.stage("new.jsonl", "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines))
    result = checked(repo, "new.jsonl")
    assert found(result) == {
        "new.jsonl:1": [("poem.txt", "identical", "fails")],
        "new.jsonl:2": [],
    }
    assert result.documents["new.jsonl:1"].path == "new.jsonl"
    assert found(checked(repo, "poem.txt"))["poem.txt"] == [("new.jsonl:1", "identical", "fails")]


def test_a_result_of_a_scan_is_no_text(repo):
    repo.stage("result.jsonl", '{"type":"run","schema":1}\n')
    assert [s.reason for s in checked(repo, "result.jsonl").skipped] == ["result"]


def test_two_names_of_one_blob_are_identical(repo):
    repo.stage("a.txt", TEXTS["poem"])
    repo.stage("b.md", TEXTS["poem"])
    assert sorted(m[0] for m in found(checked(repo, "a.txt"))["a.txt"]) == ["b.md", "poem.txt"]


# Not staged


def test_a_file_that_is_not_staged_is_read_from_disk(repo):
    repo.write("new.txt", TEXTS["poem"])
    result = checked(repo, "new.txt")
    assert found(result) == {"new.txt": [("poem.txt", "identical", "fails")]}
    assert [str(note) for note in result.notes] == [
        "new.txt is not staged: what is on disk was checked"
    ]


def test_an_ignored_file_that_is_not_staged_is_left_out(repo):
    repo.write(".gitignore", "*.tmp.txt\n")
    repo.write("new.tmp.txt", TEXTS["poem"])
    assert found(checked(repo, "new.tmp.txt")) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs")
def test_a_pipe_is_not_opened(repo):
    os.mkfifo(repo.folder / "pipe.txt")
    assert [s.reason for s in checked(repo, "pipe.txt").unread] == ["not-a-file"]


# What is accepted


def accept(repo, *paths, **gate):
    result = checked(repo, *paths, update=True, **gate)
    repo.git("add", ".dedup-baseline")
    return result


def verdicts(result):
    return [str(m.verdict) for document in result.checked for m in document.matches]


def test_an_accepted_copy_passes_and_a_third_one_is_new(repo):
    repo.stage("copy.txt", TEXTS["poem"] + "。")
    change = accept(repo, "copy.txt", reason=" 转载，\n已获 授权 ").change
    assert (change.path, change.added, change.removed) == (".dedup-baseline", 1, 0)
    result = checked(repo, "copy.txt")
    assert (verdicts(result), result.failed) == (["accepted"], False)
    assert result.checked[0].matches[0].reason == "转载， 已获 授权"
    repo.stage("third.txt", TEXTS["poem"] + "！！")
    assert verdicts(checked(repo, "third.txt")) == ["fails", "fails"]
    assert checked(repo, ".").failed


def test_an_accepted_near_pair_passes(repo):
    near = TEXTS["poem"].replace("更上一层楼", "再登一级阁")
    repo.stage("near.txt", near)
    accept(repo, "near.txt")
    assert verdicts(checked(repo, ".")) == ["accepted", "accepted"]
    lines = (repo.folder / ".dedup-baseline").read_text("utf-8").splitlines()
    assert [line.split()[0] for line in lines if not line.startswith("#")] == [
        "dedup", "settings", "pair",
    ]  # fmt: skip


def test_neither_renaming_nor_another_encoding_makes_a_pair_new(repo):
    repo.stage("near.txt", TEXTS["poem"].replace("更上一层楼", "再登一级阁"))
    accept(repo, "near.txt")
    repo.commit()
    repo.git("mv", "near.txt", "elsewhere.txt")
    repo.stage("poem.txt", TEXTS["poem"].encode("gb18030"))
    assert verdicts(checked(repo)) == ["accepted", "accepted"]


def test_an_edited_file_carries_over_what_was_accepted(repo):
    near = TEXTS["poem"].replace("更上一层楼", "再登一级阁")
    repo.stage("near.txt", near)
    accept(repo, "near.txt", reason="异文")
    repo.commit()
    repo.stage("near.txt", near.replace("孤舟", "小舟"))
    result = checked(repo)
    assert (verdicts(result), result.failed) == (["carried"], False)
    assert result.checked[0].matches[0].reason == "异文"
    again = accept(repo, "near.txt")
    assert (again.change.added, again.change.removed) == (1, 1)
    assert verdicts(checked(repo, "near.txt")) == ["accepted"]
    assert "异文" in (repo.folder / ".dedup-baseline").read_text("utf-8")


def test_an_edited_copy_carries_over_but_a_new_one_does_not(repo):
    repo.stage("copy.txt", TEXTS["poem"] + "。")
    accept(repo, "copy.txt")
    repo.commit()
    repo.stage("copy.txt", TEXTS["poem"].replace("孤舟", "小舟"))
    assert verdicts(checked(repo)) == ["carried"]
    repo.stage("third.txt", TEXTS["poem"])
    assert "fails" in verdicts(checked(repo, "third.txt"))


def test_since_a_commit_the_version_there_is_the_one_before(repo):
    near = TEXTS["cook"].replace("白米饭", "小米粥")
    repo.stage("near.txt", near)
    accept(repo, "near.txt")
    repo.commit()
    repo.git("branch", "before")
    repo.commit(near=near + "吃完别忘了把锅洗干净。")
    assert verdicts(checked(repo, since="before")) == ["carried"]
    assert verdicts(checked(repo, "near.txt")) == ["fails"]


def test_stale_lines_are_reported_and_pruned(repo):
    repo.stage("copy.txt", TEXTS["poem"] + "。")
    repo.stage("near.txt", TEXTS["cook"].replace("白米饭", "小米粥"))
    accept(repo)
    assert checked(repo, ".").stale == ()
    repo.git("rm", "--quiet", "--cached", "near.txt", "copy.txt")
    assert checked(repo, "law.txt").stale == (), "nobody has looked at all texts"
    assert len(checked(repo, ".").stale) == 2
    result = accept(repo, "law.txt")
    assert (result.change.added, result.change.removed) == (0, 2)
    assert checked(repo, "law.txt").stale == ()


def test_a_baseline_of_other_settings_is_an_error(repo):
    repo.stage("copy.txt", TEXTS["poem"])
    accept(repo)
    with pytest.raises(SettingsError, match="other settings") as caught:
        checked(repo, settings=SETTINGS.with_values(threshold=0.7))
    assert "accept it anew" in str(caught.value.hint)


def test_a_baseline_can_be_elsewhere(repo, tmp_path):
    repo.stage("a/copy.txt", TEXTS["poem"])
    where = tmp_path / "accepted.txt"
    with pytest.raises(PathError, match="cannot read the baseline"):
        checked(repo, baseline=where)
    assert checked(repo, baseline=where, update=True).change.added == 1
    assert verdicts(checked(repo, baseline=where)) == ["accepted"]
    assert verdicts(checked(repo)) == ["fails"]
    checked(repo, "copy.txt", folder="a", baseline="own.txt", update=True)
    assert (repo.folder / "a" / "own.txt").exists()
    repo.git("add", "a/own.txt")
    assert "a/own.txt" not in checked(repo, ".", baseline=repo.folder / "a/own.txt").documents


def test_a_baseline_with_the_marks_of_a_merge_is_mended_by_an_update(repo):
    repo.stage("copy.txt", TEXTS["poem"])
    accept(repo)
    target = repo.folder / ".dedup-baseline"
    text = target.read_text("utf-8")
    target.write_text(text.replace("# 00\n", "# 00\n<<<<<<< a\n=======\n>>>>>>> b\n"), "utf-8")
    with pytest.raises(FormatError, match="a merge has left its marks") as caught:
        checked(repo)
    assert "keep both sides" in str(caught.value.hint)
    accept(repo)
    assert target.read_text("utf-8") == text


def test_rules_allow_families(repo):
    repo.stage("zh-cn/a.txt", TEXTS["poem"] + "简")
    repo.stage("zh-tw/a.md", TEXTS["poem"] + "繁")
    repo.stage("zh-tw/b.txt", TEXTS["poem"] + "别")
    (repo.folder / "poem.txt").unlink()
    repo.git("rm", "--quiet", "--cached", "poem.txt")
    rule = AllowRule(("zh-cn/**", "zh-tw/**"), same_stem=True, reason="译本")
    idle = AllowRule(("zh-hk/**",))
    result = checked(repo, "zh-cn/a.txt", allow=(rule, idle))
    assert [(m.pair.b, str(m.verdict), m.reason) for m in result.checked[0].matches] == [
        ("zh-tw/b.txt", "fails", ""),
        ("zh-tw/a.md", "allowed", "译本"),
    ]
    assert result.allowed == ((rule, 1), (idle, 0))
    assert [str(n) for n in result.notes] == ["the rule that allows zh-hk/** matches no file"]


def test_the_seeds(repo, seeds):
    first, second = sorted(seeds.glob("*.txt"))
    shutil.copy(first, repo.folder / first.name)
    repo.git("add", first.name)
    repo.commit()
    repo.stage("in-other-clothes.txt", second.read_bytes())
    result = checked(repo)
    assert found(result) == {"in-other-clothes.txt": [(first.name, "same-body", "fails")]}


def test_a_check_changes_nothing_in_the_repository(repo):
    repo.stage("copy.txt", TEXTS["poem"])
    before = repo.git("status", "--porcelain")
    index = (repo.folder / ".git" / "index").read_bytes()
    checked(repo)
    assert repo.git("status", "--porcelain") == before
    assert (repo.folder / ".git" / "index").read_bytes() == index


# Against an index


@pytest.fixture
def index(repo, tmp_path):
    with Index.create(tmp_path / "texts.index", SETTINGS) as made, contextlib.chdir(repo.folder):
        made.add(["."])
    return tmp_path / "texts.index"


def test_outside_of_a_repository_against_an_index(index, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "copy.txt").write_text(TEXTS["poem"] + "。", "utf-8")
    (tmp_path / "new" / "own.txt").write_text("这一篇是新写的，索引里没有。", "utf-8")
    monkeypatch.chdir(tmp_path)
    gate = Gate(against=index)
    result = check(["new"], SETTINGS, gate)
    assert found(result) == {
        "new/copy.txt": [("poem.txt", "same-text", "fails")],
        "new/own.txt": [],
    }
    assert result.compared == 4
    check(["new"], SETTINGS, Gate(against=index, update=True))
    assert verdicts(check(["new"], SETTINGS, gate)) == ["accepted"]
    with pytest.raises(UsageError, match="in no git repository"):
        check([], SETTINGS, gate)


def test_in_a_repository_against_an_index(repo, index):
    repo.stage("copy.txt", TEXTS["poem"] + "。")
    repo.stage("other.txt", TEXTS["poem"] + "！")
    result = checked(repo, "copy.txt", against=index)
    assert found(result) == {"copy.txt": [("poem.txt", "same-text", "fails")]}
    assert found(checked(repo, "poem.txt", against=index)) == {"poem.txt": []}, "itself"


def test_what_is_no_index_or_one_of_other_settings(repo, index):
    with pytest.raises(PathError, match="there is no index"):
        checked(repo, "poem.txt", against=index.with_name("gone"))
    with pytest.raises(FormatError, match="is no index"):
        checked(repo, "poem.txt", against=repo.folder / "poem.txt")
    with pytest.raises(SettingsError, match="other settings"):
        checked(repo, "poem.txt", against=index, settings=SETTINGS.with_values(ngram=3))


def test_the_library_says_it_in_the_same_words(repo):
    repo.stage("copy.txt", TEXTS["poem"])
    result = dedup.check(["copy.txt"], folder=repo.folder, cache=False)
    assert (result.failed, result.checked[0].new[0].verdict) == (True, dedup.Verdict.FAILS)
    dedup.check(folder=repo.folder, update_baseline=True, reason="x", cache=False)
    assert not dedup.check(folder=repo.folder).failed
    rule = dedup.AllowRule(("*.txt",))
    allowed = dedup.check(["."], folder=repo.folder, allow=[rule], relations=("near=warn",))
    assert allowed.count(dedup.Verdict.ALLOWED) == 2

"""The cache of a repository: never wrong, never in the way."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest
from filelock import FileLock
from gitrepo import TEXTS, Repo

from dedup.app.check import Gate, check
from dedup.app.check_cache import KEPT
from dedup.app.index import Index
from dedup.settings import Settings

SETTINGS = Settings(jobs=1)
COPY = TEXTS["poem"] + "。"


@pytest.fixture
def repo(tmp_path):
    repo = Repo(tmp_path / "repo")
    repo.commit(**TEXTS)
    repo.stage("copy.txt", COPY)
    return repo


def answer(repo, *paths, settings=SETTINGS, cache=True, **gate):
    result = check(paths or ("copy.txt",), settings, Gate(cache=cache, **gate), folder=repo.folder)
    return [(m.pair, str(m.verdict)) for d in result.checked for m in d.matches], result.elsewhere


def caches(repo):
    return sorted((repo.folder / ".git" / "dedup").glob("*.index"))


def sources(repo):
    with Index.open(caches(repo)[0]) as index:
        return index.sources()


def test_the_answer_is_that_without_a_cache(repo):
    repo.stage("near.txt", TEXTS["poem"].replace("更上一层楼", "再登一级阁"))
    bare = answer(repo, cache=False)
    assert caches(repo) == []
    assert len(bare[0]) == 2
    assert answer(repo) == answer(repo) == bare
    assert repo.git("status", "--porcelain", "--ignored") == "A  copy.txt\nA  near.txt\n"


def test_only_what_is_new_is_read(repo):
    answer(repo)
    assert len(sources(repo)) == 4
    before = caches(repo)[0].stat().st_mtime_ns
    answer(repo)
    assert caches(repo)[0].stat().st_mtime_ns == before
    repo.commit(other="另外一篇，和别的都没有关系。")
    answer(repo)
    assert len(sources(repo)) == 5
    assert [pair.b for pair, _ in answer(repo, "copy.txt")[0]] == ["poem.txt"]
    assert [pair.b for pair, _ in answer(repo, "poem.txt")[0]] == ["copy.txt"]
    assert len(sources(repo)) == 6, "the copy, which was not checked this time"


def test_what_is_no_longer_in_the_index_is_no_match(repo):
    answer(repo)
    repo.git("rm", "--quiet", "--cached", "poem.txt")
    assert answer(repo) == ([], ())


def test_while_another_process_writes_nothing_is_written(repo):
    answer(repo)
    before = caches(repo)[0].read_bytes()
    repo.stage("more.txt", TEXTS["poem"] + "！")
    with FileLock(repo.folder / ".git" / "dedup" / "lock"):
        found = answer(repo)
    assert found == answer(repo, cache=False)
    assert len(found[0]) == 2
    assert caches(repo)[0].read_bytes() == before


def test_while_another_process_makes_it_there_is_none(repo):
    (repo.folder / ".git" / "dedup").mkdir()
    with FileLock(repo.folder / ".git" / "dedup" / "lock"):
        assert answer(repo) == answer(repo, cache=False)
    assert caches(repo) == []


def test_checks_at_the_same_time(repo):
    command = [sys.executable, "-m", "dedup", "check", "copy.txt", "--output-format", "concise"]
    running = [
        subprocess.Popen(command, cwd=repo.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    ended = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [1, 1, 1]
    assert len({out for out, _ in ended}) == 1
    assert len(sources(repo)) == 4


def damage(raw):
    yield b""
    yield b"no index at all"
    yield raw[: len(raw) // 2]
    yield raw[:100]
    middle = len(raw) // 2
    yield (
        raw[:middle]
        + bytes(byte ^ 255 for byte in raw[middle : middle + 8000])
        + raw[middle + 8000 :]
    )


def test_a_damaged_cache_is_made_anew(repo):
    good = answer(repo)
    path = caches(repo)[0]
    with Index.open(path, write=True):
        pass  # what waits in the log goes into the file
    for raw in list(damage(path.read_bytes())):
        path.write_bytes(raw)
        assert answer(repo) == good
        assert answer(repo) == good
        path = caches(repo)[0]


def test_where_none_can_be_kept_there_is_none(repo):
    (repo.folder / ".git" / "dedup").write_text("in the way")
    assert answer(repo) == answer(repo, cache=False)


def test_other_settings_have_their_own(repo):
    for n in range(1, KEPT + 3):
        settings = SETTINGS.with_values(ngram=n)
        assert answer(repo, settings=settings) == answer(repo, settings=settings, cache=False)
    assert len(caches(repo)) == KEPT


def test_a_worktree_shares_it(repo, tmp_path):
    repo.commit()
    answer(repo)
    repo.git("worktree", "add", "--quiet", tmp_path / "tree")
    tree = Repo.__new__(Repo)
    tree.folder = tmp_path / "tree"
    tree.stage("third.txt", TEXTS["poem"] + "！")
    assert len(answer(tree, "third.txt")[0]) == 2
    assert len(caches(repo)) == 1
    assert not (repo.folder / ".git" / "worktrees" / "tree" / "dedup").exists()


def test_a_pointer_is_read_once_its_file_is_there(repo):
    content = (TEXTS["poem"] + "？").encode()
    oid = hashlib.sha256(content).hexdigest()
    repo.stage(
        "big.txt",
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n",
    )
    assert len(answer(repo)[0]) == 1
    repo.write(f".git/lfs/objects/{oid[:2]}/{oid[2:4]}/{oid}", content)
    assert [pair.b for pair, _ in answer(repo)[0]] == ["big.txt", "poem.txt"]


def test_what_cannot_be_read_is_told_each_time(repo):
    repo.stage("bad.txt", "好".encode() + b"\x80\xff\xfe" * 5)
    settings = SETTINGS.with_values(encoding="utf-8")
    told = [[s.id for s in answer(repo, settings=settings)[1]] for _ in range(2)]
    assert told == [["bad.txt"], ["bad.txt"]]


def test_records_are_known_by_their_file(repo):
    records = [{"text": COPY}, {"text": "别的记录，说的是别的事情。"}]
    repo.stage("a.jsonl", "".join(json.dumps(each) + "\n" for each in records))
    for _ in range(2):
        assert [pair.b for pair, _ in answer(repo)[0]] == ["a.jsonl:1", "poem.txt"]
    assert len(sources(repo)) == 5


def test_blobs_of_long_ago_are_forgotten(repo, monkeypatch):
    monkeypatch.setattr("dedup.app.check_cache._SPARE", 0)
    monkeypatch.setattr("dedup.app.check_cache._TIMES", 1)
    for number in range(5):
        repo.stage("changing.txt", f"第{number}版，内容一直在变，讲的却是同一件小事。")
        good = answer(repo)
        assert good == answer(repo, cache=False)
    assert len(sources(repo)) <= 6

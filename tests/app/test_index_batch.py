"""The weekly batch: new texts against an index, which takes over what of them is kept."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from random_documents import random_documents
from terminal import run

from dedup import Index, Settings
from dedup.app.scan import scan_shards
from dedup.boilerplate import Boilerplate
from dedup.engine.against import Against
from dedup.engine.local import BatchSketcher
from dedup.engine.shards import Texts

NOTICE = (
    "本文由本站编辑部根据公开资料整理，仅供读者参考，不代表本站立场。",
    "未经书面授权，任何单位和个人不得以任何方式转载、摘编或者复制本文内容。",
    "如有疑问，请在工作日上午九点至下午五点之间与本站值班编辑联系。",
)
FIRST, SECOND, THIRD = range(3)


def dressed(documents):
    """Return documents, each with a notice that all of them have."""
    return [replace(each, text="\n".join([each.text, *NOTICE])) for each in documents]


def weeks(count=150):
    """Return the texts of three weeks: in each some that were there before."""
    every = [each for each in random_documents(8, count) if each.text != "！？"]
    random.Random(2).shuffle(every)
    return [dressed(every[at::3]) for at in range(3)]


def write(path, documents):
    lines = [json.dumps({"id": each.id, "text": each.text}) for each in documents]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def distinct(documents, settings):
    """Return documents no two of which are equal in what is compared, or in the whole."""
    sketches = BatchSketcher(settings, 4)([each.text for each in documents]).sketches
    seen, found = set(), []
    for at, each in enumerate(documents):
        keys = {sketches.compared_hash[at].tobytes(), sketches.whole_hash[at].tobytes()}
        if not keys & seen:
            found.append(each)
            seen |= keys
    return found


@pytest.fixture
def place(tmp_path):
    """Make the folders of three weeks, and an index of the first with a list that was learned."""
    for number, documents in enumerate(weeks()):
        write(tmp_path / f"week{number}" / "texts.jsonl", documents)
    learned = run(
        "scan", "week0", "week1", "week2", "--write-boilerplate", "notice.txt", "-q", cwd=tmp_path
    )
    assert learned.status == 0, learned.err
    assert len(Boilerplate.parse((tmp_path / "notice.txt").read_text("utf-8"), "it").passages) >= 3
    built = run(
        "index", "build", "texts.index", "week0", "--boilerplate", "notice.txt", cwd=tmp_path
    )
    assert built.status == 0, built.err
    return tmp_path


def batch(place, week, *more):
    return run(
        "scan", f"week{week}", "--against", "texts.index", "--write-kept", f"kept{week}",
        "--update-index", "-o", f"result{week}.jsonl", *more, cwd=place,
    )  # fmt: skip


def ids(path):
    with Index.open(path) as index:
        assert index.verify() == []
        return {
            block.known()[row].id for block, rows in index._contents.all_blocks() for row in rows
        }


def kept(place, week):
    text = (place / f"kept{week}" / "texts.jsonl").read_text("utf-8")
    return {json.loads(line)["id"] for line in text.splitlines()}


def records(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def pairs(place, week):
    found = [each for each in records(place / f"result{week}.jsonl") if each["type"] == "pair"]
    assert found
    return {(each["a"], each["b"], each["relation"], each["similarity"]) for each in found}


def test_what_is_kept_is_known_the_next_week(place):
    before = ids(place / "texts.index")
    for week in (SECOND, THIRD):
        ran = batch(place, week)
        assert ran.status == 0, ran.err
        after = ids(place / "texts.index")
        assert after - before == kept(place, week)
        assert 0 < len(after - before) < len(weeks()[week])
        before = after


def test_the_list_of_the_index_is_used(place):
    """The notice is shared by all: compared, it would make many more pairs."""
    listed = Boilerplate.parse((place / "notice.txt").read_text("utf-8"), "it")
    batch(place, SECOND)
    told, *_ = records(place / "result1.jsonl")
    assert told["settings"]["boilerplate"]["hash"] == listed.hash
    settings = Settings(boilerplate=listed)
    old, new = weeks()[FIRST], weeks()[SECOND]
    wanted = scan_shards([Texts(new)], settings, against=Against([Texts(old)], runs=True))
    assert pairs(place, SECOND) == {
        (pair.a, pair.b, pair.relation.value, round(pair.similarity, 6)) for pair in wanted.pairs
    }


def test_query_scan_against_and_scan_agree_with_a_learned_list(place):
    listed = Boilerplate.parse((place / "notice.txt").read_text("utf-8"), "it")
    settings = Settings(boilerplate=listed, relations=("template=drop",))
    documents = distinct([*weeks()[FIRST], *weeks()[SECOND]], settings)
    old, new = documents[::2], documents[1::2]
    names = {each.id for each in new}

    def across(result):
        seen = [pair if pair.a in names else pair.swapped() for pair in result.pairs]
        return {
            (p.a, p.b, p.relation, p.evidence) for p in seen if p.a in names and p.b not in names
        }

    with Index.create(place / "it.index", settings) as index:
        index.add([Texts(old)])
        # a scan that names no list has the one of the index
        plain = Settings(relations=("template=drop",))
        scanned = scan_shards([Texts(new)], plain, against=index.side(runs=False))
        asked = index.query(new)
    everything = across(scan_shards([Texts([*old, *new])], settings))
    found = {(m.pair.a, m.id, m.relation, m.pair.evidence) for each in asked for m in each.matches}
    assert len(found) > 10
    assert found == everything
    assert across(scanned) == everything


def test_another_list_is_refused_with_what_to_do(place):
    ran = batch(place, SECOND, "--no-boilerplate")
    assert ran.status == 2
    assert "dedup index rebuild" in ran.err
    assert not (place / "kept1").exists()


def test_the_same_week_again_changes_nothing(place):
    batch(place, SECOND)
    before, first = ids(place / "texts.index"), pairs(place, SECOND)
    again = run(
        "scan", "week1", "--against", "texts.index", "--update-index", "-o", "result1.jsonl",
        cwd=place,
    )  # fmt: skip
    assert again.status == 0, again.err
    assert ids(place / "texts.index") == before
    assert pairs(place, SECOND) == first


KILLED = """
import os, signal, sys
from dedup.index import segment_merge, writer
from dedup.source import blocks
writer.SEGMENT_DOCUMENTS, segment_merge.TOGETHER, blocks.MOST_LINES = 5, 2, 8
left = int(sys.argv.pop(1))
def counted(self, flush=writer.Writer.flush):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    flush(self)
writer.Writer.flush = counted
from dedup.__main__ import main
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("after", [0, 1, 3])
def test_killed_while_the_index_is_updated_it_is_gone_on_with(place, after):
    whole = place / "whole"
    whole.mkdir()
    for name in ("week1", "notice.txt"):
        (whole / name).symlink_to(place / name)
    (whole / "texts.index").write_bytes((place / "texts.index").read_bytes())
    batch(whole, SECOND)
    command = [
        "scan", "week1", "--against", "texts.index", "--work-dir", "work", "--update-index",
        "--write-kept", "kept1", "-o", "result1.jsonl",
    ]  # fmt: skip
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(after), *command],
        cwd=place, check=False, capture_output=True,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    ran = run(*command, "--resume", cwd=place)
    assert ran.status == 0, ran.err
    assert ids(place / "texts.index") == ids(whole / "texts.index")
    assert kept(place, SECOND) == kept(whole, SECOND)
    assert pairs(place, SECOND) == pairs(whole, SECOND)

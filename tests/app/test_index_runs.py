"""A scan against an index finds the runs that few new texts share, as against the texts."""

from __future__ import annotations

import json
import random

import pytest
from random_documents import random_documents
from terminal import run

from dedup import Document, Index, Settings, UsageError
from dedup.app import index_runs, index_side
from dedup.app.scan import scan_shards
from dedup.boilerplate import Boilerplate, SharedPassage
from dedup.engine.against import Against
from dedup.engine.shards import Texts
from dedup.match import runs
from dedup.text.pieces import piece_hash

RUN = "山门前那棵老银杏树据说是建寺时种下的如今要五个人才能合抱过来每到深秋满地金黄"
COMMON = "本资料由市档案馆整理并提供仅供研究之用未经许可不得转载引用时请注明出处及编号谢谢合作"


def letters(draw, count):
    return "".join(chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(count))


def corpus(*, copies=0, common=0):
    """Return known texts and new ones; some share a run, and nothing else."""
    draw = random.Random(4)
    old = [Document(f"old{at}", letters(draw, 400)) for at in range(60)]
    old += [Document(f"licensed{at}", letters(draw, 90) + COMMON) for at in range(common)]
    text = letters(draw, 200) + RUN + letters(draw, 200)
    old += [Document(f"copy{at}", text) for at in range(copies)]
    old.append(Document("quoted", letters(draw, 300) + RUN + letters(draw, 300)))
    new = [
        Document("quoting", letters(draw, 500) + RUN[2:36] + letters(draw, 200)),
        Document("licensed", letters(draw, 90) + COMMON),
        Document("other", letters(draw, 300)),
    ]
    return old, new


@pytest.fixture(params=["all", "chosen"])
def way(request, monkeypatch):
    """Let the index be small enough to be compared as a whole, or not."""
    if request.param == "chosen":
        monkeypatch.setattr(index_side, "WHOLE", -1)
    return request.param


@pytest.fixture
def path(tmp_path):
    return tmp_path / "texts.index"


def both(path, old, new, settings=None):
    """Return the result of a scan against an index, and of one against the same texts."""
    settings = settings or Settings()
    with Index.create(path, settings) as index:
        index.add([Texts(old)])
        asked = scan_shards([Texts(new)], settings, against=index.side())
    return asked, scan_shards([Texts(new)], settings, against=Against([Texts(old)], runs=True))


def assert_same(asked, wanted):
    assert asked.pairs == wanted.pairs
    assert asked.clusters == wanted.clusters
    assert asked.shared == wanted.shared
    assert asked.guarantee == wanted.guarantee
    assert asked.guarantee is not None
    assert asked.summary.known == wanted.summary.known


@pytest.mark.usefixtures("way")
def test_a_run_is_found_wherever_it_stands(path):
    asked, wanted = both(path, *corpus())
    assert_same(asked, wanted)
    assert ("quoting", "quoted", 34) in {(r.a, r.b, r.characters) for r in asked.shared}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("common", [99, 100, 101, 140])
def test_what_too_many_texts_share_tells_of_nothing(path, common):
    asked, wanted = both(path, *corpus(common=common))
    assert_same(asked, wanted)
    assert bool(asked.guarantee.common) == (common > runs.COMMON)
    assert ("quoting", "quoted") in {(r.a, r.b) for r in asked.shared}


@pytest.mark.usefixtures("way")
def test_equal_texts_are_one(path):
    asked, wanted = both(path, *corpus(copies=150))
    assert_same(asked, wanted)
    assert len(asked.shared) == 2


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("seed", range(4))
def test_random_documents(path, seed):
    documents = random_documents(seed, 160)
    assert_same(*both(path, documents[::2], documents[1::2]))


@pytest.mark.usefixtures("way")
def test_what_is_listed_as_boilerplate_is_no_run(path):
    old, new = corpus(common=40)
    lines = [Document(each.id, each.text.replace(COMMON, f"\n{COMMON}\n")) for each in (*old, *new)]
    listed = Boilerplate((SharedPassage(piece_hash(COMMON)),))
    settings = Settings(boilerplate=listed)
    asked, wanted = both(path, lines[: len(old)], lines[len(old) :], settings)
    assert_same(asked, wanted)
    assert {(r.a, r.b) for r in asked.shared} == {("quoting", "quoted")}


def test_batches_and_workers_do_not_matter(path, monkeypatch):
    monkeypatch.setattr(index_side, "WHOLE", -1)
    monkeypatch.setattr(index_runs, "_TOGETHER", 500)
    for jobs in (1, 4):
        asked, wanted = both(path.with_name(f"{jobs}.index"), *corpus(), Settings(jobs=jobs))
        assert_same(asked, wanted)


def test_a_large_index_is_looked_through_only_when_asked(path, monkeypatch):
    monkeypatch.setattr(index_side, "WHOLE", -1)
    monkeypatch.setattr(index_side, "SOON", 0)
    old, new = corpus()
    with Index.create(path) as index:
        index.add([Texts(old)])
        found = scan_shards([Texts(new)], Settings(), against=index.side())
        assert (found.guarantee, found.shared, index.unread) == (None, (), len(old))
        found = scan_shards([Texts(new)], Settings(), against=index.side(runs=True))
        assert found.guarantee is not None
        assert index.unread == 0
        found = scan_shards([Texts(new)], Settings(), against=index.side(runs=False))
        assert (found.guarantee, index.unread) == (None, 0)


def test_new_texts_that_are_many_are_not_looked_up(path, monkeypatch):
    monkeypatch.setattr(index_side, "WHOLE", -1)
    monkeypatch.setattr(index_side, "SMALL", 100)
    old, new = corpus()
    with Index.create(path) as index:
        index.add([Texts(old)])
        found = scan_shards([Texts(new)], Settings(), against=index.side(runs=True))
    assert (found.guarantee, index.unread) == (None, 0)


def test_an_index_without_texts(path):
    with Index.create(path, text=False) as index:
        found = scan_shards([Texts(corpus()[1])], Settings(), against=index.side())
        assert found.guarantee is None
        with pytest.raises(UsageError, match="keeps no texts"):
            index.side(runs=True)


def test_the_command(tmp_path, monkeypatch):
    old, new = corpus()
    for name, documents in (("old", old), ("new", new)):
        lines = [json.dumps({"id": each.id, "text": each.text}) for each in documents]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    built = run("index", "build", "old.index", "old.jsonl", cwd=tmp_path)
    assert built.status == 0, built.err
    command = ["scan", "new.jsonl", "--output-format", "json", "--against"]
    asked = run(*command, "old.index", cwd=tmp_path)
    wanted = run(*command, "old.jsonl", cwd=tmp_path)
    assert json.loads(asked.out)["shared"] == json.loads(wanted.out)["shared"]
    assert "every run of 30 characters" in asked.err
    monkeypatch.setattr(index_side, "WHOLE", -1)
    monkeypatch.setattr(index_side, "SOON", 0)
    told = run(*command, "old.index", cwd=tmp_path)
    assert "were not looked for in the 61 documents of the index" in told.err
    assert "--runs" in told.err
    looked = run(*command, "old.index", "--runs", cwd=tmp_path)
    assert json.loads(looked.out)["shared"] == json.loads(wanted.out)["shared"]
    for known in ("old.index", "old.jsonl"):
        spared = run(*command, known, "--no-runs", cwd=tmp_path)
        assert "shared" not in json.loads(spared.out) or not json.loads(spared.out)["shared"]
        assert "characters" not in spared.err

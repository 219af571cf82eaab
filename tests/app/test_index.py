"""An index answers as a scan of everything together does, whatever came before."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pytest
from random_documents import random_documents

import dedup
from dedup import Document, Index, OutputError, Settings, SettingsError, UsageError
from dedup.app.scan import scan_shards
from dedup.engine.against import Against
from dedup.engine.local import BatchSketcher
from dedup.engine.shards import Texts
from dedup.index import segment_merge, writer

ALIKE = ("春天的河边开满了花，孩子们在草地上放风筝，老人坐在树下看书，" * 3)[:-1] + "。"
OTHER = "全市今年新建了三座图书馆，读者可以凭身份证免费借阅各类图书，" * 3


def pairs_of(matches):
    """Return the pairs of a query, as comparable values."""
    return {
        (each.id, match.id, match.relation.value, match.pair.evidence)
        for each in matches
        for match in each.matches
    }


def across(result, new):
    """Return the pairs of a scan that reach from a new document to a known one."""
    found = set()
    for pair in result.pairs:
        seen = pair if pair.a in new else pair.swapped()
        if seen.a in new and seen.b not in new:
            found.add((seen.a, seen.b, seen.relation.value, seen.evidence))
    return found


@pytest.fixture
def path(tmp_path):
    return tmp_path / "texts.index"


def distinct(documents):
    """Return documents no two of which are equal in what is compared, or in the whole."""
    sketches = BatchSketcher(Settings(), 4)([each.text for each in documents]).sketches
    seen, found = set(), []
    for each, compared, whole in zip(
        documents, sketches.compared_hash, sketches.whole_hash, strict=True
    ):
        keys = {compared.tobytes(), whole.tobytes()}
        if not keys & seen:
            found.append(each)
            seen |= keys
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("together", [7, 1000])
def test_query_scan_against_and_scan_give_the_same_pairs(path, seed, together, monkeypatch):
    monkeypatch.setattr(writer, "SEGMENT_DOCUMENTS", together)
    # of equal texts a scan lists those with the first alone, and a query all
    documents = distinct(random_documents(seed, 240))
    old, new = documents[::2], documents[1::2]
    names = {each.id for each in new}
    # of templates a scan lists some only, where they are a family, and a query all
    settings = Settings(relations=("template=drop",))
    with Index.create(path, settings) as index:
        for at in range(0, len(old), 20):
            index.add([Texts(old[at : at + 20])])
        asked = pairs_of(index.query(new))
        scanned = scan_shards([Texts(new)], settings, against=index.side(runs=False))
    against = scan_shards([Texts(new)], settings, against=Against([Texts(old)]))
    everything = scan_shards([Texts([*old, *new])], settings)
    assert len(asked) > 20
    assert asked == across(everything, names)
    assert asked == across(against, names)
    assert asked == across(scanned, names)
    assert scanned.clusters == against.clusters
    assert scanned.summary.known == against.summary.known


@pytest.mark.parametrize("seed", range(3))
def test_every_equal_text_is_listed(path, seed):
    documents = random_documents(seed, 120)
    old, new = documents[:60], documents[60:]
    with Index.create(path) as index:
        index.add([Texts(old)])
        found = {(a, b): relation for a, b, relation, _ in pairs_of(index.query(new))}
    equal = {dedup.Relation.IDENTICAL, dedup.Relation.SAME_TEXT, dedup.Relation.SAME_BODY}
    for a, b in product(new, old):
        relation = dedup.compare(a, b).relation
        if relation in equal:
            assert found[a.id, b.id] == relation
        else:
            assert found.get((a.id, b.id)) not in equal


def test_each_document_is_asked_by_itself(path):
    documents = random_documents(5, 80)
    with Index.create(path) as index:
        index.add([Texts(documents[:40])])
        together = index.query(documents[40:])
        alone = [index.query([each])[0] for each in documents[40:]]
    assert alone == together


def test_best_first(path):
    sentences = [f"第{number}条说明了一件与别处不同的事情，请大家注意。" for number in range(20)]
    with Index.create(path) as index:
        known = [("half", "".join(sentences[:14])), ("all", "".join(sentences[:19]))]
        index.add([Texts([Document(*each) for each in known])])
        (found,) = index.query([("new", "".join(sentences))])
    assert [match.id for match in found.matches] == ["all", "half"]
    assert found.matches[0].relation is dedup.Relation.NEAR
    assert found.matches[0].info.id == "all"
    assert found.matches[0].similarity > found.matches[1].similarity


def test_a_document_is_no_match_of_itself(path):
    with Index.create(path) as index:
        index.add([Texts([Document("a", ALIKE), Document("b", ALIKE)])])
        (found,) = index.query([Document("a", ALIKE)])
    assert [match.id for match in found.matches] == ["b"]


def test_what_has_no_text_is_told(path):
    with Index.create(path) as index:
        index.add([Texts([Document("a", ALIKE)])])
        found = index.query([("empty", "！？"), ("one", ALIKE)])
    assert found[0].skipped.reason == "no-text"
    assert found[0].skipped.id == "empty"
    assert found[1].skipped is None
    assert len(found[1].matches) == 1


def test_nothing_asked_and_nothing_known(path):
    with Index.create(path) as index:
        assert index.query([]) == []
        assert index.query([("a", ALIKE)])[0].matches == ()
        assert len(index) == 0


def test_removed_documents_are_found_no_more(path):
    with Index.create(path) as index:
        index.add([Texts([Document("a", ALIKE), Document("b", ALIKE), Document("c", OTHER)])])
        assert index.remove(["b", "not there"]) == 1
        assert len(index) == 2
        (found,) = index.query([("new", ALIKE)])
        assert [match.id for match in found.matches] == ["a"]
        index.add([Texts([Document("b", OTHER)])])
        assert {m.id for m in index.query([("new", OTHER)])[0].matches} == {"b", "c"}
        assert len(index) == 3


def test_segments_are_merged_and_answers_stay(path, monkeypatch):
    documents = [replace(each, id=str(at)) for at, each in enumerate(random_documents(9, 90))]
    monkeypatch.setattr(segment_merge, "TOGETHER", 2)
    with Index.create(path) as index:
        for at, each in enumerate(documents[:60]):
            index.add([Texts([each])])
            if at % 7 == 0:
                index.remove([each.id])
        assert index.info().segments < 12
        merged = pairs_of(index.query(documents[60:]))
    whole = path.with_name("whole.index")
    kept = [each for at, each in enumerate(documents[:60]) if at % 7]
    with Index.create(whole) as index:
        index.add([Texts(kept)])
        assert pairs_of(index.query(documents[60:])) == merged


def test_sources_are_known_by_their_keys(path):
    with Index.create(path) as index:
        added = index.add(
            [Texts([Document("a", ALIKE), Document("b", "。")])], key_of=lambda each: f"k-{each.id}"
        )
        assert (added.added, added.documents, len(added.skipped)) == (1, 1, 1)
        assert index.knows("k-a")
        assert index.knows("k-b")  # which holds no text, and need not be read again
        assert not index.knows("a")
        again = index.add([Texts([Document("a", OTHER)])], key_of=lambda each: f"k-{each.id}")
        assert again.changed == 1
        assert len(index) == 1
        assert index.query([("new", ALIKE)])[0].matches == ()


def test_two_documents_of_one_id(path):
    with Index.create(path) as index:
        index.add([Texts([Document("a", ALIKE)])], key_of=lambda _: "first")
        with pytest.raises(UsageError, match="two documents have the id a"):
            index.add([Texts([Document("a", OTHER)])], key_of=lambda _: "second")
        assert len(index) == 1
        record = Document("a", OTHER, path="more.jsonl", place=3)
        index.add([Texts([record], name="more.jsonl")], key_of=lambda _: "third")
        (found,) = index.query([("new", OTHER)])
        assert found.matches[0].id == "more.jsonl:0"


def test_open_again(path):
    with Index.create(path, Settings(threshold=0.7)) as index:
        index.add([Texts([Document("a", ALIKE)])])
    with Index.open(path) as index:
        assert index.settings.threshold == 0.7
        assert len(index) == 1
        with pytest.raises(UsageError, match="open for reading"):
            index.add([Texts([Document("b", ALIKE)])])
    with Index.open(path, settings=Settings(threshold=0.7, keep="newest")) as index:
        assert index.settings.keep == "newest"
    with pytest.raises(SettingsError, match=r"threshold 0\.7 ≠ 0\.5"):
        Index.open(path, settings=Settings())


def test_one_writer_at_a_time(path):
    with Index.create(path) as index:
        index.add([Texts([Document("a", ALIKE)])])
        with pytest.raises(OutputError, match="another process is writing"):
            Index.open(path, write=True, wait=0)
        with Index.open(path) as reader:
            index.add([Texts([Document("b", ALIKE)])])
            assert len(reader) == 2
    with Index.open(path, write=True, wait=0) as index:
        assert len(index) == 2


def test_a_file_that_is_there_is_not_replaced(path):
    path.write_text("mine")
    with pytest.raises(OutputError, match="is there already"):
        Index.create(path)
    assert path.read_text() == "mine"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("size", [1, 63, 64, 65, 200])
def test_blocks_and_batches_of_every_size(path, size):
    draw = random.Random(size)
    documents = [
        Document(str(at), "".join(draw.choices("天地玄黄宇宙洪荒日月盈昃辰宿列张", k=80)))
        for at in range(size)
    ]
    with Index.create(path) as index:
        index.add([Texts(documents)])
        assert len(index) == size
        found = index.query([replace(each, id=f"new {each.id}") for each in documents])
        assert [[match.id for match in each.matches] for each in found] == [
            [each.id] for each in documents
        ]

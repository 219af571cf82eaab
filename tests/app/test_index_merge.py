"""Merged indexes answer as one that everything was added to; so does one that is made anew."""

from __future__ import annotations

import pytest
from random_documents import random_documents

from dedup import Document, Index, Settings, SettingsError, UsageError
from dedup.engine.shards import Texts


def pairs_of(found):
    return {(e.id, m.id, m.relation.value, m.pair.evidence) for e in found for m in e.matches}


@pytest.mark.parametrize("seed", range(2))
def test_merged_is_as_built_at_once(tmp_path, seed):
    documents = random_documents(seed, 150)
    parts, asked = [documents[:40], documents[40:80], documents[80:120]], documents[120:]
    names = [tmp_path / f"{at}.index" for at in range(3)]
    for name, part in zip(names, parts, strict=True):
        with Index.create(name) as index:
            index.add([Texts(part)])
            index.remove([part[0].id])
    with Index.open(names[0], write=True) as index:
        assert index.merge(names[1:]) > 50
        merged = pairs_of(index.query(asked))
        assert index.verify() == []
    with Index.create(tmp_path / "whole.index") as index:
        index.add([Texts([each for part in parts for each in part[1:]])])
        assert pairs_of(index.query(asked)) == merged
        assert merged


def test_ids_and_sources_that_both_have(tmp_path):
    text = "同一个编号下的两篇不同文章，一篇说天气，一篇说交通，内容各不相同。"
    for name, body in (("a", text), ("b", text[::-1])):
        with Index.create(tmp_path / name) as index:
            record = Document("same", body, path=f"{name}.jsonl", place=0)
            index.add([Texts([record])], key_of=lambda _, name=name: name)
            index.add([Texts([Document("both", "两边都有的一篇，只收一次就够了。")])])
    with Index.open(tmp_path / "a", write=True) as index:
        assert index.merge([tmp_path / "b"]) == 1
        (found,) = index.query([("q", text[::-1])])
        assert [match.id for match in found.matches] == ["b.jsonl:0"]
        assert len(index) == 3
        assert index.knows("b")
        assert index.merge([tmp_path / "b"]) == 0
        assert index.verify() == []


def test_what_does_not_fit_is_refused(tmp_path):
    for name, settings, text in (
        ("a", Settings(), True), ("b", Settings(threshold=0.9), True), ("c", Settings(), False)
    ):  # fmt: skip
        Index.create(tmp_path / name, settings, text=text).close()
    with Index.open(tmp_path / "a", write=True) as index:
        with pytest.raises(SettingsError, match="other settings"):
            index.merge([tmp_path / "b"])
        with pytest.raises(UsageError, match="keeps texts and one does not"):
            index.merge([tmp_path / "c"])


def test_made_anew_it_answers_the_same(tmp_path):
    documents = random_documents(4, 120)
    path = tmp_path / "texts.index"
    with Index.create(path) as index:
        for at in range(0, 80, 10):
            index.add([Texts(documents[at : at + 10])])
        before = pairs_of(index.query(documents[80:]))
    assert Index.rebuild(path) == 0
    with Index.open(path) as index:
        assert pairs_of(index.query(documents[80:])) == before

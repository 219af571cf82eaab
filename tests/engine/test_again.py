"""Pass two: candidates are read again, and what has changed shares nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from random_documents import random_documents

from dedup import Document, Settings
from dedup.app.scan import scan_shards
from dedup.engine import again, local, places, replaced
from dedup.engine.again import ShingleSets, count, read_again
from dedup.engine.corpus import Corpus, Table
from dedup.engine.gather import gather
from dedup.engine.local import BatchSketcher
from dedup.engine.matching import Matching
from dedup.engine.parts import parts_of
from dedup.engine.shards import Item, Texts
from dedup.engine.store import Store
from dedup.match.evidence import count_shared
from dedup.model import Skipped
from dedup.progress import NO_PROGRESS
from dedup.sketch.bands import banding
from dedup.sketch.batch import TextBatch
from dedup.sketch.remembered import Remembered
from dedup.text import aside
from dedup.text.markup import Span, find

Made = Callable[..., tuple[Corpus, list[Skipped]]]

STORY = "今日本市召开会议，部署冬季供暖工作，要求各区做好设备检修，保障居民温暖过冬。"


class Changing:
    """Texts of which some are others when they are asked for again."""

    name = "changing"

    def __init__(self, documents: list[Document], later: dict[int, Item | None]) -> None:
        self._texts = Texts(documents)
        self._later = later
        self.asked: list[int] = []

    def items(self) -> Iterator[Item]:
        return self._texts.items()

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        self.asked += places
        for place, item in zip(places, self._texts.again(places), strict=True):
            found = self._later.get(place, item)
            if found is not None:
                yield found


def story(doc_id: str, end: str) -> Document:
    return Document(doc_id, STORY * 3 + end)


DOCUMENTS = [
    story("a", "会议由局长主持。"),
    story("b", "会议由处长主持。"),
    story("c", "副局长出席。"),
    Document("d", "完全不同的另一篇文章，讲的是春天的花园里开满了各种各样的鲜花。"),
]


@pytest.mark.parametrize(
    "later",
    [
        Document("b", "现在是另外一篇文章了。", place=1),
        Document("b", "", place=1),
        replace(story("b", "会议由科长主持。"), place=1),
        Skipped("b", None, "vanished", "gone", error=True),  # type: ignore[arg-type]
        None,
    ],
    ids=["other", "empty", "one word", "skipped", "missing"],
)
def test_what_has_changed_is_said_and_in_no_pair(later: Item | None) -> None:
    result = scan_shards([Changing(DOCUMENTS, {1: later})], Settings())
    [skip] = result.skipped
    assert (skip.id, skip.reason, skip.error) == ("b", "changed", True)
    assert str(skip.detail) == "it changed while it was being compared"
    assert [(pair.a, pair.b) for pair in result.pairs] == [("a", "c")]
    assert result.summary.skipped == 1


def test_only_candidates_are_read_again() -> None:
    shard = Changing(DOCUMENTS, {})
    result = scan_shards([shard], Settings())
    assert sorted(shard.asked) == [0, 1, 2]
    assert len(result.pairs) == 3


def test_they_are_read_for_their_words_too_where_texts_are_too_long_to_be_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = scan_shards([Texts(DOCUMENTS)], Settings())
    monkeypatch.setattr(places, "AT_HAND", 500)
    shard = Changing(DOCUMENTS, {})
    result = scan_shards([shard], Settings())
    assert sorted(shard.asked) == [0, 0, 1, 1, 2, 2]
    assert [*result.pairs] == [*expected.pairs]


def test_nothing_is_read_again_where_there_are_no_candidates() -> None:
    shard = Changing(DOCUMENTS[2:], {})
    assert scan_shards([shard], Settings()).pairs == ()
    assert shard.asked == []


@pytest.mark.parametrize("limit", [0, 1, 100, 3000, 1 << 20])
def test_counts_are_the_same_beyond_the_memory_limit(
    limit: int, make_corpus: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = random_documents(3, 40)
    corpus, _ = make_corpus(documents)
    pairs = np.array(list(combinations(range(len(corpus.first)), 2)), dtype=np.int64)
    shards = [Texts(documents)]
    expected, _ = count(corpus, pairs, shards, Settings(), NO_PROGRESS)
    monkeypatch.setattr(again, "IN_MEMORY", limit)
    found, changed = count(corpus, pairs, shards, Settings(), NO_PROGRESS)
    assert changed == []
    assert found.counts.tolist() == expected.counts.tolist()
    assert found.replaced.counts.tolist() == expected.replaced.counts.tolist()
    assert found.replaced.filled == expected.replaced.filled


@pytest.mark.parametrize("together", [1, 7, 1 << 20])
def test_of_the_candidates_those_are_left_that_may_matter(
    together: int, make_corpus: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = random_documents(3, 40)
    corpus, _ = make_corpus(documents)
    pairs = np.array(list(combinations(range(len(corpus.first)), 2)), dtype=np.int64)
    shards, settings = [Texts(documents)], Settings()
    everything, _ = count(corpus, pairs, shards, settings, NO_PROGRESS)
    monkeypatch.setattr(again, "_TOGETHER", together)
    found, _ = count(corpus, pairs, shards, settings, NO_PROGRESS, every=False)
    whole, few = (Matching(corpus, each, settings) for each in (everything, found))
    assert 0 < len(found.pairs) < len(everything.pairs) == len(pairs)
    assert list(few.clusters) == list(whole.clusters)
    assert list(few.pairs) == list(whole.pairs)
    assert parts_of(corpus, found, shards, settings) == parts_of(
        corpus, everything, shards, settings
    )


@pytest.mark.parametrize("limit", [0, 80, 1 << 20])
def test_sets_are_counted_as_sets(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "IN_MEMORY", limit)
    draw = np.random.default_rng(1)
    values = [
        np.unique(draw.integers(0, 30, draw.integers(0, 25)).astype(np.uint64)) for _ in range(9)
    ]
    sets = ShingleSets(10)
    for at in draw.permutation(9).tolist():
        sets.put(at, values[at])
    assert sets.missing().tolist() == [9]
    pairs = np.array([(a, b) for a in range(10) for b in range(10) if a != b], dtype=np.int64)
    for (a, b), row in zip(pairs.tolist(), sets.counts(pairs).tolist(), strict=True):
        if 9 in (a, b):
            assert row == [0, 0, 0]
            continue
        shared = count_shared(values[a], values[b])
        assert row == [shared, len(values[a]) - shared, len(values[b]) - shared]


def test_documents_are_found_in_any_order_and_shard(make_corpus: Made) -> None:
    documents = random_documents(5, 30)
    shards = [Texts(documents[:11], "x"), Texts(documents[11:], "y")]
    corpus, _ = make_corpus(shards)
    numbers = np.random.default_rng(2).permutation(len(corpus))
    sets = read_again(corpus, numbers, shards, Settings(), progress=NO_PROGRESS)
    assert sets.missing().size == 0
    ordered = read_again(corpus, np.arange(len(corpus)), shards, Settings(), progress=NO_PROGRESS)
    pairs = np.array(list(combinations(range(len(corpus)), 2)), dtype=np.int64)
    assert sets.counts(pairs).tolist() == ordered.counts(numbers[pairs]).tolist()


HEADED = "来源：新华网　作者：李明\n发布时间：2024-05-01 10:00\n\n" + STORY * 3
ASIDE = {
    "plain": STORY * 3 + "会议由局长主持。",
    "header": HEADED + "会议由处长主持。",
    "tags": f"<p>{STORY}</p><p class='x'>{STORY}</p>{STORY}副局长出席。",
    "too little": "来源：新华网\n" + STORY[:12],
    "post": STORY * 3 + "//@张三: 转发微博 #供暖# http://t.cn/abc",
    "header of tags": f"<div>来源：新华网</div>\n{STORY * 3}",
}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    "settings", [Settings(), Settings(keep_metadata=True), Settings.preset("social")]
)
def test_shingles_are_those_of_pass_one_whatever_is_set_aside(
    settings: Settings, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", 2)
    settings = replace(settings, jobs=jobs)
    documents = [Document(name, text) for name, text in ASIDE.items()]
    chosen = banding(settings.threshold, settings.recall)
    with Store() as store:
        assert gather([Texts(documents)], settings, chosen, store, NO_PROGRESS) == []
        corpus = Corpus(Table(store.segments, ["texts"]), settings)
        numbers = np.arange(len(corpus), dtype=np.int64)
        sets = read_again(corpus, numbers, [Texts(documents)], settings, progress=NO_PROGRESS)
        assert not sets.missing().size
        pairs = np.array(list(combinations(range(len(corpus)), 2)), dtype=np.int64)
        found = sets.counts(pairs).tolist()
        ids = [corpus.id(number) for number in range(len(corpus))]
    sketches = BatchSketcher(settings, 1)([ASIDE[name] for name in ids]).sketches
    own = [sketches.shingle_set(i) for i in range(len(ids))]
    for (a, b), (shared, only_a, only_b) in zip(pairs.tolist(), found, strict=True):
        both = count_shared(own[a], own[b])
        assert (shared, only_a, only_b) == (both, own[a].size - both, own[b].size - both)


def test_only_what_may_be_set_aside_is_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    real = local.set_aside_some

    def counting(
        texts: Sequence[str],
        batch: TextBatch,
        rows: Sequence[int],
        listed: NDArray[np.uint64],
        remembered: Remembered | None,
    ) -> TextBatch:
        looked.extend(texts[row] for row in rows)
        return real(texts, batch, rows, listed, remembered)

    monkeypatch.setattr(local, "set_aside_some", counting)
    both = [Document("h", HEADED), Document("i", HEADED + "会议由秘书主持。"), *DOCUMENTS]
    scan_shards([Texts(both)], Settings(jobs=1))
    assert looked == [HEADED, HEADED + "会议由秘书主持。"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_rules_read_a_text_once(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    read: Counter[str] = Counter()
    real = find.spans

    def counting(text: str, glance: int) -> list[Span]:
        read[text] += 1
        return real(text, glance)

    for module in (aside, replaced):
        monkeypatch.setattr(module.markup, "spans", counting)
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", 2)
    link = "见[说明](https://example.org/a)。"
    both = [Document(f"{n}", f"{HEADED}{link}会议由第{n}位秘书主持。") for n in range(4)]
    found = scan_shards([Texts(both)], Settings(jobs=jobs))
    assert found.pairs
    assert set(read.values()) == {1}


class Told:
    """Progress that notes each stage: its name, its steps, and how many were said to be done."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int | None, int]] = []

    def stage(self, name: str, total: int | None = None) -> None:
        self.stages.append((name, total, 0))

    def advance(self, count: int = 1) -> None:
        name, total, done = self.stages.pop()
        self.stages.append((name, total, done + count))

    def reached(self, share: float) -> None:
        raise AssertionError(share)

    def done(self) -> None:
        raise AssertionError


def test_how_much_there_is_to_verify_is_known_before() -> None:
    settings = Settings(threshold=0.3)
    shards, told = [Texts(DOCUMENTS)], Told()
    with Store() as store:
        gather(shards, settings, banding(0.3, settings.recall), store, NO_PROGRESS)
        corpus = Corpus(Table(store.segments, ["changing"]), settings)
        pairs = np.array(list(combinations(range(len(DOCUMENTS)), 2)))
        count(corpus, pairs, shards, settings, told)
    (verify, documents, read), (compare, steps, done) = told.stages
    assert (verify, documents, read) == ("verify", 4, 4)
    assert compare == "compare"
    assert steps == done
    assert done > len(DOCUMENTS)  # some are similar: read again, then compared

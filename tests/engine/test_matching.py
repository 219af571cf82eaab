"""A matched corpus against a literal reading of what the documents say."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from random_documents import random_documents

from dedup import Document, Relation, Settings
from dedup.app.scan import scan, scan_shards
from dedup.engine import again, local, store
from dedup.engine.again import count
from dedup.engine.corpus import Corpus
from dedup.engine.matching import Matching
from dedup.engine.pair import gather_pair
from dedup.engine.shards import Spooled, Texts
from dedup.match.consequences import consequences
from dedup.match.decide import decide
from dedup.match.keep import KeepOrder
from dedup.model import DocumentInfo, Evidence, ScanResult, Skipped
from dedup.progress import NO_PROGRESS

Made = Callable[..., tuple[Corpus, list[Skipped]]]
Graph = dict[tuple[str, str], Evidence]

SETTINGS = [
    Settings(),
    Settings(keep="first", threshold=0.7),
    Settings(keep="oldest", unit="char", ngram=3),
    Settings(keep_metadata=True, threshold=0.4),
    Settings(threshold=0.9, containment=0.5, drop_contained=True),
    Settings(drop_contained=True, keep="first"),
    Settings(relations=("same-body=keep",)),
    Settings(relations=("same-body=keep", "same-text=keep"), drop_contained=True),
    Settings(relations=("same-body=keep", "same-text=keep", "identical=keep")),
    Settings(relations=("template=drop", "version=drop", "near=keep"), threshold=0.3),
]
CONTAINMENT = (Relation.CONTAINS, Relation.CONTAINED)


class ByDefinition:
    """Every pair compared alone; clusters as the design words them."""

    def __init__(self, documents: list[Document], settings: Settings) -> None:
        self.infos: dict[str, DocumentInfo] = {}
        self.match: Graph = {}
        self.inside: Graph = {}
        self.kept_apart: Graph = {}
        self.settings = settings
        for a, b in combinations(documents, 2):
            found = gather_pair(a, b, settings)
            self.infos |= {a.id: found.a, b.id: found.b}
            relation = decide(found.compared, settings)
            if not relation or not found.a.tokens or not found.b.tokens:
                continue
            if not consequences(settings)[relation].drop:
                graph = self.kept_apart
            else:
                graph = self.inside if relation in CONTAINMENT else self.match
            graph[a.id, b.id] = found.compared
            graph[b.id, a.id] = found.compared.swapped()
        key = KeepOrder(settings).key
        self.order = sorted((i for i in self.infos.values() if i.tokens), key=key)
        self.kept: list[str] = []
        for info in self.order:
            if not any((info.id, other) in self.match for other in self.kept):
                self.kept.append(info.id)

    def assigned(self) -> dict[str, str]:
        rank = {info.id: at for at, info in enumerate(self.order)}
        assigned = {}
        for info in self.order:
            if info.id not in self.kept:
                near = [kept for kept in self.kept if (info.id, kept) in self.match]
                assigned[info.id] = min(
                    near, key=lambda kept: (-self.match[info.id, kept].exact_similarity, rank[kept])
                )
        return self._without_contained(assigned, rank)

    def _without_contained(self, assigned: dict[str, str], rank: dict[str, int]) -> dict[str, str]:
        kept = set(self.kept)
        sizes = {a: found.shared + found.only_a for (a, _), found in self.inside.items()}
        for small in sorted(kept & sizes.keys(), key=lambda each: (-sizes[each], rank[each])):
            mates = [each for each, other in assigned.items() if other == small]
            open_to = [
                large
                for large in kept
                if self.goes_with(small, large)
                and all((x, large) in self.match or self.goes_with(x, large) for x in mates)
            ]
            if open_to:
                found = {each: self.inside[small, each].exact_similarity for each in open_to}
                large = min(open_to, key=lambda each: (-found[each], rank[each]))
                assigned |= dict.fromkeys([small, *mates], large)
                kept.remove(small)
        return assigned

    def goes_with(self, small: str, large: str) -> bool:
        found = self.inside.get((small, large))
        if found is None or found.only_a > found.only_b:
            return False
        most = 5 * self.infos[small].kept >= 4 * self.infos[large].kept
        return self.settings.drop_contained or most


def matched(corpus: Corpus, documents: list[Document], settings: Settings) -> Matching:
    """Match with every pair of units as a candidate."""
    units = len(corpus.first)
    pairs = np.array(list(combinations(range(units), 2)), dtype=np.int64).reshape(-1, 2)
    counted, changed = count(corpus, pairs, [Texts(documents)], settings, NO_PROGRESS)
    assert changed == []
    return Matching(corpus, counted, settings)


@pytest.mark.parametrize("settings", SETTINGS, ids=range(len(SETTINGS)))
@pytest.mark.parametrize("seed", range(3))
def test_clusters_and_pairs_are_those_of_the_definition(
    seed: int, settings: Settings, make_corpus: Made
) -> None:
    documents = random_documents(seed, 40)
    corpus, skipped = make_corpus(documents, settings)
    matching = matched(corpus, documents, settings)
    expected = ByDefinition(documents, settings)
    assert sorted(skip.id for skip in skipped) == sorted(
        info.id for info in expected.infos.values() if not info.tokens
    )
    assert [corpus.id(at) for at in range(len(corpus))] == [info.id for info in expected.order]
    clusters = {pair.a: cluster.keep for cluster in matching.clusters for pair in cluster.drop}
    assert clusters == expected.assigned()
    assert matching.dropped == len(clusters)
    for pair in matching.pairs:
        graphs = (expected.inside, expected.match, expected.kept_apart)
        [evidence] = [graph[pair.a, pair.b] for graph in graphs if (pair.a, pair.b) in graph]
        assert pair.relation is decide(evidence, settings)
        assert pair.evidence.exact_similarity == evidence.exact_similarity
        if pair.relation in {Relation.NEAR, Relation.TEMPLATE, Relation.VERSION}:
            assert pair.evidence == evidence
    relations = [str(pair.relation) for pair in matching.pairs]
    relations += ["template"] * matching.unlisted
    assert dict(matching.relations) == {each: relations.count(each) for each in set(relations)}
    assert {(pair.a, pair.b) for pair in matching.pairs} >= {
        (min(pair), max(pair)) for pair in clusters.items()
    }


def test_there_is_something_of_everything(make_corpus: Made) -> None:
    documents = random_documents(0, 40)
    corpus, skipped = make_corpus(documents, Settings())
    matching = matched(corpus, documents, Settings())
    assert {relation for relation, _ in matching.relations} == {
        "identical",
        "same-text",
        "same-body",
        "template",
        "version",
        "near",
    }
    assert skipped
    assert len(matching.clusters) > 3


def test_clusters_and_pairs_are_sorted(make_corpus: Made) -> None:
    documents = random_documents(1, 60)
    corpus, _ = make_corpus(documents)
    matching = matched(corpus, documents, Settings())
    ranked = [(-len(cluster.drop), cluster.keep) for cluster in matching.clusters]
    assert ranked == sorted(ranked)
    for cluster in matching.clusters:
        drop = [(-pair.similarity, pair.a) for pair in cluster.drop]
        assert drop == sorted(drop)
        assert {pair.b for pair in cluster.drop} == {cluster.keep}
    pairs = [(pair.a, pair.b) for pair in matching.pairs]
    assert pairs == sorted(set(pairs))
    assert all(a < b for a, b in pairs)


def test_a_corpus_is_collapsed_and_in_keep_order(make_corpus: Made) -> None:
    texts = [f"第{n}号公告：本市今日气温{n}度，风力{n % 7}级，请注意安全。" for n in range(40)]
    documents = [Document(f"{n:02}", text) for n, text in enumerate(texts)]
    documents += [Document("copy", texts[3]), Document("void", "！")]
    corpus, skipped = make_corpus(documents)
    assert len(corpus) == 41
    assert len(corpus.first) == 40
    assert [skip.id for skip in skipped] == ["void"]
    assert corpus.characters == sum(len(d.text) for d in documents[:-1])
    kept = [corpus.info(number).kept for number in range(41)]
    assert kept == sorted(kept, reverse=True)
    numbers = {corpus.id(number): number for number in range(41)}
    assert corpus.unit[numbers["copy"]] == corpus.unit[numbers["03"]]
    assert corpus.first.tolist() == sorted(corpus.first.tolist())
    assert [corpus.unit.tolist().index(unit) for unit in range(40)] == corpus.first.tolist()
    [repeated] = [number for number in range(41) if number not in corpus.first]
    assert corpus.id(repeated) in ("copy", "03")


def plain(result: ScanResult) -> object:
    """Return all of a result, but what says how it was made."""
    return (
        [(key, replace(info, place=0)) for key, info in result.documents.items()],
        list(result.pairs),
        list(result.clusters),
        result.skipped,
        result.summary,
        result.borderline,
    )


@pytest.fixture(scope="module")
def expected() -> tuple[list[Document], object]:
    documents = random_documents(7, 120)
    return documents, plain(scan(documents, Settings(jobs=1), borderline=5))


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_jobs_and_batches_change_nothing(
    jobs: int,
    size: int,
    expected: tuple[list[Document], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", size)
    assert plain(scan(expected[0], Settings(jobs=jobs), borderline=5)) == expected[1]


@pytest.mark.parametrize("seed", range(3))
def test_order_and_shards_change_nothing(
    seed: int, expected: tuple[list[Document], object]
) -> None:
    draw = random.Random(seed)
    documents = draw.sample(expected[0], len(expected[0]))
    cuts = sorted(draw.sample(range(len(documents)), 4))
    parts = [documents[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    shards = [
        Spooled(iter(part), str(at)) if at % 2 else Texts(part, str(at))
        for at, part in enumerate(parts)
    ]
    assert plain(scan_shards(shards, Settings(), borderline=5)) == expected[1]


def test_small_segments_on_disk_change_nothing(
    expected: tuple[list[Document], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dedup.engine.gather.SEGMENT_DOCUMENTS", 10)
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", 4)
    monkeypatch.setattr(store.Store.__init__, "__kwdefaults__", {"in_memory": 30_000})
    monkeypatch.setattr(again, "IN_MEMORY", 1000)
    assert plain(scan(expected[0], Settings(), borderline=5)) == expected[1]

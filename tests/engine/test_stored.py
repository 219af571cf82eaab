"""Deciding the pairs of a result once more is what a new scan would do."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest

from dedup.app.scan import scan
from dedup.engine.pair import gather_pair
from dedup.engine.stored import StoredDocuments, redecide
from dedup.match.decide import decide, margin
from dedup.model import Document, Relation
from dedup.settings import Settings

BODY = "今年以来全市坚持把干部教育培训作为先导性基础性战略性工程推动学习走深走实"
#: So sure that the bands of a small corpus miss nothing.
RECALL = 1 - 1e-9


def corpus(seed: int, size: int = 24) -> list[Document]:
    """Return versions of one text, some equal in their letters or their body, and a stranger."""
    chance = random.Random(seed)
    documents = []
    for number in range(size):
        letters = list(BODY)
        for _ in range(chance.randrange(8)):
            letters[chance.randrange(len(letters))] = chance.choice("天地人你我他，。 \n")
        text = "".join(letters)
        if chance.random() < 0.3:
            text = f"来源：某网  发布时间：2024-0{chance.randint(1, 9)}-11\n" + (text + "\n") * 3
        documents.append(Document(f"{chance.randrange(100):02}-{number}", text))
        if chance.random() < 0.3:
            documents.append(Document(f"copy-{number}", text.replace("，", ",").replace("\n", "")))
    documents.append(Document("stranger", "完全是另外一个故事了，谁也不认识它。"))
    return documents


def scanned(documents, borderline=0, **settings):
    return scan(documents, Settings(recall=RECALL, **settings), borderline=borderline)


@pytest.mark.parametrize("seed", range(30))
def test_a_higher_threshold_gives_what_a_new_scan_gives(seed):
    chance = random.Random(seed)
    low = chance.choice([0.2, 0.3, 0.45])
    high = chance.choice([low, 0.5, 0.65, 0.8, 0.99, 1.0])
    keep = chance.choice(["longest", "first", "newest"])
    documents = corpus(seed)
    old = scanned(documents, threshold=low)
    new = scanned(documents, threshold=high, keep=keep)
    again = redecide(old, replace(old.settings, threshold=high, keep=keep))
    assert again.settings == new.settings
    assert again.pairs == new.pairs
    assert again.clusters == new.clusters
    assert again.documents == new.documents
    assert replace(again.summary, candidates=0) == replace(new.summary, candidates=0)


@pytest.mark.parametrize("seed", range(8))
def test_a_higher_containment_gives_what_a_new_scan_gives(seed):
    documents = corpus(seed)
    old = scanned(documents, threshold=0.4, containment=0.5)
    new = scanned(documents, threshold=0.5, containment=0.9)
    again = redecide(old, new.settings)
    assert (again.pairs, again.clusters) == (new.pairs, new.clusters)


@pytest.mark.parametrize("seed", range(8))
def test_in_steps_or_at_once(seed):
    old = scanned(corpus(seed), threshold=0.2)
    middle = redecide(old, replace(old.settings, threshold=0.5))
    top = replace(old.settings, threshold=0.8)
    assert redecide(middle, top) == redecide(old, top)


@pytest.mark.parametrize("seed", range(8))
def test_the_same_settings_change_nothing(seed):
    old = scanned(corpus(seed), threshold=0.5, borderline=12)
    assert redecide(old, old.settings, borderline=12) == old


@pytest.mark.parametrize("seed", range(8))
def test_borderline_pairs_are_those_nearest_of_all(seed):
    """Against every pair there is; the bands bring all that are near the threshold."""
    documents = sorted({d.text: d for d in corpus(seed, 10)}.values(), key=lambda d: d.id)
    result = scanned(documents, threshold=0.4, borderline=3)
    every = []
    for a, b in combinations(documents, 2):
        found = gather_pair(a, b, result.settings).compared
        if not (found.equal_kept or found.equal_body):
            every.append((abs(margin(found, result.settings)), a.id, b.id, found))
    firsts = {i for pair in result.borderline for i in (pair.a, pair.b)}
    nearest = sorted(
        (each for each in every if each[1] in firsts and each[2] in firsts), key=lambda e: e[:3]
    )
    expected = {(a, b): found for _, a, b, found in nearest[:3]}
    assert {(p.a, p.b): p.evidence for p in result.borderline} == expected
    assert abs(result.borderline[0].margin) in {each[0] for each in every}
    assert min(abs(p.margin) for p in result.borderline) == min(each[0] for each in every)
    for pair in result.borderline:
        assert pair.relation == decide(pair.evidence, result.settings)
        assert (pair.margin >= 0) == (pair.relation is not None)
    margins = [pair.margin for pair in result.borderline]
    assert margins == sorted(margins, reverse=True)


def test_borderline_pairs_do_not_depend_on_order_or_workers():
    documents = corpus(3)
    result = scanned(documents, threshold=0.5, borderline=7)
    for jobs in (1, 3):
        other = scan(documents[::-1], replace(result.settings, jobs=jobs), borderline=7)
        assert other.borderline == result.borderline


def test_without_asking_there_are_none():
    assert scanned(corpus(1)).borderline == ()


def test_equal_texts_are_never_borderline():
    documents = [Document("a", BODY), Document("b", BODY + "。"), Document("c", f"{BODY}！")]
    assert scanned(documents, threshold=1.0, borderline=5).borderline == ()


def test_what_fell_below_can_be_shown():
    old = scanned(corpus(5), threshold=0.3)
    again = redecide(old, replace(old.settings, threshold=0.6), borderline=10**6)
    assert {pair.relation for pair in again.borderline} == {None, Relation.NEAR}
    known = {(p.a, p.b) for p in old.pairs}
    assert {(p.a, p.b) for p in again.borderline} <= known
    assert all(p.margin == margin(p.evidence, again.settings) for p in again.borderline)


def test_counts_are_the_same_from_either_side():
    old = scanned(corpus(2), threshold=0.3)
    stored = StoredDocuments(old, old.settings)
    number = {stored.id(i): i for i in range(len(stored.unit))}
    counted = stored.counted()
    counts = {
        tuple(p): c for p, c in zip(counted.pairs.tolist(), counted.counts.tolist(), strict=True)
    }
    for pair in old.pairs:
        a, b = int(stored.unit[number[pair.a]]), int(stored.unit[number[pair.b]])
        if a != b and pair.evidence.shared:
            found = pair.evidence if a < b else pair.evidence.swapped()
            assert counts[min(a, b), max(a, b)] == [found.shared, found.only_a, found.only_b]
    assert counts


def test_no_candidates_are_an_empty_array():
    old = scanned([Document("a", BODY)])
    found = StoredDocuments(old, old.settings).counted()
    assert found.pairs.shape == (0, 2)
    assert found.counts.shape == (0, 3)

"""The keep order of a corpus from its columns is that of the key of each document."""

from __future__ import annotations

import random

import pytest

from dedup.engine.corpus import Table
from dedup.engine.gather import gather
from dedup.engine.order import keep_order
from dedup.engine.shards import Texts
from dedup.engine.store import Store
from dedup.match.keep import KeepOrder
from dedup.model import Document
from dedup.progress import NO_PROGRESS
from dedup.settings import Settings
from dedup.sketch.bands import banding

BEFORE = [
    {},
    {"keep_under": "gold"},
    {"source_order": ("gold", "web/a*")},
    {"source_order": ("b/*", "3", "gold"), "keep_by": "q:min"},
    {"keep_by": "q"},
    {"keep_under": "web", "source_order": ("a",), "keep_by": "q:max"},
]


def documents(seed: int, size: int = 40) -> list[Document]:
    """Return documents that tie in whatever they are sorted by, again and again."""
    chance = random.Random(seed)
    texts = ["春眠不觉晓", "处处闻啼鸟。", "夜来风雨声", "来源：某网\n春眠不觉晓，处处闻啼鸟"]
    texts += [f"发布时间：2024-0{n}-1{n} 10:00\n{texts[0] * 12}" for n in (1, 2, 2, 3)]
    return [
        Document(
            f"{chance.choice('ab')}{number % 7}-{number}",
            chance.choice(texts),
            path=chance.choice([None, "gold/x", "web/ab.jsonl", "web/b.jsonl", "b/3", "./gold/y"]),
            mtime=chance.choice([None, 1e9, 1.5e9]),
            score=chance.choice([None, float("nan"), 0.0, -0.0, 1.0, -3.5, float("inf")]),
        )
        for number in range(size)
    ]


def table_of(given: list[Document], settings: Settings) -> Table:
    chosen = banding(settings.threshold, settings.recall)
    with Store() as store:
        gather([Texts(given)], settings, chosen, store, NO_PROGRESS)
        table = Table(store.segments, ["texts"])
        for name in ("kept", "clutter", "date"):
            table[name]
        table.load()
    return table


@pytest.mark.parametrize("keep", ["longest", "first", "newest", "oldest"])
@pytest.mark.parametrize("before", BEFORE, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_arrays_and_keys_order_alike(keep, before, seed):
    settings = Settings(keep=keep, date_from="mtime", unit="char", recall=0.5, **before)
    table = table_of(documents(seed), settings)
    key = KeepOrder(settings).key
    expected = sorted(range(len(table)), key=lambda row: key(table.info(row)))
    assert keep_order(table, settings).tolist() == expected


def test_scores_are_columns_only_where_they_are_asked_for():
    given = [Document("a", "春眠", score=2.0), Document("b", "不觉晓", score=None)]
    plain = table_of(given, Settings(unit="char"))
    assert not plain.scored
    assert plain.info(0).score is None
    scored = table_of(given, Settings(unit="char", keep_by="q"))
    assert [scored.info(row).score for row in (0, 1)] == [2.0, None]


@pytest.mark.parametrize("before", BEFORE, ids=str)
def test_no_documents_have_an_order_too(before):
    settings = Settings(**before)
    assert keep_order(Table([], []), settings).tolist() == []

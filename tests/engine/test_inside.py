"""Beginnings that keep a header which the whole sets aside are found as parts of it."""

from __future__ import annotations

import random

import numpy as np
import pytest

import dedup
from dedup import Relation
from dedup.engine import again, inside
from dedup.sketch.passages import MUCH_ASIDE

CHARACTERS = [chr(each) for each in range(0x4E00, 0x5800)]
NOTICE = [
    "本刊物所载全部文字图片的著作权均归编辑部所有，未经书面许可任何单位和个人不得转载摘编。",
    "投稿请寄编辑部邮箱，来稿文责自负，编辑部有权删改，三个月内未接到采用通知可自行处理。",
    "本刊常年法律顾问由本市律师事务所担任，广告刊登请与发行部门联系，不接受电话咨询事宜。",
]


def prose(rng: random.Random, sentences: int) -> str:
    return "".join("".join(rng.choices(CHARACTERS, k=24)) + "。" for _ in range(sentences))


def issues(count: int, seed: int = 1) -> dict[str, str]:
    """Return articles behind one notice, which a scan of them learns."""
    rng = random.Random(seed)
    return {f"a{i:02}": "\n".join([*NOTICE, prose(rng, 30)]) for i in range(count)}


def cut(text: str, characters: int) -> str:
    return text[: text.index(NOTICE[-1]) + len(NOTICE[-1]) + 1 + characters]


def of(result: dedup.ScanResult, a: str, b: str) -> Relation | None:
    found = {(pair.a, pair.b): pair.relation for pair in result.pairs}
    return found.get((a, b))


@pytest.fixture
def texts() -> dict[str, str]:
    found = issues(30)
    # too little is left beside the notice, so all of it is compared
    found["b"] = cut(found["a03"], 45)
    assert len("".join(NOTICE)) > MUCH_ASIDE
    return found


def test_a_beginning_that_is_mostly_a_notice_is_part_of_its_article(texts: dict[str, str]) -> None:
    result = dedup.scan(texts)
    assert result.settings.boilerplate is not None
    assert result.documents["b"].kept == result.documents["b"].whole_kept
    assert result.documents["a03"].kept < result.documents["a03"].whole_kept
    assert [(p.a, p.b, p.relation) for p in result.pairs] == [("a03", "b", Relation.CONTAINS)]
    assert not result.clusters


def test_a_pair_alone_is_told_the_same(texts: dict[str, str]) -> None:
    result = dedup.scan(texts)
    (pair,) = result.pairs
    told = dedup.compare(texts["a03"], texts["b"], result.settings)
    assert told.relation is Relation.CONTAINS
    assert told.evidence == pair.evidence
    turned = dedup.compare(texts["b"], texts["a03"], result.settings)
    assert turned.relation is Relation.CONTAINED
    assert dedup.compare(texts["a04"], texts["b"], result.settings).relation is None


def test_a_notice_alone_is_part_of_nothing() -> None:
    texts = issues(30)
    texts["notice"] = "\n".join(NOTICE)
    texts["short"] = "\n".join([*NOTICE, "完"])
    result = dedup.scan(texts)
    assert {(p.a, p.b) for p in result.pairs} <= {("notice", "short")}


def test_a_beginning_with_an_end_of_its_own_is_part_of_nothing(texts: dict[str, str]) -> None:
    rng = random.Random(9)
    texts["b"] = "\n".join([*NOTICE, prose(rng, 2)[:45]])
    assert not dedup.scan(texts).pairs


@pytest.mark.parametrize("jobs", [1, 2])
def test_room_and_workers_do_not_matter(
    texts: dict[str, str], jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [(p.a, p.b, p.evidence) for p in dedup.scan(texts, jobs=1).pairs]
    monkeypatch.setattr(again, "IN_MEMORY", 100)
    monkeypatch.setattr(inside, "_TOGETHER", 10)
    shuffled = dict(random.Random(2).sample(list(texts.items()), len(texts)))
    assert [(p.a, p.b, p.evidence) for p in dedup.scan(shuffled, jobs=jobs).pairs] == expected


def test_a_title_kept_by_the_part_and_set_aside_by_the_whole() -> None:
    rng = random.Random(5)
    header = "\n".join(f"字段{name}：{prose(rng, 1)}" for name in "甲乙丙丁")
    article = prose(rng, 40)
    head = f"发布时间：2026-03-18 09:15 来源：河畔新闻网\n{header}"
    whole, part = f"{head}\n{article}", f"{head}\n{article[:60]}"
    assert dedup.compare(part, whole).relation is Relation.CONTAINED


def test_the_part_stays_unless_it_is_most_of_all_of_the_other() -> None:
    texts = issues(30)
    texts["b"] = cut(texts["a03"], 45)
    settings = dedup.scan(texts).settings
    assert not dedup.scan(texts, settings).clusters
    dropped = dedup.scan(texts, settings.with_values(drop_contained=True))
    assert [(c.keep, [pair.a for pair in c.drop]) for c in dropped.clusters] == [("a03", ["b"])]


def test_sets_of_what_was_not_asked_for_are_empty() -> None:
    found = inside._Sets(np.array([3], dtype=np.int64))
    found.sets.put(0, np.array([1, 2], dtype=np.uint64))
    assert found[3].tolist() == [1, 2]
    assert found[4].size == 0

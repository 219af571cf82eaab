"""Parts of longer texts, from the files to the result."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import dedup
from dedup import Document, Relation, ScanResult, Settings
from dedup.app.scan import scan
from dedup.engine import corpus as corpus_module
from dedup.engine import gather, local
from dedup.match import passage_candidates

WORDS = (  # noqa: SIM905
    "水库 大桥 学校 医院 公园 工程 河道 车站 图书馆 体育场 居民 专家 记者 部门 企业 农户 市场 粮食 "
    "设备 资金 项目 完工 通车 验收 检查 开放 关闭 扩建 迁往 举行 宣布 提供 减少 增加 超过 来自"
).split()


def article(seed: int, sentences: int = 40) -> str:
    draw = random.Random(seed)
    return "\n".join(
        "".join(draw.choices(WORDS, k=draw.randint(5, 9))) + "。" for _ in range(sentences)
    )


def found(result: ScanResult) -> dict[tuple[str, str], Relation]:
    return {(pair.a, pair.b): pair.relation for pair in result.pairs}


def documents(*texts: tuple[str, str]) -> list[Document]:
    return [Document(name, text) for name, text in texts]


ST = Settings()
DIGEST = "\n\n".join(article(seed) for seed in range(10))


def test_an_article_in_a_digest_of_ten() -> None:
    result = scan(documents(("digest", DIGEST), ("one", article(4)), ("other", article(99))), ST)
    assert found(result) == {("digest", "one"): Relation.CONTAINS}
    assert result.summary.relations == (("contains", 1),)
    assert result.clusters == ()
    assert result.summary.dropped == 0
    (pair,) = result.pairs
    assert pair.containment[1] > 0.98
    assert pair.similarity < 0.25


def test_a_truncated_text() -> None:
    whole = article(1, 200)
    result = scan(documents(("whole", whole), ("part", whole[: len(whole) // 5])), ST)
    assert found(result) == {("part", "whole"): Relation.CONTAINED}


def test_an_edited_part() -> None:
    part = article(4).replace("。\n", "，随后。\n", 6)
    result = scan(documents(("digest", DIGEST), ("one", part)), ST)
    assert found(result) == {("digest", "one"): Relation.CONTAINS}


def test_a_text_shorter_than_the_passage_is_not_promised() -> None:
    short = article(4, 6)
    pair = documents(("digest", DIGEST), ("one", short))
    assert found(scan(pair, Settings(min_passage=400))) == {}
    assert found(scan(pair, Settings(min_passage=20))) == {("digest", "one"): Relation.CONTAINS}


@pytest.mark.parametrize("keep", ["longest", "first"])
def test_contained_texts_are_dropped_where_that_is_asked_for(keep: str) -> None:
    given = documents(
        ("a-one", article(4)), ("b-copy", article(4) + "\n完。"), ("c-digest", DIGEST)
    )
    settings = Settings(drop_contained=True, keep=keep)
    result = scan(given, settings)
    (cluster,) = result.clusters
    assert cluster.keep == "c-digest"
    assert {pair.a: pair.relation for pair in cluster.drop} == {
        "a-one": Relation.CONTAINED,
        "b-copy": Relation.CONTAINED,
    }
    assert result.dropped == ("a-one", "b-copy")
    assert cluster.reason.render("en") == "what is dropped for it is part of it"
    kept = scan(given, replace(settings, drop_contained=False))
    assert [each.members for each in kept.clusters] in (
        [("b-copy", "a-one")],
        [("a-one", "b-copy")],
    )


#: As :data:`ST`, with what many documents share compared.
WHOLE = replace(ST, boilerplate="none")


def test_what_stands_in_very_many_texts_is_a_form() -> None:
    notice = article(7, 12)
    given = documents(*((f"{n:03}", article(1000 + n, 60) + "\n" + notice) for n in range(110)))
    result = scan([*given, Document("notice", notice)], WHOLE)
    assert result.summary.common_passages > 0
    assert found(result) == {}
    few = scan([*given[:20], Document("notice", notice)], WHOLE)
    assert few.summary.common_passages == 0
    assert len(found(few)) == 20


def parts(seed: int) -> list[Document]:
    """Return articles, digests of them, and parts of both, with some equal ones."""
    draw = random.Random(seed)
    made = [article(seed * 100 + n, draw.randint(8, 40)) for n in range(12)]
    texts = [*made, "\n".join(made[:6]), "\n".join(made[3:9]), made[0], "\n".join(made)]
    texts += [text[: len(text) // 2] for text in texts]
    return [Document(f"{at:02}", text) for at, text in enumerate(texts)]


def as_told(result: ScanResult) -> tuple[Sequence[object], ...]:
    return tuple(result.pairs), tuple(result.clusters), result.summary.relations


@pytest.mark.parametrize("settings", [Settings(), Settings(drop_contained=True)], ids=["", "drop"])
def test_order_workers_batches_and_ranges_change_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = parts(3)
    expected = as_told(scan(given, settings))
    relations = {pair.relation for pair in expected[0]}
    assert relations >= {Relation.CONTAINS, Relation.CONTAINED, Relation.IDENTICAL}
    assert as_told(scan(given[::-1], settings)) == expected
    assert as_told(scan(given, replace(settings, jobs=3))) == expected
    monkeypatch.setattr(local, "BATCH_DOCUMENTS", 5)
    monkeypatch.setattr(gather, "SEGMENT_DOCUMENTS", 7)
    monkeypatch.setattr(corpus_module, "PASSAGES_TOGETHER", 50)
    monkeypatch.setattr(passage_candidates, "_CHUNK", 10)
    assert as_told(scan(random.Random(1).sample(given, len(given)), settings)) == expected


def test_a_swapped_document_is_found_the_other_way_round() -> None:
    there = scan(documents(("a", DIGEST), ("b", article(4))), ST)
    back = scan(documents(("b", DIGEST), ("a", article(4))), ST)
    assert found(there) == {("a", "b"): Relation.CONTAINS}
    assert found(back) == {("a", "b"): Relation.CONTAINED}


CASES = sorted((Path(__file__).parents[1] / "cases" / "contained").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cases(case: Path) -> None:
    part, whole = ((case / name).read_text(encoding="utf-8") for name in ("a.txt", "b.txt"))
    (pair,) = dedup.scan({"a": part, "b": whole}).pairs
    assert pair.relation is Relation.CONTAINED
    assert dedup.compare(part, whole).relation is Relation.CONTAINED

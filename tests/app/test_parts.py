"""Documents that make up another: pages of an article, articles of a digest."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from random_documents import sentence

import dedup
from dedup import Document, Settings
from dedup.app.scan import scan_shards
from dedup.engine.shards import Texts
from dedup.report.jsonl import pieces
from dedup.report.registry import render
from dedup.report.view import View


def story(seed: int, sentences: int = 40) -> str:
    """Return sentences of words that few other sentences have."""
    draw = random.Random(seed)
    words = [chr(draw.randrange(0x4E00, 0x9000)) for _ in range(400)]
    return "".join(
        "".join(draw.choices(words, k=12)) + f"，{sentence(draw)}\n" for _ in range(sentences)
    )


def pages(text: str, number: int = 3) -> dict[str, str]:
    size = -(-len(text) // number)
    return {f"第{at + 1}页": text[at * size : (at + 1) * size] for at in range(number)}


def test_an_article_in_three_pages() -> None:
    whole = story(1, 60)
    result = dedup.scan({"全文": whole, **pages(whole), "别的": story(2, 30)})
    (found,) = result.parts
    assert (found.whole, found.parts) == ("全文", ("第1页", "第2页", "第3页"))
    assert 0.95 < found.cover <= 1
    assert not result.dropped


def test_a_digest_of_five_articles() -> None:
    articles = {f"文章{at}": story(10 + at) for at in range(5)}
    digest = "一周要闻\n" + "\n\n".join(reversed(articles.values()))
    result = dedup.scan({"摘编": digest, **articles})
    (found,) = result.parts
    assert found.parts == tuple(reversed(articles))
    assert not result.dropped


def test_a_digest_of_which_one_article_is_missing() -> None:
    articles = {f"文章{at}": story(20 + at) for at in range(5)}
    digest = "\n\n".join(articles.values())
    del articles["文章3"]
    assert not dedup.scan({"摘编": digest, **articles}).parts


@pytest.mark.parametrize("jobs", [1, 2])
def test_neither_order_nor_workers_nor_shards_matter(jobs: int) -> None:
    whole = story(3, 60)
    texts = {"w": whole, **pages(whole), "x": story(4), "copy": pages(whole)["第2页"]}
    documents = [Document(name, text) for name, text in texts.items()]
    first = scan_shards([Texts(documents)], Settings(jobs=1))
    assert first.parts
    shuffled = random.Random(jobs).sample(documents, len(documents))
    shards = [Texts(shuffled[:2]), Texts(shuffled[2:])]
    assert list(pieces(scan_shards(shards, Settings(jobs=jobs)))) == list(pieces(first))


def test_a_saved_result_has_them(tmp_path: Path) -> None:
    whole = story(5, 60)
    result = dedup.scan({"w": whole, **pages(whole)})
    path = tmp_path / "result.jsonl"
    path.write_text("".join(pieces(result)), encoding="utf-8")
    back = dedup.load(path)
    assert back.parts == result.parts
    assert list(pieces(back)) == list(pieces(result))


def test_what_is_shown() -> None:
    whole = story(6, 60)
    result = dedup.scan({"全文": whole, **pages(whole)})
    shown = "".join(render(result, "full", View(lang="zh")))
    assert "由几篇合成的文档：1 篇" in shown
    assert "下列 3 篇依次合起来占其内容的" in shown
    assert shown.index("1. 第1页") < shown.index("2. 第2页") < shown.index("3. 第3页")
    assert "Made up of several others: 1 document" in "".join(render(result, "full", View()))


def test_known_documents_are_not_made_up_of_each_other() -> None:
    whole = story(7, 60)
    known = {"全文": whole, **pages(whole)}
    assert not dedup.scan([story(8)], against=known).parts
    (found,) = dedup.scan({"全文": whole}, against=pages(whole)).parts
    assert found.parts == ("第1页", "第2页", "第3页")


CASES = sorted((Path(__file__).parents[1] / "cases" / "parts").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cases(case: Path) -> None:
    expected = tomllib.loads((case / "expected.toml").read_text(encoding="utf-8"))
    texts = {each.name: each.read_text(encoding="utf-8") for each in case.glob("*.txt")}
    result = dedup.scan(texts)
    found = [(each.whole, list(each.parts)) for each in result.parts]
    assert found == ([(expected["whole"], expected["parts"])] if "whole" in expected else [])
    assert not result.dropped

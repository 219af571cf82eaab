from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dedup.source.compression import decompressed

NUMBERS = "零一二三四五六七八九"


def made_texts(count: int) -> list[str]:
    """Return texts whose sentences all differ, two to a line."""

    def sentence(number: int) -> str:
        digits = "".join(NUMBERS[int(digit)] for digit in str(number * 7919))
        return f"编号{digits}的文件规定了第{digits}项内容{digits[::-1]}。"

    return [
        "".join(sentence(at) + ("\n" if at % 2 else "") for at in range(start, start + 20))
        for start in range(0, 20 * count, 20)
    ]


@pytest.fixture
def recombine(script, monkeypatch: pytest.MonkeyPatch):
    module = script("recombine")
    monkeypatch.setattr(module, "MULTIPLES", 4)
    return module


@pytest.fixture
def pool(recombine) -> list[str]:
    return recombine.sentences(made_texts(150), np.random.default_rng(1))


def test_sentences_are_distinct_and_keep_their_line_ends(recombine) -> None:
    texts = ["今天天气很好，我们出门去。明天再说吧，今天先休息！\n短。", "今天天气很好我们出门去。"]
    found = recombine.sentences([*texts, "长" * 60 + "。"], np.random.default_rng(1))
    assert sorted(found) == ["今天天气很好，我们出门去。", "明天再说吧，今天先休息！\n"]


def test_no_two_numbers_follow_each_other_twice(recombine) -> None:
    walk = recombine.Walk(997, np.random.default_rng(1))
    seen = set()
    for _ in range(300):
        taken = walk.take(20)
        assert len(set(taken)) == 20
        for pair in pairwise(taken):
            assert pair not in seen
            seen.add(pair)


def test_a_walk_through_too_few_numbers_ends(recombine) -> None:
    walk = recombine.Walk(97, np.random.default_rng(1))
    with pytest.raises(SystemExit, match="too few sentences"):
        list(map(walk.take, [20] * 1000))


def test_a_seed_makes_the_same_corpus(recombine, pool: list[str]) -> None:
    texts = list(recombine.Recombined(pool, 200, 3))
    assert list(recombine.Recombined(pool, 200, 3)) == texts
    assert list(recombine.Recombined(pool, 200, 4)) != texts
    assert 2000 < np.mean([len(text.encode()) for text in texts]) < 4000


def test_only_copies_repeat_runs(recombine, pool: list[str]) -> None:
    corpus = recombine.Recombined(pool, 200, 1)
    fresh = []
    for text in corpus:
        fresh += [] if corpus.planted else [text]
        corpus.planted.clear()
    assert recombine.repeated_runs(fresh) == 0
    assert recombine.repeated_runs([*fresh, fresh[0]]) > 0


def test_what_is_planted_has_the_similarity_that_is_written(
    recombine, pool: list[str], tmp_path: Path
) -> None:
    corpus = recombine.Recombined(pool, 400, 1)
    size = recombine.write(corpus, tmp_path, "zst", 150)
    shards = sorted(tmp_path.glob("*.jsonl.zst"))
    assert [shard.name for shard in shards] == [f"part-000{n}.jsonl.zst" for n in range(3)]
    texts = {}
    for shard in shards:
        with shard.open("rb") as raw, decompressed(raw, "zstd") as lines:
            texts |= {record["id"]: record["text"] for record in map(json.loads, lines)}
    assert len(texts) == 400
    assert sum(len(text.encode()) for text in texts.values()) == size
    rows = [line.split("\t") for line in (tmp_path / "pairs.tsv").read_text().splitlines()]
    assert len(rows) > 10
    assert len({row[1] for row in rows}) == len(rows)  # each document is copied once
    from dedup.engine.pair import gather_pair
    from dedup.model import Document
    from dedup.settings import Settings

    for copy, original, wanted, *counts in rows:
        documents = [Document(each, texts[each]) for each in (copy, original)]
        found = gather_pair(*documents, Settings()).compared
        assert [found.shared, found.only_a, found.only_b] == (
            list(map(int, counts)) if not found.equal_body else [int(counts[0]), 0, 0]
        )
        assert abs(found.similarity - float(wanted)) < 0.15
        assert (wanted == "1.0") <= found.equal_kept


@pytest.mark.parametrize(
    "compress",
    [
        "zst",
        pytest.param("gz", marks=pytest.mark.slow),
        pytest.param("none", marks=pytest.mark.slow),
    ],
)
def test_the_script(run, tmp_path: Path, compress: str) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    with gzip.open(folder / "laws.jsonl.gz", "wt", encoding="utf-8") as file:
        for text in made_texts(400):
            file.write(json.dumps({"text": text}) + "\n")
    out = tmp_path / "out"
    done = run(
        *("recombine.py", out, "--corpora", folder, "--set", "laws", "--documents", 30),
        *("--compress", compress, "--shard-documents", 20),
    )
    assert done.stderr == ""
    made = json.loads((out / "corpus.json").read_text())
    assert json.loads(done.stdout) == made
    assert made["documents"] == 30
    assert len(list(out.glob("part-*"))) == 2

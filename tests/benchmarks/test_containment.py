"""The benchmark of parts: what it makes, and that it counts what a scan finds."""

from __future__ import annotations

import gzip
import json
import random

from dedup import Settings, scan

WORDS = ("水库", "大桥", "学校", "医院", "公园", "工程", "居民", "专家", "完工", "通车", "验收")


def article(seed: int, words: int) -> str:
    return "".join(random.Random(seed).choices(WORDS, k=words))


def test_parts_are_found_and_counted(script) -> None:
    module = script("containment")
    texts = [article(seed, 900) for seed in range(8)]
    told = module.beginnings(texts, Settings())
    assert told == [
        {"tokens": 140, "parts": 8, "found": 8},
        {"tokens": 70, "parts": 0, "found": 0},
    ]
    texts = [article(seed, 160) for seed in range(4)] + [
        article(seed, 3000) for seed in (5, 6, 7, 8)
    ]
    assert module.inside(texts, Settings())[0] == {"tokens": 140, "parts": 4, "found": 4}


def test_what_is_not_found_is_counted_too(script) -> None:
    module = script("containment")
    pairs = [(article(1, 200), article(2, 2000)), (article(3, 90), article(3, 90) * 3)]
    told = module.found_of(pairs, Settings(threshold=0.99, containment=1))
    assert [each["parts"] for each in told] == [1, 1]
    assert told[0]["found"] == 0


def test_what_is_found_of_one_is_found_of_its_equals(script) -> None:
    module = script("containment")
    texts = {"part1": article(1, 200), "part2": article(1, 200), "whole1": article(1, 2000)}
    texts |= {"whole2": article(1, 2000) + "。"}
    found = module.spelled_out(scan(texts).pairs)
    assert {"whole1", "whole2"} <= found["part1"]
    assert {"whole1", "whole2"} <= found["part2"]


def test_the_script_prints_json(run, tmp_path) -> None:
    with gzip.open(tmp_path / "made.jsonl.gz", "wt", encoding="utf-8") as lines:
        for seed in range(6):
            lines.write(json.dumps({"id": str(seed), "text": article(seed, 800)}) + "\n")
    done = run("containment.py", "--corpora", tmp_path, "--texts", 5)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["set"] == "made"
    assert told["first_fifth"][0] == {"tokens": 140, "parts": 5, "found": 5}
    assert run("containment.py").returncode != 0 or "DEDUP_CORPORA" in __import__("os").environ

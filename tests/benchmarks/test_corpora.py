from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path


def load(corpora, *arguments: str):
    parser = argparse.ArgumentParser()
    corpora.add_arguments(parser)
    return corpora.load(parser.parse_args(arguments))


def write(folder: Path, name: str, texts: list[str]) -> None:
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"id": text, "text": text}) + "\n" for text in texts)


def test_made_texts_are_the_same_every_time_and_as_large_as_asked(script) -> None:
    corpora = script("corpora")
    once = corpora.made(0.05, random.Random(1))
    assert once == corpora.made(0.05, random.Random(1))
    assert 0.05e6 <= corpora.size(once) < 0.1e6
    assert len(set(once)) == len(once)


def test_without_a_folder_the_name_says_that_the_texts_are_made(script) -> None:
    texts = load(script("corpora"), "--made-mb", "0.02")
    assert "made" in texts.name
    assert texts.size >= 20_000


def test_several_sets_are_read_and_shuffled_alike_every_time(script, tmp_path: Path) -> None:
    corpora = script("corpora")
    write(tmp_path, "a", [f"甲{number}" for number in range(20)])
    write(tmp_path, "b", [f"乙{number}" for number in range(20)])
    texts = load(corpora, str(tmp_path), "--set", "a,b")
    assert sorted(texts.texts) == sorted(
        [f"甲{n}" for n in range(20)] + [f"乙{n}" for n in range(20)]
    )
    assert texts.texts != sorted(texts.texts)
    assert texts.texts == load(corpora, str(tmp_path), "--set", "a,b").texts


def test_first_takes_as_many_as_fill_the_size(script) -> None:
    texts = script("corpora").Texts("", ["一" * 1000] * 5)
    assert len(texts.first(0.0001)) == 1
    assert len(texts.first(0.003)) == 1
    assert len(texts.first(0.0031)) == 2
    assert len(texts.first(1)) == 5

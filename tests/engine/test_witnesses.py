"""Whether what is left of documents beside what they share is dissimilar."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dedup import Settings
from dedup.engine.held import Holding
from dedup.engine.learning import glean, learned
from dedup.engine.shards import Texts
from dedup.engine.witnesses import Witness, are_dissimilar
from dedup.model import Document
from dedup.progress import NO_PROGRESS
from dedup.sketch.shared import LEAST_DOCUMENTS
from dedup.text.pieces import pieces

SHARED = "本网站刊登的所有内容均受著作权法保护，未经书面许可任何人不得转载摘编或者以其他方式使用。"
CHARACTERS = [chr(each) for each in range(0x4E00, 0x5E00)]


def prose(rng: random.Random, size: int = 400) -> str:
    return "".join(rng.choices(CHARACTERS, k=size)) + "。"


def witness(text: str, common: int = 8) -> Witness:
    found = pieces(text)
    hashes = np.array([each.hash for each in found], dtype=np.uint64)
    spans = np.array([[each.start, each.end] for each in found], dtype=np.int32)
    shared = {each.hash for each in pieces(SHARED)}
    documents = np.array([20 if each.hash in shared else 1 for each in found])
    made = Witness(text, hashes, spans, documents)
    made.freeze([common])
    return made


def test_different_texts_around_one_notice_are_dissimilar() -> None:
    rng = random.Random(1)
    assert are_dissimilar([witness(f"{prose(rng)}\n{SHARED}") for _ in range(4)], 8)


def test_versions_of_one_text_are_not() -> None:
    rng = random.Random(2)
    body = prose(rng)
    made = [witness(f"{body}{prose(rng, 60)}\n{SHARED}") for _ in range(4)]
    assert not are_dissimilar(made, 8)


def test_one_that_has_little_of_its_own_outweighs_no_others() -> None:
    rng = random.Random(3)
    body = prose(rng)
    twins = [witness(f"{body}\n{SHARED}") for _ in range(2)]
    others = [witness(f"{prose(rng)}\n{SHARED}") for _ in range(2)]
    assert are_dissimilar([*twins, *others], 8)
    assert not are_dissimilar(twins, 8)


def test_nothing_left_and_no_witness_say_nothing() -> None:
    assert not are_dissimilar([witness(SHARED), witness(SHARED)], 8)
    assert not are_dissimilar([], 8)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_changed_since_it_was_read_is_no_witness(jobs: int) -> None:
    rng = random.Random(4)
    texts = [f"{prose(rng)}\n{SHARED}" for _ in range(LEAST_DOCUMENTS + 5)]
    settings = Settings(jobs=jobs)
    shards = [Texts([Document(str(at), text) for at, text in enumerate(texts)])]
    sample = glean(shards, settings, Holding(shards, room=0), NO_PROGRESS)
    assert len(learned(sample, shards, settings).passages) > 0
    changed = [Texts([Document(str(at), text + "又") for at, text in enumerate(texts)])]
    assert not learned(sample, changed, settings).passages

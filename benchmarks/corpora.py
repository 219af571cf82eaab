"""The texts that benchmarks measure on: corpora that the user names, or text made from the seeds.

A corpus is ``NAME.jsonl.gz`` with one ``{"text": ...}`` a line, in a folder given on the command
line or in DEDUP_CORPORA. Without one, sentences of the two seed files are shuffled into as much
text as is wanted: enough to run everything, but its few words stay in the caches, so that rates
on it flatter whoever looks words up.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

SEEDS = Path(__file__).parents[1] / "seeds"
SENTENCES_A_TEXT = 60


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in a fixed shuffled order, and what they are called in tables."""

    name: str
    texts: list[str]

    @property
    def size(self) -> int:
        """Bytes of UTF-8."""
        return size(self.texts)

    def first(self, megabytes: float) -> list[str]:
        """Return the first texts that make up ``megabytes`` (at least one, at most all)."""
        total = 0
        for count, text in enumerate(self.texts, start=1):
            total += len(text.encode())
            if total >= megabytes * 1e6:
                return self.texts[:count]
        return self.texts


def size(texts: list[str]) -> int:
    """Return the bytes of ``texts`` in UTF-8."""
    return sum(len(text.encode()) for text in texts)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that :func:`load` reads."""
    parser.add_argument(
        "corpora",
        nargs="?",
        type=Path,
        default=os.environ.get("DEDUP_CORPORA"),
        help="folder of NAME.jsonl.gz (default: DEDUP_CORPORA; else text made from the seeds)",
    )
    parser.add_argument("--set", default="laws", help="NAME, or several with commas between them")
    parser.add_argument("--made-mb", type=float, default=4, help="MB made where there is no folder")


def load(options: argparse.Namespace) -> Texts:
    """Load the corpus that the command line names, or make one."""
    draw = random.Random(1)
    if options.corpora is None:
        return Texts("text made from the seeds", made(options.made_mb, draw))
    texts = [text for name in options.set.split(",") for text in _read(options.corpora, name)]
    draw.shuffle(texts)
    return Texts(options.set, texts)


def made(megabytes: float, draw: random.Random) -> list[str]:
    """Shuffle the sentences of the seed files into ``megabytes`` of text."""
    whole = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    sentences = re.findall(r"[^。！？\n]+[。！？\n]+", whole)
    texts: list[str] = []
    total = 0
    while total < megabytes * 1e6:
        texts.append("".join(draw.choices(sentences, k=SENTENCES_A_TEXT)))
        total += len(texts[-1].encode())
    return texts


def _read(folder: Path, name: str) -> list[str]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]

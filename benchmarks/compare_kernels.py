"""Hold the native kernel against the reference, bit for bit, on whole corpora.

usage: python benchmarks/compare_kernels.py [FOLDER] [--every N] [--skip-tokens]

FOLDER (default: DEDUP_CORPORA) holds ``*.jsonl.gz`` files with one ``{"text": ...}`` a line. Each
batch is sketched by both kernels in word and in character mode, with spans to set aside made up
for every third text, and cut into tokens by jieba itself. The first difference ends the run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
import time
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dedup.settings import Settings
from dedup.sketch.batch import SketchBatch, TextBatch
from dedup.sketch.native import NativeSegmenter, NativeSketcher, native_fold
from dedup.sketch.reference import ReferenceSketcher
from dedup.text.fold import fold
from dedup.text.segment import segmenter

if TYPE_CHECKING:
    from collections.abc import Iterator

MODES = ((Settings(), 136), (Settings(unit="char", ngram=5, seed=7), 50))
BATCH = 64


def read(path: Path, every: int) -> Iterator[list[str]]:
    """Yield the texts of a corpus in batches."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        chosen = [line for at, line in enumerate(lines) if at % every == 0]
    for start in range(0, len(chosen), BATCH):
        yield [json.loads(line)["text"] for line in chosen[start : start + BATCH]]


def some_spans(texts: list[str], draw: random.Random) -> list[list[tuple[int, int]]]:
    """Make up spans to set aside, for one text in three."""
    spans: list[list[tuple[int, int]]] = []
    for text in texts:
        cuts = sorted(draw.randint(0, len(text)) for _ in range(2 * draw.randint(1, 3)))
        spans.append(list(zip(cuts[::2], cuts[1::2], strict=True)) if draw.random() < 1 / 3 else [])
    return spans


def differences(native: SketchBatch, reference: SketchBatch) -> list[str]:
    """Return the names of the arrays that differ."""
    return [
        f.name
        for f in fields(SketchBatch)
        if not np.array_equal(getattr(native, f.name), getattr(reference, f.name))
        or getattr(native, f.name).dtype != getattr(reference, f.name).dtype
    ]


def compare(corpus: Path, every: int, tokens: bool) -> None:
    """Compare on one corpus and print what was compared; exits at a difference."""
    pairs = [(NativeSketcher(*mode), ReferenceSketcher(*mode)) for mode in MODES]
    fast, jieba = NativeSegmenter(Settings()), segmenter(Settings())
    draw = random.Random(corpus.name)
    texts = size = count = 0
    started = time.perf_counter()
    for batch_texts in read(corpus, every):
        batch = TextBatch.from_texts(batch_texts, some_spans(batch_texts, draw))
        for native, reference in pairs:
            if wrong := differences(native.sketch(batch), reference.sketch(batch)):
                sys.exit(f"{corpus.name}: texts {texts} to {texts + BATCH}: {wrong} differ")
        for text in batch_texts if tokens else ():
            kept = fold(text)
            words = jieba.cut(kept)
            if native_fold(text) != kept or fast.cut(kept) != words:
                sys.exit(f"{corpus.name}: the tokens of a text differ: {text[:80]!r}")
            count += len(words)
        texts += len(batch_texts)
        size += batch.buffer.size
    seconds = time.perf_counter() - started
    print(
        f"{corpus.name}: {texts} texts, {size / 1e6:.1f} MB, {count} tokens: equal "
        f"({seconds:.0f} s)",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", nargs="?", default=os.environ.get("DEDUP_CORPORA"), type=Path)
    parser.add_argument("--every", type=int, default=1, help="only every N-th text")
    parser.add_argument("--skip-tokens", action="store_true", help="do not cut with jieba itself")
    args = parser.parse_args()
    corpora = sorted(args.folder.glob("*.jsonl.gz")) if args.folder else []
    if not corpora:
        parser.error("no corpora: name a folder with *.jsonl.gz, or set DEDUP_CORPORA")
    for corpus in corpora:
        compare(corpus, args.every, tokens=not args.skip_tokens)


if __name__ == "__main__":
    main()

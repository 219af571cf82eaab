"""Make a corpus of any size out of the sentences of real texts, with planted near-duplicates.

    python benchmarks/recombine.py OUT --documents 1000000 --corpora FOLDER [--seed 1]
        [--set laws,lctt] [--compress zst|gz|none] [--shard-documents 50000] [--check]

Distinct sentences of at most 48 characters are shuffled once and numbered modulo a prime. Those
that end a line in their text end one here. A document takes every s-th of them for a while;
documents with the same s take up where the last one stopped. So no two sentences follow each other
twice in the whole corpus, and no run of 70 tokens repeats; steps that are small multiples of one
another are avoided, because their documents would share sentences. ``--check`` counts repeated
runs in that many documents.

One hundredth of the documents each are copies of another document in which sentences are replaced
by fresh ones until the similarity is 0.5, 0.6, 0.7, 0.8, 0.9 and, with other punctuation, 1.0.
``pairs.tsv`` lists copy, original, wanted similarity, and the exact counts of shingles shared, only
in the copy, only in the original. ``corpus.json`` says what was made.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import re
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

import corpora
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SIMILARITIES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
#: One in so many documents is a copy, for each similarity.
ONE_IN = 100
RUN = 70
FEWEST, MOST = 8, 48
#: Mean bytes of a document, and the spread of their logarithm.
MEAN_BYTES, SPREAD = 3000, 0.6
#: Copies are made of documents with at least so many sentences.
LEAST_SENTENCES = 12
#: Documents that wait for a copy to be made of them.
MOST_ORIGINALS = 1000
#: What the length of sentences may err by when it stands for the number of shingles.
MARGIN = 0.005
#: Steps whose multiples up to this coincide are not used together.
MULTIPLES = 60
_OTHER_MARKS = str.maketrans({"，": ",", "。": ". ", "；": ";", "：": ":", "（": "(", "）": ")"})


@dataclass(frozen=True, slots=True)
class Planted:
    """A copy and the document it was made of, by number, and the similarity that was wanted."""

    copy: int
    original: int
    wanted: float
    texts: tuple[str, str]


def sentences(texts: list[str], generator: np.random.Generator) -> list[str]:
    """Return the sentences of ``texts`` that differ in more than their marks, shuffled."""
    found: dict[str, str] = {}
    for text in texts:
        for each in re.findall(r"[^。！？；\n]+[。！？；]\s*", text):
            sentence = each.strip() + ("\n" if "\n" in each else "")
            letters = "".join(filter(str.isalnum, sentence))
            if len(sentence) <= MOST and len(letters) >= FEWEST:
                found.setdefault(letters, sentence)
    distinct = list(found.values())
    return [distinct[at] for at in generator.permutation(len(distinct)).tolist()]


class Walk:
    """Numbers below a prime, every s-th of them, then every t-th, so that no two follow twice."""

    def __init__(self, prime: int, generator: np.random.Generator) -> None:
        self._prime = prime
        self._random = generator
        self._used: set[int] = set()
        self._multiples = np.arange(1, min(MULTIPLES, prime // 8) + 1)
        self._start = self._step = 0
        self._taken = prime

    def take(self, count: int) -> list[int]:
        """Return the next ``count`` numbers."""
        if self._taken + count > self._prime:
            self._turn()
        positions = self._taken + np.arange(count, dtype=np.int64)
        self._taken += count
        numbers: list[int] = ((self._start + self._step * positions) % self._prime).tolist()
        return numbers

    def _turn(self) -> None:
        """Begin with another step, no small multiple of which is one of an earlier step."""
        for _ in range(10_000):
            step = int(self._random.integers(1, self._prime))
            forward = self._multiples * step % self._prime
            multiples = set(forward.tolist()) | set((self._prime - forward).tolist())
            if self._used.isdisjoint(multiples):
                self._used |= multiples
                self._step, self._taken = step, 0
                self._start = int(self._random.integers(self._prime))
                return
        raise SystemExit("too few sentences for so many documents")


class Recombined:
    """The texts of a corpus, one after the other; ``planted`` are the copies among them."""

    def __init__(self, pool: list[str], documents: int, seed: int) -> None:
        prime = _prime_below(len(pool))
        self._pool = pool[:prime]
        self._documents = documents
        self._random = np.random.default_rng(seed)
        self._walk = Walk(prime, self._random)
        self._mean = sum(len(each.encode()) for each in self._pool) / prime
        self.planted: list[Planted] = []

    def __iter__(self) -> Iterator[str]:
        """Yield every text; whoever asks may clear ``planted`` meanwhile."""
        originals: list[tuple[int, list[int]]] = []
        for number in range(self._documents):
            chance = int(self._random.integers(ONE_IN))
            if chance < len(SIMILARITIES) and originals:
                wanted = SIMILARITIES[chance]
                at = int(self._random.integers(len(originals)))
                originals[at], originals[-1] = originals[-1], originals[at]
                original, chosen = originals.pop()
                text = self._copy(chosen, wanted)
                self.planted.append(Planted(number, original, wanted, (text, self._text(chosen))))
            else:
                chosen = self._walk.take(max(3, round(self._size() / self._mean)))
                if len(chosen) >= LEAST_SENTENCES and len(originals) < MOST_ORIGINALS:
                    originals.append((number, chosen))
                text = self._text(chosen)
            yield text

    def _size(self) -> float:
        return MEAN_BYTES * float(self._random.lognormal(-SPREAD * SPREAD / 2, SPREAD))

    def _text(self, chosen: list[int]) -> str:
        return "".join(self._pool[number] for number in chosen)

    def _length(self, chosen: list[int]) -> int:
        return sum(len(self._pool[number]) for number in chosen)

    def _copy(self, original: list[int], wanted: float) -> str:
        """Replace sentences as long as the similarity, judged by length, stays above ``wanted``."""
        if wanted == 1.0:
            return self._text(original).translate(_OTHER_MARKS)
        changed = list(original)
        before = after = kept = self._length(original)
        for at in self._random.permutation(len(changed)).tolist():
            fresh, size = self._walk.take(1), self._length([changed[at]])
            rest, longer = kept - size, after - size + self._length(fresh)
            if rest / (before + longer - rest) < wanted + MARGIN:
                break
            kept, after, changed[at] = rest, longer, fresh[0]
        return self._text(changed)


def exact_counts(planted: list[Planted]) -> list[tuple[int, int, int]]:
    """Return for each pair the shingles shared, only in the copy, only in the original."""
    from dedup.engine.local import BatchSketcher
    from dedup.match.evidence import shingle_counts
    from dedup.settings import Settings

    if not planted:
        return []
    texts = [text for each in planted for text in each.texts]
    sketched = BatchSketcher(Settings(), 1)(texts)
    pairs = np.arange(len(texts), dtype=np.int64).reshape(-1, 2)
    return [tuple(row) for row in shingle_counts(sketched.sketches, pairs).tolist()]


def write(corpus: Recombined, folder: Path, compress: str, shard_documents: int) -> int:
    """Write shards and pairs; returns the bytes of all texts."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    texts = enumerate(corpus)
    with (folder / "pairs.tsv").open("w", encoding="utf-8") as pairs:
        for shard in range(10**9):
            begun = next(texts, None)
            if begun is None:
                break
            with ExitStack() as stack:
                file = _open(stack, folder / f"part-{shard:04}.jsonl", compress)
                for number, text in [begun, *islice(texts, shard_documents - 1)]:
                    record = {"id": name(number), "text": text}
                    file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
                    size += len(text.encode())
            counts = exact_counts(corpus.planted)
            for each, counted in zip(corpus.planted, counts, strict=True):
                row = [name(each.copy), name(each.original), each.wanted, *counted]
                pairs.write("\t".join(map(str, row)) + "\n")
            corpus.planted.clear()
    return size


def name(number: int) -> str:
    """Return the id of a document."""
    return f"d{number:08}"


def repeated_runs(texts: Iterable[str], length: int = RUN) -> int:
    """Count the runs of ``length`` tokens that occur again later; not among copies, that is."""
    from dedup.settings import Settings
    from dedup.sketch.kernel import kept_text, word_segmenter

    cut = word_segmenter(Settings()).cut
    seen: set[int] = set()
    repeated = 0
    for text in texts:
        tokens = list(cut(kept_text(text)))
        runs = {hash(tuple(tokens[at : at + length])) for at in range(len(tokens) - length + 1)}
        repeated += len(runs & seen)
        seen |= runs
    return repeated


def _open(stack: ExitStack, path: Path, compress: str) -> IO[bytes]:
    if compress == "none":
        return stack.enter_context(path.open("wb"))
    if compress == "gz":
        return stack.enter_context(gzip.open(f"{path}.gz", "wb", compresslevel=5))
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return stack.enter_context(zstd.open(f"{path}.zst", "wb"))


def _prime_below(limit: int) -> int:
    for number in range(limit, 1, -1):
        if all(number % divisor for divisor in range(2, math.isqrt(number) + 1)):
            return number
    raise SystemExit("no sentences")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path, help="folder to write into")
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument(
        "--corpora", type=Path, default=os.environ.get("DEDUP_CORPORA"), help="folder of texts"
    )
    parser.add_argument("--set", default="laws,lctt,manpages,powershell")
    parser.add_argument("--made-mb", type=float, default=4, help="MB made where there is no folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compress", choices=("zst", "gz", "none"), default="zst")
    parser.add_argument("--shard-documents", type=int, default=50_000)
    parser.add_argument("--check", type=int, default=0, metavar="N", help="check N documents")
    options = parser.parse_args()
    generator = np.random.default_rng(options.seed)
    pool = sentences(corpora.load(options).texts, generator)
    corpus = Recombined(pool, options.documents, options.seed)
    size = write(corpus, options.out, options.compress, options.shard_documents)
    made = {
        "documents": options.documents,
        "bytes": size,
        "sentences": len(pool),
        "seed": options.seed,
    }
    if options.check:
        again = Recombined(pool, options.check, options.seed)
        fresh = []
        for text in again:
            fresh += [] if again.planted else [text]
            again.planted.clear()
        made["repeated_runs"] = repeated_runs(fresh)
    (options.out / "corpus.json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(made))
    return 0


if __name__ == "__main__":
    sys.exit(main())

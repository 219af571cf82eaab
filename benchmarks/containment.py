"""Which parts of texts a scan finds: beginnings of them, and texts inside longer ones.

    python benchmarks/containment.py --corpora DIR [--set laws]… [--texts 700] [--keep-metadata]

Reads ``DIR/SET.jsonl.gz`` (``{"id", "text"}`` a line; or ``DEDUP_CORPORA``). Of so many texts of
each set, chosen by their hash, all are scanned together with their first fifth; and half of them
together with texts at least ten times as long, each made of one and whole texts of the other half.
Counted are the parts of at least 140 tokens, and those of 70 to 139. Prints JSON.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dedup import Document, Relation, Settings, scan
from dedup.engine.local import sketch_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedup import Pair

#: Tokens of a part: at least the first and fewer than the second.
LENGTHS = ((140, 10**9), (70, 140))
FIRST = 5
EQUAL = frozenset({Relation.IDENTICAL, Relation.SAME_TEXT, Relation.SAME_BODY})
TIMES = 10


def load(corpora: Path, name: str, size: int) -> list[str]:
    """Return ``size`` texts of a set, chosen and ordered by their hash."""
    with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return sorted(texts, key=lambda text: hashlib.blake2b(text.encode()).digest())[:size]


def token_counts(texts: Sequence[str], settings: Settings) -> list[int]:
    """Return how many tokens of each text are compared."""
    documents = [Document(str(at), text) for at, text in enumerate(texts)]
    return [
        count
        for _, sketched in sketch_documents(documents, settings, 1)
        for count in sketched.sketches.tokens.tolist()
    ]


def beginnings(texts: Sequence[str], settings: Settings) -> list[dict[str, int]]:
    """Scan texts with the first fifth of each; return what was found, by length."""
    parts = [text[: len(text) // FIRST] for text in texts]
    return found_of(list(zip(parts, texts, strict=True)), settings)


def inside(texts: Sequence[str], settings: Settings) -> list[dict[str, int]]:
    """Scan texts with texts at least ten times as long that hold them; return what was found."""
    half = len(texts) // 2
    others = texts[half:]
    pairs = []
    for at, text in enumerate(texts[:half]):
        around: list[str] = []
        wanted = (TIMES - 1) * len(text)
        while sum(map(len, around)) < wanted and len(around) < len(others):
            around.append(others[(at + len(around)) % len(others)])
        if sum(map(len, around)) >= wanted:
            around.insert(at % (len(around) + 1), text)
            pairs.append((text, "\n\n".join(around)))
    return found_of(pairs, settings)


def found_of(pairs: Sequence[tuple[str, str]], settings: Settings) -> list[dict[str, int]]:
    """Scan parts and wholes together; return how many parts are in a pair with their whole."""
    counts = token_counts([part for part, _ in pairs], settings)
    told = []
    for low, high in LENGTHS:
        chosen = [at for at, count in enumerate(counts) if low <= count < high]
        documents = [
            Document(f"{kind}{at}", pairs[at][i])
            for at in chosen
            for i, kind in enumerate(("part", "whole"))
        ]
        result = spelled_out(scan(documents, settings).pairs)
        hits = sum(f"whole{at}" in result.get(f"part{at}", ()) for at in chosen)
        told.append({"tokens": low, "parts": len(chosen), "found": hits})
    return told


def spelled_out(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    """Return what each document is in a pair with, as texts equal to one of the two are, too.

    A scan lists one pair for each text that equals another, and of equal ones the first alone.
    """
    listed = list(pairs)
    same: dict[str, set[str]] = {}
    for pair in listed:
        if pair.relation in EQUAL:
            joined = same.get(pair.a, {pair.a}) | same.get(pair.b, {pair.b})
            same.update(dict.fromkeys(joined, joined))
    found: dict[str, set[str]] = {}
    for pair in listed:
        for a in same.get(pair.a, [pair.a]):
            for b in same.get(pair.b, [pair.b]):
                found.setdefault(a, set()).add(b)
                found.setdefault(b, set()).add(a)
    return found


def main(arguments: Sequence[str]) -> int:
    """Measure the sets that are asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=os.environ.get("DEDUP_CORPORA"))
    parser.add_argument("--set", action="append", dest="sets")
    parser.add_argument("--texts", type=int, default=700)
    parser.add_argument("--keep-metadata", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.corpora is None:
        parser.error("--corpora or DEDUP_CORPORA says where the texts are")
    folder = Path(chosen.corpora)
    settings = Settings(keep_metadata=chosen.keep_metadata)
    names = chosen.sets or sorted(p.name.removesuffix(".jsonl.gz") for p in folder.glob("*.gz"))
    for name in names:
        texts = load(folder, name, chosen.texts)
        print(
            json.dumps(
                {
                    "set": name,
                    "min_passage": settings.min_passage,
                    "first_fifth": beginnings(texts, settings),
                    "in_ten_times": inside(texts, settings),
                }
            ),
            flush=True,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""The index: bytes of a document, seconds of a query, documents added in a second, by size.

    python benchmarks/gate.py [FOLDER] [--documents 20000] [--step 10000] [--no-text]
        [--queries 200] [--work DIR] [--results [DIR]]

FOLDER holds the corpora (default: DEDUP_CORPORA; without either, text made from the seeds), whose
sentences are recombined to documents of about 1,000 characters (``recombine.py``). They are added
in steps, each a file of records, and after each step documents drawn from all that was added are
asked for, slightly edited, one at a time and in a process that is up. ``sketch`` is what reading
and sketching the same files takes without an index; ``peak_mb`` is the highest memory of the whole
process so far, in which the benchmark's own sentences count. With ``--results`` the tables of
``docs/gate.md`` are made from this run and the last one of the other kind (``gate_tables.py``).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpora
import gate_tables
import numpy as np
import recombine
import results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup import Index

#: Documents kept to be asked for, of each step.
_ASKED = 100


def steps(
    texts: Iterator[str], folder: Path, documents: int, step: int
) -> Iterator[tuple[Path, int, int, list[str]]]:
    """Yield files of records, how many there are in all, their bytes of text, and some of them."""
    for at in range(0, documents, step):
        count = min(step, documents - at)
        path = folder / f"part-{at:09}.jsonl"
        size, kept = 0, list[str]()
        with path.open("w", encoding="utf-8") as file:
            for number, text in enumerate(islice(texts, count), at):
                file.write(json.dumps({"id": f"d{number:09}", "text": text}, ensure_ascii=False))
                file.write("\n")
                size += len(text.encode())
                if len(kept) < _ASKED:
                    kept.append(text)
        yield path, at + count, size, kept


def sketched(path: Path, num_perm: int) -> tuple[float, float]:
    """Return the seconds of reading and sketching a file, and those of the processor."""
    from dedup.engine.local import sketch_shards
    from dedup.settings import Settings
    from dedup.source.reading import Reading
    from dedup.source.shards import shards

    begun, worked = time.perf_counter(), time.process_time()
    for _ in sketch_shards(shards([str(path)], Reading()), Settings(), num_perm):
        pass
    return time.perf_counter() - begun, time.process_time() - worked


def edited(text: str, draw: random.Random) -> str:
    """Return a text with one of its sentences taken away."""
    sentences = text.split("。")
    del sentences[draw.randrange(len(sentences))]
    return "。".join(sentences)


def asked(index: Index, texts: list[str], count: int) -> dict[str, float]:
    """Return milliseconds of single queries, and how many found what they were made of."""
    draw = random.Random(1)
    seconds, work, found = [], [], 0
    for number in range(count):
        text = edited(draw.choice(texts), draw)
        begun, worked = time.perf_counter(), time.process_time()
        (matches,) = index.query([(f"q{number}", text)])
        seconds.append(time.perf_counter() - begun)
        work.append(time.process_time() - worked)
        found += bool(matches.matches)
    ordered = sorted(seconds)
    return {
        "query_ms": 1000 * statistics.median(seconds),
        "query_p95_ms": 1000 * ordered[int(0.95 * len(ordered))],
        "query_cpu_ms": 1000 * statistics.median(work),
        "found": found / count,
    }


def merged(index: Path, added: int) -> int:
    """Return how many documents were written again when ``added`` ones came last."""
    connection = sqlite3.connect(index)
    (newest,) = connection.execute(
        "SELECT documents FROM segments ORDER BY first DESC LIMIT 1"
    ).fetchone()
    connection.close()
    total = 0
    while newest > added:  # each merge had four times as many as the one before it
        total += newest
        newest //= 4
    return total


def measure(options: argparse.Namespace, folder: Path) -> list[dict[str, Any]]:
    """Add and ask, step by step; return one row for each step."""
    from dedup import Index, Settings
    from dedup.sketch.bands import banding

    generator = np.random.default_rng(1)
    pool = recombine.sentences(corpora.load(options).texts, generator)
    texts = iter(recombine.Recombined(pool, options.documents, 1))
    rows, known, where = [], list[str](), folder / "gate.index"
    Index.create(where, text=not options.no_text).close()
    chosen = banding(Settings().threshold, Settings().recall)
    sketched(next(iter(steps(iter(pool), folder, 1, 1)))[0], chosen.num_perm)  # loads what it needs
    for path, documents, size, kept in steps(texts, folder, options.documents, options.step):
        alone = sketched(path, chosen.num_perm)
        begun, worked = time.perf_counter(), time.process_time()
        with Index.open(where, write=True) as index:
            index.add(path)
        took, work = time.perf_counter() - begun, time.process_time() - worked
        known += kept
        with Index.open(where) as index:
            row: dict[str, Any] = {
                "documents": documents,
                "bytes_a_document": index.info().bytes / documents,
                "segments": index.info().segments,
                "add_seconds": took,
                "add_cpu_seconds": work,
                "sketch_seconds": alone[0],
                "sketch_cpu_seconds": alone[1],
                "add_mb_a_second": size / took / 1e6,
                "add_cpu_mb_a_second": size / work / 1e6,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "merged": merged(where, documents - len(rows) * options.step),
                **asked(index, known, options.queries),
            }
        rows.append({key: round(value, 2) for key, value in row.items()})
        print(rows[-1], flush=True)
        if not options.no_text:
            path.unlink()
    return rows


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, nargs="?", default=os.environ.get("DEDUP_CORPORA"))
    parser.add_argument("--set", default="laws,lctt,manpages,powershell")
    parser.add_argument("--made-mb", type=float, default=4)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--step", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--no-text", action="store_true")
    parser.add_argument("--work", type=Path, help="folder for texts and index")
    parser.add_argument("--results", type=Path, nargs="?", const=results.FOLDER)
    options = parser.parse_args()
    machine = results.machine()
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        rows = measure(options, Path(folder))
    if options.results is not None:
        result = {
            "machine": machine,
            "versions": results.versions("zh-dedup", "numpy"),
            "command": results.command(__file__),
            "step": options.step,
            "rows": rows,
        }
        gate_tables.write(result, options.results, text=not options.no_text)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Match signatures alone, without a text: bands, buckets and candidates of millions of documents.

    python benchmarks/signatures.py [--documents 10000000] [--pairs 10000] [--results DIR]

Signatures are random; in planted pairs each value agrees with the probability that is their
similarity. They are written to segments as a scan writes them, and matched from there. The target
is ten million within 8 GB.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.engine.store import Store
    from dedup.sketch.bands import Banding

SIMILARITIES = (0.5, 0.6, 0.7, 0.8, 0.9)
#: Gigabytes of memory that ten million signatures may take.
MOST_GB = 8


def signatures(
    documents: int, pairs: int, values: int, at_once: int, seed: int = 1
) -> Iterator[NDArray[np.uint32]]:
    """Yield signatures: ``pairs`` random ones and, next to each, its planted partner come first.

    Pair i has similarity ``SIMILARITIES[i % 5]``; its rows are 2i and 2i + 1.
    """
    random = np.random.default_rng(seed)
    for start in range(0, documents, at_once):
        size = min(at_once, documents - start)
        made = random.integers(0, 1 << 32, (size, values), dtype=np.uint32)
        last = min(size, 2 * pairs - start)
        for row in range(1, last, 2):
            wanted = SIMILARITIES[(start + row) // 2 % len(SIMILARITIES)]
            equal = random.random(values) < wanted
            made[row, equal] = made[row - 1, equal]
        yield made


def columns(made: NDArray[np.uint32], banding: Banding, start: int) -> dict[str, NDArray[Any]]:
    """Return the columns of a segment with these signatures."""
    from dedup.engine.building import sorted_bands
    from dedup.sketch.bands import all_band_keys
    from dedup.sketch.estimate import estimates

    size = len(made)
    numbers = np.arange(start, start + size, dtype=np.uint64)
    hashes = np.zeros((size, 2), dtype=np.uint64)
    hashes[:, 0], hashes[:, 1] = numbers * np.uint64(0x9E3779B97F4A7C15), numbers
    keys = all_band_keys(made, banding)
    sorted_keys, documents = sorted_bands(keys)
    ids = b"".join(b"%010d" % number for number in numbers.tolist())
    plain = {
        name: np.full(size, 1000, dtype=np.uint32)
        for name in ("kept", "whole_kept", "tokens", "characters")
    }
    return {
        **plain,
        "shard": np.zeros(size, dtype=np.uint32),
        "place": numbers.astype(np.int64),
        "text_hash": hashes.view(np.uint8),
        "compared_hash": hashes.view(np.uint8),
        "whole_hash": hashes.view(np.uint8),
        "set_aside": np.zeros(size, dtype=np.uint8),
        "title": np.zeros(size, dtype=np.uint64),
        "clutter": np.zeros(size, dtype=np.uint32),
        "date": np.full(size, np.nan),
        "id_bytes": np.frombuffer(ids, dtype=np.uint8),
        "id_ends": np.arange(10, 10 * size + 1, 10, dtype=np.uint32),
        "info_bytes": np.zeros(0, dtype=np.uint8),
        "info_ends": np.zeros(size, dtype=np.uint32),
        "estimate": estimates(made),
        "band_keys": sorted_keys,
        "band_documents": documents,
        "passage_count": np.zeros(size, dtype=np.uint32),
        "passages": np.zeros(0, dtype=np.uint32),
        "passage_documents": np.zeros(0, dtype=np.uint16),
    }


def match(store: Store, banding: Banding, pairs: int) -> dict[str, Any]:
    """Find the candidates among all segments; returns what was measured."""
    from dedup.engine.corpus import Corpus, Table
    from dedup.match.candidates import candidates_of
    from dedup.settings import Settings

    begin = time.perf_counter()
    corpus = Corpus(Table(store.segments, ["signatures"]), Settings())
    ordered = time.perf_counter()
    found = candidates_of(corpus.band_keys(banding.bands), corpus.estimates(), banding)
    seconds = time.perf_counter() - begin
    rows = np.sort(corpus.row[corpus.first[found.pairs]], axis=1)
    planted = rows[(rows[:, 0] % 2 == 0) & (rows[:, 1] == rows[:, 0] + 1), 0] // 2
    planted = planted[planted < pairs]
    return {
        "documents": len(corpus),
        "order_seconds": ordered - begin,
        "match_seconds": seconds,
        "candidates": len(found.pairs),
        "hot_buckets": found.hot_buckets,
        "found": {
            str(similarity): [
                len(range(at, pairs, len(SIMILARITIES))),
                int(np.count_nonzero(planted % len(SIMILARITIES) == at)),
            ]
            for at, similarity in enumerate(SIMILARITIES)
        },
    }


def measure(documents: int, pairs: int) -> dict[str, Any]:
    """Write and match; memory is the highest of this process, in bytes."""
    from dedup.engine.store import Store
    from dedup.settings import Settings
    from dedup.sketch.bands import banding
    from dedup.sketch.segments import SEGMENT_DOCUMENTS

    settings = Settings()
    chosen = banding(settings.threshold, settings.recall)
    begin = time.perf_counter()
    with Store() as store:
        start = 0
        for made in signatures(documents, pairs, chosen.num_perm, SEGMENT_DOCUMENTS):
            store.add({"fingerprint": "random"}, columns(made, chosen, start))
            start += len(made)
        written = time.perf_counter() - begin
        found = match(store, chosen, pairs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {**found, "values": chosen.num_perm, "written_seconds": written, "peak_bytes": peak}


def markdown(found: dict[str, Any]) -> str:
    """Return the tables."""
    row = [
        found["documents"],
        found["values"],
        found["written_seconds"],
        found["match_seconds"],
        found["candidates"],
        found["hot_buckets"],
        found["peak_bytes"] / 1e9,
    ]
    head = ["signatures", "values", "made and written, s", "matched, s", "candidates"]
    shares = [
        [similarity, *counts, f"{counts[1] / counts[0]:.2%}" if counts[0] else ""]
        for similarity, counts in found["found"].items()
    ]
    return (
        "# Signatures alone\n\n"
        + results.table([*head, "hot buckets", "peak memory, GB"], [row])
        + "\n"
        + results.targets([("peak memory", found["peak_bytes"] / 1e9, " GB", MOST_GB, True)])
        + "\nPlanted pairs among the candidates:\n\n"
        + results.table(["similarity", "pairs", "found", "share"], shares)
        + "\n"
        + results.provenance(found)
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=10_000_000)
    parser.add_argument("--pairs", type=int, default=10_000, help="planted pairs")
    parser.add_argument("--results", type=Path, default=results.FOLDER)
    options = parser.parse_args()
    state = {
        "machine": results.machine(),
        "command": results.command(__file__),
        "versions": results.versions("zh-dedup", "numpy"),
    }
    found = {**state, **measure(options.documents, options.pairs)}
    results.write("signatures", found, markdown(found), options.results)
    return 0


if __name__ == "__main__":
    sys.exit(main())

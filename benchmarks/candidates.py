"""What a scan finds of all pairs there are, against brute force over every pair.

    python benchmarks/candidates.py --corpora DIR [--set laws] [--threshold 0.6] [--files]

Reads ``DIR/SET.jsonl.gz`` (``{"id", "text"}`` a line; or ``DEDUP_CORPORA``). Computes the exact
similarity of every pair of texts, no sketch involved, and compares the pairs at or above the
threshold with those that a scan of the same texts reports. With ``--files`` the texts are first
unpacked to one file each and the scan reads the files. Prints JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dedup import Document, ScanResult, Settings, scan
from dedup.engine.local import sketch_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

#: Shared shingles are counted for this many texts against all at once.
BLOCK = 64


def load(corpora: Path, name: str) -> list[Document]:
    with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [Document(row["id"], row["text"]) for row in map(json.loads, lines)]


def unpack(documents: list[Document], folder: Path) -> dict[str, str]:
    """Write one file for each document; return ids by path."""
    ids = {}
    for number, document in enumerate(documents):
        path = folder / f"{number // 500:03}" / f"{number:06}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(document.text, encoding="utf-8", newline="")
        ids[str(path)] = document.id
    return ids


def exact_pairs(documents: list[Document], settings: Settings) -> dict[tuple[str, str], float]:
    """Return every pair whose exact similarity reaches the threshold; texts taken as compared."""
    ids: list[str] = []
    sets: list[NDArray[np.uint64]] = []
    for batch, sketched in sketch_documents(documents, settings, 1):
        for i, document in enumerate(batch):
            if sketched.sketches.tokens[i]:
                ids.append(document.id)
                sets.append(sketched.sketches.shingle_set(i))
    sizes = np.array([each.size for each in sets])
    postings = np.concatenate(sets)
    _, numbers = np.unique(postings, return_inverse=True)
    found: dict[tuple[str, str], float] = {}
    for low, shared in _shared(numbers, sizes):
        union = sizes[low : low + len(shared), None] + sizes[None, :] - shared
        reached = shared * settings.exact_threshold.denominator >= (
            union * settings.exact_threshold.numerator
        )
        for row, b in zip(*np.nonzero(reached), strict=True):
            a = low + int(row)
            if a < b:
                key = (min(ids[a], ids[b]), max(ids[a], ids[b]))
                found[key] = float(shared[row, b] / union[row, b])
    return found


def _shared(
    numbers: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield blocks of the matrix of shared shingles, as a sparse product."""
    from scipy.sparse import csr_matrix

    starts = np.concatenate([[0], np.cumsum(sizes)])
    ones = np.ones(numbers.size, dtype=np.int32)
    matrix = csr_matrix((ones, numbers, starts), shape=(sizes.size, int(numbers.max()) + 1))
    transposed = matrix.T.tocsc()
    for low in range(0, sizes.size, BLOCK):
        yield low, (matrix[low : low + BLOCK] @ transposed).toarray().astype(np.int64)


def reported(result: ScanResult, ids: dict[str, str]) -> dict[tuple[str, str], float]:
    """Return the scan's pairs; documents collapsed to one are spelled out pairwise."""
    groups: dict[str, set[str]] = {}
    pairs: dict[tuple[str, str], float] = {}
    for pair in result.pairs:
        a, b = ids.get(pair.a, pair.a), ids.get(pair.b, pair.b)
        pairs[min(a, b), max(a, b)] = pair.similarity
        if pair.evidence.equal_body:
            group = groups.get(a, {a}) | groups.get(b, {b})
            groups.update(dict.fromkeys(group, group))
    for (a, b), similarity in list(pairs.items()):
        for left in groups.get(a, {a}):
            for right in groups.get(b, {b}) - {left}:
                pairs.setdefault((min(left, right), max(left, right)), similarity)
    return pairs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=os.environ.get("DEDUP_CORPORA"))
    parser.add_argument("--set", default="laws")
    parser.add_argument("--threshold", type=float, default=Settings().threshold)
    parser.add_argument("--files", action="store_true", help="scan unpacked files")
    options = parser.parse_args()
    if options.corpora is None:
        parser.error("name the folder of the corpora with --corpora or DEDUP_CORPORA")
    settings = Settings(threshold=options.threshold)
    documents = load(Path(options.corpora), options.set)
    with tempfile.TemporaryDirectory() as scratch:
        ids = unpack(documents, Path(scratch)) if options.files else {}
        start = time.perf_counter()
        result = scan(scratch if options.files else documents, settings)
        scan_seconds = time.perf_counter() - start
    found = reported(result, ids)
    start = time.perf_counter()
    exact = exact_pairs(documents, settings)
    below = [pair for pair, similarity in found.items() if similarity < options.threshold]
    report = {
        "set": options.set,
        "documents": len(documents),
        "threshold": options.threshold,
        "pairs_there_are": len(exact),
        "pairs_found": len(exact.keys() & found.keys()),
        "recall": len(exact.keys() & found.keys()) / max(1, len(exact)),
        "reported_below_threshold": len(below),
        "reported_but_not_exact": len([p for p in found.keys() - exact.keys() if found[p] < 1]),
        "scan_seconds": round(scan_seconds, 1),
        "brute_force_seconds": round(time.perf_counter() - start, 1),
    }
    print(json.dumps(report, indent=2))
    return 0 if report["recall"] >= settings.recall and not below else 1


if __name__ == "__main__":
    sys.exit(main())

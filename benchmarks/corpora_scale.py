"""Time and memory of a scan of up to a million documents, and of corpora made to be hard.

    python benchmarks/corpora_scale.py [FOLDER] [--corpus MADE] [--documents 1000000]
        [--part size|hard|formats]… [--results DIR]

1. **size**: a corpus as ``recombine.py`` makes it (``--corpus`` is one that is there already), of
   which a quarter, half and all are scanned from ``.jsonl.zst``; the exponent k that fits
   time = c · documents^k; bytes of memory that a further document takes; the share of planted
   pairs that is found; throughput beside that of the kernel alone, measured in the same run.
2. **hard**: as many copies of one text, and a tenth as many texts that share one long header.
3. **formats**: the same documents as JSONL, gzip, Zstandard, CSV and Parquet; clusters must be
   equal to the byte.

Each scan is a process of its own (``scanned.py``); its clock starts before its imports.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpora
import results
from scaling import exponent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

HERE = Path(__file__).parent
SHARES = (4, 2, 1)
#: What is to be reached: bytes of memory, those of a further document, how time grows, and which
#: share of what the kernel does on all cores is left at the end of pass one, and of all.
MOST_BYTES, MOST_BYTES_A_DOCUMENT, MOST_EXPONENT = 1e9, 600, 1.1
SHARES_OF_KERNEL = {"sketched_seconds": 0.6, "seconds": 0.45}
#: MB of text on which the kernel alone is measured.
KERNEL_MB = 60
HEADER_SHARE = 10
FORMATS_DOCUMENTS = 20_000


def scan(files: list[Path], pairs: Path | None = None) -> dict[str, Any]:
    """Scan files in a process of its own."""
    call = [sys.executable, str(HERE / "scanned.py"), *map(str, files)]
    call += ["--pairs", str(pairs)] if pairs else []
    done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def make(folder: Path, documents: int, texts: Path | None) -> None:
    """Make the corpus."""
    call = [sys.executable, str(HERE / "recombine.py"), str(folder), "--documents", str(documents)]
    call += ["--shard-documents", str(max(1, documents // 20))]
    call += ["--corpora", str(texts)] if texts else []
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL)


def records(path: Path) -> Iterator[dict[str, str]]:
    """Yield the records of a shard."""
    from dedup.source.compression import decompressed

    with path.open("rb") as raw, decompressed(raw, "zstd") as lines:
        yield from map(json.loads, io.BufferedReader(lines, 1 << 20))  # which finds lines fast


def kernel(texts: list[str]) -> dict[str, float]:
    """Return MB/s of the kernel alone and of text to signature, on one core and on all."""
    from dedup.engine.local import BatchSketcher
    from dedup.settings import Settings
    from dedup.sketch.bands import banding
    from dedup.sketch.batch import TextBatch
    from dedup.sketch.kernel import sketcher

    settings = Settings()
    values = banding(settings.threshold, settings.recall).num_perm
    batches = [texts[at : at + 500] for at in range(0, len(texts), 500)]
    encoded = [TextBatch.from_texts(batch) for batch in batches]
    megabytes = corpora.size(texts) / 1e6
    alone, whole = sketcher(settings, values).sketch, BatchSketcher(settings, values)
    rates = {}
    for cores in (1, results.machine()["cores"]):
        with ThreadPoolExecutor(cores) as threads:
            rates[f"kernel_{cores}"] = megabytes / fastest(lambda: each(threads, alone, encoded))
            rates[f"signature_{cores}"] = megabytes / fastest(lambda: each(threads, whole, batches))
    return rates


def each(threads: ThreadPoolExecutor, work: Callable[[Any], object], on: list[Any]) -> None:
    """Work on everything, and forget what comes of it."""
    for future in [threads.submit(lambda one=one: work(one) and None) for one in on]:
        future.result()


def fastest(work: Callable[[], object], rounds: int = 3) -> float:
    """Return the seconds of the fastest round."""
    seconds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def by_size(corpus: Path) -> dict[str, Any]:
    """Scan a quarter, half, and all of the corpus."""
    shards = sorted(corpus.glob("*.jsonl.zst"))
    made = json.loads((corpus / "corpus.json").read_text(encoding="utf-8"))
    texts = [record["text"] for record in islice(records(shards[0]), KERNEL_MB * 1_000_000 // 3000)]
    kernels = kernel(texts)
    del texts
    runs = []
    for share in SHARES:
        chosen = shards[: max(1, len(shards) // share)]
        run = scan(chosen, corpus / "pairs.tsv")
        run["mb"] = made["bytes"] / 1e6 * run["documents"] / made["documents"]
        runs.append(run)
    first, last = runs[0], runs[-1]
    sizes = [run["documents"] for run in runs]
    more = last["documents"] - first["documents"]
    return {
        "made": made,
        "kernel": kernels,
        "runs": runs,
        "exponent": exponent(sizes, [run["seconds"] for run in runs]),
        "bytes_a_document": (last["peak_bytes"] - first["peak_bytes"]) / more,
        "shares": {
            name: {
                stage: last["mb"] / last[stage] / rate for stage in ("sketched_seconds", "seconds")
            }
            for name, rate in kernels.items()
        },
    }


def hard(corpus: Path, documents: int, scratch: Path) -> dict[str, Any]:
    """Scan copies of one text, and texts that share a header as long as they are themselves."""
    shards = sorted(corpus.glob("*.jsonl.zst"))
    texts = (record["text"] for shard in shards for record in records(shard))
    one = next(texts)
    found: dict[str, Any] = {"copies": [], "header": []}
    for share in SHARES:
        path = scratch / "copies.jsonl.zst"
        write(path, (one for _ in range(documents // share)))
        found["copies"].append(scan([path]))
    header = next(texts)[:1000]
    own = [text[:1000] for text in islice(texts, documents // HEADER_SHARE)]
    for share in SHARES:
        path = scratch / "header.jsonl.zst"
        write(path, (f"{header}\n{text}" for text in own[: len(own) // share]))
        found["header"].append(scan([path]))
    for name in ("copies", "header"):
        runs = found[name]
        sizes = [run["documents"] for run in runs]
        found[f"{name}_exponent"] = exponent(sizes, [run["seconds"] for run in runs])
    return found


def formats(corpus: Path, documents: int, scratch: Path) -> dict[str, Any]:
    """Scan the same documents in every format; clusters must be equal to the byte."""
    shards = sorted(corpus.glob("*.jsonl.zst"))
    chosen = list(islice((r for shard in shards for r in records(shard)), documents))
    megabytes = corpora.size([record["text"] for record in chosen]) / 1e6
    lines = b"".join(json.dumps(r, ensure_ascii=False).encode() + b"\n" for r in chosen)
    (scratch / "a.jsonl").write_bytes(lines)
    (scratch / "a.jsonl.gz").write_bytes(gzip.compress(lines, 5))
    write(scratch / "a.jsonl.zst", [r["text"] for r in chosen], [r["id"] for r in chosen])
    with (scratch / "a.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["id", "text"])
        table.writeheader()
        table.writerows(chosen)
    names = ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.csv"]
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        print("no Parquet: pyarrow is not installed", file=sys.stderr)
    else:
        parquet.write_table(pa.Table.from_pylist(chosen), scratch / "a.parquet")
        names.append("a.parquet")
    runs = {name: scan([scratch / name]) for name in names}
    hashes = {run["clusters_hash"] for run in runs.values()}
    if len(hashes) != 1:
        raise RuntimeError(f"formats differ: {hashes}")
    return {"mb": megabytes, "documents": len(chosen), "runs": runs}


def write(path: Path, texts: Iterable[str], ids: Iterable[str] | None = None) -> None:
    """Write texts as JSONL with Zstandard."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    with zstd.open(path, "wb") as file:
        names = iter(ids) if ids is not None else None
        for number, text in enumerate(texts):
            name = next(names) if names else f"d{number:08}"
            record = {"id": name, "text": text}
            file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def size_targets(found: dict[str, Any]) -> str:
    """Return how far the targets of the growing corpora are reached."""
    last = found["runs"][-1]
    cores = max(int(name.split("_")[1]) for name in found["kernel"])
    shares = found["shares"][f"kernel_{cores}"]
    at = {"sketched_seconds": "pass one", "seconds": "the whole run"}
    return results.targets(
        [
            ("peak memory", last["peak_bytes"] / 1e6, " MB", MOST_BYTES / 1e6, True),
            ("a further document", found["bytes_a_document"], " B", MOST_BYTES_A_DOCUMENT, True),
            ("exponent of time", found["exponent"], "", MOST_EXPONENT, True),
            *(
                (
                    f"{at[name]}, of the kernel on {cores} cores",
                    100 * shares[name],
                    " %",
                    100 * wanted,
                    False,
                )
                for name, wanted in SHARES_OF_KERNEL.items()
            ),
        ]
    )


def size_markdown(found: dict[str, Any]) -> str:
    """Return the tables of growing corpora."""
    rows = [
        [
            run["documents"],
            run["mb"],
            run["sketched_seconds"],
            run["seconds"],
            run["cpu_seconds"],
            run["mb"] / run["sketched_seconds"],
            run["mb"] / run["seconds"],
            run["peak_bytes"] / 1e6,
        ]
        for run in found["runs"]
    ]
    head = ["documents", "MB", "pass one, s", "all, s", "CPU, s", "pass one, MB/s", "all, MB/s"]
    names = {"kernel": "the kernel alone", "signature": "text to signature"}
    rates = [
        [
            names[name.split("_")[0]],
            int(name.split("_")[1]),
            rate,
            *(f"{found['shares'][name][at]:.0%}" for at in ("sketched_seconds", "seconds")),
        ]
        for name, rate in found["kernel"].items()
    ]
    planted = [
        [wanted, *counts, f"{counts[1] / counts[0]:.2%}"]
        for wanted, counts in found["runs"][-1]["planted"].items()
    ]
    return (
        f"From `.jsonl.zst`; time grows as documents^{found['exponent']:.2f}, and a further "
        f"document takes {found['bytes_a_document']:.0f} bytes of memory.\n\n"
        + results.table([*head, "peak memory, MB"], rows)
        + "\nThe largest of these against what is measured in memory in the same run:\n\n"
        + results.table(["", "cores", "MB/s", "pass one reaches", "the whole run"], rates)
        + f"\n{size_targets(found)}"
        + "\nPlanted pairs at or above the threshold, found in it:\n\n"
        + results.table(["wanted similarity", "pairs", "found", "share"], planted)
    )


def hard_markdown(found: dict[str, Any]) -> str:
    """Return the table of corpora that are made to be hard."""
    what = {"copies": "copies of one text", "header": "texts with one long header"}
    rows = [
        [
            what[name],
            run["documents"],
            run["seconds"],
            run["peak_bytes"] / 1e6,
            run["candidates"],
            run["dropped"],
            run["hot_buckets"],
        ]
        for name in what
        for run in found[name]
    ]
    head = ["", "documents", "seconds", "peak memory, MB", "candidates", "dropped", "hot buckets"]
    grows = ", ".join(f"{what[name]} as n^{found[f'{name}_exponent']:.2f}" for name in what)
    wanted = [
        (f"exponent of {what[name]}", found[f"{name}_exponent"], "", MOST_EXPONENT, True)
        for name in what
    ]
    return f"Time grows with {grows}.\n\n{results.table(head, rows)}\n{results.targets(wanted)}"


def formats_markdown(found: dict[str, Any]) -> str:
    """Return the table of formats."""
    rows = [
        [name.partition(".")[2], run["seconds"], found["mb"] / run["seconds"], run["dropped"]]
        for name, run in found["runs"].items()
    ]
    return (
        f"The same {found['documents']:,} documents, {found['mb']:.0f} MB, start included.\n\n"
        + results.table(["format", "seconds", "MB/s", "dropped"], rows)
    )


MARKDOWN = {
    "size": ("A million documents", size_markdown),
    "hard": ("Copies, and one header", hard_markdown),
    "formats": ("Formats", formats_markdown),
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    corpora.add_arguments(parser)
    parser.add_argument("--corpus", type=Path, help="folder that recombine.py has written")
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--part", action="append", choices=MARKDOWN, help="default: all")
    parser.add_argument("--results", type=Path, default=results.FOLDER)
    options = parser.parse_args()
    found: dict[str, Any] = results.provenance_of(__file__)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        corpus = options.corpus or scratch / "corpus"
        if not (corpus / "corpus.json").exists():
            make(corpus, options.documents, options.corpora)
        for part in options.part or MARKDOWN:
            if part == "size":
                found[part] = by_size(corpus)
            elif part == "hard":
                found[part] = hard(corpus, options.documents, scratch)
            else:
                found[part] = formats(corpus, FORMATS_DOCUMENTS, scratch)
    for part, (title, markdown) in MARKDOWN.items():
        if part in found:
            chosen = {**{k: v for k, v in found.items() if k not in MARKDOWN}, part: found[part]}
            text = f"# {title}\n\n{markdown(found[part])}\n{results.provenance(found)}"
            results.write(f"corpora_{part}", chosen, text, options.results)
    return 0


if __name__ == "__main__":
    sys.exit(main())

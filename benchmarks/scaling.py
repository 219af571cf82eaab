"""Time and memory of ``dedup scan`` against the size of the corpus, and its rate on many files.

    python benchmarks/scaling.py [FOLDER] [--set laws,lctt,manpages,powershell,poems]
        [--largest-mb 100] [--repeat-mb 500] [--rounds 3] [--results DIR]

Three measurements, each of the command as a user runs it, files already in the page cache:

1. **Size**: the first texts of one shuffled corpus as files, in steps of about the square root of
   ten over two orders of magnitude, with the exponent k that fits time = c · MB^k by least squares
   on logarithms, once of the whole time and once without what the smallest scan takes.
2. **Repeated**: the corpus again and again under other names, to ``--repeat-mb`` as files, with one
   worker and with two, in turn.
3. **Start**: a scan of the two seed files when the dictionary is in the cache.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import corpora
import results

#: The largest corpus is this many times the smallest.
RANGE = 100
STEPS = 5
#: Starts are short: measured this many times as often.
STARTS_A_ROUND = 3
FILES_A_FOLDER = 1000


def unpack(texts: list[str], folder: Path) -> float:
    """Write each text to a file; returns MB."""
    for number, text in enumerate(texts):
        path = folder / f"{number // FILES_A_FOLDER:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return corpora.size(texts) / 1e6


def scan(folder: Path, *options: str) -> dict[str, float]:
    """Scan in a process of its own; seconds, CPU seconds, highest memory."""
    with tempfile.TemporaryDirectory() as scratch:
        errors = Path(scratch) / "errors"
        call = [sys.executable, str(Path(__file__).with_name("measured.py")), str(errors)]
        call += [sys.executable, "-m", "dedup", "scan", str(folder), "--output-format", "jsonl"]
        done = subprocess.run([*call, *options], stdout=subprocess.PIPE, text=True, check=True)
        measured: dict[str, float] = json.loads(done.stdout)
        if measured.pop("status"):
            raise RuntimeError(errors.read_text(encoding="utf-8", errors="replace"))
    return measured


def median(runs: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each value."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def exponent(sizes: list[float], values: list[float]) -> float:
    """Return k of value = c · size^k, by least squares on logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(value) for value in values]
    return statistics.linear_regression(x, y).slope


def by_size(texts: corpora.Texts, largest_mb: float, rounds: int) -> dict[str, Any]:
    """Scan growing parts of the corpus; in each round every size once."""
    largest = min(largest_mb, texts.size / 1e6)
    steps = [largest * RANGE ** (step / (STEPS - 1) - 1) for step in range(STEPS)]
    with tempfile.TemporaryDirectory() as scratch:
        folders = [Path(scratch) / str(step) for step in range(STEPS)]
        chosen = [texts.first(step) for step in steps]
        megabytes = [unpack(*each) for each in zip(chosen, folders, strict=True)]
        for folder in folders:
            scan(folder)  # into the page cache
        turns = [[scan(folder) for folder in folders] for _ in range(rounds)]
    points = [median(list(runs)) for runs in zip(*turns, strict=True)]
    seconds = [point["seconds"] for point in points]
    beyond = [each - seconds[0] for each in seconds[1:]]
    return {
        "sizes": [
            {
                "documents": len(part),
                "mb": mb,
                "seconds": point["seconds"],
                "cpu_seconds": point["cpu_seconds"],
                "mb_per_second": mb / point["seconds"],
                "peak_mb": point["peak_bytes"] / 1e6,
            }
            for part, mb, point in zip(chosen, megabytes, points, strict=True)
        ],
        "exponent_time": exponent(megabytes, seconds),
        "exponent_time_beyond_start": exponent(megabytes[1:], beyond)
        if all(each > 0 for each in beyond)
        else None,
        "exponent_memory": exponent(megabytes, [point["peak_bytes"] for point in points]),
    }


def repeated(texts: corpora.Texts, megabytes: float, rounds: int) -> list[dict[str, Any]]:
    """Scan the corpus repeated under other names, with one worker and with two."""
    times = math.ceil(megabytes / (texts.size / 1e6))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        mb = sum(unpack(texts.texts, folder / str(copy)) for copy in range(times))
        scan(folder, "--jobs", "2")
        runs: dict[int, list[dict[str, float]]] = {1: [], 2: []}
        for _ in range(rounds):
            for jobs, each in runs.items():
                each.append(scan(folder, "--jobs", str(jobs)))
    found = []
    for jobs, each in runs.items():
        middle = median(each)
        found.append(
            {
                "jobs": jobs,
                "files": times * len(texts.texts),
                "mb": mb,
                "seconds": middle["seconds"],
                "cpu_seconds": middle["cpu_seconds"],
                "mb_per_second": mb / middle["seconds"],
                "peak_mb": middle["peak_bytes"] / 1e6,
                "runs": [round(run["seconds"], 2) for run in each],
            }
        )
    return found


def start(rounds: int) -> dict[str, Any]:
    """Scan the two seed files again and again."""
    scan(corpora.SEEDS)
    runs = [scan(corpora.SEEDS) for _ in range(STARTS_A_ROUND * rounds)]
    return {
        "seconds": median(runs)["seconds"],
        "peak_mb": median(runs)["peak_bytes"] / 1e6,
        "runs": [round(run["seconds"], 3) for run in runs],
    }


def markdown(found: dict[str, Any]) -> str:
    """Return the tables."""
    points = found["sizes"]
    head = ["MB", "documents", "seconds", "CPU seconds", "MB/s", "peak memory, MB"]
    sizes = results.table(
        head,
        [
            [p["mb"], p["documents"], p["seconds"], p["cpu_seconds"], p["mb_per_second"],
             p["peak_mb"]]
            for p in points
        ],
    )  # fmt: skip
    again = found["repeated"]
    rates = results.table(
        ["workers", *head],
        [
            [p["jobs"], p["mb"], p["files"], p["seconds"], p["cpu_seconds"], p["mb_per_second"],
             p["peak_mb"]]
            for p in again
        ],
    )  # fmt: skip
    beyond = found["exponent_time_beyond_start"]
    without = f" ({beyond:.2f} without the smallest scan's time)" if beyond is not None else ""
    return (
        f"# Scan against size\n\nTexts: {found['texts']}; kernel: {found['kernel']}; median of "
        f"{found['rounds']} runs.\n\n{sizes}\nTime grows as MB^{found['exponent_time']:.2f}"
        f"{without}, memory as MB^{found['exponent_memory']:.2f}.\n\n"
        f"{found['repeated_texts']} repeated under other names:\n\n{rates}\n"
        f"Two workers: {again[0]['seconds'] / again[1]['seconds']:.2f} × the rate of one.\n\n"
        f"A second scan of the two seed files: {found['start']['seconds']:.3f} s, "
        f"{found['start']['peak_mb']:.0f} MB.\n\n" + results.provenance(found)
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    corpora.add_arguments(parser)
    parser.set_defaults(set="laws,lctt,manpages,powershell,poems")
    parser.add_argument("--largest-mb", type=float, default=100)
    parser.add_argument("--repeat-set", default="laws")
    parser.add_argument("--repeat-mb", type=float, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--results", type=Path, default=results.FOLDER)
    options = parser.parse_args()
    found: dict[str, Any] = {
        **results.provenance_of(__file__),
        "rounds": options.rounds,
        "start": start(options.rounds),
    }
    texts = corpora.load(options)
    found |= {"texts": texts.name, **by_size(texts, options.largest_mb, options.rounds)}
    options.set = options.repeat_set
    again = corpora.load(options)
    found |= {
        "repeated_texts": again.name,
        "repeated": repeated(again, options.repeat_mb, options.rounds),
    }
    results.write("scaling", found, markdown(found), options.results)
    from plots import plot_scaling

    plot_scaling(found, options.results / "scaling.svg")


if __name__ == "__main__":
    main()

"""What containment, templates, versions and boilerplate add to the time of ``dedup scan``.

    python benchmarks/relations_cost.py [FOLDER] [--set laws,lctt,manpages,powershell,poems]
        [--jobs 0,1] [--rounds 3] [--before REVISION] [--results DIR]

Each set is one file of records, scanned with everything switched on, as it is by default, and with
what can be switched off of it: no list of boilerplate is learned, and no passage is short enough to
be looked for. (Words are always compared: there is no setting for that.) With ``--before`` the same
file is scanned by an earlier revision, too, which is taken from the repository into a temporary
folder and built there; it runs with the same interpreter and the same packages. In each round all
of them take their turn.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import corpora
import results

ROOT = Path(__file__).parents[1]
#: What switches off what can be.
WITHOUT = ("--no-boilerplate", "--min-passage", "10000")
#: A scan with everything may take so many times as long as one by the revision before.
TARGET = 1.3


@dataclass(frozen=True, slots=True)
class Way:
    """A way to scan: whose code runs, and with which options."""

    name: str
    root: Path
    options: tuple[str, ...] = ()


def checkout(revision: str, folder: Path) -> Path:
    """Put a revision into a folder, build it as an installation would; return where it is."""
    packed = subprocess.run(
        ["git", "archive", "--format=tar", revision], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    built = folder / "built"
    build = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(built), "."]
    subprocess.run(build, cwd=folder, check=True, stdout=sys.stderr)
    return built


def scan(way: Way, records: Path, jobs: int, scratch: Path) -> dict[str, float]:
    """Scan in a process of its own; seconds, CPU seconds, highest memory."""
    errors, found = scratch / "errors", scratch / "found.jsonl"
    call = [sys.executable, str(Path(__file__).with_name("measured.py").resolve()), str(errors)]
    call += [sys.executable, "-m", "dedup", "scan", str(records), "-o", str(found)]
    call += ["--jobs", str(jobs), *way.options]
    environment = {**os.environ, "PYTHONPATH": str(way.root)}
    done = subprocess.run(
        call, stdout=subprocess.PIPE, text=True, check=True, cwd=way.root, env=environment
    )
    measured: dict[str, float] = json.loads(done.stdout)
    if measured.pop("status"):
        raise RuntimeError(errors.read_text(encoding="utf-8", errors="replace"))
    return measured


def measure(
    texts: corpora.Texts, ways: list[Way], workers: list[int], rounds: int, scratch: Path
) -> list[dict[str, Any]]:
    """Scan a set in every way, with each number of workers; medians."""
    records = scratch / f"{texts.name}.jsonl"
    lines = (json.dumps({"id": str(i), "text": text}) for i, text in enumerate(texts.texts))
    records.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for way in ways:
        scan(way, records, 1, scratch)  # into the page cache, and compiled
    found = []
    for jobs in workers:
        turns = [[scan(way, records, jobs, scratch) for way in ways] for _ in range(rounds)]
        row: dict[str, Any] = {"set": texts.name, "mb": texts.size / 1e6, "jobs": jobs}
        row["documents"] = len(texts.texts)
        for way, runs in zip(ways, zip(*turns, strict=True), strict=True):
            for value in ("seconds", "cpu_seconds"):
                row[f"{way.name}_{value}"] = statistics.median(run[value] for run in runs)
        found.append(row)
    return found


def ratio(row: dict[str, Any], other: str, value: str) -> float | None:
    """Return how many times as long everything takes as something else; None: not measured."""
    divisor = row.get(f"{other}_{value}")
    return None if divisor is None else row[f"everything_{value}"] / divisor


def markdown(found: dict[str, Any]) -> str:
    """Return the table."""
    head = ["set", "MB", "documents", "workers", "seconds", "CPU seconds", "× without", "CPU ×"]
    before = found["before"]
    rows = []
    for row in found["rows"]:
        cells = [row["set"], row["mb"], row["documents"], row["jobs"] or "one a core"]
        cells += [row["everything_seconds"], row["everything_cpu_seconds"]]
        for other in ("without", "before") if before else ("without",):
            cells += [ratio(row, other, value) for value in ("seconds", "cpu_seconds")]
        rows.append(cells)
    said = ""
    if before:
        head += ["× before", "CPU ×"]
        worst = max(ratio(row, "before", "seconds") or 0 for row in found["rows"])
        said = (
            f"*Before* is revision {before}, which knew none of this: at most {worst:.2f} × its "
            f"time (wanted: {TARGET}).\n\n"
        )
    return (
        "# What the relations cost\n\n*Without*: no boilerplate is learned, and no passages are "
        f"looked for. Kernel: {found['kernel']}; median of {found['rounds']} runs.\n\n"
        f"{results.table(head, rows)}\n{said}{results.provenance(found)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    corpora.add_arguments(parser)
    parser.set_defaults(set="laws,lctt,manpages,powershell,poems")
    parser.add_argument("--jobs", default="0,1", help="numbers of workers; 0 is one a core")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", metavar="REVISION", help="compare with this one, too")
    parser.add_argument("--results", type=Path, default=results.FOLDER)
    options = parser.parse_args()
    found: dict[str, Any] = {
        **results.provenance_of(__file__),
        "rounds": options.rounds,
        "before": options.before,
        "rows": [],
    }
    workers = [int(each) for each in options.jobs.split(",")]
    names = options.set.split(",") if options.corpora is not None else [options.set]
    with tempfile.TemporaryDirectory() as scratch:
        ways = [Way("everything", ROOT), Way("without", ROOT, WITHOUT)]
        if options.before:
            ways.append(Way("before", checkout(options.before, Path(scratch) / "before")))
        for options.set in names:
            texts = corpora.load(options)
            found["rows"] += measure(texts, ways, workers, options.rounds, Path(scratch))
    results.write("relations_cost", found, markdown(found), options.results)


if __name__ == "__main__":
    main()

"""One scan of files of records in a process of its own: time by stage, memory, and what it found.

    python benchmarks/scanned.py FILE… [--pairs TSV]

Prints JSON. ``--pairs`` is a list of planted pairs as ``recombine.py`` writes it; those of which
both documents were read are looked for.
"""

from __future__ import annotations

import time

BEGIN = time.perf_counter()

import argparse  # noqa: E402 - the clock starts before anything is imported
import hashlib  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
import threading  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

if TYPE_CHECKING:
    from dedup.model import ScanResult


#: Seconds between two looks at the memory of all processes.
LOOK = 0.05


class Memory:
    """The highest memory, in bytes, of this process and those it started, looked at from a thread.

    Pages that processes share count for each. What ``getrusage`` tells begins with what the process
    held that started this one, which the memory of a program does not.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._folder = Path("/proc/self/task")
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            self.look()
            time.sleep(LOOK)

    def look(self) -> int:
        """Return the highest so far."""
        if not self._folder.exists():  # no Linux
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        with_children = [os.getpid(), *self._children()]
        highest = _status(os.getpid(), "VmHWM:")
        self.peak = max(self.peak, highest, sum(_status(each, "VmRSS:") for each in with_children))
        return self.peak

    def _children(self) -> list[int]:
        found: list[int] = []
        for task in self._folder.iterdir():
            try:
                found += map(int, (task / "children").read_text().split())
            except OSError:  # a thread that has ended
                continue
        return found


def _status(process: int, name: str) -> int:
    """Return a count of bytes from the status of a process, 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)


class Stages:
    """Notes when each stage begins, in seconds, and the highest memory until then, in bytes."""

    def __init__(self) -> None:
        self.begun: dict[str, float] = {}
        self.peaks: dict[str, int] = {}
        self._memory = Memory()

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage."""
        self.begun.setdefault(name, time.perf_counter() - BEGIN)
        self.peaks.setdefault(name, self._memory.look())

    def advance(self, count: int = 1) -> None:
        """Count nothing."""

    def reached(self, share: float) -> None:
        """Note nothing."""

    def done(self) -> None:
        """End the last stage."""
        self.stage("done")


def scan(paths: list[str]) -> tuple[dict[str, Any], ScanResult]:
    """Scan the files; returns what was measured, and the result."""
    from dedup.app.scan import scan_shards
    from dedup.settings import Settings
    from dedup.source.reading import Reading
    from dedup.source.shards import shards

    stages = Stages()
    settings = Settings(jobs=os.cpu_count() or 1)  # what the command line takes
    result = scan_shards(shards(paths, Reading()), settings, progress=stages)
    of_all = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    usages = [resource.getrusage(who) for who in of_all]
    summary = result.summary
    return {
        "documents": summary.documents,
        "sketched_seconds": stages.begun["match"],
        "seconds": stages.begun["done"],
        "cpu_seconds": sum(usage.ru_utime + usage.ru_stime for usage in usages),
        "sketched_peak_bytes": stages.peaks["match"],
        "peak_bytes": stages.peaks["done"],
        "candidates": summary.candidates,
        "pairs": summary.pairs,
        "clusters": summary.clusters,
        "dropped": summary.dropped,
        "hot_buckets": summary.hot_buckets,
        "pairs_not_compared": summary.pairs_not_compared,
    }, result


def hash_of_clusters(result: ScanResult) -> str:
    """Return a hash of all clusters as a result has them, but for the paths of their files."""
    from dedup.report.records import cluster_record

    found = hashlib.blake2b(digest_size=16)
    for cluster in result.clusters:
        record: dict[str, Any] = cluster_record(cluster, result)
        for each in (record["keep"], *record["drop"]):
            del each["path"]
        found.update(json.dumps(record, ensure_ascii=False).encode())
    return found.hexdigest()


def planted(result: ScanResult, list_of_pairs: Path) -> dict[str, list[int]]:
    """Count the planted pairs at or above the threshold, and those found, by wanted similarity."""
    found = {(pair.a, pair.b) for pair in result.pairs}
    least = result.settings.threshold
    counts: dict[str, list[int]] = {}
    for line in list_of_pairs.read_text(encoding="utf-8").splitlines():
        copy, original, wanted, *numbers = line.split("\t")
        shared, only_copy, only_original = map(int, numbers)
        if copy not in result.documents or original not in result.documents:
            continue
        if shared < least * (shared + only_copy + only_original):
            continue
        count = counts.setdefault(wanted, [0, 0])
        count[0] += 1
        count[1] += (min(copy, original), max(copy, original)) in found
    return dict(sorted(counts.items()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--pairs", type=Path)
    options = parser.parse_args()
    measured, result = scan(options.files)
    measured["clusters_hash"] = hash_of_clusters(result)
    if options.pairs is not None:
        measured["planted"] = planted(result, options.pairs)
    print(json.dumps(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())

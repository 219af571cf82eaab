"""What each stage of a scan on Spark costs: CPU time of all its processes, and shuffled bytes.

CPU time is that of the processes below this one, so of Spark's JVM and the Python workers, looked
at four times a second. Spark's event log says which stage was at work then. Where there is no
``/proc``, the seconds that tasks took stand for it.
"""

from __future__ import annotations

import bisect
import json
import os
import threading
import time
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpora
from sketching_on_spark import write_parquet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

#: ``start`` is what comes before any stage has a name.
STAGES = ("start", "learn", "sketch", "collapse", "buckets", "candidates", "evidence", "decide")
PROC = Path("/proc")
_EVERY = 0.25


def growing(spark: SparkSession, texts: list[str], folder: Path) -> list[dict[str, Any]]:
    """Run everything on a quarter, which only warms up, on a half and on all of the texts."""
    runs = []
    for share in (4, 2, 1):
        part = texts[: len(texts) // share]
        path = folder / f"part{share}.parquet"
        write_parquet(part, path)
        runs.append({"bytes": corpora.size(part), **whole_run(spark, path, folder)})
    return runs[1:]


def whole_run(spark: SparkSession, path: Path, folder: Path) -> dict[str, Any]:
    """Run everything; return totals, seconds, and each stage's core seconds and shuffle."""
    from dedup.spark import find_duplicates

    seen = sum(1 for _ in events(folder))
    with watching() as watched:
        begun = time.perf_counter()
        found = find_duplicates(spark.read.parquet(str(path)))
        seconds = time.perf_counter() - begun
    found.release()
    time.sleep(2)  # the event log is written by a thread of its own
    stages = told(list(events(folder))[seen:], watched)
    return {"seconds": seconds, "totals": found.totals, "stages": stages}


def told(
    happened: list[dict[str, Any]], watched: list[tuple[float, float]]
) -> dict[str, dict[str, float]]:
    """Return core seconds and shuffled bytes of each stage, from events and a watch."""
    found = {name: {"core_seconds": 0.0, "shuffled": 0} for name in STAGES}
    stage_of: dict[int, str] = {}
    begins: list[tuple[float, str]] = []
    for event in happened:
        if event["Event"] == "SparkListenerJobStart":
            name = event["Properties"].get("spark.job.description", "").removeprefix("dedup: ")
            name = name if name in found else STAGES[0]
            begins.append((event["Submission Time"] / 1000, name))
            stage_of |= dict.fromkeys(event["Stage IDs"], name)
        elif event["Event"] == "SparkListenerTaskEnd" and event["Stage ID"] in stage_of:
            metrics = event.get("Task Metrics") or {}
            stage = found[stage_of[event["Stage ID"]]]
            stage["shuffled"] += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
            if not watched:
                stage["core_seconds"] += metrics["Executor Run Time"] / 1000
    begins.sort()
    for (_, before), (now, after) in pairwise(watched):
        at = bisect.bisect(begins, now, key=lambda each: each[0]) - 1
        found[begins[at][1] if at >= 0 else STAGES[0]]["core_seconds"] += after - before
    return found


@contextmanager
def watching() -> Iterator[list[tuple[float, float]]]:
    """Look at the CPU seconds of all processes below this one; yield a list of times and seconds.

    It is whole when the block ends, and empty where there is no ``/proc``.
    """
    seen: list[tuple[float, float]] = []
    over = threading.Event()

    def look() -> None:
        last = False
        while not last:
            last = over.wait(_EVERY)
            seen.append((time.time(), below(os.getpid())))

    if not (PROC / "self/stat").exists():
        yield seen
        return
    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def below(process: int) -> float:
    """Return the CPU seconds of all processes below one, those included that have ended."""
    children: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for number, fields in _processes():
        children.setdefault(int(fields[1]), []).append(number)
        ticks[number] = sum(int(each) for each in fields[11:15])
    total, waiting = 0, list(children.get(process, ()))
    while waiting:
        number = waiting.pop()
        total += ticks[number]
        waiting += children.get(number, ())
    return total / os.sysconf("SC_CLK_TCK")


def _processes() -> Iterator[tuple[int, list[str]]]:
    """Yield all processes with what ``/proc/PID/stat`` has after the name: the state first."""
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                said = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:  # it has ended
                continue
            yield int(entry.name), said.rpartition(")")[2].split()


def events(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what an event log has so far; its last line may be on its way."""
    for path in sorted((folder / "events").iterdir()):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.endswith("\n"):
                    yield json.loads(line)

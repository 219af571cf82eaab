"""What every contestant's runner shares: read texts, warm up, sketch, print seconds and memory.

    python benchmarks/peers/NAME.py TEXTS.jsonl [--method NAME] [--workers N] [--core CORE]
        [--passes N]

Each runner describes its contestant (:class:`Contestant`) and calls :func:`main`. It runs in an
environment of its own where nothing of this project is installed, hence the standard library
only. What is timed is decoded texts in, signatures kept in memory; imports, dictionaries and a
warm-up on the first texts come before it, for everybody alike. Who is done with the texts before
the clock shows much goes over them again, ``--passes`` times in all.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier

#: Texts to signatures; the result is kept until the clock has stopped.
Sketch = Callable[[list[str]], object]

WARM_UP_CHARACTERS = 100_000
VALUES = 136


@dataclass(frozen=True, slots=True)
class Contestant:
    """A way to turn texts into MinHash signatures.

    - ``requires``: what pip installs for it; empty where the current environment has it.
    - ``packages``: distributions whose versions are recorded.
    - ``settings``: tokens, shingles and values, for the table.
    - ``leaves_out``: what it does not do, for the table.
    - ``prepare``: import and load everything for a number of workers; returns the sketching.
    - ``own_workers``: whether it uses all cores from one process; others get processes.
    """

    name: str
    requires: tuple[str, ...]
    packages: tuple[str, ...]
    settings: str
    leaves_out: str
    prepare: Callable[[int], Sketch]
    own_workers: bool = False


def read_texts(path: Path) -> list[str]:
    """Read one ``{"text": ...}`` a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def resident(name: str) -> int:
    """Return ``VmRSS`` or ``VmHWM`` (the peak) of this process, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(re.search(rf"{name}:\s+(\d+) kB", status.read_text())[1])  # type: ignore[index]
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def shares(texts: list[str], workers: int) -> list[list[str]]:
    """Deal texts to workers, the largest first, each to who has least."""
    hands: list[list[str]] = [[] for _ in range(workers)]
    sizes = [0] * workers
    for text in sorted(texts, key=len, reverse=True):
        least = sizes.index(min(sizes))
        hands[least].append(text)
        sizes[least] += len(text)
    return hands


def measure(
    contestant: Contestant, texts: list[str], workers: int, passes: int = 1
) -> dict[str, float]:
    """Sketch in this process, or a share in each of ``workers``; seconds and peak memory."""
    if workers == 1 or contestant.own_workers:
        runs = [_sketch(contestant, texts, workers, passes, None)]
    else:
        runs = _in_processes(contestant, shares(texts, workers), passes)
    return {
        "seconds": max(run["end"] for run in runs) - min(run["begin"] for run in runs),
        "peak_bytes": sum(run["peak"] for run in runs),
        "added_bytes": sum(run["peak"] - run["before"] for run in runs),
    }


def _in_processes(
    contestant: Contestant, hands: list[list[str]], passes: int
) -> list[dict[str, float]]:
    """Sketch each hand in a process of its own; all start when all are ready."""
    context = get_context("fork")
    start = context.Barrier(len(hands))
    pipes, processes = [], []
    for hand in hands:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_report, args=(contestant, hand, passes, start, sender))
        process.start()
        sender.close()  # so that a process that dies ends the pipe
        pipes.append(receiver)
        processes.append(process)
    try:
        return [pipe.recv() for pipe in pipes]
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _report(
    contestant: Contestant, texts: list[str], passes: int, start: Barrier, sender: Connection
) -> None:
    sender.send(_sketch(contestant, texts, 1, passes, start))


def _sketch(
    contestant: Contestant, texts: list[str], workers: int, passes: int, start: Barrier | None
) -> dict[str, float]:
    before = resident("VmRSS")
    sketch = contestant.prepare(workers)
    sketch(_first(texts))
    if start is not None:
        start.wait()
    begin = time.perf_counter()
    for _ in range(passes):
        kept = sketch(texts)
    end = time.perf_counter()
    peak = resident("VmHWM")
    del kept
    return {"begin": begin, "end": end, "peak": peak, "before": before}


def _first(texts: list[str]) -> list[str]:
    characters = 0
    for count, text in enumerate(texts, start=1):
        characters += len(text)
        if characters >= WARM_UP_CHARACTERS:
            return texts[:count]
    return texts


def main(contestants: Sequence[Contestant]) -> None:
    """Measure the contestant that the command line names and print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", type=Path)
    parser.add_argument("--method", default=contestants[0].name)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--core", type=int, help="run on this core only")
    parser.add_argument("--passes", type=int, default=1)
    options = parser.parse_args()
    contestant = next(each for each in contestants if each.name == options.method)
    if options.core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {options.core})
    if options.workers == 1 or not contestant.own_workers:
        os.environ["RAYON_NUM_THREADS"] = "1"
    texts = read_texts(options.texts)
    size = sum(len(text.encode()) for text in texts)
    measured = measure(contestant, texts, options.workers, options.passes)
    versions = {package: version(package) for package in contestant.packages}
    print(json.dumps({**measured, "bytes": size * options.passes, "versions": versions}))

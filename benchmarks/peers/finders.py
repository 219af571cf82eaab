"""What every finder shares: read texts, find duplicates at several thresholds, print JSON.

    python benchmarks/peers/find_NAME.py TEXTS.jsonl

A finder is a peer used to find duplicates in a set of texts (the contestants of ``contest.py``
only sign them). It runs in an environment of its own, hence the standard library only. Peers that
report pairs give pairs of row numbers; those that report clusters give a label for each text.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

#: More pairs than this are counted, not listed.
MOST_PAIRS = 2_000_000
#: Thresholds at which finders that take one are tried.
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Found:
    """What was reported at one setting: a label for each text, or pairs of rows."""

    labels: Sequence[int] | None = None
    pairs: Iterable[tuple[int, int]] = ()

    def packed(self) -> dict[str, object]:
        """Return it for JSON; pairs as one list of alternating rows, and how many they are."""
        if self.labels is not None:
            return {"labels": [int(label) for label in self.labels]}
        distinct = {(min(a, b), max(a, b)) for a, b in self.pairs if a != b}
        listed = sorted(distinct) if len(distinct) <= MOST_PAIRS else []
        return {"pairs": [row for pair in listed for row in pair], "count": len(distinct)}


@dataclass(frozen=True, slots=True)
class Finder:
    """A peer with its settings; ``recommended`` is one of the settings that ``find`` yields."""

    name: str
    settings: str
    recommended: str
    find: Callable[[list[str]], Iterator[tuple[str, Found]]]


@dataclass(frozen=True, slots=True)
class Peer:
    """What a runner offers: finders, what pip installs for them, versions to record.

    ``environment`` names the folder of the environment; runners may share one.
    """

    environment: str
    requires: tuple[str, ...]
    packages: tuple[str, ...]
    finders: tuple[Finder, ...] = field(default=())


def clusters(buckets: Iterable[Sequence[object]]) -> list[int]:
    """Join the texts that share a bucket, transitively: one label for each text.

    Each of ``buckets`` holds the bucket of every text in one band; None is no bucket.
    """
    parent: list[int] = []

    def root(of: int) -> int:
        while parent[of] != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    for band in buckets:
        if not parent:
            parent.extend(range(len(band)))
        first: dict[object, int] = {}
        for row, bucket in enumerate(band):
            if bucket is not None:
                parent[root(row)] = root(first.setdefault(bucket, row))
    return [root(row) for row in range(len(parent))]


def pairs_of(labels: Sequence[int]) -> list[tuple[int, int]]:
    """Return all pairs of texts with one label."""
    members = defaultdict(list)
    for row, label in enumerate(labels):
        members[label].append(row)
    return [(a, b) for each in members.values() for i, a in enumerate(each) for b in each[i + 1 :]]


def main(peer: Peer) -> None:
    """Find in the texts that the command line names and print JSON."""
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    methods = []
    for finder in peer.finders:
        begin = time.perf_counter()
        found = {setting: each.packed() for setting, each in finder.find(texts)}
        methods.append(
            {
                "name": finder.name,
                "settings": finder.settings,
                "recommended": finder.recommended,
                "seconds": round(time.perf_counter() - begin, 1),
                "found": found,
            }
        )
    versions = {package: version(package) for package in peer.packages}
    print(json.dumps({"methods": methods, "versions": versions}))

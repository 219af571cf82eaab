"""Peers on the same texts: each in an environment of its own, at several settings.

What a peer found depends on the texts, its runner and its versions, not on this tool; it is kept
in the cache folder, so that a new run after a change here takes no time.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import subprocess
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING, Any

from throughput import environment

from . import BENCHMARKS

if TYPE_CHECKING:
    from pathlib import Path

    from finders import Peer

    from .sets import IdPair, LabelledSet

#: Runner scripts, in the order of the table.
RUNNERS = (
    "find_datatrove",
    "find_text_dedup",
    "find_gaoya",
    "find_simhash",
    "find_jieba_datasketch",
)
TIMEOUT = 3600


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a peer reported at one setting, against the known pairs.

    ``right`` counts reported pairs that are listed or judged to be duplicates, ``listed`` those
    that are listed; ``recall`` is the share of all listed pairs.
    """

    setting: str
    reported: int
    listed: int
    right: int
    recall: float

    @property
    def precision(self) -> float:
        """Share of the reported pairs that are right; 1 where nothing is reported."""
        return self.right / self.reported if self.reported else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Method:
    """A peer's way to find, with the outcome of each of its settings on one set."""

    name: str
    settings: str
    recommended: Outcome
    outcomes: tuple[Outcome, ...]
    seconds: float

    @property
    def best(self) -> Outcome:
        """The outcome with the highest F1."""
        return max(self.outcomes, key=lambda each: each.f1)


def interpreters(cache: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Make the environments; return the interpreter of each runner, and why others have none."""
    found: dict[str, str] = {}
    absent: dict[str, str] = {}
    for runner in RUNNERS:
        peer = _peer(runner)
        python, why = environment(cache / peer.environment, peer.requires)
        if why:
            absent.update({finder.name: why for finder in peer.finders})
        else:
            found[runner] = python
    return found, absent


def run(
    runner: str, python: str, labelled: LabelledSet, cache: Path
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Let a runner find in a set; return its methods as it printed them, and its versions."""
    texts = [json.dumps({"text": each.text}) for each in labelled.documents]
    digest = hashlib.blake2b("\n".join(texts).encode(), digest_size=8)
    for name in ("finders", runner):
        digest.update((BENCHMARKS / "peers" / f"{name}.py").read_bytes())
    kept = cache / "found" / f"{labelled.name}-{runner}-{digest.hexdigest()}.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        given = kept.with_suffix(".texts")
        given.write_text("\n".join(texts) + "\n", encoding="utf-8")
        call = [python, str(BENCHMARKS / "peers" / f"{runner}.py"), str(given)]
        done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True, timeout=TIMEOUT)
        kept.write_text(done.stdout.splitlines()[-1], encoding="utf-8")
        given.unlink()
    found = json.loads(kept.read_text(encoding="utf-8"))
    return found["methods"], found["versions"]


def judge(method: dict[str, Any], labelled: LabelledSet, duplicates: frozenset[IdPair]) -> Method:
    """Compare what a method found with the listed pairs and others judged to be duplicates."""
    ids = [each.id for each in labelled.documents]
    rows = {each: row for row, each in enumerate(ids)}
    known = {
        name: {(min(rows[a], rows[b]), max(rows[a], rows[b])) for a, b in pairs}
        for name, pairs in (("listed", labelled.pairs), ("right", labelled.pairs | duplicates))
    }
    outcomes = {
        setting: _outcome(setting, found, known) for setting, found in method["found"].items()
    }
    return Method(
        name=method["name"],
        settings=method["settings"],
        recommended=outcomes[method["recommended"]],
        outcomes=tuple(outcomes.values()),
        seconds=method["seconds"],
    )


def _outcome(
    setting: str, found: dict[str, Any], known: dict[str, set[tuple[int, int]]]
) -> Outcome:
    if "labels" in found:
        labels = found["labels"]
        sizes: dict[int, int] = {}
        for label in labels:
            sizes[label] = sizes.get(label, 0) + 1
        reported = sum(comb(size, 2) for size in sizes.values())
        hits = {
            name: sum(labels[a] == labels[b] for a, b in pairs) for name, pairs in known.items()
        }
    else:
        reported = found["count"]
        flat = found["pairs"]
        pairs = set(zip(flat[::2], flat[1::2], strict=True))
        hits = {name: len(each & pairs) for name, each in known.items()}
    recall = hits["listed"] / max(1, len(known["listed"]))
    return Outcome(setting, reported, hits["listed"], hits["right"], recall)


def _peer(runner: str) -> Peer:
    peer: Peer = importlib.import_module(runner).PEER
    return peer

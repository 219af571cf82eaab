"""The kernel stage by stage: native against reference, in MB/s, as a share, in instructions.

    python benchmarks/kernel.py [FOLDER] [--set laws] [--mb 20] [--check] [--results DIR]

FOLDER holds the corpora (default: DEDUP_CORPORA; without either, text made from the seeds). The
native stages are timed in C (``stages.c``, linked with ``native/``), those of the reference in
Python; both on one core. What runs around the kernel is timed too: recognising what is set aside,
encoding, the hash of the decoded text. Instructions are counted by callgrind on the two seed files:
they do not depend on how busy the machine is, so ``--check`` compares them with the committed
``kernel.json`` and fails where one grew by more than a tenth, if the compiler is the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpora
import results
from native_stages import STAGES, NativeStages, build

if TYPE_CHECKING:
    from collections.abc import Callable

TOLERANCE = 1.10
#: MB that the reference is timed on.
REFERENCE_MB = 1.0
ROUNDS = 5
#: Values of a signature by default, and others whose price is told.
VALUES = 288
FEW_VALUES, MANY_VALUES = 136, 512


def fastest(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Return the processor seconds of this thread in the fastest round."""
    seconds = []
    for _ in range(rounds):
        begin = time.thread_time()
        work()
        seconds.append(time.thread_time() - begin)
    return min(seconds)


def reference_stages(texts: list[str]) -> dict[str, float]:
    """Return the seconds of each stage of the reference."""
    from dedup.settings import Settings
    from dedup.sketch.signature import signature
    from dedup.text.fold import fold
    from dedup.text.segment import segmenter
    from dedup.text.shingle import TokenHashes, shingle_hashes

    settings = Settings()
    cut = segmenter(settings).cut
    hashes = TokenHashes()
    kept = [fold(text) for text in texts]
    tokens = [cut(each) for each in kept]
    shingles = [shingle_hashes(hashes.of(each), settings.shingle_size) for each in tokens]
    work: dict[str, Callable[[], Any]] = {
        "fold": lambda: [fold(text) for text in texts],
        "hash": lambda: [hashlib.blake2b(each.encode(), digest_size=16) for each in kept],
        "segment": lambda: [cut(each) for each in kept],
        "shingle": lambda: [
            shingle_hashes(hashes.of(each), settings.shingle_size) for each in tokens
        ],
        "minhash": lambda: [signature(each, VALUES, settings.seed) for each in shingles],
    }
    return {stage: fastest(work[stage], rounds=2) for stage in STAGES}


def around(texts: list[str]) -> dict[str, float]:
    """Return the seconds of the pipeline's parts in Python, and of the whole."""
    from dedup.engine.local import BatchSketcher
    from dedup.settings import Settings
    from dedup.sketch.aside import set_aside_all
    from dedup.sketch.batch import TextBatch
    from dedup.sketch.kernel import sketcher, text_hashes

    def aside(batch: list[str], bytes_of: TextBatch) -> TextBatch:
        """Do what BatchSketcher does between encoding and the kernel."""
        return set_aside_all(batch, bytes_of)[1]

    batches = list(_batches(texts))
    encoded = [TextBatch.from_texts(batch) for batch in batches]
    sketch = sketcher(Settings(), VALUES).sketch
    whole = BatchSketcher(Settings(), VALUES)
    with_spans = list(map(aside, batches, encoded))
    characters = BatchSketcher(Settings(unit="char"), VALUES)
    return {
        "encode": fastest(lambda: [TextBatch.from_texts(batch) for batch in batches]),
        "set aside": fastest(lambda: list(map(aside, batches, encoded))),
        "hash of the decoded text": fastest(lambda: [text_hashes(batch) for batch in encoded]),
        "kernel, with what is set aside": fastest(lambda: [sketch(b) for b in with_spans]),
        "whole": fastest(lambda: [whole(batch) for batch in batches]),
        "whole, characters": fastest(lambda: [characters(batch) for batch in batches]),
    }


def variants(texts: list[str]) -> dict[str, float]:
    """Return the seconds of the kernel with other settings, all spans unset."""
    from dedup.settings import Settings
    from dedup.sketch.batch import TextBatch
    from dedup.sketch.kernel import sketcher

    encoded = [TextBatch.from_texts(batch) for batch in _batches(texts)]
    words, characters = Settings(), Settings(unit="char")
    chosen = {
        f"{name}{values} values": (settings, values)
        for name, settings in (("", words), ("characters, ", characters))
        for values in (FEW_VALUES, VALUES, MANY_VALUES)
    }
    chosen[f"3-grams, {FEW_VALUES} values"] = (Settings(ngram=3), FEW_VALUES)
    chosen[f"5-grams of characters, {FEW_VALUES} values"] = (
        Settings(unit="char", ngram=5),
        FEW_VALUES,
    )
    sketchers = {name: sketcher(*each).sketch for name, each in chosen.items()}
    seconds: dict[str, list[float]] = {name: [] for name in chosen}
    for _ in range(ROUNDS):
        for name, sketch in sketchers.items():  # interleaved, so that ratios hold
            seconds[name].append(fastest(lambda s=sketch: [s(each) for each in encoded], 1))
    return {name: min(each) for name, each in seconds.items()}


def measure(texts: corpora.Texts, options: argparse.Namespace, native: NativeStages) -> Any:
    """Return everything measured, ready for JSON; rates are MB of UTF-8 a second."""
    chosen, few = texts.first(options.mb), texts.first(REFERENCE_MB)
    seconds = native.seconds(chosen, values=VALUES, rounds=ROUNDS)
    slow = reference_stages(few)
    mb, few_mb = corpora.size(chosen) / 1e6, corpora.size(few) / 1e6
    counts = _instructions(native)
    total, slow_total = sum(seconds.values()), sum(slow.values())
    seeds_bytes = corpora.size(_seeds())
    return {
        "texts": texts.name,
        "mb": mb,
        "compiler": native.compiler,
        "stages": {
            stage: {
                "native_mb_per_second": mb / seconds[stage],
                "native_share": seconds[stage] / total,
                "reference_mb_per_second": few_mb / slow[stage],
                "reference_share": slow[stage] / slow_total,
                "instructions": counts.get(stage),
                "instructions_per_byte": counts[stage] / seeds_bytes if counts else None,
            }
            for stage in STAGES
        },
        "native_mb_per_second": mb / total,
        "reference_mb_per_second": few_mb / slow_total,
        "around": {name: mb / each for name, each in around(chosen).items()},
        "variants": {name: mb / each for name, each in variants(chosen).items()},
    }


def markdown(found: dict[str, Any]) -> str:
    """Return the tables."""
    rows = [
        [
            name,
            stage["native_mb_per_second"],
            f"{stage['native_share']:.0%}",
            stage["reference_mb_per_second"],
            f"{stage['reference_share']:.0%}",
            stage["native_mb_per_second"] / stage["reference_mb_per_second"],
            stage["instructions_per_byte"],
        ]
        for name, stage in found["stages"].items()
    ]
    both = (found["native_mb_per_second"], found["reference_mb_per_second"])
    rows.append(["all", both[0], "100%", both[1], "100%", both[0] / both[1], None])
    head = ["stage", "native, MB/s", "share", "reference, MB/s", "share", "×", "instructions/byte"]
    standard = found["variants"]["136 values"]
    return (
        f"# Stages of the kernel\n\nTexts: {found['texts']}, {found['mb']:.1f} MB; one core; "
        f"kernel: {found['kernel']}; instructions on the two seed files, AVX2.\n\n"
        + results.table(head, rows)
        + "\nWhat runs around it, one thread; *whole* is text to signature:\n\n"
        + results.table(["part", "MB/s"], [[*each] for each in found["around"].items()])
        + "\nThe kernel with other settings:\n\n"
        + results.table(
            ["settings", "MB/s", "time, × of 136 values"],
            [[name, rate, standard / rate] for name, rate in found["variants"].items()],
        )
        + f"\nBuilt with {found['compiler']}. "
        + results.provenance(found)
    )


def check(native: NativeStages, committed: dict[str, Any]) -> int:
    """Compare instruction counts with the committed ones; returns the exit status."""
    if committed["compiler"] != native.compiler or not committed["stages"]["fold"]["instructions"]:
        print("the committed counts are of another compiler: nothing to compare")
        return 0
    status = 0
    for stage, count in native.instructions(_seeds()).items():
        before = committed["stages"][stage]["instructions"]
        grew = count > before * TOLERANCE
        print(f"{stage}: {count:,} ({count / before - 1:+.1%}){'  REGRESSION' if grew else ''}")
        status |= grew
    return status


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    corpora.add_arguments(parser)
    parser.add_argument("--mb", type=float, default=20, help="MB to time the native kernel on")
    parser.add_argument("--check", action="store_true", help="only compare instruction counts")
    parser.add_argument("--results", type=Path, default=results.FOLDER)
    options = parser.parse_args()
    from dedup.sketch.kernel import native_in_use

    if not native_in_use() or shutil.which("cc") is None:
        print(
            "the native kernel is not in use, or there is no cc: nothing to time", file=sys.stderr
        )
        return 2
    state = results.provenance_of(__file__)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        native = build(Path(folder))
        if options.check:
            file = options.results / "kernel.json"
            return check(native, json.loads(file.read_text(encoding="utf-8")))
        found = {**state, **measure(corpora.load(options), options, native)}
    results.write("kernel", found, markdown(found), options.results)
    return 0


def _instructions(native: NativeStages) -> dict[str, int]:
    if shutil.which("valgrind") is None:
        print("no instruction counts: valgrind is not installed", file=sys.stderr)
        return {}
    try:
        return native.instructions(_seeds())
    except subprocess.CalledProcessError as error:
        print(f"no instruction counts: {error.stderr}", file=sys.stderr)
        return {}


def _seeds() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(corpora.SEEDS.glob("*.txt"))]


def _batches(texts: list[str]) -> list[list[str]]:
    batches: list[list[str]] = [[]]
    characters = 0
    for text in texts:
        batches[-1].append(text)
        characters += len(text)
        if characters >= 1 << 19:  # as the local engine does
            batches.append([])
            characters = 0
    return [batch for batch in batches if batch]


if __name__ == "__main__":
    sys.exit(main())

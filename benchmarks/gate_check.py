"""How long ``dedup check`` takes in a repository of many texts.

    python benchmarks/gate_check.py --corpora FOLDER [--texts 10000] [--runs 5]

The texts are those of ``recombine.py`` (about 1,000 characters each), one file and one blob a
text. One more is staged, a copy of another with two characters changed. Wall times of the whole
program are given: the first run, which makes the cache (cold); later ones (warm), the median; and
of ``dedup scan`` over the same files, with the rates of scan and cold check.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", default=os.environ.get("DEDUP_CORPORA"))
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    if not chosen.corpora:
        parser.error("--corpora FOLDER, or DEDUP_CORPORA, is needed")
    with tempfile.TemporaryDirectory(prefix="dedup-gate-") as folder:
        repo = Path(folder, "repo")
        size = make(repo, Path(folder), chosen)
        measure(repo, size, chosen.runs)


def make(repo: Path, folder: Path, chosen: argparse.Namespace) -> int:
    """Make the repository; return the bytes of its texts."""
    made = folder / "made"
    command = [sys.executable, HERE / "recombine.py", made, "--documents", str(chosen.texts)]
    options = ["--corpora", chosen.corpora, "--compress", "none"]
    subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL)
    size = number = 0
    for shard in sorted(made.glob("*.jsonl")):
        for line in shard.read_text("utf-8").splitlines():
            target = repo / "texts" / f"{number // 1000:03}" / f"{number:07}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            text = json.loads(line)["text"]
            target.write_text(text, "utf-8")
            size += len(text.encode())
            number += 1
    git(repo, "init", "--quiet")
    git(repo, "add", ".")
    git(repo, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x")
    copy = repo / "copy.txt"
    copy.write_text("又及" + text[2:], "utf-8")
    git(repo, "add", "copy.txt")
    print(f"{number:,} texts, {size / 1e6:.1f} MB")
    return size


def measure(repo: Path, size: int, runs: int) -> None:
    """Print the times."""
    scan = timed(repo, "scan", "texts", "--summary")
    scan = min(scan, timed(repo, "scan", "texts", "--summary"))
    cold = timed(repo, "check", "copy.txt")
    warm = [timed(repo, "check", "copy.txt") for _ in range(runs)]
    cache = sum(path.stat().st_size for path in (repo / ".git" / "dedup").iterdir())
    print(f"scan {scan:.2f} s ({size / scan / 1e6:.1f} MB/s)")
    print(f"cold check {cold:.2f} s ({size / cold / 1e6:.1f} MB/s, {scan / cold:.2f} of scan)")
    print(f"warm check {statistics.median(warm):.2f} s (of {runs}: {min(warm):.2f} to "
          f"{max(warm):.2f}), cache {cache / 1e6:.1f} MB")  # fmt: skip


def timed(repo: Path, *arguments: str) -> float:
    """Run the program and return its wall time."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "dedup", *arguments, "-q"]
    ran = subprocess.run(command, cwd=repo, capture_output=True, check=False)
    took = time.perf_counter() - begun
    if ran.returncode not in {0, 1}:
        raise SystemExit(ran.stderr.decode())
    return took


def git(repo: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=repo, check=True)


if __name__ == "__main__":
    main()

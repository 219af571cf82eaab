"""All benchmarks, one after the other: what ``make bench`` runs.

    python benchmarks/run.py [FOLDER] [--quick] [--peers all|here|none] [--results DIR]

FOLDER holds the corpora (default: DEDUP_CORPORA). Without it, texts are made from the two seed
files. ``--quick`` measures shortly, on little text, to see that everything runs; like a run
without corpora, it leaves the committed results alone unless ``--results`` names a folder. New
committed results are put into ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
#: Where results lie that documents quote.
COMMITTED = HERE / "results"
QUICK = {
    "kernel.py": ["--mb", "1", "--made-mb", "1"],
    "throughput.py": ["--seconds", "0.3", "--rounds", "1", "--made-mb", "1"],
    "scaling.py": ["--largest-mb", "2", "--repeat-mb", "4", "--rounds", "1", "--made-mb", "2"],
}


def calls(options: argparse.Namespace) -> list[list[str]]:
    """Return the commands to run."""
    found = []
    for script, quick in QUICK.items():
        call = [sys.executable, str(HERE / script)]
        if options.corpora is not None:
            call.append(str(options.corpora))
        if script == "throughput.py":
            call += ["--peers", options.peers]
        if options.quick:
            call += quick
        found.append([*call, "--results", str(options.results)])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", nargs="?", type=Path, default=os.environ.get("DEDUP_CORPORA"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", choices=("all", "here", "none"), default="all")
    parser.add_argument("--results", type=Path)
    options = parser.parse_args()
    if options.results is None:
        whole = options.corpora is not None and not options.quick
        options.results = COMMITTED if whole else Path("build") / "benchmarks"
    for call in calls(options):
        print(f"\n$ {' '.join(['python', Path(call[1]).name, *call[2:]])}", file=sys.stderr)
        status = subprocess.run(call, check=False).returncode
        if status:
            return status
    if options.results == COMMITTED:
        return subprocess.run([sys.executable, str(HERE / "document.py")], check=False).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())

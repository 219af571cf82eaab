"""Accuracy on texts with known pairs.

    python -m benchmarks.accuracy [run] --corpora DIR [--set laws,lctt] [--parts defaults,peers]
        [--cache DIR] [--results DIR]
    python -m benchmarks.accuracy sample --corpora DIR --set laws [--count 100]
        [--unlisted 50] [--seed 1]
    python -m benchmarks.accuracy explore --corpora DIR [--units word:2,char:5]
        [--thresholds 0.5,0.6] [--containments 0.8,0.9]
    python -m benchmarks.accuracy --quick [--write-floors]

DIR holds ``NAME.jsonl.gz`` and ``NAME.pairs.tsv`` (default: DEDUP_CORPORA). ``run`` measures
everything at the default settings; ``sample`` draws pairs to be judged; ``explore`` prints what a
grid of settings finds and costs. ``--quick`` needs no corpora: seeds and bundled suite against
the committed floors, exit status 1 where something fell.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import results

from dedup import Settings

from . import explore, generated, quick, run
from .sets import LabelledSet, load, names

PARTS = ("defaults", "relations", "curves", "peers", "suite")
UNITS = "word:1,word:2,word:3,word:4,word:5,char:2,char:3,char:5"


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    lines = (__doc__ or "").splitlines()
    made = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=lines[0])
    made.add_argument("what", nargs="?", default="run", choices=("run", "sample", "explore"))
    made.add_argument("--corpora", type=Path, default=os.environ.get("DEDUP_CORPORA"))
    made.add_argument("--set", help="NAME, or several with commas between them (default: all)")
    made.add_argument("--parts", default=",".join(PARTS), help="what to run (default: %(default)s)")
    made.add_argument("--cache", type=Path, default=Path(".benchmark-peers"), help="for peers")
    made.add_argument("--results", type=Path, default=results.FOLDER)
    made.add_argument("--count", type=int, default=100, help="pairs in a sample")
    made.add_argument("--unlisted", type=int, default=0, help="unlisted pairs beside a sample")
    made.add_argument("--seed", type=int, default=1, help="of a sample")
    made.add_argument("--units", default=UNITS)
    made.add_argument("--thresholds", default="0.3,0.4,0.5,0.6,0.7,0.8")
    made.add_argument("--containments", default="", help="none, or such as 0.8,0.9")
    made.add_argument("--quick", action="store_true", help="seeds and bundled suite only")
    made.add_argument("--write-floors", action="store_true", help="with --quick: keep as floors")
    return made


def main() -> int:
    """Do what the command line asks for."""
    made = parser()
    options = made.parse_args()
    if options.quick:
        return _quick(write=options.write_floors)
    if options.corpora is None:
        made.error("name the folder of the corpora with --corpora or DEDUP_CORPORA")
    folder = Path(options.corpora)
    chosen = options.set.split(",") if options.set else names(folder)
    if options.what == "sample":
        for name in chosen:
            labelled = load(folder, name)
            run.draw_sample(
                labelled,
                Settings(),
                count=options.count,
                unlisted=options.unlisted,
                seed=options.seed,
            )
    elif options.what == "explore":
        _explore([load(folder, name) for name in chosen], options)
    else:
        _run([load(folder, name) for name in chosen], options)
    return 0


def _run(sets: list[LabelledSet], options: argparse.Namespace) -> None:
    parts = options.parts.split(",")
    settings = Settings()
    if "defaults" in parts:
        run.at_defaults(sets, settings, options.results)
    if "relations" in parts:
        run.by_relation(sets, generated.sources(sets), settings, options.results)
    if "curves" in parts:
        run.along_thresholds(sets, settings, options.results)
    if "suite" in parts:
        sources = generated.sources(sets)
        said = f"{len(sources)} of {', '.join(each.name for each in sets)}"
        run.on_generated(sources, said, settings, options.results)
    if "peers" in parts:
        run.beside_peers(sets, settings, options.results, options.cache)


def _explore(sets: list[LabelledSet], options: argparse.Namespace) -> None:
    thresholds = [float(each) for each in options.thresholds.split(",")]
    containments = [float(each) for each in options.containments.split(",") if each]
    units = explore.parsed_units(options.units)
    print("\t".join(explore.HEAD))
    for labelled in sets:
        for row in explore.grid(labelled, Settings(), units, thresholds, [None, *containments]):
            print("\t".join("" if cell is None else str(cell) for cell in row), flush=True)


def _quick(*, write: bool) -> int:
    found = quick.measure(Settings())
    if write:
        quick.write_floors(found)
    said = quick.failures(found, quick.floors())
    print(quick.report(found, said))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())

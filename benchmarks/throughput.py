"""Text to signature: this tool and its peers on the same texts, interleaved, in one run.

    python benchmarks/throughput.py [FOLDER] [--set laws] [--seconds 8] [--rounds 5]
        [--peers all] [--cache DIR] [--results DIR]

FOLDER holds the corpora (default: DEDUP_CORPORA). Every peer gets an environment of its own under
the cache folder, made with venv and pip; pip's own configuration is honoured. ``--peers here`` runs
those that the current environment has, ``--peers none`` this tool alone.

Each measurement is a fresh process on the first texts of one shuffled corpus: as many as the
contestant manages in about ``--seconds`` on one core, since rates compare, and all of them several
times over for who manages more. Imports, dictionaries and a warm-up come before the clock starts.
Rounds are interleaved; the median counts. *One core* is one process bound to one core, *all cores*
is the contestant's own threads where it has them, and one process a core where not. Memory is the
highest resident size, less that of an interpreter holding the texts; several processes add up.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpora
import results

PEERS = Path(__file__).parent / "peers"
sys.path.insert(0, str(PEERS))  # runners import what stands beside them

if TYPE_CHECKING:
    from contest import Contestant

#: Runner scripts, in the order of the table.
RUNNERS = (
    "this_tool",
    "gaoya_characters",
    "text_dedup_minhash",
    "rjieba_rensa",
    "datatrove_stage",
    "jieba_datasketch",
)
#: MB that tell how fast a contestant is, and the most that is measured.
CALIBRATION_MB = 1.0
MEASUREMENT_TIMEOUT = 900


@dataclass(slots=True)
class Entry:
    """A contestant in the run: its runner, its interpreter, its texts, what was measured."""

    contestant: Contestant
    runner: Path
    python: str
    texts: Path | None = None
    passes: int = 1
    versions: dict[str, str] = field(default_factory=dict)
    runs: dict[str, list[dict[str, float]]] = field(default_factory=dict)

    def measure(self, texts: Path, workers: int) -> dict[str, Any]:
        """Run once in a fresh process; with one worker on the last core only."""
        call = [self.python, str(self.runner), str(texts), "--method", self.contestant.name]
        call += ["--workers", str(workers), "--passes", str(self.passes)]
        if workers == 1:
            call += ["--core", str(_cores()[-1])]
        done = subprocess.run(
            call, stdout=subprocess.PIPE, text=True, check=True, timeout=MEASUREMENT_TIMEOUT
        )
        measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        self.versions = measured.pop("versions")
        return measured

    def median(self, cores: str, value: str) -> float:
        """Median of one of the values of all runs."""
        return statistics.median(run[value] for run in self.runs[cores])

    def rates(self, cores: str) -> list[float]:
        """MB of UTF-8 a second, of each run."""
        return [run["bytes"] / run["seconds"] / 1e6 for run in self.runs[cores]]


def contestants(wanted: str, cache: Path) -> tuple[list[Entry], dict[str, str]]:
    """Return who takes part, and why others do not."""
    entries: list[Entry] = []
    absent: dict[str, str] = {}
    for name in RUNNERS:
        runner = PEERS / f"{name}.py"
        for contestant in _load(runner).CONTESTANTS:
            here = wanted == "here" and all(_is_here(each) for each in contestant.packages)
            if here or not contestant.requires:
                entries.append(Entry(contestant, runner, sys.executable))
            elif wanted == "all":
                python, why = environment(cache / name, contestant.requires)
                if why:
                    absent[contestant.name] = why
                else:
                    entries.append(Entry(contestant, runner, python))
    return entries, absent


def environment(folder: Path, requires: tuple[str, ...]) -> tuple[str, str]:
    """Make an environment, or use the one that is there; returns its Python, or why not."""
    python = folder / "bin" / "python"
    done = folder / "installed"
    if done.exists() and done.read_text() == "\n".join(requires):
        return str(python), ""
    print(f"installing {', '.join(requires)} …", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    installed = subprocess.run([*pip, *requires], capture_output=True, text=True, check=False)
    if installed.returncode:
        return "", (installed.stderr.strip().splitlines() or ["pip failed"])[-1]
    done.write_text("\n".join(requires))
    return str(python), ""


def run(entries: list[Entry], texts: corpora.Texts, options: argparse.Namespace) -> None:
    """Measure everybody, interleaved, on one core and on all."""
    with tempfile.TemporaryDirectory() as scratch:
        calibration = _write(texts.first(CALIBRATION_MB), Path(scratch) / "calibration.jsonl")
        for entry in entries:
            first = entry.measure(calibration, 1)
            rate = first["bytes"] / first["seconds"] / 1e6
            wanted = max(rate * options.seconds, 0.01)
            once = min(wanted, texts.size / 1e6)
            entry.passes = max(1, round(wanted / once))
            chosen = texts.first(once)
            entry.texts = _write(chosen, Path(scratch) / f"{len(chosen)}.jsonl")
        for turn in range(options.rounds):
            for entry in entries:
                for cores, workers in (("one", 1), ("all", len(_cores()))):
                    measured = entry.measure(entry.texts or calibration, workers)
                    entry.runs.setdefault(cores, []).append(measured)
                    rate = measured["bytes"] / measured["seconds"] / 1e6
                    print(
                        f"round {turn + 1}  {entry.contestant.name}  {cores}  {rate:.1f} MB/s",
                        file=sys.stderr,
                    )


def result(
    entries: list[Entry], absent: dict[str, str], texts: corpora.Texts, state: dict[str, Any]
) -> dict[str, Any]:
    """Return everything measured, ready for JSON; ratios are of medians, to the first entry."""
    ours = statistics.median(entries[0].rates("one"))
    rows = []
    for entry in entries:
        rate = statistics.median(entry.rates("one"))
        rows.append(
            {
                "name": entry.contestant.name,
                "settings": entry.contestant.settings,
                "leaves_out": entry.contestant.leaves_out,
                "versions": entry.versions,
                "mb": entry.runs["one"][0]["bytes"] / 1e6,
                "mb_per_second_one_core": rate,
                "mb_per_second_all_cores": statistics.median(entry.rates("all")),
                "times_slower": ours / rate,
                "memory_mb_one_core": entry.median("one", "added_bytes") / 1e6,
                "memory_mb_all_cores": entry.median("all", "added_bytes") / 1e6,
                "runs_one_core": [round(each, 2) for each in entry.rates("one")],
                "runs_all_cores": [round(each, 2) for each in entry.rates("all")],
            }
        )
    packages = {name: number for row in rows for name, number in row["versions"].items()}
    return {
        **state,
        "versions": packages,
        "texts": texts.name,
        "texts_mb": texts.size / 1e6,
        "contestants": rows,
        "absent": absent,
    }


def markdown(found: dict[str, Any]) -> str:
    """Return the tables."""
    ours = found["contestants"][0]["name"]
    head = [
        "tool", "MB/s, one core", "MB/s, all cores", f"{ours} is × faster",
        "memory, MB", "on MB of text",
    ]  # fmt: skip
    rows = [
        [
            row["name"],
            row["mb_per_second_one_core"],
            row["mb_per_second_all_cores"],
            row["times_slower"],
            row["memory_mb_one_core"],
            row["mb"],
        ]
        for row in found["contestants"]
    ]
    settings = results.table(
        ["tool", "settings", "does not do"],
        [[row["name"], row["settings"], row["leaves_out"]] for row in found["contestants"]],
    )
    absent = "".join(f"- {name}: {why}\n" for name, why in found["absent"].items())
    return (
        f"# Text to signature\n\nTexts: {found['texts']}, {found['texts_mb']:.1f} MB. Nobody "
        f"verifies or clusters here. Kernel: {found['kernel']}. Median of "
        f"{len(found['contestants'][0]['runs_one_core'])} runs.\n\n"
        + results.table(head, rows)
        + "\n"
        + settings
        + (f"\nNot measured:\n\n{absent}" if absent else "")
        + "\n"
        + results.provenance(found)
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    corpora.add_arguments(parser)
    parser.add_argument("--seconds", type=float, default=8, help="length of a measurement")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", choices=("all", "here", "none"), default="all")
    parser.add_argument("--cache", type=Path, default=Path(".venv-peers"), help="environments")
    parser.add_argument("--results", type=Path, default=results.FOLDER)
    options = parser.parse_args()
    from dedup.sketch.kernel import kernel_name

    state = {
        "machine": results.machine(),
        "command": results.command(__file__),
        "kernel": kernel_name(),
    }
    texts = corpora.load(options)
    entries, absent = contestants(options.peers, options.cache.absolute())
    run(entries, texts, options)
    found = result(entries, absent, texts, state)
    results.write("throughput", found, markdown(found), options.results)
    from plots import plot_throughput

    plot_throughput(found, options.results / "throughput.svg")


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path.stem)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _is_here(package: str) -> bool:
    return results.versions(package)[package] != "not installed"


def _cores() -> list[int]:
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]


def _write(texts: list[str], path: Path) -> Path:
    if not path.exists():
        lines = (json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(lines)
    return path


if __name__ == "__main__":
    main()

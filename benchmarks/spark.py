"""A scan on Spark: how fast it sketches, what it shuffles, what each stage costs, how it grows.

    python benchmarks/spark.py [FOLDER] [--set laws,lctt,…] [--made CORPUS] [--mb 400] [--cores 2]
        [--quick] [--same] [--documents 1000000] [--found FILE]… [--if-there] [--results DIR]

1. **Sketching**: texts to rows of sketches on one core: by the local engine, by the function that
   Spark's Python workers call on Arrow batches, and by a Spark of one core reading Parquet.
2. **Stages** (``stages_on_spark.py``): a whole run on ``--cores`` at two sizes, the larger twice
   the smaller: CPU time and shuffled bytes of each stage, what of them any run has and what each
   further GB adds, and the quotient of the times. What a corpus of other sizes takes follows.
3. **Skew** (``skew_on_spark.py``): the slowest task where a bucket holds a tenth of all documents.
4. **Same** (``--same``, ``same_on_spark.py``): each set, whole, here and on executors that are
   processes; and ``--made``, a corpus that ``recombine.py`` made, or ``--documents`` of it or of
   one made for this. ``--found`` tells what was found by that script before.

Texts are those of ``--made`` where it is given, and else the sets. Needs the extra ``spark`` and
Java 17; with ``--if-there`` it says so where they are missing, and leaves it at that. A run that
warms everything up comes first and is not told.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpora
import results
from sketching_on_spark import sketching
from stages_on_spark import STAGES, growing

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Sizes that the table is for, in GB, with executors, their cores, and how busy these are.
SIZES = (("100 GB", 100, 4), ("1 TB", 1_000, 16), ("10 TB", 10_000, 64), ("100 TB", 100_000, 256))
CORES_OF_ONE, BUSY = 8, 0.8
#: Bytes by which two runs have to differ before larger ones are reckoned from them.
LEAST = 50_000_000
#: Load of the machine, before anything is measured, that is told of.
LOADED = 1.0
#: Seconds below which a task takes as long as it takes to start one.
MOMENT = 0.5
#: Those before there is a candidate, beside the texts that boilerplate is learned from.
EARLY = ("sketch", "collapse", "buckets")


def session(cores: int, folder: Path) -> SparkSession:
    """Start a Spark here that writes its event log into ``folder``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas that PySpark imports
        from pyspark.sql import SparkSession

        os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
        (folder / "events").mkdir(exist_ok=True)
        settings = {
            "spark.driver.memory": "4g",
            "spark.eventLog.compress": "false",
            "spark.eventLog.dir": (folder / "events").as_uri(),
            "spark.eventLog.enabled": "true",
            "spark.eventLog.rolling.enabled": "false",
            "spark.local.dir": str(folder / "local"),
            "spark.sql.shuffle.partitions": str(4 * cores),
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        builder = SparkSession.builder.master(f"local[{cores}]").appName("benchmark")
        for name, value in settings.items():
            builder = builder.config(name, value)
        made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def asked(script: str, *arguments: str) -> Any:
    """Run another script, in a process of its own, and return what it found."""
    with tempfile.TemporaryDirectory() as scratch:
        found = Path(scratch) / "found.json"
        call = [sys.executable, str(Path(__file__).with_name(script)), *arguments]
        done = subprocess.run([*call, "--json", str(found)], stdout=sys.stderr, check=False)
        if not found.exists():
            raise SystemExit(done.returncode or 1)
        return json.loads(found.read_text(encoding="utf-8"))


def read(options: argparse.Namespace) -> list[str]:
    """Return as many texts as were asked for."""
    if options.made is None:
        return corpora.load(options).first(options.mb)
    from corpora_scale import records

    texts: list[str] = []
    left = options.mb * 1e6
    for shard in sorted(options.made.glob("*.jsonl.zst")):
        for record in records(shard):
            if left <= 0:
                return texts
            texts.append(record["text"])
            left -= len(record["text"].encode())
    return texts


def missing() -> str | None:
    """Return what is not there of what this needs."""
    if importlib.util.find_spec("pyspark") is None:
        return "zh-dedup[spark]"
    there = shutil.which("java") is not None or "JAVA_HOME" in os.environ
    return None if there else "Java 17"


def _before_candidates(run: dict[str, Any]) -> dict[str, float]:
    """Return what was shuffled of a document until there are buckets, and the bound on it."""
    from dedup.settings import Settings
    from dedup.sketch.bands import banding

    settings, documents = Settings(), run["totals"]["documents"]
    bands = banding(settings.threshold, settings.recall).bands
    passages = run["totals"]["passages"] / documents
    shuffled = sum(run["stages"][name]["shuffled"] for name in EARLY)
    return {
        "bytes": shuffled / documents,
        "bands": bands,
        "passages": passages,
        "bound": 24 * (bands + passages) + 150,
    }


def _line(runs: list[dict[str, Any]], name: str, what: str) -> tuple[float, float]:
    """Return what a stage takes at any size, and for each further GB: the line through two runs."""
    small, large = runs
    more = (large["bytes"] - small["bytes"]) / 1e9
    slope = (large["stages"][name][what] - small["stages"][name][what]) / more
    return large["stages"][name][what] - slope * large["bytes"] / 1e9, slope


def _total(runs: list[dict[str, Any]], what: str) -> tuple[float, float]:
    lines = [_line(runs, name, what) for name in STAGES]
    return sum(once for once, _ in lines), sum(slope for _, slope in lines)


def _sizing(runs: list[dict[str, Any]]) -> str:
    """Return the table of what larger corpora take, if they are like this one, and assumptions."""
    large = runs[1]
    each = large["totals"]["documents"] / large["bytes"] * 1e9
    once, seconds = _total(runs, "core_seconds")
    _, shuffled = _total(runs, "shuffled")
    if large["bytes"] - runs[0]["bytes"] < LEAST or seconds <= 0:
        return "Nothing follows from so little text: what it took was planning (`--mb 800`).\n"
    rows = []
    for name, size, executors in SIZES:
        hours = (once + seconds * size) / (executors * CORES_OF_ONE * BUSY) / 3600
        rows.append(
            [
                name,
                f"{each * size / 1e6:,.0f} million",
                executors,
                f"{hours:,.1f}",
                f"{shuffled * size / 1e12:,.2f} TB",
            ]
        )
    head = ["text", "documents", f"executors of {CORES_OF_ONE} cores", "hours", "shuffled"]
    return (
        results.table(head, rows) + f"\nFrom the difference of the two runs: {once:,.0f} core "
        f"seconds that any run takes, and for each GB of text {seconds:,.0f} core seconds and "
        f"{shuffled / 1e9:,.2f} GB shuffled. Assumed: documents and repetition as in these texts, "
        f"each further GB costs as much at every size, cores are as fast as this one and "
        f"busy {BUSY:.0%} of the time, disks and network that keep up. What grows faster than "
        f"the corpus is the number of pairs, where the same pages come again and again.\n"
    )


def _stages(runs: list[dict[str, Any]]) -> str:
    """Return the table of the stages, and how the times grow."""
    small, large = runs
    rows = []
    for name in STAGES:
        once, slope = _line(runs, name, "core_seconds")
        shuffled = large["stages"][name]["shuffled"] / large["totals"]["documents"]
        taken = [round(run["stages"][name]["core_seconds"], 1) for run in runs]
        rows.append([name, *taken, round(once, 1), round(slope, 1), round(shuffled)])
    sizes = [f"core s, {run['bytes'] / 1e6:,.0f} MB" for run in runs]
    head = ["stage", *sizes, "of any run", "each GB more", "shuffled bytes a document"]
    return results.table(head, rows) + (
        f"\n{small['totals']['documents']:,} and {large['totals']['documents']:,} documents; core "
        "seconds are CPU time of the JVM, with its compiler and garbage collection, and of the "
        "Python workers. Twice the input took "
        f"{large['seconds'] / small['seconds']:.2f} times as long "
        f"({small['seconds']:.0f} s, {large['seconds']:.0f} s).\n"
    )


def _skew(found: dict[str, Any]) -> str:
    """Return the table of the tasks of each stage that takes more than a moment."""
    rows = [
        [each["tasks"], each["median"], each["slowest"], round(each["times"], 1)]
        for each in found["stages"]
        if each["slowest"] >= MOMENT
    ]
    head = ["tasks", "median, s", "slowest, s", "times as long"]
    return results.table(head, rows) + (
        f"\n{found['documents']:,} documents, {found['candidates']:,} candidates; the stages whose "
        f"slowest task takes {MOMENT} s or more.\n"
    )


def markdown(found: dict[str, Any]) -> str:
    """Return the tables."""
    text = "# Spark\n\n"
    if found["machine"]["load"] >= LOADED:
        text += (
            "Other work kept this machine busy: times, and less so core seconds, are too high.\n\n"
        )
    text += "## Sketching on one core\n\n"
    rates = found["sketching"]["rates"]
    base = rates["local engine"]
    rows = [[name, round(rate, 1), f"{rate / base:.0%}"] for name, rate in rates.items()]
    text += results.table(["way", "MB/s", "of the local engine"], rows)
    large = found["runs"][1]
    text += f"\n## Stages\n\n{_stages(found['runs'])}"
    before = _before_candidates(large)
    text += (
        f"\nBefore there is a candidate {before['bytes']:.0f} bytes of a document were shuffled "
        "(beside the texts that boilerplate is learned from, of which there are 30,000 at most); "
        f"with {before['bands']} bands and {before['passages']:.1f} passage fingerprints the bound "
        f"24 × (bands + passages) + 150 is {before['bound']:.0f}.\n"
    )
    text += f"\n## Larger corpora\n\n{_sizing(found['runs'])}"
    text += f"\n## A tenth of all documents in one bucket\n\n{_skew(found['skew'])}"
    if found["same"]:
        head = ["corpus", "documents", "pairs", "clusters", "s here", "s there", "found"]
        rows = [
            [
                *(each[name] for name in ("set", "documents", "pairs", "clusters")),
                *(round(each[name]) for name in ("seconds_here", "seconds_there")),
                ", ".join(each["differ"]) or "the same",
            ]
            for each in found["same"]
            if "left_out" not in each
        ]
        text += "\n## The same as here\n\n" + results.table(head, rows)
        for each in found["same"]:
            if "left_out" in each:
                text += f"\nNot compared: {each['set']}, because {each['left_out']}.\n"
        text += (
            "\nPairs with their evidence, clusters with their reasons, families, parts, what is "
            "kept and what is skipped, on two executors that are processes of one core "
            "(`local-cluster[2,1,2048]`). What Spark takes for few documents is planning.\n"
        )
    return f"{text}\n{results.provenance(found)}"


def measured(options: argparse.Namespace) -> dict[str, Any]:
    """Measure everything that was asked for."""
    texts = read(options)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        spark = session(1, folder)
        found: dict[str, Any] = {"sketching": sketching(spark, texts, folder, options.rounds)}
        spark.stop()
        spark = session(options.cores, folder)
        found["runs"] = growing(spark, texts, folder)
        spark.stop()
    del texts
    size = 40_000 if options.quick else 400_000
    found["skew"] = asked(
        "skew_on_spark.py", "--documents", str(size), "--cores", str(options.cores)
    )
    found["same"] = []
    for path in options.found:
        found["same"] += json.loads(path.read_text(encoding="utf-8"))
    if options.same:
        arguments = [str(options.corpora), "--set", options.set] if options.corpora else []
        arguments += ["--made", str(options.made)] if options.made else []
        arguments += ["--documents", str(options.documents)] if options.documents else []
        found["same"] += asked("same_on_spark.py", *arguments)
    return found


def main() -> int:
    """Measure, and write what was found; 1 where Spark found something else than a scan here."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    corpora.add_arguments(parser)
    parser.add_argument("--mb", type=float, default=400, help="MB of the larger whole run")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="8 MB, one round, little skew")
    parser.add_argument("--made", type=Path, help="corpus that recombine.py made")
    parser.add_argument("--same", action="store_true", help="compare with scans here")
    parser.add_argument(
        "--found", type=Path, action="append", default=[], help="what same_on_spark.py --json wrote"
    )
    parser.add_argument("--documents", type=int, help="for --same, so many of --made")
    parser.add_argument("--if-there", action="store_true", help="only where Spark and Java are")
    parser.add_argument("--results", type=Path, default=results.FOLDER)
    options = parser.parse_args()
    if options.if_there and (lacking := missing()):
        print(f"Spark is not measured: {lacking} is missing", file=sys.stderr)
        return 0
    if options.quick:
        options.mb, options.rounds = 8, 1
    options.made_mb = options.mb
    found = measured(options)
    found |= {
        "machine": results.machine(),
        "versions": results.versions("pyspark", "pyarrow", "numpy"),
        "command": results.command(__file__),
    }
    results.write("spark", found, markdown(found), options.results)
    return int(any(each["differ"] for each in found["same"]))


if __name__ == "__main__":
    sys.exit(main())

"""A scan on Spark: how fast it sketches, what it shuffles, what each stage costs, how it grows.

    python benchmarks/spark.py [FOLDER] [--set laws,lctt,…] [--mb 200] [--cores 2] [--quick]
        [--same] [--only-same] [--same-mb 50] [--results DIR]

1. **Sketching**: texts to rows of sketches on one core: by the local engine, by the function that
   Spark's Python workers call on Arrow batches, and by a Spark of one core reading Parquet.
2. **Stages**: a whole run on ``--cores`` at two sizes, the larger twice the smaller: core seconds
   and shuffled bytes of each stage from Spark's event log, and the quotient of the times.
3. **Same** (``--same``): samples of the sets here and there; pairs, clusters and families have
   to be equal.

Needs the extra ``spark`` and Java 17. A run that warms everything up comes first and is not told.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpora
import results

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # spark_same

#: Sizes that the table is for, in GB, with executors, their cores, and how busy these are.
SIZES = (("100 GB", 100, 4), ("1 TB", 1_000, 16), ("10 TB", 10_000, 64), ("100 TB", 100_000, 256))
CORES_OF_ONE, BUSY = 8, 0.8
STAGES = ("learn", "sketch", "collapse", "buckets", "candidates", "evidence", "decide")


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


def here(texts: list[str]) -> float:
    """Return the seconds in which the local engine sketches texts with one worker."""
    from dedup.engine.gather import gather
    from dedup.engine.shards import Texts
    from dedup.engine.store import Store
    from dedup.model import Document
    from dedup.progress import NO_PROGRESS
    from dedup.settings import Settings
    from dedup.sketch.bands import banding

    settings = Settings(jobs=1)
    documents = [Document(str(at), text) for at, text in enumerate(texts)]
    begun = time.perf_counter()
    with Store() as store:
        chosen = banding(settings.threshold, settings.recall)
        gather([Texts(documents)], settings, chosen, store, NO_PROGRESS)
    return time.perf_counter() - begun


def in_arrow(texts: list[str]) -> float:
    """Return the seconds of the function that Spark's workers call, without Spark."""
    import pyarrow as pa

    from dedup.engine.spark.shipped import Shipped
    from dedup.engine.spark.sketching import Sketching, Source
    from dedup.settings import Settings
    from dedup.source.dates import date_of

    ids = pa.array([str(at) for at in range(len(texts))])
    table = pa.Table.from_arrays([ids, pa.array(texts)], ["id", "text"])
    batches = table.to_batches(10_000)  # spark.sql.execution.arrow.maxRecordsPerBatch
    begun = time.perf_counter()
    for _ in Sketching(Shipped.of(Settings()), Source(), date_of)(iter(batches)):
        pass
    return time.perf_counter() - begun


def from_parquet(spark: SparkSession, path: Path) -> float:
    """Return the seconds in which Spark reads texts from Parquet and sketches them."""
    from pyspark.sql.pandas.types import from_arrow_schema

    from dedup.engine.spark.shipped import Shipped
    from dedup.engine.spark.sketching import SKETCH_SCHEMA, Sketching, Source
    from dedup.settings import Settings
    from dedup.source.dates import date_of

    sketching = Sketching(Shipped.of(Settings()), Source(), date_of)
    begun = time.perf_counter()
    made = spark.read.parquet(str(path)).mapInArrow(sketching, from_arrow_schema(SKETCH_SCHEMA))
    made.write.format("noop").mode("overwrite").save()
    return time.perf_counter() - begun


def write_parquet(texts: list[str], path: Path) -> None:
    """Write texts with ids, in row groups such as Spark makes tasks of."""
    import pyarrow as pa
    from pyarrow import parquet

    ids = pa.array([f"{at:09}" for at in range(len(texts))])
    table = pa.Table.from_arrays([ids, pa.array(texts)], ["id", "text"])
    parquet.write_table(table, path, row_group_size=5_000)


def whole_run(spark: SparkSession, path: Path, events: Path) -> dict[str, Any]:
    """Run everything; return totals, seconds, and each stage's core seconds and shuffle."""
    from dedup.spark import find_duplicates

    seen = sum(1 for _ in _events(events))
    begun = time.perf_counter()
    found = find_duplicates(spark.read.parquet(str(path)))
    seconds = time.perf_counter() - begun
    found.release()
    time.sleep(2)  # the event log is written by a thread of its own
    stage_of: dict[int, str] = {}
    told = {name: {"core_seconds": 0.0, "shuffled": 0} for name in STAGES}
    for event in list(_events(events))[seen:]:
        if event["Event"] == "SparkListenerJobStart":
            name = event["Properties"].get("spark.job.description", "")
            stage_of |= dict.fromkeys(event["Stage IDs"], name.removeprefix("dedup: "))
        elif event["Event"] == "SparkListenerTaskEnd" and stage_of.get(event["Stage ID"]) in told:
            metrics = event.get("Task Metrics") or {}
            stage = told[stage_of[event["Stage ID"]]]
            stage["core_seconds"] += metrics.get("Executor Run Time", 0) / 1000
            stage["shuffled"] += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
    return {"seconds": seconds, "totals": found.totals, "stages": told}


def _events(folder: Path) -> Any:
    for path in sorted((folder / "events").iterdir()):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.endswith("\n"):
                    yield json.loads(line)


def same(spark: SparkSession, folder: Path, name: str, megabytes: float) -> dict[str, Any]:
    """Scan the first texts of a set here and there, and tell whether they found the same."""
    from spark_same import found_here, found_there

    from dedup.settings import Settings
    from dedup.spark import find_duplicates

    options = argparse.Namespace(corpora=folder, set=name, made_mb=0)
    texts = corpora.load(options).first(megabytes)
    documents = [(f"{at:07}", text) for at, text in enumerate(texts)]
    settings = Settings()
    df = spark.createDataFrame(documents, "id string, text string").repartition(4)
    result = find_duplicates(df, settings=settings)
    there, mine = found_there(result), found_here(documents, settings)
    result.release()
    kinds = ("pairs", "clusters", "families", "parts", "kept", "skipped")
    differ = [kind for kind, a, b in zip(kinds, mine, there, strict=True) if a != b]
    return {"set": name, "documents": len(documents), "pairs": len(mine[0]), "differ": differ}


def sketching(spark: SparkSession, texts: list[str], folder: Path, rounds: int) -> dict[str, Any]:
    """Measure the three ways to sketch in turn; medians of MB a second."""
    path = folder / "sketching.parquet"
    write_parquet(texts, path)
    megabytes = corpora.size(texts) / 1e6
    ways = {
        "local engine": lambda: here(texts),
        "inside Arrow": lambda: in_arrow(texts),
        "from Parquet": lambda: from_parquet(spark, path),
    }
    for way in ways.values():
        way()
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            rates[name].append(megabytes / way())
    middle = {name: sorted(each)[len(each) // 2] for name, each in rates.items()}
    return {"megabytes": megabytes, "rates": middle}


def growing(spark: SparkSession, texts: list[str], folder: Path) -> list[dict[str, Any]]:
    """Run everything on a quarter, which only warms up, on a half and on all of the texts."""
    runs = []
    for share in (4, 2, 1):
        part = texts[: len(texts) // share]
        path = folder / f"part{share}.parquet"
        write_parquet(part, path)
        runs.append({"bytes": corpora.size(part), **whole_run(spark, path, folder)})
    return runs[1:]


def _before_candidates(run: dict[str, Any]) -> dict[str, float]:
    """Return what was shuffled of a document until there are buckets, and the bound on it."""
    from dedup.settings import Settings
    from dedup.sketch.bands import banding

    settings, documents = Settings(), run["totals"]["documents"]
    bands = banding(settings.threshold, settings.recall).bands
    passages = run["totals"]["passages"] / documents
    shuffled = sum(run["stages"][name]["shuffled"] for name in STAGES[1:4])
    return {
        "bytes": shuffled / documents,
        "bands": bands,
        "passages": passages,
        "bound": 24 * (bands + passages) + 150,
    }


def _sizing(run: dict[str, Any]) -> str:
    """Return the table of what larger corpora take, if they are like this one, and assumptions."""
    gigabytes, documents = run["bytes"] / 1e9, run["totals"]["documents"]
    seconds = sum(stage["core_seconds"] for stage in run["stages"].values()) / gigabytes
    shuffled = sum(stage["shuffled"] for stage in run["stages"].values()) / gigabytes
    rows = []
    for name, size, executors in SIZES:
        hours = seconds * size / (executors * CORES_OF_ONE * BUSY) / 3600
        count = documents / gigabytes * size
        rows.append(
            [
                name,
                f"{count / 1e6:,.0f} million",
                executors,
                f"{hours:,.1f}",
                f"{shuffled * size / 1e12:,.2f} TB",
            ]
        )
    head = ["text", "documents", f"executors of {CORES_OF_ONE} cores", "hours", "shuffled"]
    return (
        results.table(head, rows) + f"\nFrom the larger run: {seconds:,.0f} core seconds and "
        f"{shuffled / 1e9:,.2f} GB shuffled for each GB of text. Assumed: documents and repetition "
        f"as in these texts, a GB costs the same at every size, cores are as fast as this one and "
        f"busy {BUSY:.0%} of the time, disks and network that keep up. What grows faster than "
        f"the corpus is the number of pairs, where the same pages come again and again.\n"
    )


def markdown(found: dict[str, Any]) -> str:
    """Return the tables."""
    text = "# Spark\n\n## Sketching on one core\n\n"
    rates = found["sketching"]["rates"]
    base = rates["local engine"]
    rows = [[name, round(rate, 1), f"{rate / base:.0%}"] for name, rate in rates.items()]
    text += results.table(["way", "MB/s", "of the local engine"], rows)
    text += "\n## Stages\n\n"
    rows = []
    for run in found["runs"]:
        documents, size = run["totals"]["documents"], run["bytes"]
        for name in STAGES:
            stage = run["stages"][name]
            rows.append(
                [
                    f"{size / 1e6:,.0f} MB, {documents:,} documents",
                    name,
                    round(stage["core_seconds"] / size * 1e9),
                    round(stage["shuffled"] / documents),
                ]
            )
    text += results.table(["input", "stage", "core s/GB", "shuffled bytes a document"], rows)
    small, large = found["runs"]
    text += (
        f"\nTwice the input took {large['seconds'] / small['seconds']:.2f} times as long "
        f"({small['seconds']:.0f} s, {large['seconds']:.0f} s).\n"
    )
    before = _before_candidates(large)
    text += (
        f"\nBefore there is a candidate {before['bytes']:.0f} bytes of a document were shuffled "
        "(beside the texts that boilerplate is learned from, of which there are 30,000 at most); "
        f"with {before['bands']} bands and {before['passages']:.1f} passage fingerprints the bound "
        f"24 × (bands + passages) + 150 is {before['bound']:.0f}.\n"
    )
    text += f"\n## Larger corpora\n\n{_sizing(large)}"
    if found["same"]:
        rows = [
            [each["set"], each["documents"], each["pairs"], ", ".join(each["differ"]) or "the same"]
            for each in found["same"]
        ]
        text += "\n## The same as here\n\n" + results.table(
            ["set", "documents", "pairs", "found"], rows
        )
    return f"{text}\n{results.provenance(found)}"


def main() -> None:
    """Measure, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    corpora.add_arguments(parser)
    parser.add_argument("--mb", type=float, default=200, help="MB of the larger whole run")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="8 MB, one round")
    parser.add_argument("--same", action="store_true", help="compare the sets with a scan here")
    parser.add_argument("--same-mb", type=float, default=50, help="MB of each set for --same")
    parser.add_argument("--only-same", action="store_true", help="measure nothing")
    parser.add_argument("--results", type=Path, default=results.FOLDER)
    options = parser.parse_args()
    if options.quick:
        options.mb, options.rounds = 8, 1
    options.made_mb = options.mb
    texts = corpora.load(options).first(options.mb)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        names = options.set.split(",") if options.same and options.corpora else []
        if options.only_same:
            spark = session(options.cores, folder)
            for name in names:
                print(same(spark, options.corpora, name, options.same_mb), flush=True)
            spark.stop()
            return
        spark = session(1, folder)
        found: dict[str, Any] = {"sketching": sketching(spark, texts, folder, options.rounds)}
        spark.stop()
        spark = session(options.cores, folder)
        found["runs"] = growing(spark, texts, folder)
        found["same"] = [same(spark, options.corpora, name, options.same_mb) for name in names]
        spark.stop()
    found |= {
        "machine": results.machine(),
        "versions": results.versions("pyspark", "pyarrow", "numpy"),
        "command": results.command(__file__),
    }
    results.write("spark", found, markdown(found), options.results)


if __name__ == "__main__":
    main()

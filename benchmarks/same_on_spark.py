"""Whether a scan on Spark finds what a scan here finds, on whole corpora.

    python benchmarks/same_on_spark.py [FOLDER] [--set laws,lctt,…] [--made CORPUS]
        [--documents 1000000] [--master 'local-cluster[2,1,2048]'] [--json FILE]

Each set of FOLDER is scanned here and there with the settings that a scan has by itself, and so is
a corpus that ``recombine.py`` made, or the first documents of it (``--documents``; without
``--made`` it is made for this). Pairs with
their evidence, clusters with their reasons, families, parts, and what is kept and skipped have to
be equal, record by record; the status is 1 where they are not. The executors of ``local-cluster``
are processes: two, with one core and 2,048 MB each. Where there is too little memory or disk
for so many documents, this is said, and they are left out.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
import warnings
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpora
from corpora_scale import make, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # spark_same, spark_cluster

MASTER = "local-cluster[2,1,2048]"
KINDS = ("pairs", "clusters", "families", "parts", "kept", "skipped")
#: Bytes of memory, and of disk, for a document: a million took 12.8 and 12.3 GB, with their texts.
OF_ONE = 14_000
#: Documents in a file of the corpus as Spark reads it.
ROWS = 20_000


def session(master: str, folder: Path) -> SparkSession:
    """Start a Spark whose files lie in ``folder``."""
    from spark_cluster import environment

    conf = {"spark.driver.memory": "4g", "spark.driver.maxResultSize": "3g"}
    conf |= {"spark.eventLog.enabled": "false", "spark.sql.shuffle.partitions": "16"}
    if made := re.fullmatch(r"local-cluster\[\d+,\d+,(\d+)\]", master):
        conf["spark.executor.memory"] = f"{made[1]}m"  # all of the worker's, not the half of it
    os.environ |= environment(folder, **conf)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas that PySpark imports
        from pyspark.sql import SparkSession

        made = SparkSession.builder.master(master).appName("same").getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def write_parquet(documents: Iterable[tuple[str, str]], folder: Path) -> None:
    """Write documents as files of some thousand rows."""
    import pyarrow as pa
    from pyarrow import parquet

    folder.mkdir()
    rows = iter(documents)
    number = 0
    while part := list(islice(rows, ROWS)):
        ids, texts = zip(*part, strict=True)
        table = pa.Table.from_arrays([pa.array(ids), pa.array(texts)], ["id", "text"])
        parquet.write_table(table, folder / f"{number:05}.parquet", compression="zstd")
        number += 1


def same(spark: SparkSession, name: str, documents: list[tuple[str, str]]) -> dict[str, Any]:
    """Scan documents here and there; return how much there was, and which kinds differ."""
    from spark_same import found_here, found_there

    from dedup.settings import Settings
    from dedup.spark import find_duplicates

    begun = time.perf_counter()
    mine = found_here(documents, Settings())
    here = time.perf_counter() - begun
    size = len(documents)
    with tempfile.TemporaryDirectory() as scratch:
        write_parquet(documents, Path(scratch) / "documents")
        documents.clear()
        begun = time.perf_counter()
        result = find_duplicates(spark.read.parquet(f"{scratch}/documents"))
        theirs = found_there(result)
        there = time.perf_counter() - begun
        result.release()
    differ = [kind for kind, a, b in zip(KINDS, mine, theirs, strict=True) if a != b]
    return {
        "set": name,
        "documents": size,
        "pairs": len(mine[0]),
        "clusters": len(mine[1]),
        "families": len(mine[2]),
        "parts": len(mine[3]),
        "differ": differ,
        "seconds_here": round(here, 1),
        "seconds_there": round(there, 1),
        "totals": result.totals,
    }


def chosen(options: argparse.Namespace) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the name and the documents of each corpus that the command line asks for."""
    for name in options.set.split(",") if options.corpora and options.set else []:
        read = corpora.load(argparse.Namespace(corpora=options.corpora, set=name, made_mb=0))
        yield name, [(f"{at:07}", text) for at, text in enumerate(read.texts)]
    if options.made is not None:
        yield "recombined", recombined(options.made, options.documents)
    elif options.documents:
        said(f"making a corpus of {options.documents:,} documents")
        with tempfile.TemporaryDirectory() as scratch:
            make(Path(scratch), options.documents, options.corpora)
            documents = recombined(Path(scratch), options.documents)
        yield "recombined", documents


def recombined(corpus: Path, size: int | None) -> list[tuple[str, str]]:
    """Return the first documents of a corpus that ``recombine.py`` made."""
    shards = sorted(corpus.glob("*.jsonl.zst"))
    every = (record for shard in shards for record in records(shard))
    return [(record["id"], record["text"]) for record in islice(every, size)]


def lacking(documents: int | None) -> str | None:
    """Return what there is too little of for so many documents that ``recombine.py`` made."""
    if documents is None:
        return None
    there = {"memory": _memory(), "disk": shutil.disk_usage(tempfile.gettempdir()).free}
    for what, free in there.items():
        needed = documents * OF_ONE
        if free is not None and free < needed:
            return (
                f"{documents:,} documents take {needed / 1e9:.0f} GB of {what}, "
                f"and {free / 1e9:.0f} GB are free"
            )
    return None


def _memory() -> int | None:
    """Return the bytes of memory that are free; None where nobody says."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    (free,) = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return int(free) * 1024


def said(what: str) -> None:
    """Say what goes on, beside what is printed."""
    print(what, file=sys.stderr, flush=True)


def main() -> int:
    """Compare, and say what was found; 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    corpora.add_arguments(parser)
    parser.add_argument("--made", type=Path, help="corpus that recombine.py made")
    parser.add_argument("--documents", type=int, help="so many of it, or of one made for this")
    parser.add_argument("--master", default=MASTER)
    parser.add_argument("--json", type=Path, help="write what is printed as a list, too")
    options = parser.parse_args()
    found: list[dict[str, Any]] = []
    if short := lacking(options.documents):
        said(f"not compared: {short}")
        found.append({"set": "recombined", "left_out": short, "differ": []})
        options.made = options.documents = None
    with tempfile.TemporaryDirectory() as scratch:
        spark = session(options.master, Path(scratch))
        for name, documents in chosen(options):
            said(f"comparing {name}: {len(documents):,} documents")
            found.append(same(spark, name, documents))
            print(json.dumps(found[-1]), flush=True)
        spark.stop()
    if options.json is not None:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return int(any(each["differ"] for each in found))


if __name__ == "__main__":
    sys.exit(main())

"""Whether a scan on Spark finds what a scan here finds, on whole corpora.

    python benchmarks/same_on_spark.py [FOLDER] [--set laws,lctt,…] [--made CORPUS]
        [--documents 1000000] [--master 'local-cluster[2,1,2048]'] [--json FILE]

Each set of FOLDER is scanned here and there with the settings that a scan has by itself, and so is
a corpus that ``recombine.py`` made, or the first documents of it (``--documents``; without
``--made`` it is made for this). Pairs with
their evidence, clusters with their reasons, families, parts, and what is kept and skipped have to
be equal, record by record; the status is 1 where they are not. The executors of ``local-cluster``
are processes: two, with one core and 2,048 MB each.
"""

from __future__ import annotations

import argparse
import json
import os
import re
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
        with tempfile.TemporaryDirectory() as scratch:
            make(Path(scratch), options.documents, options.corpora)
            documents = recombined(Path(scratch), options.documents)
        yield "recombined", documents


def recombined(corpus: Path, size: int | None) -> list[tuple[str, str]]:
    """Return the first documents of a corpus that ``recombine.py`` made."""
    shards = sorted(corpus.glob("*.jsonl.zst"))
    every = (record for shard in shards for record in records(shard))
    return [(record["id"], record["text"]) for record in islice(every, size)]


def main() -> int:
    """Compare, and say what was found; 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    corpora.add_arguments(parser)
    parser.add_argument("--made", type=Path, help="corpus that recombine.py made")
    parser.add_argument("--documents", type=int, help="so many of it, or of one made for this")
    parser.add_argument("--master", default=MASTER)
    parser.add_argument("--json", type=Path, help="write what is printed as a list, too")
    options = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        spark = session(options.master, Path(scratch))
        for name, documents in chosen(options):
            found.append(same(spark, name, documents))
            print(json.dumps(found[-1]), flush=True)
        spark.stop()
    if options.json is not None:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return int(any(each["differ"] for each in found))


if __name__ == "__main__":
    sys.exit(main())

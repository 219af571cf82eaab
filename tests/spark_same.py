"""What both engines found, in the same words."""

from __future__ import annotations

import json
from pathlib import Path

import dedup
from dedup.report.records import family_record, pair_record, parts_record
from dedup.settings import Settings

#: What a run on Spark leaves in its folder, and a result has as data frames.
FRAMES = ("pairs", "clusters", "families", "parts", "kept", "skipped")


def found_here(documents, settings: Settings):
    """Return what a scan of this process finds."""
    result = dedup.scan([dedup.Document(i, t) for i, t in documents], settings)
    pairs = [pair_record(pair) for pair in result.pairs]
    clusters = {
        cluster.id: (
            cluster.keep,
            cluster.reason.render("en"),
            [(pair.a, pair.relation.value, round(pair.similarity, 6)) for pair in cluster.drop],
        )
        for cluster in result.clusters
    }
    families = [family_record(family) for family in result.families]
    parts = [parts_record(each) for each in result.parts]
    skipped = sorted(each.id for each in result.skipped)
    return pairs, clusters, families, parts, sorted(result.kept), skipped


def found_there(result):
    """Return what a run on Spark found, from its data frames."""
    frames = {name: getattr(result, name) for name in FRAMES}
    frames["kept"] = frames["kept"].select("id")
    rows = {name: frame.collect() for name, frame in frames.items()}
    return _found({name: [row.asDict() for row in each] for name, each in rows.items()})


def found_in(folder: Path):
    """Return what a run on Spark found, from the JSON lines that it wrote."""
    return _found({name: rows_in(folder / name) for name in FRAMES})


def rows_in(folder: Path):
    """Return the rows of a folder of JSON lines."""
    return [
        json.loads(line)
        for path in sorted(folder.glob("*.json"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _found(rows):
    pairs = [json.loads(row["record"]) for row in rows["pairs"]]
    pairs.sort(key=lambda pair: (pair["a"], pair["b"]))
    clusters: dict[str, tuple[str, str, list[tuple[str, str, float]]]] = {}
    for row in rows["clusters"]:
        if row["id"] == row["keep"]:
            clusters[row["cluster"]] = (row["id"], row["reason"], [])
    for row in rows["clusters"]:
        if row["id"] != row["keep"]:
            clusters[row["cluster"]][2].append((row["id"], row["relation"], row["similarity"]))
    for _, _, drop in clusters.values():
        drop.sort(key=lambda each: (-each[2], each[0]))
    families = [json.loads(row["record"]) for row in rows["families"]]
    families.sort(key=lambda family: (-family["documents"], family["members"]))
    parts = [json.loads(row["record"]) for row in rows["parts"]]
    parts.sort(key=lambda each: str(each["whole"]))
    skipped = sorted(row["id"] for row in rows["skipped"])
    kept = sorted({str(row["id"]) for row in rows["kept"]} - set(skipped))
    return pairs, clusters, families, parts, kept, skipped

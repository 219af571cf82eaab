"""The same documents in whatever form: byte-identical clusters."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from random_documents import random_documents
from recordfiles import compress, json_lines

import dedup
from dedup.report.records import cluster_record

if TYPE_CHECKING:
    from dedup.model import ScanResult

TEXTS = {f"d{n:03}": each.text for n, each in enumerate(random_documents(11, 120))}
FORMS = [
    "files", "a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.jsonl.bz2", "a.jsonl.xz", "a.json", "a.csv",
    "a.tsv", "a.csv.gz", "a.parquet", "memory", "stream", "shards",
]  # fmt: skip


def clusters(result: ScanResult) -> bytes:
    """Return the clusters as a result has them, without the paths."""
    found = [cluster_record(each, result) for each in result.clusters]
    return json.dumps(found, ensure_ascii=False).encode()


def pathless(raw: bytes) -> bytes:
    def without(values: dict[str, Any]) -> dict[str, Any]:
        values.pop("path", None)
        return values

    return json.dumps(json.loads(raw, object_hook=without), ensure_ascii=False).encode()


def made(form: str, folder: Path) -> Any:
    """Write the texts in a form, and return what is to be scanned."""
    rows = [{"id": name, "text": text} for name, text in TEXTS.items()]
    path = folder / form
    if form == "memory":
        return TEXTS
    if form == "stream":
        return iter(TEXTS.items())
    if form == "files":
        for name, text in TEXTS.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        return [Path(name) for name in TEXTS]
    if form == "shards":
        for at in range(3):
            (folder / f"s{at}.jsonl").write_bytes(json_lines(*rows[at::3]))
        return folder
    inner = form.split(".")[1]
    if inner == "parquet":
        pa = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pa.Table.from_pylist(rows), path)
        return path
    if inner == "json":
        raw = json.dumps(rows, ensure_ascii=False).encode()
    elif inner == "jsonl":
        raw = json_lines(*rows)
    else:
        plain = folder / "plain"
        with plain.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, ["id", "text"], delimiter="\t" if inner == "tsv" else ",")
            table.writeheader()
            table.writerows(rows)
        raw = plain.read_bytes()
        plain.unlink()
    suffix = path.suffix if form.count(".") == 2 else ""
    path.write_bytes(compress(raw, suffix) if suffix else raw)
    return path


@pytest.mark.parametrize("form", FORMS)
def test_clusters_are_the_same_to_the_byte(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = pathless(clusters(dedup.scan(TEXTS)))
    assert len(json.loads(expected)) >= 5
    monkeypatch.chdir(tmp_path)
    found = pathless(clusters(dedup.scan(made(form, tmp_path))))
    assert found == expected

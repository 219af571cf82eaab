"""A small corpus of records in which some are duplicates, in every format there is."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from backports import zstd

#: What stands in each of the files that :func:`corpus` makes.
NAMES = ("a.jsonl", "deep/b.jsonl.zst", "c.csv.gz", "d.parquet", "e.tsv")


def records(count: int = 60) -> list[dict[str, Any]]:
    """Return records, of which every third has a copy with other punctuation somewhere."""
    rng = random.Random(5)
    found: list[dict[str, Any]] = []
    for number in range(count):
        hans = (chr(rng.randrange(0x4E00, 0x9000)) for _ in range(90))
        text = "，".join("".join(next(hans) for _ in range(9)) for _ in range(10)) + "。"
        found.append({"id": f"r{number:04}", "text": text, "n": number})
        if number % 3 == 0:
            copy = text.replace("，", ",")
            found.append({"id": f"r{number:04}x", "text": copy, "n": -number})
    rng.shuffle(found)
    return found


def json_lines(part: list[dict[str, Any]]) -> bytes:
    """Return records as lines of JSON, one of them spaced in its own way."""
    lines = [json.dumps(each, ensure_ascii=False) for each in part]
    lines[0] = lines[0].replace('": ', '" :   ')
    return "".join(f"{line}\r\n" for line in lines).encode()


def rows(part: list[dict[str, Any]], encoding: str, delimiter: str) -> bytes:
    """Return records as rows."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["id", "text", "n"])
    writer.writerows(each.values() for each in part)
    return text.getvalue().encode(encoding)


def corpus(folder: Path, count: int = 60) -> list[dict[str, Any]]:
    """Write the records into files of all formats, with what is no record; return them."""
    found = records(count)
    a, b, c, d, e = (found[at::5] for at in range(5))
    (folder / "deep").mkdir(parents=True)
    faulty = b'{bad\n\n{"id":"none","text":""}\n{"id":"number","text":3}\n\xff\xfe\n'
    (folder / NAMES[0]).write_bytes(b"\xef\xbb\xbf" + json_lines(a) + faulty)
    (folder / NAMES[1]).write_bytes(zstd.compress(json_lines(b)))
    (folder / NAMES[2]).write_bytes(gzip.compress(rows(c, "gb18030", ",")))
    pq.write_table(pa.Table.from_pylist(d), folder / NAMES[3], compression="zstd")
    (folder / NAMES[4]).write_bytes(rows(e, "utf-16", "\t"))
    return found

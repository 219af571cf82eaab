"""Files of records, made for tests."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from pathlib import Path
from typing import Any

from dedup.engine.shards import read_items
from dedup.model import Document, Skipped
from dedup.source.reading import Reading
from dedup.source.shards import shards

COMPRESSIONS = ("", ".gz", ".bz2", ".xz", ".zst")


def compress(raw: bytes, suffix: str) -> bytes:
    """Compress as the suffix says."""
    if suffix == ".zst":
        from backports import zstd

        # as the command line tool does, and the module does not
        return zstd.compress(raw, options={zstd.CompressionParameter.checksum_flag: 1})
    pack = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
    return pack[suffix](raw) if suffix else raw


def json_lines(*records: Any) -> bytes:
    """Return records as JSON lines."""
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in records)


def rows(*lines: list[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Return rows as a spreadsheet saves them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode(encoding)


def shard_of(path: str | Path, **options: Any) -> Any:
    """Return the one shard of a file."""
    (shard,) = shards([str(path)], Reading(**options))
    return shard


def read_all(shard: Any) -> list[Document | Skipped]:
    """Return all that a shard holds, read."""
    return list(read_items(shard.items()))


def again(shard: Any, places: list[int]) -> list[Document]:
    """Return documents at places, read again."""
    return [each for each in read_items(shard.again(places)) if isinstance(each, Document)]


def told(found: list[Document | Skipped]) -> list[Any]:
    """Return texts, and (place, reason) of what was skipped."""
    return [
        each.text if isinstance(each, Document) else (each.place, each.reason) for each in found
    ]

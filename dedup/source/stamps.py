"""What tells whether the files of a shard have changed: sizes and times, not their bytes."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from dedup.source.opening import LocalFile
from dedup.source.parquet import ParquetRows
from dedup.source.records import Records
from dedup.source.shards import Files

if TYPE_CHECKING:
    from dedup.engine.shards import Shard


def stamp_of(shard: Shard) -> str | None:
    """Return size and time of change of a file, or a hash of those of many.

    None where that cannot be said: for texts in memory, streams, and files elsewhere.
    """
    if isinstance(shard, Files):
        digest = hashlib.blake2b(digest_size=16)
        for path in shard.paths:
            digest.update(f"{path}\0{_of_file(path)}\0".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()
    if isinstance(shard, Records | ParquetRows) and isinstance(shard.source, LocalFile):
        return _of_file(shard.source.path)
    return None


def _of_file(path: str) -> str | None:
    try:
        state = os.stat(path)  # noqa: PTH116 - a Path takes longer than the file
    except (OSError, ValueError):
        return None
    return f"{state.st_size}-{state.st_mtime_ns}"

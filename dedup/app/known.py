"""The known side of a scan, from paths or texts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dedup.engine.against import Against
from dedup.engine.shards import Texts
from dedup.errors import NoTextsError, UsageError
from dedup.messages import message
from dedup.source.discovery import STANDARD_INPUT, discover
from dedup.source.shards import record_file, shards

if TYPE_CHECKING:
    from dedup.source.reading import Reading

Paths = Sequence[str | os.PathLike[str]]


def against_paths(
    paths: Paths, reading: Reading, *, ignore: bool = True, new: Sequence[str] = ()
) -> Against:
    """Return the files and folders that are known already.

    ``new`` are the files that are compared with them: one that is found on both sides is new.
    Raises :class:`~dedup.errors.PathError` for a path that is missing, and
    :class:`~dedup.errors.NoTextsError` where nothing is known.
    """
    given = [os.fspath(path) for path in paths]
    if STANDARD_INPUT in given:
        raise UsageError(
            message("standard input cannot be what is known"),
            hint=message("name a file or a folder: --against PATH"),
        )
    found = discover(given, ignore=ignore)
    if not found.files and not found.skipped:
        raise NoTextsError(
            message("no text files in {paths}", paths=", ".join(given)),
            hint=message("name a file or a folder that holds texts"),
        )
    real = {os.path.realpath(path) for path in new}
    files = [path for path in found.files if os.path.realpath(path) not in real]
    made = shards(files, reading, named=found.named)
    return Against([Texts(found.skipped), *made] if found.skipped else made, runs=True)


def counted_files(against: Against) -> int | None:
    """Return how many documents are known; None where nobody can say yet."""
    if any(record_file(shard) for shard in against.shards):
        return None
    return sum(len(getattr(shard, "paths", ())) for shard in against.shards)

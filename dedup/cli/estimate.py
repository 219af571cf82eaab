"""What a scan will take, said under ``-v`` before the work begins."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dedup.cli.language import say
from dedup.cli.slow import duration, sizes
from dedup.cli.streams import complain
from dedup.messages import message
from dedup.sketch.kernel import native_in_use
from dedup.source.compression import split_suffixes
from dedup.source.discovery import discover
from dedup.source.kinds import RECORD_EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Bytes of text a second that a core does from beginning to end ("A million documents" in
#: ``docs/performance.md``), and a core of the reference.
BYTES_PER_SECOND, BY_REFERENCE = 12_000_000, 1_300_000
#: Bytes of text in a byte that is compressed, and of a record (the same table).
EXPANDED, RECORD = 2.6, 3_000
#: Memory without any document, with pass two, and of a document.
AT_LEAST, A_DOCUMENT = 300_000_000, 500
#: Estimates are not said of less: it is done before they are read.
LEAST = 1_000_000


def say_estimate(paths: Sequence[str], *, ignore: bool, jobs: int) -> None:
    """Say on standard error about how long a scan takes, and how much memory, by sizes of files.

    Raises :class:`~dedup.errors.PathError` for a path that is missing, as the scan itself does.
    """
    files = discover(paths, ignore=ignore).files
    text = documents = 0
    for path, size in sizes(files):
        suffix, compression = split_suffixes(path)
        held = int(size * EXPANDED) if compression or suffix == ".parquet" else size
        text += held
        documents += max(1, held // RECORD) if suffix in RECORD_EXTENSIONS else 1
    if text < LEAST:
        return
    cores = min(jobs or os.cpu_count() or 1, os.cpu_count() or 1)
    seconds = text / (cores * (BYTES_PER_SECOND if native_in_use() else BY_REFERENCE))
    complain(
        say(
            message(
                "about {size} MB of text in {files} files: about {time}, and up to {memory} MB "
                "of memory",
                size=f"{text / 1e6:,.0f}",
                files=f"{len(files):,}",
                time=duration(seconds),
                memory=f"{(AT_LEAST + A_DOCUMENT * documents) / 1e6:,.0f}",
            )
        )
    )

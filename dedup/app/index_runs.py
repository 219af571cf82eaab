"""Which documents of an index share a run with a few new texts: all are read to know."""

from __future__ import annotations

import os
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.local import in_order
from dedup.match.runs import COMMON
from dedup.sketch.compared import compared_texts
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dedup.index.contents import Contents
    from dedup.match.runs import RunTable
    from dedup.settings import Settings

#: Characters of texts that are looked up together.
_TOGETHER = 1 << 19
_Numbered = list[tuple[int, str]]
_Found = list[tuple[int, bytes, "NDArray[np.int64]"]]


def text_bytes(contents: Contents) -> int:
    """Return how many bytes the texts of an index take, compressed: about one a character."""
    row = contents.connection.execute("SELECT sum(length(texts)) FROM blocks").fetchone()
    return int(row[0] or 0)


def all_numbers(contents: Contents) -> Iterator[int]:
    """Yield the numbers of all documents."""
    for block, rows in contents.all_blocks():
        yield from (block.first + row for row in rows)


def sharing(contents: Contents, table: RunTable, settings: Settings) -> list[int]:
    """Return the numbers of the documents that have a window of a table, ascending.

    Those whose windows are all in more texts than :data:`~dedup.match.runs.COMMON` by then are
    left out, once so many different ones are there that a scan finds the same.
    """
    from concurrent.futures import ThreadPoolExecutor

    jobs = settings.jobs or os.cpu_count() or 1
    times = np.zeros(len(table), dtype=np.int64)
    seen: set[bytes] = set()
    found: list[int] = []
    with ThreadPoolExecutor(jobs) as executor:
        look = partial(_looked_up, table, settings)
        for _, some in in_order(executor, look, _batches(contents), jobs):
            for number, digest, windows in some:
                if digest in seen:  # equal texts are one document to a scan
                    found.append(number)
                elif (times[windows] <= COMMON).any():
                    times[windows] += 1
                    seen.add(digest)
                    found.append(number)
    return sorted(found)


def _batches(contents: Contents) -> Iterator[tuple[int, _Numbered]]:
    batch: _Numbered = []
    characters = 0
    for block, rows in contents.all_blocks():
        if not rows:
            continue
        texts = block.texts(block.known(), rows)
        batch += [(block.first + row, text) for row, text in zip(rows, texts, strict=True)]
        characters += sum(map(len, texts))
        if characters >= _TOGETHER:
            yield 0, batch
            batch, characters = [], 0
    yield 0, batch


def _looked_up(table: RunTable, settings: Settings, _shard: int, batch: _Numbered) -> _Found:
    texts = compared_texts([text for _, text in batch], settings)
    found = []
    for (number, _text), text in zip(batch, texts, strict=True):
        windows = distinct(table.windows_in(text)[0])
        if windows.size:
            digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            found.append((number, digest, windows))
    return found

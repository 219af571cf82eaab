"""The local engine: sketches documents in batches on all cores, in order."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from dedup.errors import UsageError
from dedup.messages import message
from dedup.sketch.batch import SketchBatch, TextBatch
from dedup.sketch.kernel import kernel_name, sketcher
from dedup.text import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future

    from dedup.model import Document, SetAside
    from dedup.settings import Settings

#: Characters and documents after which a batch is full.
BATCH_CHARACTERS = 1 << 19
BATCH_DOCUMENTS = 1024


@dataclass(frozen=True, slots=True)
class Sketched:
    """The sketches of a batch of texts, and what was found in each.

    ``hashes`` are the hexadecimal 128-bit hashes of the decoded texts.
    """

    sketches: SketchBatch
    found: list[tuple[SetAside, ...]]
    hashes: list[str]


class BatchSketcher:
    """Finds what to set aside and sketches the rest, with fixed settings."""

    def __init__(self, settings: Settings, num_perm: int) -> None:
        self._keep_metadata = settings.keep_metadata
        self._sketcher = sketcher(settings, num_perm)

    def __call__(self, texts: list[str]) -> Sketched:
        """Sketch a batch of texts."""
        found = [metadata.find(text) for text in texts]
        spans = [[] if self._keep_metadata else [(p.start, p.end) for p in each] for each in found]
        batch = TextBatch.from_texts(texts, spans)
        hashes = [
            hashlib.blake2b(batch.buffer.data[start:end], digest_size=16).hexdigest()
            for start, end in zip(batch.offsets[:-1], batch.offsets[1:], strict=True)
        ]
        return Sketched(self._sketcher.sketch(batch), found, hashes)


def sketch_documents(
    documents: Iterable[Document], settings: Settings, num_perm: int
) -> Iterator[tuple[list[Document], Sketched]]:
    """Yield batches of documents with their sketches, in order, whatever the number of workers.

    The native kernel runs in threads, which it leaves to run; the reference in processes, where
    more than one worker is asked for by number and there is enough input to be worth starting
    them: they import the main script again, which not every script that uses a library allows.
    """
    batches = _batches(documents)
    first = list(islice(batches, 2))
    rest = chain(first, batches)
    jobs = settings.jobs or (1 if kernel_name() == "reference" else os.cpu_count() or 1)
    if jobs == 1 or len(first) < 2:
        work = BatchSketcher(settings, num_perm)
        for batch in rest:
            yield batch, work([document.text for document in batch])
        return
    executor, pooled = _pool(settings, num_perm, jobs)
    with executor:
        try:
            yield from _in_order(executor, pooled, rest, jobs)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if characters >= BATCH_CHARACTERS or len(batch) >= BATCH_DOCUMENTS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _pool(
    settings: Settings, num_perm: int, jobs: int
) -> tuple[Executor, Callable[[list[str]], Sketched]]:
    # imported here, because most commands have too little to read to need them
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
    from multiprocessing import get_context

    if kernel_name() != "reference":
        return ThreadPoolExecutor(jobs), BatchSketcher(settings, num_perm)
    # spawn: a fork of a process that has threads (a progress display) can deadlock
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    return executor, partial(_in_process, settings, num_perm)


def _in_process(settings: Settings, num_perm: int, texts: list[str]) -> Sketched:
    return _process_sketcher(settings, num_perm)(texts)


@cache
def _process_sketcher(settings: Settings, num_perm: int) -> BatchSketcher:
    return BatchSketcher(settings, num_perm)


def _in_order(
    executor: Executor,
    work: Callable[[list[str]], Sketched],
    batches: Iterable[list[Document]],
    jobs: int,
) -> Iterator[tuple[list[Document], Sketched]]:
    """Run ``work`` ahead by two batches a worker, so that memory stays bounded."""
    waiting: deque[tuple[list[Document], Future[Sketched]]] = deque()
    for batch in batches:
        waiting.append((batch, executor.submit(work, [document.text for document in batch])))
        if len(waiting) >= 2 * jobs:
            done, future = waiting.popleft()
            yield done, _result(future)
    for done, future in waiting:
        yield done, _result(future)


def _result(future: Future[Sketched]) -> Sketched:
    from concurrent.futures import BrokenExecutor

    try:
        return future.result()
    except BrokenExecutor as error:
        raise UsageError(
            message("a worker process could not start, or was killed"),
            hint=message('guard the script with if __name__ == "__main__", or use jobs=1'),
        ) from error

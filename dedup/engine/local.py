"""The local engine: reads and sketches documents in batches on all cores, in order."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol, TypeAlias

from dedup.errors import UsageError
from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.sketch.batch import SketchBatch, TextBatch
from dedup.sketch.kernel import glances, kernel_name, sketcher, text_hashes
from dedup.text import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from dedup.model import SetAside
    from dedup.settings import Settings

#: Characters and documents after which a batch is full; what is not read yet has about a third as
#: many characters as bytes.
BATCH_CHARACTERS = 1 << 19
BATCH_DOCUMENTS = 1024


class Unread(Protocol):
    """A document that a worker is to read; ``size`` is about how many bytes that takes."""

    @property
    def size(self) -> int:
        """Bytes."""

    def read(self) -> Document | Skipped:
        """Return the document, or why there is none."""


@dataclass(frozen=True, slots=True)
class Sketched:
    """The sketches of a batch of texts, and what was found in each.

    ``hashes`` are the hexadecimal 128-bit hashes of the decoded texts; ``skipped`` is what could
    not be read.
    """

    sketches: SketchBatch
    found: list[tuple[SetAside, ...]]
    hashes: list[str]
    skipped: list[Skipped] = field(default_factory=list)


Batch: TypeAlias = tuple[list[Document], Sketched]


class BatchSketcher:
    """Finds what to set aside and sketches the rest, with fixed settings."""

    def __init__(self, settings: Settings, num_perm: int) -> None:
        self._keep_metadata = settings.keep_metadata
        self._sketcher = sketcher(settings, num_perm)

    def __call__(self, texts: list[str]) -> Sketched:
        """Sketch a batch of texts."""
        batch = TextBatch.from_texts(texts)
        found = [
            metadata.find(text, glance) if glance.head or glance.tail else ()
            for text, glance in zip(texts, glances(batch), strict=True)
        ]
        if not self._keep_metadata:
            batch = batch.with_spans(texts, [[(p.start, p.end) for p in each] for each in found])
        return Sketched(self._sketcher.sketch(batch), found, text_hashes(batch))

    def read(self, items: Sequence[Document | Unread]) -> Batch:
        """Read what is unread of a batch, and sketch it."""
        read = [each if isinstance(each, Document) else each.read() for each in items]
        documents = [each for each in read if isinstance(each, Document)]
        sketched = self([document.text for document in documents])
        skipped = [each for each in read if isinstance(each, Skipped)]
        return documents, replace(sketched, skipped=skipped)


def sketch_documents(
    documents: Iterable[Document | Unread], settings: Settings, num_perm: int
) -> Iterator[Batch]:
    """Yield batches of documents with their sketches, in order, whatever the number of workers.

    The workers also read what is not read yet.
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
            yield work.read(batch)
        return
    executor, pooled = _pool(settings, num_perm, jobs)
    with executor:
        try:
            yield from _in_order(executor, pooled, rest, jobs)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _batches(documents: Iterable[Document | Unread]) -> Iterator[list[Document | Unread]]:
    batch: list[Document | Unread] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text) if isinstance(document, Document) else document.size // 3
        if characters >= BATCH_CHARACTERS or len(batch) >= BATCH_DOCUMENTS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _pool(
    settings: Settings, num_perm: int, jobs: int
) -> tuple[Executor, Callable[[list[Document | Unread]], Batch]]:
    # imported here, because most commands have too little to read to need them
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
    from multiprocessing import get_context

    if kernel_name() != "reference":
        return ThreadPoolExecutor(jobs), BatchSketcher(settings, num_perm).read
    # spawn: a fork of a process that has threads (a progress display) can deadlock
    executor = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    return executor, partial(_in_process, settings, num_perm)


def _in_process(settings: Settings, num_perm: int, batch: list[Document | Unread]) -> Batch:
    return _process_sketcher(settings, num_perm).read(batch)


@cache
def _process_sketcher(settings: Settings, num_perm: int) -> BatchSketcher:
    return BatchSketcher(settings, num_perm)


def _in_order(
    executor: Executor,
    work: Callable[[list[Document | Unread]], Batch],
    batches: Iterable[list[Document | Unread]],
    jobs: int,
) -> Iterator[Batch]:
    """Run ``work`` ahead by two batches a worker, so that memory stays bounded."""
    waiting: deque[Future[Batch]] = deque()
    for batch in batches:
        waiting.append(executor.submit(work, batch))
        if len(waiting) >= 2 * jobs:
            yield _result(waiting.popleft())
    yield from map(_result, waiting)


def _result(future: Future[Batch]) -> Batch:
    from concurrent.futures import BrokenExecutor

    try:
        return future.result()
    except BrokenExecutor as error:
        raise UsageError(
            message("a worker process could not start, or was killed"),
            hint=message('guard the script with if __name__ == "__main__", or use jobs=1'),
        ) from error

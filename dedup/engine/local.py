"""The local engine: reads and sketches documents in batches on all cores, in order."""

from __future__ import annotations

import os
import sys
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

import numpy as np

from dedup.engine.shards import Run, read_items
from dedup.errors import UsageError
from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.settings import LONGEST_PASSAGE
from dedup.sketch.aside import listed_hashes, set_aside_all, set_aside_some
from dedup.sketch.batch import SketchBatch, TextBatch
from dedup.sketch.kernel import glances, kept_text, kernel_name, sketcher, text_hashes
from dedup.text import metadata, social
from dedup.text.fold import kept_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future

    from numpy.typing import NDArray

    from dedup.engine.shards import Item, Shard, Unread
    from dedup.model import SetAside
    from dedup.settings import Settings
    from dedup.sketch.remembered import Remembered

#: Characters and documents after which a batch is full; what is not read yet has about a third as
#: many characters as bytes.
BATCH_CHARACTERS = 1 << 19
BATCH_DOCUMENTS = 1024
#: Batches that each worker may be ahead: what it does while a segment is written.
AHEAD = 3
#: Seconds that a thread may keep the interpreter where others wait for it.
_TURN = 1e-3
#: It is set in whole microseconds, cut off; what was told is a little less than these.
_ROUNDED = 5e-7


@dataclass(frozen=True, slots=True)
class Sketched:
    """The sketches of a batch of texts, and what was found in each.

    ``hashes`` are the 128-bit hashes of the decoded texts, uint8, shape (n, 16); ``skipped`` is
    what could not be read. Of texts that are read again there are only sketches.
    """

    sketches: SketchBatch
    found: list[tuple[SetAside, ...]]
    hashes: NDArray[np.uint8]
    skipped: list[Skipped] = field(default_factory=list)


S = TypeVar("S")
T = TypeVar("T")
Batch: TypeAlias = tuple[list[Document], Sketched]
#: What a worker is given at once.
Items: TypeAlias = "list[Item] | Run"


class BatchSketcher:
    """Finds what to set aside and sketches the rest, with fixed settings."""

    def __init__(
        self, settings: Settings, num_perm: int, remembered: Remembered | None = None
    ) -> None:
        self._remembered = remembered
        self._keep_metadata = settings.keep_metadata
        self._social = settings.social and not settings.keep_metadata
        self._sketcher = sketcher(settings, num_perm)
        self._listed = listed_hashes(settings)

    def __call__(self, texts: list[str], batch: TextBatch | None = None) -> Sketched:
        """Sketch texts; ``batch`` are the same, encoded, where that was done already."""
        if not self._social:
            return self._sketch(texts, batch or TextBatch.from_texts(texts))
        rests = [social.rest(text) for text in texts]
        changed = [i for i, text in enumerate(texts) if rests[i] is not text]
        return _of_whole_texts(self._sketch(rests, TextBatch.from_texts(rests)), texts, changed)

    def _sketch(self, texts: list[str], batch: TextBatch) -> Sketched:
        if self._keep_metadata:
            found = list(map(metadata.find, texts, glances(batch)))
            return Sketched(self._sketcher.sketch(batch), found, text_hashes(batch))
        hashes = text_hashes(batch)
        found, spanned, apart, left_out = set_aside_all(texts, batch, self._listed)
        if self._remembered is not None:
            self._remembered.put_all(hashes, left_out)
        sketches = self._sketcher.sketch(spanned)
        sketches = replace(sketches, set_aside=sketches.set_aside & apart)
        return Sketched(sketches, found, hashes)

    def read(self, items: Items) -> Batch:
        """Read what is unread of a batch, and sketch it."""
        documents, skipped, batch = _read(items)
        sketched = self([document.text for document in documents], batch)
        return documents, replace(sketched, skipped=skipped)

    def read_again(self, whole: Callable[[Document], bool], items: Items) -> Batch:
        """Read a batch for its shingles alone; ``whole`` tells of what nothing is set aside."""
        documents, skipped, batch = _read(items)
        parts = [i for i, document in enumerate(documents) if not whole(document)]
        texts = [document.text for document in documents]
        if self._social and parts:
            texts = [social.rest(text) for text in texts]
            batch = None
        batch = batch or TextBatch.from_texts(texts)
        if parts and not self._keep_metadata:
            batch = set_aside_some(texts, batch, parts, self._listed, self._remembered)
        sketches = self._sketcher.sketch(batch)
        return documents, Sketched(sketches, [], np.empty((0, 16), np.uint8), skipped)


def _read(items: Items) -> tuple[list[Document], list[Skipped], TextBatch | None]:
    """Read a batch; return also its texts encoded, where that was done."""
    found, batch = read_whole(items)
    documents = [each for each in found if isinstance(each, Document)]
    skipped = [each for each in found if isinstance(each, Skipped)]
    return documents, skipped, batch


def read_whole(items: Items) -> tuple[list[Document | Skipped], TextBatch | None]:
    """Read a batch, in order; return also its texts encoded, where that was done."""
    if isinstance(items, Run):
        run = items.read()
        return run.found, run.batch
    return list(read_items(items)), None


def _of_whole_texts(sketched: Sketched, texts: list[str], changed: list[int]) -> Sketched:
    """Put in what is said of whole texts, where ``changed`` ones were sketched with blanks."""
    if not changed:
        return sketched
    sketches, found, hashes = sketched.sketches, list(sketched.found), sketched.hashes.copy()
    whole_hash, whole_kept = sketches.whole_hash.copy(), sketches.whole_kept.copy()
    own = text_hashes(TextBatch.from_texts([texts[i] for i in changed]))
    for i, text_hash in zip(changed, own, strict=True):
        kept = kept_text(texts[i])
        whole_hash[i] = list(blake2b(kept.encode("utf-8"), digest_size=16).digest())
        whole_kept[i] = kept_characters(kept)
        found[i] = tuple(replace(part, text=texts[i][part.start : part.end]) for part in found[i])
        hashes[i] = text_hash
    sketches = replace(sketches, whole_hash=whole_hash, whole_kept=whole_kept)
    return replace(sketched, sketches=sketches, found=found, hashes=hashes)


def sketch_documents(
    documents: Iterable[Item], settings: Settings, num_perm: int
) -> Iterator[Batch]:
    """Yield batches of documents with their sketches, in order, whatever the number of workers.

    The workers also read what is not read yet.
    The native kernel runs in threads, which it leaves to run; the reference in processes, where
    more than one worker is asked for by number and there is enough input to be worth starting
    them: they import the main script again, which not every script that uses a library allows.
    """
    for _, batch in _sketched(batches_of([documents]), settings, num_perm, _as_it_is):
        yield batch


def sketch_shards(
    shards: Iterable[Shard], settings: Settings, num_perm: int
) -> Iterator[tuple[int, Batch]]:
    """Yield what :func:`sketch_documents` does, each batch with the number of its shard."""
    return map_shards(shards, settings, num_perm, _as_it_is)


def map_shards(
    shards: Iterable[Shard],
    settings: Settings,
    num_perm: int,
    make: Callable[[int, Batch], T],
    remembered: Remembered | None = None,
) -> Iterator[tuple[int, T]]:
    """Yield what ``make`` makes of each batch and the number of its shard, with that number.

    It is called in the workers, which may be processes, to which it is sent; these leave nothing
    in what is ``remembered``.
    """
    batches = batches_of(shard.items() for shard in shards)
    return _sketched(batches, settings, num_perm, make, remembered=remembered)


def shingle_shards(
    shards: Iterable[Shard],
    settings: Settings,
    make: Callable[[int, Batch], T],
    whole: Callable[[int, int], bool],
    remembered: Remembered | None = None,
) -> Iterator[tuple[int, T]]:
    """Yield the same of documents that were sketched before, with what shingles need.

    ``whole`` tells of a shard's number and a place that nothing was set aside of the document.
    """
    batches = batches_of(shard.items() for shard in shards)
    settings = replace(settings, min_passage=LONGEST_PASSAGE)
    return _sketched(batches, settings, 1, make, whole, remembered)


def _as_it_is(_: int, batch: Batch) -> Batch:
    return batch


def each_batch(
    shards: Iterable[Shard], work: Callable[[int, Items], T], jobs: int
) -> Iterator[tuple[int, T]]:
    """Yield what ``work`` makes of each batch, with the number of its shard, in order.

    Like :func:`sketch_shards`, in threads where the native kernel runs in them, else in this one.
    """
    batches = batches_of(shard.items() for shard in shards)
    first = list(islice(batches, 2))
    rest = chain(first, batches)
    workers = 1 if kernel_name() == "reference" else jobs or os.cpu_count() or 1
    if workers == 1 or len(first) < 2:
        for shard, batch in rest:
            yield shard, work(shard, batch)
        return
    from concurrent.futures import ThreadPoolExecutor

    yield from finished(ThreadPoolExecutor(workers), work, rest, workers)


def _sketched(
    batches: Iterator[tuple[int, Items]],
    settings: Settings,
    num_perm: int,
    make: Callable[[int, Batch], T],
    whole: Callable[[int, int], bool] | None = None,
    remembered: Remembered | None = None,
) -> Iterator[tuple[int, T]]:
    first = list(islice(batches, 2))
    rest = chain(first, batches)
    jobs = settings.jobs or (1 if kernel_name() == "reference" else os.cpu_count() or 1)
    if jobs == 1 or len(first) < 2:
        work = _Work(BatchSketcher(settings, num_perm, remembered), make, whole)
        for shard, batch in rest:
            yield shard, work(shard, batch)
        return
    executor, pooled = _pool(settings, num_perm, jobs, make, whole, remembered)
    yield from finished(executor, pooled, rest, jobs)


def batches_of(shards: Iterable[Iterable[Item]]) -> Iterator[tuple[int, Items]]:
    """Yield batches, each of one shard, with its number; a run is one by itself."""
    for number, items in enumerate(shards):
        batch: list[Item] = []
        characters = 0
        for each in items:
            if isinstance(each, Run):
                if batch:
                    yield number, batch
                    batch, characters = [], 0
                yield number, each
                continue
            batch.append(each)
            characters += _characters(each)
            if characters >= BATCH_CHARACTERS or len(batch) >= BATCH_DOCUMENTS:
                yield number, batch
                batch, characters = [], 0
        if batch:
            yield number, batch


def _characters(item: Document | Skipped | Unread) -> int:
    if isinstance(item, Document):
        return len(item.text)
    return 0 if isinstance(item, Skipped) else item.size // 3


@dataclass(frozen=True, slots=True)
class _Work(Generic[T]):
    """What a worker does with a batch of a shard."""

    sketcher: BatchSketcher
    make: Callable[[int, Batch], T]
    whole: Callable[[int, int], bool] | None

    def __call__(self, shard: int, items: Items) -> T:
        whole = self.whole
        if whole is None:
            batch = self.sketcher.read(items)
        else:
            batch = self.sketcher.read_again(lambda each: whole(shard, each.place), items)
        return self.make(shard, batch)


def _pool(
    settings: Settings,
    num_perm: int,
    jobs: int,
    make: Callable[[int, Batch], T],
    whole: Callable[[int, int], bool] | None,
    remembered: Remembered | None,
) -> tuple[Executor, Callable[[int, Items], T]]:
    # imported here, because most commands have too little to read to need them
    from concurrent.futures import ThreadPoolExecutor

    if kernel_name() != "reference":
        sketcher = BatchSketcher(settings, num_perm, remembered)
        return ThreadPoolExecutor(jobs), _Work(sketcher, make, whole)
    from dedup.engine.processes import process_pool

    executor = process_pool(jobs, with_script=True)  # a reader may be of the script
    return executor, partial(_in_process, settings, num_perm, make)


def _in_process(
    settings: Settings,
    num_perm: int,
    make: Callable[[int, Batch], T],
    shard: int,
    items: Items,
) -> T:
    return make(shard, _process_sketcher(settings, num_perm).read(items))


@cache
def _process_sketcher(settings: Settings, num_perm: int) -> BatchSketcher:
    return BatchSketcher(settings, num_perm)


def finished(
    executor: Executor,
    work: Callable[[int, S], T],
    batches: Iterable[tuple[int, S]],
    jobs: int,
) -> Iterator[tuple[int, T]]:
    """Run :func:`in_order`, and end the executor with it; what has not begun is left undone."""
    with executor, _taking_turns():
        try:
            yield from in_order(executor, work, batches, jobs)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _taking_turns() -> Iterator[None]:
    """Let threads that come back from the kernel go on sooner than the interpreter does.

    It lets another one run for 5 ms at a time; a batch takes 30, and comes back ten times. With 1
    a scan of records takes a sixth less. Two scans at once may leave it at that.
    """
    before = sys.getswitchinterval()
    if before <= _TURN:
        yield
        return
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before + _ROUNDED)


def in_order(
    executor: Executor,
    work: Callable[[int, S], T],
    batches: Iterable[tuple[int, S]],
    jobs: int,
) -> Iterator[tuple[int, T]]:
    """Run ``work`` ahead by :data:`AHEAD` batches a worker, so that memory stays bounded."""
    waiting: deque[tuple[int, Future[T]]] = deque()
    for number, batch in batches:
        waiting.append((number, executor.submit(work, number, batch)))
        if len(waiting) >= AHEAD * jobs:
            first, future = waiting.popleft()
            yield first, _result(future)
    for number, future in waiting:
        yield number, _result(future)


def _result(future: Future[T]) -> T:
    from concurrent.futures import BrokenExecutor

    try:
        return future.result()
    except BrokenExecutor as error:
        raise UsageError(
            message("a worker process could not start, or was killed"),
            hint=message('guard the script with if __name__ == "__main__", or use jobs=1'),
        ) from error

"""Pass one: read and sketch every document into segments, and keep no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.engine.columns import SegmentBuilder
from dedup.engine.local import sketch_shards
from dedup.messages import message
from dedup.model import Skipped
from dedup.sketch.segments import SEGMENT_DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.engine.local import Batch
    from dedup.engine.shards import Shard
    from dedup.engine.store import Store
    from dedup.progress import Progress
    from dedup.settings import Settings
    from dedup.sketch.bands import Banding


def gather(
    shards: Sequence[Shard],
    settings: Settings,
    banding: Banding,
    store: Store,
    progress: Progress,
) -> list[Skipped]:
    """Sketch the documents of all shards into ``store``; return what was skipped.

    Texts without a kept character are skipped as ``no-text``.
    """
    numbers = store.begin(shards)
    gathering = _Gathering(store, SegmentBuilder(settings, banding), settings.fingerprint())
    if store.documents:
        progress.advance(store.documents + len(store.skipped))
    at = 0
    todo = [shards[number] for number in numbers]
    for now, batch in sketch_shards(todo, settings, banding.num_perm):
        while at < now:
            gathering.finish(numbers[at])
            at += 1
        documents, sketched = batch
        gathering.add((numbers[at], todo[at].name), batch)
        progress.advance(len(documents) + len(sketched.skipped))
    for number in numbers[at:]:
        gathering.finish(number)
    gathering.flush()
    return [*store.skipped, *gathering.skipped]


class _Gathering:
    """Puts batches together to segments."""

    def __init__(self, store: Store, builder: SegmentBuilder, fingerprint: str) -> None:
        self.skipped: list[Skipped] = []
        self._store = store
        self._builder = builder
        self._header = {"fingerprint": fingerprint}
        self._finished = 0

    def add(self, shard: tuple[int, str], batch: Batch) -> None:
        """Add a batch of a shard, given by number and name."""
        documents, sketched = batch
        if len(self._builder) + len(documents) > SEGMENT_DOCUMENTS:
            self.flush()
        self._builder.add(shard, documents, sketched)
        self.skipped += _skipped(batch)

    def finish(self, number: int) -> None:
        """End a shard."""
        if self._store.per_shard:
            self.flush()
        self._store.finish(number, self.skipped[self._finished :])
        self._finished = len(self.skipped)

    def flush(self) -> None:
        """End a segment."""
        if len(self._builder):
            self._store.add(self._header, self._builder.finish())


def _skipped(batch: Batch) -> list[Skipped]:
    documents, sketched = batch
    nothing = message("it holds no text to compare")
    empty = [
        Skipped(document.id, document.path, "no-text", nothing)
        for document, tokens in zip(documents, sketched.sketches.tokens.tolist(), strict=True)
        if not tokens
    ]
    return [*sketched.skipped, *empty]

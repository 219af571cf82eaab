"""Pass one: read and sketch every document into segments, and keep no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.engine.building import SegmentBuilder
from dedup.engine.columns import ColumnMaker
from dedup.engine.local import map_shards
from dedup.engine.shards import Measured
from dedup.sketch.segments import SEGMENT_DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.engine.columns import BatchColumns
    from dedup.engine.shards import Shard
    from dedup.engine.store import Store
    from dedup.model import Skipped
    from dedup.progress import Progress
    from dedup.settings import Settings
    from dedup.sketch.bands import Banding
    from dedup.sketch.remembered import Remembered


def gather(
    shards: Sequence[Shard],
    settings: Settings,
    banding: Banding,
    store: Store,
    progress: Progress,
    remembered: Remembered | None = None,
) -> list[Skipped]:
    """Sketch the documents of all shards into ``store``; return what was skipped.

    Texts without a kept character are skipped as ``no-text``. What is set aside of the others is
    ``remembered``.
    """
    numbers = store.begin(shards)
    gathering = _Gathering(store, settings.fingerprint())
    if store.documents:
        progress.advance(store.documents + len(store.skipped))
    at = 0
    todo = [shards[number] for number in numbers]
    measured = [shard for shard in todo if isinstance(shard, Measured)]
    size = _size(measured) if len(measured) == len(todo) else 0
    names = tuple(shard.name for shard in todo)
    make = ColumnMaker(settings, banding, tuple(numbers), names)
    for now, batch in map_shards(todo, settings, banding.num_perm, make, remembered):
        while at < now:
            gathering.finish(numbers[at])
            at += 1
        gathering.add(batch)
        progress.advance(batch.count)
        if size:
            progress.reached(sum(shard.at for shard in measured) / size)
    for number in numbers[at:]:
        gathering.finish(number)
    gathering.flush()
    return [*store.skipped, *gathering.skipped]


def _size(shards: Sequence[Measured]) -> int:
    """Return how many bytes are to be read, 0 where that is not known."""
    sizes = [shard.size for shard in shards]
    return 0 if None in sizes else sum(filter(None, sizes))


class _Gathering:
    """Puts batches together to segments."""

    def __init__(self, store: Store, fingerprint: str) -> None:
        self.skipped: list[Skipped] = []
        self._store = store
        self._builder = SegmentBuilder()
        self._header = {"fingerprint": fingerprint}
        self._finished = 0

    def add(self, batch: BatchColumns) -> None:
        """Add a batch."""
        if len(self._builder) + len(batch) > SEGMENT_DOCUMENTS:
            self.flush()
        self._builder.add(batch)
        self.skipped += batch.skipped

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

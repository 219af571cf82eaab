"""A corpus made of documents, as a scan makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from dedup import Document, Settings
from dedup.engine.corpus import Corpus, Table
from dedup.engine.gather import gather
from dedup.engine.shards import Shard, Texts
from dedup.engine.store import Store
from dedup.model import Skipped
from dedup.progress import NO_PROGRESS
from dedup.sketch.bands import banding


@pytest.fixture
def store() -> Iterator[Store]:
    with Store() as made:
        yield made


@pytest.fixture
def make_corpus(store: Store) -> Callable[..., tuple[Corpus, list[Skipped]]]:
    """Sketch documents, or shards of them, into a corpus."""

    def make(
        given: Sequence[Document] | Sequence[Shard], settings: Settings | None = None
    ) -> tuple[Corpus, list[Skipped]]:
        settings = settings or Settings()
        chosen = banding(settings.threshold, settings.recall)
        shards = [Texts(given)] if not given or isinstance(given[0], Document) else given
        skipped = gather(shards, settings, chosen, store, NO_PROGRESS)
        table = Table(store.segments, [shard.name for shard in shards])
        return Corpus(table, settings), skipped

    return make

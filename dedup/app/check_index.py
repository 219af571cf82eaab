"""Files against an index, in a repository or outside of one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from dedup.app.check_corpus import Named
from dedup.app.index import Index
from dedup.engine.shards import Texts
from dedup.source.discovery import discover
from dedup.source.shards import shards

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence
    from os import PathLike

    from dedup.engine.against import Against
    from dedup.engine.asked import Asked
    from dedup.engine.shards import Shard
    from dedup.settings import Settings
    from dedup.source.reading import Reading


@contextmanager
def opened(path: str | PathLike[str], settings: Settings) -> Iterator[tuple[Against, int]]:
    """Open an index, and yield what it knows and how many documents that are.

    Raises :class:`~dedup.errors.InputError` for what is no index, and
    :class:`~dedup.errors.SettingsError` for one of other settings.
    """
    from dedup.index.file import guarded

    with Index.open(path, settings=settings) as index, guarded(index.path):
        yield index.side(runs=False), len(index)


class Paths:
    """Files outside of a repository: a document's id is what it is called."""

    def __init__(
        self, paths: Sequence[str | PathLike[str]], reading: Reading, *, ignore: bool
    ) -> None:
        found = discover(paths, ignore=ignore)
        self.left_out: Counter[str] = found.left_out
        made = shards(found.files, reading, named=found.named)
        self.shards: list[Shard] = [Texts(found.skipped), *made] if found.skipped else made
        self.asked: frozenset[str] = frozenset()

    def checked(self, found: Asked) -> Paths:
        """Note which documents were asked about."""
        skipped = {each.id for each in found.skipped}
        self.asked = frozenset(found.pairs) | skipped
        return self

    def named(self, doc_id: str) -> list[Named]:
        """Return a document under its id."""
        return [Named(doc_id, doc_id)]

    def is_checked(self, path: str) -> bool:
        """Tell whether a document is checked."""
        return path in self.asked

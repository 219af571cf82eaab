"""A new batch against an index, which then takes over what of the batch is kept."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from dedup.engine.against import NOTHING, Against
from dedup.errors import UsageError
from dedup.index.schema import is_index
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.app.index import Index
    from dedup.index.results import Added
    from dedup.model import Document, ScanResult
    from dedup.progress import Progress
    from dedup.settings import Settings
    from dedup.source.reading import Reading


class Side:
    """The known side of a scan: an index, or paths, or nothing.

    ``settings`` are those of the scan: with an index, its list of boilerplate is in them.
    """

    def __init__(
        self, against: Against | Sequence[str], settings: Settings, index: Index | None
    ) -> None:
        self.against = against
        self.settings = settings
        self._index = index

    @property
    def paths(self) -> list[str]:
        """The files and folders that are known."""
        return [] if isinstance(self.against, Against) else list(self.against)

    @property
    def unverified(self) -> tuple[str, ...]:
        """The ids of documents of the index that may match and whose text could not be read."""
        return () if self._index is None else self._index.unverified

    @property
    def unread(self) -> int:
        """How many documents of the index were not looked through for runs, being too many."""
        return 0 if self._index is None else self._index.unread

    def update(
        self,
        paths: Sequence[str],
        result: ScanResult,
        reading: Reading,
        *,
        ignore: bool,
        progress: Progress,
    ) -> Added:
        """Add the documents of a scan that are kept."""
        if self._index is None:
            raise UsageError(message("there is no index to update"))
        dropped = frozenset(result.dropped)

        def keep(document: Document) -> bool:
            return document.id not in dropped and f"{document.path}:{document.place}" not in dropped

        return self._index.add(
            list(paths), reading=reading, ignore=ignore, progress=progress, keep=keep
        )


@contextmanager
def known_side(
    known: Sequence[str],
    new: Sequence[str],
    settings: Settings,
    *,
    update: bool,
    ignore: bool,
    runs: bool | None = None,
) -> Iterator[Side]:
    """Open what is known: one index, which may be updated, or files and folders.

    What the index has of the ``new`` paths themselves is left out, so that a batch that was
    interrupted while the index was updated can be gone on with. ``runs`` as for
    :meth:`~dedup.app.index.Index.side`. Raises
    :class:`~dedup.errors.UsageError` where there is no index to update, or more than one.
    """
    indexes = [path for path in known if is_index(path)]
    if update and not indexes:
        raise UsageError(
            message("there is no index to update"),
            hint=message("name one: --against INDEX --update-index"),
        )
    if not indexes:
        yield Side(list(known) or NOTHING, settings, None)
        return
    if len(known) > 1:
        raise UsageError(
            message("an index is compared with by itself"),
            hint=message("put them together: dedup index merge, or dedup index add"),
        )
    from dedup.app.index import Index

    with Index.open(indexes[0], write=update, settings=settings) as index:
        yield Side(index.side(new, ignore=ignore, runs=runs), index.settings, index)

"""An index as the known side of a scan: the documents that may match, read as they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.app.index_texts import documents_of
from dedup.engine.against import Against
from dedup.index.lookup import candidates, of_segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.engine.shards import Item, Shard
    from dedup.index.contents import Contents
    from dedup.settings import Settings
    from dedup.sketch.segments import Segment

#: Documents that are fetched together.
_TOGETHER = 256


class KnownDocuments:
    """Documents of an index as a shard; ``place`` is the number.

    ``unverified`` are the ids of those whose text could not be read.
    """

    def __init__(self, contents: Contents, numbers: Sequence[int], settings: Settings) -> None:
        self.name = contents.name
        self.unverified: list[str] = []
        self._contents = contents
        self._numbers = numbers
        self._settings = settings

    def items(self) -> Iterator[Item]:
        """Yield the documents."""
        self.unverified.clear()
        yield from self.again(self._numbers)

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield documents again."""
        for at in range(0, len(places), _TOGETHER):
            found, unverified = documents_of(
                self._contents, places[at : at + _TOGETHER], self._settings
            )
            self.unverified += unverified
            yield from found


class IndexSide:
    """What a scan is compared with where that is an index, ``without`` some of its documents."""

    def __init__(
        self, contents: Contents, settings: Settings, without: frozenset[int] = frozenset()
    ) -> None:
        self._contents = contents
        self._settings = settings
        self._without = without
        self._known: list[KnownDocuments] = []

    def against(self) -> Against:
        """Return it for :func:`~dedup.app.scan.scan_shards`."""
        return Against(
            choose=self._choose, documents=self._contents.documents() - len(self._without)
        )

    @property
    def unverified(self) -> tuple[str, ...]:
        """The ids of documents that may match and whose text could not be read."""
        return tuple(sorted({each for known in self._known for each in known.unverified}))

    def _choose(self, segments: Sequence[Segment]) -> Sequence[Shard]:
        numbers: set[int] = set()
        for segment in segments:
            numbers.update(candidates(self._contents, of_segment(segment)))
        known = KnownDocuments(self._contents, sorted(numbers - self._without), self._settings)
        self._known = [known]
        return self._known

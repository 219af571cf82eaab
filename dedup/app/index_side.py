"""An index as the known side of a scan: the documents that may match, read as they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.app.index_texts import documents_of
from dedup.boilerplate import boilerplate_of
from dedup.engine.against import Against, Chosen
from dedup.errors import UsageError
from dedup.index.lookup import candidates, of_segment
from dedup.match.runs import SMALL
from dedup.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dedup.engine.shards import Item, Shard
    from dedup.index.contents import Contents
    from dedup.settings import Settings
    from dedup.sketch.segments import Segment

#: Bytes of compressed texts up to which a whole index may be the small side.
WHOLE = SMALL
#: Bytes of compressed texts, about one a character, that are looked through unasked: as many as
#: 30,000 articles, which takes seconds.
SOON = 1 << 25
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
    """What a scan is compared with where that is an index, ``without`` some of its documents.

    ``unread`` is how many documents could have been looked through for runs and were not, because
    they are many and nobody asked for it (``runs``).
    """

    def __init__(
        self,
        contents: Contents,
        settings: Settings,
        without: frozenset[int] = frozenset(),
        *,
        runs: bool | None = None,
    ) -> None:
        if runs and not contents.with_text:
            raise UsageError(
                message("the index {path} keeps no texts to look for runs in", path=contents.name),
                hint=message("compare with the texts themselves: --against PATH"),
            )
        self.unread = 0
        self._contents = contents
        self._settings = settings
        self._without = without
        self._wanted = runs
        self._known: list[KnownDocuments] = []

    def against(self) -> Against:
        """Return it for :func:`~dedup.app.scan.scan_shards`."""
        return Against(
            choose=self._choose,
            documents=self._contents.documents() - len(self._without),
            boilerplate=boilerplate_of(self._settings.boilerplate),
        )

    @property
    def unverified(self) -> tuple[str, ...]:
        """The ids of documents that may match and whose text could not be read."""
        return tuple(sorted({each for known in self._known for each in known.unverified}))

    def _choose(self, segments: Sequence[Segment], shards: Sequence[Shard]) -> Chosen:
        numbers: set[int] = set()
        hot = not_compared = 0
        for segment in segments:
            found = candidates(self._contents, of_segment(segment))
            numbers.update(found.numbers)
            hot, not_compared = hot + found.hot_buckets, not_compared + found.not_compared
        sharing = self._sharing(segments, shards)
        numbers.update(sharing or ())
        known = KnownDocuments(self._contents, sorted(numbers - self._without), self._settings)
        self._known = [known]
        return Chosen(self._known, sharing is not None, hot, not_compared)

    def _sharing(
        self, segments: Sequence[Segment], shards: Sequence[Shard]
    ) -> Iterable[int] | None:
        """Return all documents that may share a run with a new one; None where nobody looked."""
        self.unread = 0
        if self._wanted is False or not self._contents.with_text:
            return None
        from dedup.app.index_runs import all_numbers, sharing, text_bytes
        from dedup.engine.runs import kept_of, windows_of

        size = text_bytes(self._contents)
        if size <= WHOLE:
            return all_numbers(self._contents)
        if kept_of(segments) > SMALL:
            return None
        if self._wanted is None and size > SOON:
            self.unread = self._contents.documents() - len(self._without)
            return None
        table = windows_of(segments, shards, self._settings)
        return sharing(self._contents, table, self._settings)

"""The known side of a scan: compared with the new documents, and not with itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedup.boilerplate import Boilerplate
    from dedup.engine.shards import Shard
    from dedup.engine.store import Store
    from dedup.sketch.segments import Segment


@dataclass(frozen=True, slots=True)
class Chosen:
    """Known documents that may match some new ones: all others surely do not.

    With ``runs`` that holds for the runs that few texts share, too. Of ``hot_buckets`` only the
    oldest documents are there, which leaves out up to ``not_compared`` pairs.
    """

    shards: Sequence[Shard] = ()
    runs: bool = False
    hot_buckets: int = 0
    not_compared: int = 0


@dataclass(frozen=True, slots=True)
class Against:
    """Documents that are known already.

    They come first in keep order, so that each is kept, and none of them is dropped, written or
    compared with another known one. ``shards`` are read again where one of them is a candidate.
    ``store`` holds, or will hold, their sketches: what its ``begin`` returns is sketched into it,
    and its segments number these shards from 0; without one they go to a store for this scan.

    Where ``choose`` is given it is called with the segments of the new documents and with their
    shards, and returns what to use instead: of an index the documents that may match.
    ``documents`` is then how many are known in all. With ``runs`` the runs that few texts share
    are looked for (:mod:`dedup.engine.runs`), for which the texts of the larger side are read
    once more. ``boilerplate`` is the list by which what is known was sketched: the new documents
    are compared by it, unless they come with one of their own.
    """

    shards: Sequence[Shard] = ()
    store: Store | None = None
    choose: Callable[[Sequence[Segment], Sequence[Shard]], Chosen] | None = None
    documents: int | None = None
    runs: bool = False
    boilerplate: Boilerplate | None = None

    def chosen(self, segments: Sequence[Segment], shards: Sequence[Shard]) -> Chosen:
        """Return what the new documents are compared with."""
        if self.choose is not None:
            return self.choose(segments, shards)
        return Chosen(self.shards, self.runs)


#: No known side: every document is compared with every other.
NOTHING = Against()

"""The known side of a scan: compared with the new documents, and not with itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedup.engine.shards import Shard
    from dedup.engine.store import Store
    from dedup.sketch.segments import Segment


@dataclass(frozen=True, slots=True)
class Against:
    """Documents that are known already.

    They come first in keep order, so that each is kept, and none of them is dropped, written or
    compared with another known one. ``shards`` are read again where one of them is a candidate.
    ``store`` holds, or will hold, their sketches: what its ``begin`` returns is sketched into it,
    and its segments number these shards from 0; without one they go to a store for this scan.

    Where ``choose`` is given it is called with the segments of the new documents, and returns the
    shards to use instead: those of an index, with the documents that may match. ``documents`` is
    then how many are known in all. With ``runs`` the runs that few texts share are looked for
    (:mod:`dedup.engine.runs`), for which the texts of the larger side are read once more.
    """

    shards: Sequence[Shard] = ()
    store: Store | None = None
    choose: Callable[[Sequence[Segment]], Sequence[Shard]] | None = None
    documents: int | None = None
    runs: bool = False


#: No known side: every document is compared with every other.
NOTHING = Against()

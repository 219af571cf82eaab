"""What is left of a shard of which the beginning is done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dedup.engine.shards import Run, RunRead
from dedup.model import Document
from dedup.sketch.batch import TextBatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedup.engine.shards import Item, Shard


@dataclass(frozen=True, slots=True)
class Rest:
    """The documents of a shard of records behind the place ``after``.

    What comes before is still read, and what is skipped in it still told, but nothing more is
    done with it.
    """

    shard: Shard
    after: int

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.shard.name

    def items(self) -> Iterator[Item]:
        """Yield the documents, read or not, and what was skipped in all of the shard."""
        for each in self.shard.items():
            if isinstance(each, Run):
                yield Run(partial(_behind, each.read, self.after))
            elif not isinstance(each, Document) or each.place > self.after:
                yield each

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield documents once more."""
        return self.shard.again(places)


def _behind(read: Callable[[], RunRead], after: int) -> RunRead:
    run = read()
    found = [each for each in run.found if not isinstance(each, Document) or each.place > after]
    if len(found) == len(run.found):
        return run
    texts = [each.text for each in found if isinstance(each, Document)]
    return RunRead(found, TextBatch.from_texts(texts))

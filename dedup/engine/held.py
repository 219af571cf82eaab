"""Documents that one pass keeps for the next, so that little is read twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from dedup.engine.shards import Measured, read_items
from dedup.model import Document, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.engine.shards import Item, Shard

#: Characters of documents that are held, all together: 64 MB where they are Chinese.
HELD = 32 << 20
#: Documents without a text that are asked for again together.
_TOGETHER = 1024


class Holding:
    """What a pass over shards holds of them: whole shards, while there is room.

    Of a shard that can be gone through once only, which keeps its texts itself, it is everything
    but the texts.
    """

    def __init__(self, shards: Sequence[Shard], room: int = HELD) -> None:
        self._shards = shards
        self._once = [bool(getattr(shard, "once", False)) for shard in shards]
        self._held: dict[int, list[Document | Skipped]] = {}
        self._sizes: dict[int, int] = {}
        self._stored: dict[int, int] = {}
        self._over = {i for i, once in enumerate(self._once) if once}
        self._room = room

    def wants(self, shard: int) -> bool:
        """Tell whether what is read of a shard may be held; once it is not, it never is."""
        return shard not in self._over or self._once[shard]

    def hold(self, shard: int, read: Sequence[Document | Skipped]) -> None:
        """Hold what was read of a shard, in order, if there is room."""
        if shard in self._over:
            if self._once[shard]:
                self._held.setdefault(shard, []).extend(map(_without_text, read))
            return
        size = sum(len(each.text) for each in read if isinstance(each, Document))
        self._held.setdefault(shard, []).extend(read)
        self._sizes[shard] = self._sizes.get(shard, 0) + size
        self._room -= size
        if self._room < self._expected(shard):
            self._over.add(shard)
            self._room += self._sizes.pop(shard)
            del self._held[shard]

    def _expected(self, shard: int) -> float:
        """Return how many characters more a shard has, by what was read of it; 0 if unknown."""
        measured = self._shards[shard]
        if shard not in self._stored:
            # asked for once: a remote file is looked up for it
            self._stored[shard] = (measured.size or 0) if isinstance(measured, Measured) else 0
        at = getattr(measured, "at", 0) if self._stored[shard] else 0
        # it is read ahead: this is rather too little
        return self._sizes[shard] * max(self._stored[shard] / at - 1, 0) if at else 0

    def shards(self) -> list[Shard]:
        """Return the shards for the next pass; what is held goes as it is asked for."""
        return [
            _Held(shard, self._held.pop(i, []), whole=i not in self._over)
            if i not in self._over or self._once[i]
            else shard
            for i, shard in enumerate(self._shards)
        ]


class _Held:
    """A shard of which the documents are held, or everything but their texts."""

    def __init__(self, shard: Shard, held: list[Document | Skipped], *, whole: bool) -> None:
        self.name = shard.name
        self._shard = shard
        self._held = held
        self._whole = whole

    def items(self) -> Iterator[Item]:
        """Yield the documents, each once."""
        held, self._held = self._held, []
        if self._whole:
            yield from held
            return
        rest = iter(held)
        while some := list(islice(rest, _TOGETHER)):
            yield from self._with_texts(some)

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield documents again."""
        if self._whole and self._held:
            found = {each.place: each for each in self._held if isinstance(each, Document)}
            return iter([found[place] for place in places])
        return self._shard.again(places)

    def _with_texts(self, some: list[Document | Skipped]) -> Iterator[Item]:
        places = [each.place for each in some if isinstance(each, Document)]
        texts = read_items(self._shard.again(places)) if places else iter(())
        for each in some:
            if not isinstance(each, Document):
                yield each
                continue
            found = next(texts)
            yield replace(each, text=found.text) if isinstance(found, Document) else found


def _without_text(each: Document | Skipped) -> Document | Skipped:
    return replace(each, text="") if isinstance(each, Document) else each

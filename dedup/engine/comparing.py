"""Similar documents compared by their words, in worker processes where there are very many.

That is Python, which threads would not share. Results do not depend on who computes them.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from dedup.engine.forms import Forms
from dedup.engine.local import finished
from dedup.match.families import Roots
from dedup.match.replacing import compare_forms
from dedup.replacement import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from dedup.engine.forms import Parts
    from dedup.match.slots import Form
    from dedup.replacement import Filled
    from dedup.settings import Settings

#: Tokens of the forms that are at hand at a time.
AT_HAND = 4 << 20
#: Characters of the documents of one chunk, and its pairs: some tenths of a second.
CHUNK_CHARACTERS, CHUNK_PAIRS = 1 << 20, 512
#: Characters of all documents of all pairs from which on processes are worth their start: as much
#: as takes one of them some seconds. A pair takes about as long as so many characters besides.
MANY, OF_PAIR = 1 << 25, 700

#: The row of a pair, its counts (:data:`~dedup.replacement.FIELDS`), what is filled in otherwise.
Compared: TypeAlias = "tuple[int, tuple[int, ...], tuple[Filled, ...]]"
_VALUES = attrgetter(*FIELDS)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Pairs and what their documents are made from, by position.

    Each pair is its row, the positions of both, and whether they are near.
    """

    pairs: list[tuple[int, int, int, bool]]
    parts: dict[int, Parts]


class Comparer:
    """Compares the pairs of chunks; forms stay at hand from one to the next."""

    def __init__(self, settings: Settings) -> None:
        self._make = Forms(settings)
        self._at_hand: OrderedDict[int, Form] = OrderedDict()
        self._tokens = 0

    def __call__(self, _: int, chunk: Chunk) -> list[Compared]:
        """Return what was found of each pair, in their order."""
        made: list[Compared] = []
        for row, a, b, near in chunk.pairs:
            first, second = self._form(a, chunk.parts), self._form(b, chunk.parts)
            replacement, filled = compare_forms(first, second, near=near)
            made.append((row, _VALUES(replacement), filled))
        return made

    def _form(self, at: int, parts: dict[int, Parts]) -> Form:
        form = self._at_hand.get(at)
        if form is not None:
            self._at_hand.move_to_end(at)
            return form
        form = self._at_hand[at] = self._make.form(parts[at])
        self._tokens += len(form)
        while self._tokens > AT_HAND and len(self._at_hand) > 2:
            self._tokens -= len(self._at_hand.popitem(last=False)[1])
        return form


def compared(
    pairs: NDArray[np.int64],
    near: NDArray[np.bool_],
    texts: Callable[[int], Parts | None],
    sizes: NDArray[np.int64],
    settings: Settings,
) -> Iterator[Compared]:
    """Compare pairs of positions, int64, shape (m, 2), in some order.

    ``texts`` are the documents and ``sizes`` their characters by position; a pair of which one is
    missing is left out. Processes are started where there is enough to do.
    """
    chunks = enumerate(_chunks(pairs, near, texts, sizes))
    jobs = settings.jobs or os.cpu_count() or 1
    if jobs == 1 or int(sizes[pairs].sum()) + OF_PAIR * len(pairs) < MANY:
        compare = Comparer(settings)
        for number, chunk in chunks:
            yield from compare(number, chunk)
        return
    from dedup.engine.processes import process_pool  # few scans have so much to do

    compare_there = partial(_in_process, settings)
    for _, found in finished(process_pool(jobs), compare_there, chunks, jobs):
        yield from found


def _chunks(
    pairs: NDArray[np.int64],
    near: NDArray[np.bool_],
    texts: Callable[[int], Parts | None],
    sizes: NDArray[np.int64],
) -> Iterator[Chunk]:
    """Cut pairs into chunks, those that are connected next to each other."""
    root = Roots()
    for a, b in pairs.tolist():
        root.join(a, b)
    groups = np.array([root.of(a) for a in pairs[:, 0].tolist()], dtype=np.int64)
    chunk, characters = Chunk([], {}), 0
    for row in np.argsort(groups, kind="stable").tolist():
        a, b = pairs[row].tolist()
        for at in (a, b):
            if at not in chunk.parts and (parts := texts(at)) is not None:
                chunk.parts[at] = parts
                characters += int(sizes[at])
        if a in chunk.parts and b in chunk.parts:
            chunk.pairs.append((row, a, b, bool(near[row])))
        if characters >= CHUNK_CHARACTERS or len(chunk.pairs) >= CHUNK_PAIRS:
            yield chunk
            chunk, characters = Chunk([], {}), 0
    yield chunk


def _in_process(settings: Settings, number: int, chunk: Chunk) -> list[Compared]:
    return _process_comparer(settings)(number, chunk)


@cache
def _process_comparer(settings: Settings) -> Comparer:
    return Comparer(settings)

"""Pass three: the words of similar documents once more, to tell templates and versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.comparing import compared
from dedup.engine.forms import Forms
from dedup.engine.local import each_batch, read_whole
from dedup.engine.related import Replaced, are_similar
from dedup.engine.spool import Spool
from dedup.match.decide import are_near
from dedup.model import Document
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import markup_glances, text_hashes
from dedup.text import markup
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from dedup.engine.forms import Parts
    from dedup.engine.local import Items
    from dedup.engine.places import Rereading
    from dedup.sketch.remembered import Remembered

#: Kept texts of similar documents that stay in memory, in bytes; more of them go to a file.
IN_MEMORY = 64 << 20


def compare_again(
    pairs: NDArray[np.int64],
    counts: NDArray[np.int64],
    reading: Rereading,
    remembered: Remembered,
) -> tuple[Replaced, NDArray[np.int64]]:
    """Compare the words of pairs of units that are near, or of which one is part of the other.

    Returns also the units whose text has changed meanwhile. Markup that is ``remembered`` is not
    looked for again.
    """
    corpus, settings = reading.corpus, reading.settings
    found = Replaced.nothing(len(pairs))
    near = are_near(counts, settings)
    rows = np.flatnonzero(are_similar(counts, settings))
    units = distinct(pairs[rows].ravel())
    reading.progress.stage("compare", len(units) + len(rows))  # they are read, then compared
    kept = np.searchsorted(reading.units, units).tolist()
    texts = _read_texts(reading, corpus.first[units], kept, remembered)
    places = np.searchsorted(units, pairs[rows])
    sizes = corpus.table["kept"][corpus.row[corpus.first[units]]].astype(np.int64)
    for at, values, filled in compared(places, near[rows], texts.get, sizes, settings):
        found.counts[rows[at]] = values
        if filled:
            found.filled[int(rows[at])] = filled
        reading.progress.advance()
    return found, units[texts.missing()]


def _read_texts(
    reading: Rereading, numbers: NDArray[np.int64], kept: list[int], remembered: Remembered
) -> _Texts:
    """Read documents once more, by their position in ``numbers``; not those that have changed."""
    texts = _Texts(len(numbers))
    shards, position = reading.of(numbers, kept)
    read = _Reader(reading, numbers, position, remembered)
    for _, (documents, made) in each_batch(shards, read, reading.settings.jobs):
        for at, parts in made:
            texts.put(at, parts)
        reading.progress.advance(documents)
    return texts


class _Reader:
    """Reads batches of documents, in workers, for what their forms are made from."""

    def __init__(
        self,
        reading: Rereading,
        numbers: NDArray[np.int64],
        position: Callable[[int, int], int],
        remembered: Remembered,
    ) -> None:
        corpus = reading.corpus
        self._position = position
        self._parts = Forms(reading.settings).parts
        self._marked = remembered.marked
        self._numbers = numbers.tolist()
        self._known = corpus.table["text_hash"][corpus.row[numbers]]
        self._found = corpus.found
        if self._numbers:
            self._found(self._numbers[0])  # reads the column, before several threads ask for it

    def __call__(self, shard: int, items: Items) -> tuple[int, list[tuple[int, Parts]]]:
        """Return how many documents there were, and the parts of those that are the same."""
        found, batch = read_whole(items)
        documents = [each for each in found if isinstance(each, Document)]
        if batch is None:
            batch = TextBatch.from_texts([document.text for document in documents])
        made: list[tuple[int, Parts]] = []
        for document, text_hash, glance in zip(
            documents, text_hashes(batch), markup_glances(batch), strict=True
        ):
            at = self._position(shard, document.place)
            if (text_hash == self._known[at]).all():
                told = self._found(self._numbers[at])
                marked = self._marked(text_hash.tobytes())
                if marked is None:
                    marked = markup.spans(document.text, glance)
                made.append((at, self._parts(document.text, told, marked)))
        return len(documents), made


class _Texts:
    """Kept texts of titles and bodies; in a temporary file where they are many."""

    def __init__(self, size: int) -> None:
        self._memory: list[Parts | None] = [None] * size
        self._stored: dict[int, tuple[int, int, int]] = {}
        self._size = 0
        self._spool: Spool | None = None

    def put(self, at: int, parts: Parts) -> None:
        """Keep the parts of the document at a position."""
        raw = [part.encode("utf-8") for part in parts]
        self._size += sum(map(len, raw))
        if self._size <= IN_MEMORY:
            self._memory[at] = parts
            return
        if self._spool is None:
            self._spool = Spool()
        start = self._spool.append(b"".join(raw))
        self._stored[at] = (start, len(raw[0]), len(raw[1]))

    def missing(self) -> list[int]:
        """Return the positions of which nothing was kept."""
        every = enumerate(self._memory)
        return [at for at, parts in every if parts is None and at not in self._stored]

    def get(self, at: int) -> Parts | None:
        """Return the parts of the document at a position, None where there are none."""
        parts = self._memory[at]
        if parts is not None or self._spool is None or at not in self._stored:
            return parts
        start, title, body = self._stored[at]
        raw = self._spool.read(start, title + body)
        return raw[:title].decode("utf-8"), raw[title:].decode("utf-8")

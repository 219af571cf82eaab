"""Pass three: the words of similar documents once more, to tell templates and versions."""

from __future__ import annotations

from collections import OrderedDict
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.forms import Forms
from dedup.engine.places import read_places
from dedup.engine.related import Replaced, are_similar
from dedup.engine.spool import Spool
from dedup.match.decide import are_near
from dedup.match.replacing import compare_forms
from dedup.replacement import FIELDS
from dedup.sketch.batch import TextBatch
from dedup.sketch.kernel import text_hashes
from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.engine.forms import Parts
    from dedup.engine.shards import Shard
    from dedup.match.slots import Form
    from dedup.progress import Progress
    from dedup.settings import Settings

#: Kept texts of similar documents that stay in memory, in bytes; more of them go to a file.
IN_MEMORY = 64 << 20
_VALUES = attrgetter(*FIELDS)
#: Tokens of the forms that are at hand at a time.
AT_HAND = 4 << 20


def compare_again(
    corpus: Corpus,
    pairs: NDArray[np.int64],
    counts: NDArray[np.int64],
    shards: Sequence[Shard],
    settings: Settings,
    progress: Progress,
) -> tuple[Replaced, NDArray[np.int64]]:
    """Compare the words of pairs of units that are near, or of which one is part of the other.

    Returns also the units whose text has changed meanwhile.
    """
    found = Replaced.nothing(len(pairs))
    near = are_near(counts, settings)
    rows = np.flatnonzero(are_similar(counts, settings))
    units = distinct(pairs[rows].ravel())
    forms = FormStore(corpus, corpus.first[units], shards, settings, progress)
    places = np.searchsorted(units, pairs[rows])
    for row, (a, b) in zip(rows.tolist(), places.tolist(), strict=True):
        first, second = forms.of(a), forms.of(b)
        if first is None or second is None:
            continue
        replacement, filled = compare_forms(first, second, near=bool(near[row]))
        found.counts[row] = _VALUES(replacement)
        if filled:
            found.filled[row] = filled
    return found, units[forms.missing()]


class FormStore:
    """The forms of some documents, by their position in ``numbers``; their texts are read once."""

    def __init__(
        self,
        corpus: Corpus,
        numbers: NDArray[np.int64],
        shards: Sequence[Shard],
        settings: Settings,
        progress: Progress,
    ) -> None:
        self._make = Forms(settings)
        self._texts = _Texts(len(numbers))
        self._at_hand: OrderedDict[int, Form] = OrderedDict()
        self._tokens = 0
        known = corpus.table["text_hash"][corpus.row[numbers]]
        for at, document in read_places(corpus, numbers, shards):
            [text_hash] = text_hashes(TextBatch.from_texts([document.text]))
            if (text_hash == known[at]).all():
                found = corpus.info(int(numbers[at])).found
                self._texts.put(at, self._make.parts(document.text, found))
            progress.advance(1)

    def missing(self) -> list[int]:
        """Return the positions of documents that are not there any more, or have changed."""
        return self._texts.missing()

    def of(self, at: int) -> Form | None:
        """Return a form; None where the document is not there any more, or has changed."""
        form = self._at_hand.get(at)
        if form is not None:
            self._at_hand.move_to_end(at)
            return form
        parts = self._texts.get(at)
        if parts is None:
            return None
        form = self._at_hand[at] = self._make.form(parts)
        self._tokens += len(form)
        while self._tokens > AT_HAND and len(self._at_hand) > 2:
            self._tokens -= len(self._at_hand.popitem(last=False)[1])
        return form


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

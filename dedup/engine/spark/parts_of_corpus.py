"""Parts of a corpus that came as rows, decided by the local engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.again import count
from dedup.engine.corpus import Corpus, Table
from dedup.engine.spark.rows import Rows
from dedup.model import Document
from dedup.progress import NO_PROGRESS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from dedup.engine.related import Counted
    from dedup.settings import Settings


def corpus_of(rows: pa.Table, settings: Settings) -> Corpus:
    """Return documents, which came as rows, in keep order among themselves."""
    table = Table([Rows(rows, scored=settings.keep_by is not None)], [""])  # type: ignore[list-item]
    return Corpus(table, settings)


class Again:
    """A shard whose texts are at hand, by position."""

    name = ""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def items(self) -> Iterator[Document]:
        """Yield the documents."""
        return self.again(range(len(self._texts)))

    def again(self, places: Sequence[int]) -> Iterator[Document]:
        """Yield the documents at these positions."""
        for place in places:
            yield Document("", self._texts[place], place=place)


def counted(
    rows: pa.Table, texts: Sequence[str], pairs: NDArray[np.int64], settings: Settings
) -> tuple[Counted, NDArray[np.int64]]:
    """Count what pairs of documents share, each by its row; all are of different units.

    ``pairs`` has the one that comes first in keep order first. Returns also which of the pairs
    each row of what was counted is of.
    """
    corpus = corpus_of(rows, settings)
    number = np.empty(len(corpus), dtype=np.int64)
    number[corpus.row] = np.arange(len(corpus))
    local = number[pairs]
    order = np.lexsort((local[:, 1], local[:, 0]))
    found, changed = count(corpus, local[order], [Again(texts)], settings, NO_PROGRESS)
    if changed:
        raise RuntimeError(f"{len(changed)} texts are not those that were sketched")
    return found, order

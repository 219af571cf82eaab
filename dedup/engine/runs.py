"""Pass one and a half: runs that a few texts share with any of the others, found with certainty.

Where the new side of a scan or the known one is small, the texts of the other are read once more
and looked up in a table of all windows of the small side (:mod:`dedup.match.runs`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dedup.engine.local import batches_of, in_order
from dedup.engine.places import Again, Places
from dedup.engine.shards import Run as Rows
from dedup.engine.shards import read_items
from dedup.match.contained import packed
from dedup.match.runs import RUN, SMALL, Run, RunTable
from dedup.model import Document, Guarantee, SharedRun
from dedup.sketch.compared import compared_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.engine.corpus import Corpus
    from dedup.engine.local import Items
    from dedup.engine.matching import Matching
    from dedup.engine.shards import Shard
    from dedup.settings import Settings
    from dedup.sketch.segments import Segment


Windows = tuple[NDArray[np.int64], NDArray[np.int64]]
#: Windows of a text, and where they begin, where there are none.
NOTHING: Windows = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of units that share a run, and the longest of each.

    - ``pairs``: int64, shape (m, 2), sorted, the smaller unit first;
    - ``characters``: int64, shape (m,), kept characters of the run;
    - ``guarantee``: what was looked for.
    """

    pairs: NDArray[np.int64]
    characters: NDArray[np.int64]
    guarantee: Guarantee


def small_side(corpus: Corpus) -> tuple[str, int] | None:
    """Return which side is small, and its kept characters; None where nothing is known, or none."""
    if not corpus.known_units:
        return None
    kept = corpus.table["kept"][corpus.row[corpus.first]].astype(np.int64)
    known, new = int(kept[: corpus.known_units].sum()), int(kept[corpus.known_units :].sum())
    side, size = ("new", new) if new <= SMALL else ("known", known)
    return (side, size) if size <= SMALL else None


def kept_of(segments: Sequence[Segment]) -> int:
    """Return the kept characters of the documents of segments, equal ones counted each."""
    return sum(int(each.column("kept").sum()) for each in segments)


def windows_of(
    segments: Sequence[Segment], shards: Sequence[Shard], settings: Settings
) -> RunTable:
    """Return the windows of all documents of shards, which ``segments`` are the sketches of."""
    from dedup.engine.corpus import Corpus, Table

    corpus = Corpus(Table(segments, [shard.name for shard in shards]), settings)
    reader = _Reader(corpus, shards, settings)
    return RunTable([text for _, text, _ in reader.texts(np.arange(len(corpus.first)))])


def runs(corpus: Corpus, shards: Sequence[Shard], settings: Settings) -> Found | None:
    """Return the pairs of units, one of the small side, that share a run; None without one."""
    small = small_side(corpus)
    if small is None:
        return None
    side, kept = small
    units = np.arange(len(corpus.first))
    known, new = units[: corpus.known_units], units[corpus.known_units :]
    few, others = (new, known) if side == "new" else (known, new)
    reader = _Reader(corpus, shards, settings)
    texts = {unit: text for unit, text, _ in reader.texts(few)}
    table = RunTable([texts.get(unit, "") for unit in few.tolist()])
    longest: dict[tuple[int, int], list[tuple[Run, NDArray[np.int64]]]] = {}
    for unit, text, windows in reader.texts(others, table):
        for run, which in table.runs(text, *windows):
            pair = (int(few[run.text]), unit)
            longest.setdefault((min(pair), max(pair)), []).append((run, which))
    told = {
        pair: max(run.characters for run, _ in found)
        for pair, found in longest.items()
        if not all(table.is_common(which) for _, which in found)
    }
    pairs = np.array(sorted(told), dtype=np.int64).reshape(-1, 2)
    characters = np.array([told[pair] for pair in sorted(told)], dtype=np.int64)
    common = table.common + table.common_elsewhere
    return Found(pairs, characters, Guarantee(RUN, side, kept, SMALL, common))


def run_pairs(found: Found | None, corpus: Corpus, matching: Matching) -> tuple[SharedRun, ...]:
    """Return the runs between documents in no pair, the longest first."""
    if found is None:
        return ()
    alone = np.flatnonzero(~np.isin(packed(found.pairs), packed(matching.related)))
    told = []
    for (known, new), size in zip(
        corpus.first[found.pairs[alone]].tolist(), found.characters[alone].tolist(), strict=True
    ):
        kept = corpus.info(new).kept, corpus.info(known).kept
        told.append(SharedRun(corpus.id(new), corpus.id(known), size, *kept))
    return tuple(sorted(told, key=lambda run: (-run.characters, run.a, run.b)))


class _Reader:
    """Reads the compared texts of units again."""

    def __init__(self, corpus: Corpus, shards: Sequence[Shard], settings: Settings) -> None:
        self._corpus = corpus
        self._shards = shards
        self._settings = settings

    def texts(
        self, units: NDArray[np.int64], table: RunTable | None = None
    ) -> Iterator[tuple[int, str, Windows]]:
        """Yield units with their compared texts and the windows of ``table`` that these have.

        Without windows a text is left out, and so is what cannot be read any more.
        """
        from concurrent.futures import ThreadPoolExecutor

        places = Places(self._corpus, self._corpus.first[units])
        again = [Again(shard, places.of(at)) for at, shard in enumerate(self._shards)]
        jobs = self._settings.jobs or os.cpu_count() or 1
        batches = batches_of(shard.items() for shard in again)
        with ThreadPoolExecutor(jobs) as executor:
            for shard, found in in_order(executor, partial(self._read, table), batches, jobs):
                for place, text, windows in found:
                    yield int(units[places.position(shard, place)]), text, windows

    def _read(
        self, table: RunTable | None, _shard: int, batch: Items
    ) -> list[tuple[int, str, Windows]]:
        read = read_items([batch] if isinstance(batch, Rows) else batch)
        documents = [each for each in read if isinstance(each, Document)]
        texts = compared_texts([each.text for each in documents], self._settings)
        found = []
        for document, text in zip(documents, texts, strict=True):
            windows = NOTHING if table is None else table.windows_in(text)
            if table is None or windows[0].size:
                found.append((document.place, text, windows))
        return found

"""Some documents against all: everything that they match, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dedup.engine.again import count
from dedup.engine.corpus import Corpus, Table
from dedup.engine.gather import gather
from dedup.engine.matching import Matching
from dedup.engine.store import Store
from dedup.match.candidates import candidates_of
from dedup.match.passage_candidates import passage_candidates
from dedup.progress import NO_PROGRESS, Progress
from dedup.sketch.bands import banding
from dedup.sketch.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.engine.against import Against
    from dedup.engine.shards import Shard
    from dedup.model import DocumentInfo, Pair, Skipped
    from dedup.settings import Settings
    from dedup.sketch.bands import Banding


@dataclass(frozen=True, slots=True)
class Asked:
    """What documents that were asked about match, by id; ``a`` of a pair is the one asked about.

    ``infos`` holds them and what they match. ``contents`` is the hexadecimal hash of the compared
    text of every document that was looked at: of an index those that may match.
    """

    pairs: Mapping[str, Sequence[Pair]]
    infos: Mapping[str, DocumentInfo]
    contents: Mapping[str, str]
    skipped: Sequence[Skipped] = ()
    known_skipped: Sequence[Skipped] = ()


@dataclass(slots=True)
class _Answer:
    corpus: Corpus
    matching: Matching
    pairs: dict[str, list[Pair]] = field(default_factory=dict)
    infos: dict[str, DocumentInfo] = field(default_factory=dict)

    def add(self, number: int) -> None:
        """Note what a document matches; one that is known, too, is the document itself."""
        doc_id = self.corpus.id(number)
        self.infos.setdefault(doc_id, self.corpus.info(number))
        found: dict[str, Pair] = {}
        for partner in self.matching.partners(number):
            other = self.corpus.id(partner)
            if other != doc_id and other not in found:
                self.infos.setdefault(other, self.corpus.info(partner))
                found[other] = self.matching.pair(number, partner)
        self.pairs[doc_id] = list(found.values())


def ask(
    asked: Sequence[Shard],
    known: Against,
    settings: Settings,
    *,
    progress: Progress = NO_PROGRESS,
) -> Asked:
    """Compare the documents of some shards with each other and with what is known.

    Those that are known are not compared with each other. What is read again is what a candidate
    holds.
    """
    chosen = banding(settings.threshold, settings.recall)
    with Store() as store, known.store or Store() as known_store:
        progress.stage("sketch")
        remembered = Remembered()
        skipped = gather(asked, settings, chosen, store, progress, remembered)
        others = known.chosen(store.segments, asked).shards
        known_skipped = gather(others, settings, chosen, known_store, progress, remembered)
        shards = [*asked, *others]
        names = [shard.name for shard in shards]
        table = Table(store.segments, names, known=known_store.segments, first_known=len(asked))
        progress.stage("match")
        corpus = Corpus(table, settings)
        pairs = _candidates(corpus, chosen)
        counted, changed = count(
            corpus, pairs, shards, settings, progress, every=False, remembered=remembered
        )
        answer = _Answer(corpus, Matching(corpus, counted, settings))
        for number in range(corpus.known, len(corpus)):
            answer.add(number)
        contents = [row.tobytes().hex() for row in table["compared_hash"]]
        ids = table.ids()
    progress.done()
    return Asked(
        answer.pairs,
        answer.infos,
        dict(zip(ids, contents, strict=True)),
        [*skipped, *changed],
        known_skipped,
    )


def _candidates(corpus: Corpus, chosen: Banding) -> NDArray[np.int64]:
    """Return the pairs of units that may match, of which one is asked about; int64, shape (m, 2).

    Where a known document has the compared text of one that is asked about, their unit is asked
    about, so for the time of this units are in another order: those last.
    """
    asked = np.zeros(len(corpus.first), dtype=np.bool_)
    asked[corpus.unit[corpus.known :]] = True
    order = np.argsort(asked, kind="stable")
    rank = np.empty(len(order), dtype=np.uint32)
    rank[order] = np.arange(len(order), dtype=np.uint32)
    known = int(np.count_nonzero(~asked))
    keys = (of_band[order] for of_band in corpus.band_keys(chosen.bands))
    by_bands = candidates_of(keys, corpus.estimates()[order], chosen, known=known)
    passages = ((values, rank[units]) for values, units in corpus.passages())
    counts = corpus.passage_counts()[order]
    by_passages = passage_candidates(passages, counts, known=known)
    pairs = np.sort(order[by_bands.beside(by_passages).pairs], axis=1)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]

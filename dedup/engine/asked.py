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

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.engine.shards import Shard
    from dedup.model import DocumentInfo, Pair, Skipped
    from dedup.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """What documents that were asked about match, by id; ``a`` of a pair is the one asked about.

    ``infos`` holds them and what they match. ``contents`` is the hexadecimal hash of the compared
    text of every document there is.
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
        """Note what a document matches."""
        partners = self.matching.partners(number)
        for each in (number, *partners):
            self.infos.setdefault(self.corpus.id(each), self.corpus.info(each))
        self.pairs[self.corpus.id(number)] = [self.matching.pair(number, p) for p in partners]


def ask(
    asked: Sequence[Shard],
    known: Sequence[Shard],
    settings: Settings,
    *,
    progress: Progress = NO_PROGRESS,
) -> Asked:
    """Compare the documents of some shards with each other and with all that are known.

    Those that are known are not compared with each other. What is read again is what a candidate
    holds.
    """
    chosen = banding(settings.threshold, settings.recall)
    shards = [*asked, *known]
    with Store() as store:
        progress.stage("sketch")
        skipped = gather(asked, settings, chosen, store, progress)
        known_from = sum(segment.rows("kept") for segment in store.segments)
        known_skipped = gather(known, settings, chosen, store, progress)
        table = Table(store.segments, [shard.name for shard in shards])
        progress.stage("match")
        corpus = Corpus(table, settings)
        numbers = np.flatnonzero(corpus.row < known_from)
        pairs = (
            candidates_of(corpus.band_keys(chosen.bands), corpus.estimates(), chosen)
            .beside(passage_candidates(corpus.passages(), corpus.passage_counts()))
            .pairs
        )
        pairs = pairs[np.isin(pairs, corpus.unit[numbers]).any(axis=1)]
        counted, changed = count(corpus, pairs, shards, settings, progress)
        answer = _Answer(corpus, Matching(corpus, counted, settings))
        for number in numbers.tolist():
            answer.add(number)
        table.load()
        contents = dict(
            zip(table.ids(), map(bytes.hex, map(bytes, table["compared_hash"])), strict=True)
        )
    progress.done()
    return Asked(answer.pairs, answer.infos, contents, [*skipped, *changed], known_skipped)

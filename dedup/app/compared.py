"""Two passes over documents: sketches, then the candidates among them once more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dedup.engine.again import count
from dedup.engine.corpus import Corpus, Table
from dedup.engine.gather import gather
from dedup.engine.matching import Matching
from dedup.engine.parts import parts_of
from dedup.errors import UsageError
from dedup.match.candidates import candidates_of
from dedup.match.passage_candidates import PassageCandidates, passage_candidates
from dedup.messages import message
from dedup.sketch.bands import banding
from dedup.sketch.remembered import Remembered
from dedup.source.units import FIRST_UNIT, record_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.engine.against import Against
    from dedup.engine.runs import Found
    from dedup.engine.shards import Shard
    from dedup.engine.store import Store
    from dedup.match.candidates import Candidates
    from dedup.model import Parts, Skipped
    from dedup.progress import Progress
    from dedup.settings import Settings
    from dedup.sketch.bands import Banding


@dataclass(frozen=True, slots=True)
class Compared:
    """Documents, the candidates among them, what matches, and what was skipped.

    ``shards`` are all that were read, those of the known side last. ``runs`` are what they share
    of a few texts; None where these are too many, or nobody asked for them.
    """

    corpus: Corpus
    found: Candidates
    matching: Matching
    skipped: list[Skipped]
    shards: Sequence[Shard]
    runs: Found | None = None
    parts: tuple[Parts, ...] = ()


def compared(  # noqa: PLR0913
    shards: Sequence[Shard],
    settings: Settings,
    *,
    stores: tuple[Store, Store],
    against: Against,
    borderline: int,
    progress: Progress,
    read: Sequence[Shard] | None = None,
) -> Compared:
    """Compare the documents of all shards with each other, and with what is known.

    ``stores`` take the sketches of both; ``read`` are the shards as they are sketched, some of
    them read already.
    """
    chosen = banding(settings.threshold, settings.recall)
    store, known = stores
    remembered = Remembered()
    skipped = gather(read or shards, settings, chosen, store, progress, remembered)
    others = against.chosen(store.segments, shards)
    skipped += gather(others.shards, settings, chosen, known, progress, remembered)
    every = [*shards, *others.shards]
    names = [shard.name for shard in every]
    table = Table(store.segments, names, known=known.segments, first_known=len(shards))
    _tell_apart(table)
    progress.stage("match")
    corpus = Corpus(table, settings)
    shared = None
    if others.runs:
        from dedup.engine.runs import runs

        shared = runs(corpus, every, settings)
    found = _candidates(corpus, chosen)
    found = replace(
        found,
        hot_buckets=found.hot_buckets + others.hot_buckets,
        pairs_not_compared=found.pairs_not_compared + others.not_compared,
    )
    if shared is not None:
        found = found.beside(PassageCandidates(shared.pairs, found.common_passages))
    counted, changed = count(
        corpus, found.pairs, every, settings, progress, every=borderline > 0, remembered=remembered
    )
    matching = Matching(corpus, counted, settings, borderline=borderline)
    parts = parts_of(corpus, counted, every, settings)
    return Compared(corpus, found, matching, [*skipped, *changed], every, shared, parts)


def _candidates(corpus: Corpus, chosen: Banding) -> Candidates:
    """Return the pairs of units that share a bucket, or enough passages."""
    known = corpus.known_units
    keys = corpus.band_keys(chosen.bands)
    by_bands = candidates_of(keys, corpus.estimates(), chosen, known=known)
    by_passages = passage_candidates(corpus.passages(), corpus.passage_counts(), known=known)
    return by_bands.beside(by_passages)


def _tell_apart(table: Table) -> None:
    """Name the records whose id is not theirs alone by file and line; other ids must differ.

    A known document whose id a new one has is named so that one sees it.
    """
    for row in table.repeated():
        doc_id = table.id(row)
        found = table.record_place(row)
        if found is None:
            raise UsageError(
                message("two documents have the id {id}", id=doc_id),
                hint=message("give every document an id of its own"),
            )
        path, place = found
        if place < FIRST_UNIT:
            table.rename(row, f"{path}:{place}")
        else:
            table.rename(row, f"{path}:{record_of(place)}{doc_id[doc_id.rindex('#') :]}")
    while both := table.on_both_sides():
        for row in both:
            table.rename(row, f"known:{table.id(row)}")

"""The result of a scan, put together from what was compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.engine.crowds import crowds
from dedup.engine.views import DocumentsById
from dedup.model import ScanResult, Summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.app.compared import Compared
    from dedup.engine.against import Against
    from dedup.engine.corpus import Corpus
    from dedup.engine.matching import Matching
    from dedup.model import SharedRun
    from dedup.settings import Settings


def result_of(
    done: Compared, settings: Settings, against: Against, left_out: Mapping[str, int]
) -> ScanResult:
    """Return the result of a scan; ``left_out`` counts what discovery passed over."""
    corpus, matching = done.corpus, done.matching
    summary = _summary(done, against, left_out)
    shared: tuple[SharedRun, ...] = ()
    if done.runs is not None:
        from dedup.engine.runs import run_pairs

        shared = run_pairs(done.runs, corpus, matching)
    named = {run.b for run in shared}.union(*((each.whole, *each.parts) for each in done.parts))
    return ScanResult(
        settings=settings,
        documents=_documents(corpus, matching, named),
        pairs=matching.pairs,
        clusters=matching.clusters,
        skipped=tuple(sorted(done.skipped, key=lambda skip: skip.id)),
        summary=replace(summary, crowds=tuple(crowds(corpus, matching.assigned, done.shards))),
        borderline=matching.borderline,
        families=matching.families,
        unsure=tuple(corpus.table.unsure()),
        shared=shared,
        parts=done.parts,
        guarantee=done.runs.guarantee if done.runs is not None else None,
    )


def _documents(corpus: Corpus, matching: Matching, named: set[str]) -> DocumentsById:
    """Return what the result holds of documents: of the known ones those that it names."""
    rows = corpus.row[matching.known_in_pairs].tolist()
    named = named.union(*((pair.a, pair.b) for pair in matching.borderline))
    return DocumentsById(corpus.table, sorted({*rows, *corpus.table.known_rows(named)}))


def _summary(done: Compared, against: Against, left_out: Mapping[str, int]) -> Summary:
    corpus, found, matching = done.corpus, done.found, done.matching
    known = against.documents
    return Summary(
        documents=len(corpus) - corpus.known,
        characters=corpus.characters,
        collapsed=corpus.collapsed,
        candidates=len(found.pairs),
        pairs=len(matching.pairs),
        clusters=len(matching.clusters),
        dropped=matching.dropped,
        skipped=len(done.skipped),
        hot_buckets=found.hot_buckets,
        pairs_not_compared=found.pairs_not_compared,
        common_passages=found.common_passages,
        left_out=tuple(sorted(left_out.items())),
        relations=matching.relations,
        families=len(matching.families),
        unlisted=matching.unlisted,
        known=corpus.known if known is None else known,
    )

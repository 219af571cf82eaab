"""Asks an index: the documents that may match are fetched, and compared as a scan does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dedup.app.compared import compared
from dedup.app.index_texts import documents_of
from dedup.engine.across import across
from dedup.engine.against import Against
from dedup.engine.local import BatchSketcher
from dedup.engine.shards import Texts
from dedup.engine.store import Store
from dedup.index.lookup import Candidates, candidates, of_sketches
from dedup.index.results import Match, Matches
from dedup.progress import NO_PROGRESS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.index.contents import Contents
    from dedup.model import Document, Skipped
    from dedup.settings import Settings

#: Prefixes that keep the ids of both sides apart.
_FEW = 16
_KNOWN, _ASKED = "0:", "1:"


def matches_of(
    contents: Contents, documents: Sequence[Document], settings: Settings
) -> list[Matches]:
    """Return what an index has of each document."""
    if len(documents) <= _FEW:
        settings = settings.with_values(jobs=1)  # to start workers takes longer than the work
    found_there = _candidates(contents, documents, settings)
    known, unverified = documents_of(contents, found_there.numbers, settings)
    asked = [replace(each, id=f"{_ASKED}{at}") for at, each in enumerate(documents)]
    found, skipped = _compared(asked, known, settings)
    return [
        Matches(
            document.id,
            tuple(_best_first(document.id, found[at])),
            unverified,
            _named(skipped.get(asked[at].id), document.id),
            found_there.hot_buckets,
            found_there.not_compared,
        )
        for at, document in enumerate(documents)
    ]


def _candidates(
    contents: Contents, documents: Sequence[Document], settings: Settings
) -> Candidates:
    sketcher = BatchSketcher(settings, contents.banding.num_perm)
    sketches = sketcher([document.text for document in documents]).sketches
    rows = np.flatnonzero(sketches.tokens)
    if not rows.size:
        return Candidates([], 0, 0)
    return candidates(contents, of_sketches(sketches.take(rows), contents.banding))


def _compared(
    asked: Sequence[Document], known: Sequence[Document], settings: Settings
) -> tuple[list[list[Match]], dict[str, Skipped]]:
    """Return the matches of each document, and what was skipped, by id."""
    there = [replace(each, id=f"{_KNOWN}{each.id}") for each in known]
    found: list[list[Match]] = [[] for _ in asked]
    with Store() as store, Store() as others:
        done = compared(
            [Texts(asked)],
            settings,
            stores=(store, others),
            against=Against([Texts(there)]),
            borderline=0,
            progress=NO_PROGRESS,
        )
        for old, new in across(done.corpus, done.matching).tolist():
            pair = done.matching.pair(new, old)
            info = done.corpus.info(old)
            doc_id = info.id.removeprefix(_KNOWN)
            at = int(pair.a.removeprefix(_ASKED))
            found[at].append(Match(replace(pair, b=doc_id), replace(info, id=doc_id)))
    return found, {each.id: each for each in done.skipped}


def _best_first(doc_id: str, matches: Sequence[Match]) -> list[Match]:
    """Return matches with other documents, named for the one that was asked about."""
    others = [
        replace(each, pair=replace(each.pair, a=doc_id)) for each in matches if each.id != doc_id
    ]
    return sorted(
        others,
        key=lambda each: (
            -each.pair.evidence.exact_similarity,
            -max(each.pair.containment),
            each.id,
        ),
    )


def _named(skipped: Skipped | None, doc_id: str) -> Skipped | None:
    return None if skipped is None else replace(skipped, id=doc_id)

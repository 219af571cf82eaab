"""Asks an index: the documents that may match are fetched, and compared as a scan does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dedup.app.index_texts import documents_of
from dedup.app.scan import scan_shards
from dedup.engine.local import BatchSketcher
from dedup.engine.shards import Texts
from dedup.index.lookup import candidates
from dedup.index.results import Match, Matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.index.contents import Contents
    from dedup.model import Document, Pair, ScanResult, Skipped
    from dedup.settings import Settings

#: Prefixes that keep the ids of both sides apart; those of the index sort first.
_KNOWN, _ASKED = "0:", "1:"


def matches_of(
    contents: Contents, documents: Sequence[Document], settings: Settings
) -> list[Matches]:
    """Return what an index has of each document."""
    known, unverified = _candidates(contents, documents, settings)
    asked = [replace(each, id=f"{_ASKED}{at}") for at, each in enumerate(documents)]
    there = [replace(each, id=f"{_KNOWN}{at:012}") for at, each in enumerate(known)]
    result = scan_shards([Texts(there), Texts(asked)], settings)
    skipped = {each.id: each for each in result.skipped}
    found = _by_document(result, len(documents), known, documents)
    return [
        Matches(
            document.id,
            tuple(sorted(matches, key=_best_first)),
            unverified,
            _named(skipped.get(asked[at].id), document),
        )
        for at, (document, matches) in enumerate(zip(documents, found, strict=True))
    ]


def _candidates(
    contents: Contents, documents: Sequence[Document], settings: Settings
) -> tuple[list[Document], tuple[str, ...]]:
    sketcher = BatchSketcher(settings, contents.banding.num_perm)
    sketches = sketcher([document.text for document in documents]).sketches
    rows = np.flatnonzero(sketches.tokens)
    if not rows.size:
        return [], ()
    numbers = candidates(contents, sketches.take(rows))
    return documents_of(contents, numbers, settings)


def _by_document(
    result: ScanResult, count: int, known: Sequence[Document], asked: Sequence[Document]
) -> list[list[Match]]:
    """Return the pairs across the two sides, by the document that was asked about."""
    found: list[list[Match]] = [[] for _ in range(count)]
    for pair in result.pairs:
        if pair.a[0] == pair.b[0]:
            continue
        seen: Pair = pair if pair.a.startswith(_ASKED) else pair.swapped()
        at, other = int(seen.a[len(_ASKED) :]), known[int(seen.b[len(_KNOWN) :])]
        if other.id == asked[at].id:
            continue
        info = replace(result.documents[seen.b], id=other.id)
        found[at].append(Match(replace(seen, a=asked[at].id, b=other.id), info))
    return found


def _best_first(match: Match) -> tuple[object, ...]:
    pair = match.pair
    return (-pair.evidence.exact_similarity, -max(pair.containment), pair.b)


def _named(skipped: Skipped | None, document: Document) -> Skipped | None:
    return None if skipped is None else replace(skipped, id=document.id)

"""Merges indexes, and makes one anew from its own texts."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dedup.app.index_add import own_id
from dedup.app.index_texts import numbered_documents
from dedup.engine.local import BatchSketcher
from dedup.errors import FormatError
from dedup.index.merging import take_over
from dedup.index.segment_merge import merge_segments
from dedup.index.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.index.contents import Block, Contents
    from dedup.index.sources import Source
    from dedup.model import Document
    from dedup.progress import Progress
    from dedup.settings import Settings

#: Documents that are sketched together.
_TOGETHER = 512


def merge(contents: Contents, other: Contents, settings: Settings) -> int:
    """Take over the documents of another index; return how many there are more."""
    before = contents.documents()
    taken = take_over(contents, other)
    if taken:
        found, _ = numbered_documents(other, [number for number, _ in taken], settings)
        source_of = dict(taken)
        with Writer(contents, own_id) as writer:
            _put(contents, writer, settings, [(each, source_of[number]) for number, each in found])
            for number in {source for _, source in taken}:
                source = contents.sources.of(number)
                theirs = None if source is None else other.sources.get(source.key)
                if source is not None and theirs is not None and theirs.complete:
                    writer.put(replace(source, complete=True))
    merge_segments(contents)
    return contents.documents() - before


def rebuild(old: Contents, new: Contents, settings: Settings, progress: Progress) -> int:
    """Add the documents of an index to a new one; return how many could not be read.

    Sources of which some could not be read are not complete, so that they are read again when
    they are added again.
    """
    lost = 0
    sources = {each.number: replace(each, number=at) for at, each in enumerate(_sources(old), 1)}
    hurt: set[int] = set()
    progress.stage("sketch", None)
    with Writer(new, own_id) as writer:
        waiting: list[tuple[Document, int]] = []
        for block, rows in _salvaged(old):
            owners = [_owner(old, block.first + row, sources) for row in rows]
            numbers = [block.first + row for row in rows]
            try:
                found, unverified = numbered_documents(old, numbers, settings)
            except (FormatError, sqlite3.DatabaseError):
                found, unverified = [], ()
                lost += len(rows)
                hurt.update(owners)
            if unverified:
                lost += len(unverified)
                hurt.update(owners)
            owner = dict(zip(numbers, owners, strict=True))
            waiting += [(each, owner[number]) for number, each in found]
            if len(waiting) >= _TOGETHER:
                _put(new, writer, settings, waiting)
                progress.advance(len(waiting))
                waiting = []
        _put(new, writer, settings, waiting)
        for source in sources.values():
            sound = source.number not in hurt
            writer.put(
                replace(source, complete=source.complete and sound, reached=source.reached * sound)
            )
    progress.done()
    return lost


def _put(
    contents: Contents,
    writer: Writer,
    settings: Settings,
    documents: Sequence[tuple[Document, int]],
) -> None:
    """Sketch documents and add them, each with the number of its source."""
    if not documents:
        return
    plain = [each for each, _ in documents]
    sketched = BatchSketcher(settings, contents.banding.num_perm)([each.text for each in plain])
    rows = np.flatnonzero(sketched.sketches.tokens)
    writer.add(
        [plain[row] for row in rows.tolist()],
        sketched.sketches.take(rows),
        sketched.hashes[rows],
        [documents[row][1] for row in rows.tolist()],
    )


def _sources(old: Contents) -> list[Source]:
    try:
        return list(old.sources)
    except sqlite3.DatabaseError:
        return []


def _owner(old: Contents, number: int, sources: dict[int, Source]) -> int:
    """Return the new number of the source of a document; 0 where that is lost."""
    try:
        source = old.source_of(number)
    except sqlite3.DatabaseError:
        return 0
    return 0 if source is None or source.number not in sources else sources[source.number].number


def _salvaged(old: Contents) -> Iterator[tuple[Block, list[int]]]:
    """Yield the blocks that can be read, from both ends where some in between cannot."""
    after, before = -1, 1 << 62
    for forwards in (True, False):
        while True:
            try:
                found = old.block_after(after) if forwards else old.block_before(before)
            except (sqlite3.DatabaseError, FormatError):
                break
            if found is None or (not forwards and found[0].first <= after):
                return
            if forwards:
                after = found[0].first
            else:
                before = found[0].first
            if found[1]:
                yield found

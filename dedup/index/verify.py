"""Reads everything in an index, and names what is not as it was written."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import numpy as np

from dedup.errors import FormatError
from dedup.index.results import IndexProblem
from dedup.index.segments import id_key
from dedup.messages import Message, message

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from numpy.typing import NDArray

    from dedup.index.contents import Contents
    from dedup.index.segments import Segment

#: Complaints of SQLite that are told.
_MOST = 10


def problems(contents: Contents) -> Iterator[IndexProblem]:
    """Yield what is wrong with an index; nothing where all is well."""
    try:
        yield from _of_sqlite(contents)
        yield from _of_sources(contents)
        keys = yield from _of_blocks(contents)
        yield from _of_segments(contents, keys)
    except (sqlite3.DatabaseError, FormatError) as error:
        yield IndexProblem("file", _told(error))


def _of_sqlite(contents: Contents) -> Iterator[IndexProblem]:
    for (said,) in contents.connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if said != "ok":
            yield IndexProblem("file", Message("{text}", (("text", str(said)),)))


def _of_sources(contents: Contents) -> Iterator[IndexProblem]:
    lost = contents.connection.execute(
        "SELECT count(*) FROM runs WHERE source NOT IN (SELECT number FROM sources)"
    ).fetchone()[0]
    if lost:
        yield IndexProblem("runs", message("{count} runs are of no source", count=lost))
    for source in contents.sources:
        if not source.complete:
            what = message("it was not read to the end; add it again")
            yield IndexProblem(source.key, what)


def _of_blocks(contents: Contents) -> Generator[IndexProblem, None, NDArray[np.int64]]:
    """Yield what is wrong with blocks; return the keys of all ids, and their numbers."""
    keys: list[tuple[int, int]] = []
    end = 0
    for block, rows in contents.all_blocks():
        where = f"block {block.first}"
        if block.first < end:
            yield IndexProblem(where, message("it overlaps the one before"), len(rows))
        end = block.first + block.documents
        if not rows:
            continue
        try:
            known = block.known()
            block.numbers()
            if contents.with_text:
                block.texts(known, rows)
            keys += [(id_key(known[row].id), block.first + row) for row in rows]
        except (FormatError, sqlite3.DatabaseError) as error:
            yield IndexProblem(where, _told(error), len(rows))
    return np.array(keys, dtype=np.int64).reshape(-1, 2)


def _of_segments(contents: Contents, keys: NDArray[np.int64]) -> Iterator[IndexProblem]:
    listed = [np.empty(0, dtype=np.int64)]
    end = 0
    for segment in contents.segments:
        where = f"segment {segment.number}"
        if segment.first < end:
            yield IndexProblem(where, message("it overlaps the one before"), segment.documents)
        end = segment.first + segment.documents
        try:
            yield from _of_segment(contents, segment, where)
            ids, owners = contents.segments.entries(segment, contents.segments.layout.ids)
            listed.append((ids.astype(np.int64) << 32) | (owners + np.int64(segment.first)))
        except (FormatError, sqlite3.DatabaseError) as error:
            yield IndexProblem(where, _told(error), segment.documents)
    wanted = (keys[:, 0] << 32) | keys[:, 1]
    missing = int((~np.isin(wanted, np.concatenate(listed))).sum())
    if missing:
        what = message("{count} documents are in no segment", count=missing)
        yield IndexProblem("segments", what, missing)


def _of_segment(contents: Contents, segment: Segment, where: str) -> Iterator[IndexProblem]:
    found = contents.segments.pages_of(segment)
    if found != segment.pages:
        what = message(
            "it has {found} pages instead of {wanted}", found=found, wanted=segment.pages
        )
        yield IndexProblem(where, what, segment.documents)
    for table in contents.segments.layout.tables:
        _, owners = contents.segments.entries(segment, table)
        if owners.size and int(owners.max()) >= segment.documents:
            yield IndexProblem(where, message("it names documents that it has not"))
            return


def _told(error: Exception) -> Message:
    if isinstance(error, FormatError):
        return message("it does not fit its checksum, or cannot be read")
    return Message("{text}", (("text", str(error)),))

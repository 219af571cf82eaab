"""Takes documents out of an index: they are marked, and their room is used again later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.index.file import transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedup.index.contents import Contents
    from dedup.index.sources import Source


def remove_documents(contents: Contents, numbers: Sequence[int]) -> None:
    """Remove documents by number, in one transaction."""
    with transaction(contents.connection):
        _mark(contents, numbers)


def remove_sources(contents: Contents, sources: Iterable[Source]) -> None:
    """Remove sources and their documents, in one transaction."""
    connection = contents.connection
    with transaction(connection):
        for source in sources:
            _mark(contents, numbers_of(contents, source))
            connection.execute("DELETE FROM runs WHERE source = ?", (source.number,))
            contents.sources.remove(source.number)


def numbers_of(contents: Contents, source: Source) -> list[int]:
    """Return the numbers of the documents of a source."""
    runs = contents.connection.execute(
        "SELECT first, documents FROM runs WHERE source = ? ORDER BY first", (source.number,)
    )
    return [number for first, count in runs for number in range(first, first + count)]


def _mark(contents: Contents, numbers: Sequence[int]) -> None:
    """Mark documents as gone, and drop the blocks that hold no other ones."""
    connection = contents.connection
    connection.executemany(
        "INSERT OR IGNORE INTO gone VALUES (?)", ((number,) for number in numbers)
    )
    blocks: set[int] = set()
    for number in numbers:
        row = connection.execute(
            "SELECT first, documents FROM blocks WHERE first <= ? ORDER BY first DESC LIMIT 1",
            (number,),
        ).fetchone()
        if row is not None and number < row[0] + row[1] and row[0] not in blocks:
            blocks.add(row[0])
    for first in blocks:
        _drop_if_empty(contents, first)


def _drop_if_empty(contents: Contents, first: int) -> None:
    """Empty a block of which every document is gone: what it was takes no room any more."""
    connection = contents.connection
    (documents,) = connection.execute(
        "SELECT documents FROM blocks WHERE first = ?", (first,)
    ).fetchone()
    (gone,) = connection.execute(
        "SELECT count(*) FROM gone WHERE number >= ? AND number < ?", (first, first + documents)
    ).fetchone()
    if gone == documents:
        connection.execute(
            "UPDATE blocks SET known = x'', texts = x'', numbers = x'' WHERE first = ?", (first,)
        )

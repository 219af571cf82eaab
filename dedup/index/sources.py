"""Where the documents of an index came from: files, blobs, records, and what they were then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Source:
    """Something that was read once, by its key.

    ``stamp`` tells quickly whether it is what it was, ``digest`` surely; both are "" where nobody
    knows. ``reading`` is how it was read, ``skipped`` why it gave no document. One that is not
    ``complete`` was being read when the process ended: the documents up to the place ``reached`` in
    its shard are there, where that is a file of records (0: nobody knows).
    """

    number: int
    key: str
    stamp: str = ""
    digest: str = ""
    reading: str = ""
    skipped: str = ""
    complete: bool = True
    reached: int = 0


class Sources:
    """The sources of an index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> Source | None:
        """Return the source with a key."""
        row = self._connection.execute(
            "SELECT * FROM sources WHERE key = ?",
            (_packed(key),),
        ).fetchone()
        return None if row is None else _source(row)

    def of(self, number: int) -> Source | None:
        """Return the source with a number."""
        row = self._connection.execute(
            "SELECT * FROM sources WHERE number = ?",
            (number,),
        ).fetchone()
        return None if row is None else _source(row)

    def under(self, prefix: str) -> Iterator[Source]:
        """Yield the sources whose key begins with ``prefix``, in order."""
        low = _packed(prefix)
        rows = self._connection.execute(
            "SELECT * FROM sources WHERE key >= ? AND substr(key, 1, ?) = ? ORDER BY key",
            (low, len(low), low),
        )
        for row in rows:
            yield _source(row)

    def __iter__(self) -> Iterator[Source]:
        for row in self._connection.execute("SELECT * FROM sources ORDER BY number"):
            yield _source(row)

    def put(self, sources: Iterable[Source]) -> None:
        """Write sources, over those with the same numbers."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_row, sources)
        )

    def reach(self, number: int, place: int) -> None:
        """Note that a source that is not complete was read up to a place."""
        self._connection.execute(
            "UPDATE sources SET reached = ? WHERE number = ? AND NOT complete", (place, number)
        )

    def remove(self, number: int) -> None:
        """Forget a source; its documents are the caller's."""
        self._connection.execute("DELETE FROM sources WHERE number = ?", (number,))

    def next(self) -> int:
        """Return a number that no source has had."""
        row = self._connection.execute("SELECT max(number) FROM sources").fetchone()
        ran = self._connection.execute("SELECT max(source) FROM runs").fetchone()
        return max(row[0] or 0, ran[0] or 0) + 1


def _packed(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")


def _row(source: Source) -> tuple[int, bytes, str, str, str, str, int, int]:
    return (
        source.number,
        _packed(source.key),
        source.stamp,
        source.digest,
        source.reading,
        source.skipped,
        int(source.complete),
        source.reached,
    )


def _source(row: tuple[int, bytes, str, str, str, str, int, int]) -> Source:
    number, key, stamp, digest, reading, skipped, complete, reached = row
    return Source(
        number, key.decode("utf-8", "surrogatepass"), stamp, digest, reading, skipped,
        bool(complete), reached,
    )  # fmt: skip

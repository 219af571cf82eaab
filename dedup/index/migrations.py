"""Brings the file of an older format up to the present one: one step for each format.

The tables of every format stay here, so that an older file is checked as strictly as one of
today before anything in it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.index.schema import FORMAT, TABLES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

_SOURCES_1 = """CREATE TABLE sources (
  number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, stamp TEXT NOT NULL,
  digest TEXT NOT NULL, reading TEXT NOT NULL, skipped TEXT NOT NULL, complete INTEGER NOT NULL
) STRICT"""
_SOURCES_2 = """CREATE TABLE sources (
  number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, stamp TEXT NOT NULL,
  digest TEXT NOT NULL, reading TEXT NOT NULL, skipped TEXT NOT NULL, complete INTEGER NOT NULL,
  reached INTEGER NOT NULL
) STRICT"""
#: What stayed the same since the first format.
_OTHERS_1 = tuple(each for each in TABLES if not each.startswith("CREATE TABLE sources"))


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the ``tables`` of a format, and what turns it into the next one.

    ``change`` is called in a transaction, and leaves exactly the tables of the next format.
    """

    tables: tuple[str, ...]
    change: Callable[[sqlite3.Connection], None]


def _sources_say_how_far(connection: sqlite3.Connection) -> None:
    """Give sources a place up to which they were read: of what format 1 left half read, none."""
    # a table that is altered keeps another text than ours in its schema: it is made anew
    connection.execute("ALTER TABLE sources RENAME TO sources_1")
    connection.execute(_SOURCES_2)
    connection.execute(
        "INSERT INTO sources SELECT number, key, stamp, digest, reading, skipped, complete, 0 "
        "FROM sources_1"
    )
    connection.execute("DROP TABLE sources_1")


#: The step from each older format to the one after it.
MIGRATIONS: Mapping[int, Migration] = {
    1: Migration((_SOURCES_1, *_OTHERS_1), _sources_say_how_far),
}


def tables_of(version: int) -> tuple[str, ...] | None:
    """Return the tables of a format, None of one that there never was."""
    if version == FORMAT:
        return TABLES
    found = MIGRATIONS.get(version)
    return None if found is None else found.tables


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Turn a file of an older format into one of this; the caller has begun a transaction."""
    for each in range(version, FORMAT):
        MIGRATIONS[each].change(connection)
    connection.execute(f"PRAGMA user_version = {FORMAT}")

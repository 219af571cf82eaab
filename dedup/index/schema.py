"""What an index file is made of: its format, its tables, and what a sound one looks like."""

from __future__ import annotations

from pathlib import Path

#: What SQLite's header says the file is: "ddup".
APPLICATION_ID = int.from_bytes(b"ddup", "big")
#: Version of the tables and of the blobs in them; see ``docs/formats.md``.
FORMAT = 2
PAGE_BYTES = 8192

#: The tables, statement by statement, as SQLite keeps them. A file that has others is refused.
TABLES = (
    """CREATE TABLE about (
  name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE sources (
  number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, stamp TEXT NOT NULL,
  digest TEXT NOT NULL, reading TEXT NOT NULL, skipped TEXT NOT NULL, complete INTEGER NOT NULL,
  reached INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE runs (
  first INTEGER PRIMARY KEY, documents INTEGER NOT NULL, source INTEGER NOT NULL
) STRICT""",
    """CREATE INDEX runs_by_source ON runs (source)""",
    """CREATE TABLE blocks (
  first INTEGER PRIMARY KEY, documents INTEGER NOT NULL,
  numbers BLOB NOT NULL, known BLOB NOT NULL, texts BLOB NOT NULL
) STRICT""",
    """CREATE TABLE gone (number INTEGER PRIMARY KEY) STRICT""",
    """CREATE TABLE segments (
  number INTEGER PRIMARY KEY, first INTEGER NOT NULL, documents INTEGER NOT NULL,
  bits INTEGER NOT NULL, passage_bits INTEGER NOT NULL, pages INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE pages (number INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT""",
)

_MAGIC = b"SQLite format 3\0"
_HEADER = 100


def says_index(path: Path) -> bool:
    """Tell whether a file says that it is an index. Raises ``OSError``.

    Of which format is for SQLite to say: what was written last may be in the log beside the file.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER)
    return header.startswith(_MAGIC) and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def is_index(path: str) -> bool:
    """Tell whether a path is that of an index."""
    try:
        return Path(path).is_file() and says_index(Path(path))
    except (OSError, ValueError):
        return False

"""The file of an index: made, opened and refused; nothing in it is run or trusted."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

from dedup.errors import DedupError, FormatError, OutputError, PathError
from dedup.index.blobs import damaged
from dedup.index.migrations import migrate, tables_of
from dedup.index.schema import APPLICATION_ID, FORMAT, PAGE_BYTES, TABLES, says_index
from dedup.messages import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Milliseconds that a connection waits for another's transaction.
_BUSY = 10_000
#: The most bytes of a row: a page of entries, or a block of texts.
_LONGEST = 1 << 29
_BUSY_NAMES = ("SQLITE_BUSY", "SQLITE_LOCKED")
_DISK_NAMES = (
    "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM",
)  # fmt: skip


def create(path: Path, about: dict[str, str]) -> None:
    """Make an empty index; raises :class:`~dedup.errors.OutputError` where there is a file."""
    if path.exists():
        raise OutputError(
            message("{path} is there already", path=path),
            hint=message("add to it: dedup index add {path} PATH", path=path),
        )
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        with guarded(path), _closing(sqlite3.connect(partial, isolation_level=None)) as made:
            made.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            made.execute("BEGIN IMMEDIATE")
            for statement in TABLES:
                made.execute(statement)
            made.executemany("INSERT INTO about VALUES (?, ?)", about.items())
            made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            made.execute(f"PRAGMA user_version = {FORMAT}")
            made.execute("COMMIT")
            made.execute("PRAGMA journal_mode = WAL")
        partial.chmod(0o666 & ~_umask())
        partial.replace(path)
    except OSError as error:
        raise unwritable(path, error.strerror or str(error)) from error
    finally:
        partial.unlink(missing_ok=True)


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open an index for reading, or for reading and writing.

    A writer, which holds the lock of the index, brings an older format up to this one; a reader
    changes nothing and refuses it. Raises :class:`~dedup.errors.PathError` where there is none, and
    :class:`~dedup.errors.FormatError` for another file, a damaged one, and one of another format.
    """
    connection, _ = _opened(path, write=write)
    connection.execute("PRAGMA synchronous = NORMAL" if write else "PRAGMA query_only = ON")
    connection.execute("PRAGMA cache_size = -65536")
    return connection


def migrated(path: Path) -> int:
    """Bring an index up to this format, as :func:`connect` does; return the one that it had."""
    connection, found = _opened(path, write=True)
    connection.close()
    return found


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into our errors."""
    try:
        yield
    except sqlite3.Error as error:
        raise _of_sqlite(path, error) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all that is done within, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite ends it by itself where the disk is full
            connection.execute("ROLLBACK")
        raise


def unwritable(path: Path, why: str) -> OutputError:
    """Return the error for an index that cannot be written."""
    return OutputError(
        message("cannot write {path}: {why}", path=path, why=why),
        hint=message("what was added before is kept; make room, or write elsewhere"),
    )


def _of_sqlite(path: Path, error: sqlite3.Error) -> DedupError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(_BUSY_NAMES):
        return OutputError(
            message("another process is writing to {path}", path=path),
            hint=message("try again when it is done"),
        )
    if name.startswith(_DISK_NAMES):
        return unwritable(path, str(error))
    if not isinstance(error, sqlite3.DatabaseError) or isinstance(error, sqlite3.ProgrammingError):
        raise error
    return damaged(str(path))


def _opened(path: Path, *, write: bool) -> tuple[sqlite3.Connection, int]:
    """Open an index; return also the format that it had."""
    _check_header(path)
    with guarded(path):
        connection = sqlite3.connect(
            _uri(path, write=write), uri=True, isolation_level=None, timeout=_BUSY / 1000
        )
        try:
            _harden(connection)
            return connection, _check(connection, path, write=write)
        except BaseException:
            connection.close()
            raise


@contextmanager
def _closing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    finally:
        connection.close()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _uri(path: Path, *, write: bool) -> str:
    where = "file:" + quote(os.fsencode(path.absolute()))
    if write:
        return f"{where}?mode=rw"
    waiting = path.with_name(f"{path.name}-wal")
    if _may_write(path.parent) and _may_write(path):
        return f"{where}?mode=rw"  # so that the last reader takes away what lies beside the index
    if not waiting.exists():
        # a reader makes files of its own beside the index, where it can
        return f"{where}?mode=ro&immutable=1"
    return f"{where}?mode=ro"


def _may_write(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.W_OK, effective_ids=effective)


def _check_header(path: Path) -> None:
    try:
        ours = says_index(path)
    except FileNotFoundError as error:
        raise PathError(
            message("there is no index {path}", path=path),
            hint=message("make one: dedup index build {path} PATH", path=path),
        ) from error
    except OSError as error:
        raise PathError(
            message("cannot read {path}: {why}", path=path, why=error.strerror)
        ) from error
    if not ours:
        raise FormatError(
            message("{path} is no index", path=path),
            hint=message("name a file that dedup index build has made"),
        )


def _harden(connection: sqlite3.Connection) -> None:
    """Let nothing of the file run: it could hold triggers, views, and functions in its schema."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")


def _check(connection: sqlite3.Connection, path: Path, *, write: bool) -> int:
    """Refuse a newer format, and tables that are not those of it; return the format.

    An older one is migrated by a writer, and refused by a reader.
    """
    version = _version(connection)
    if version > FORMAT:
        raise FormatError(
            _has_format(path, version),
            hint=message("use a newer dedup: pip install --upgrade zh-dedup"),
        )
    _check_tables(connection, path, version)
    if version == FORMAT:
        return version
    if not write:
        raise FormatError(
            _has_format(path, version),
            hint=message("bring it up to date: dedup index migrate {path}", path=path),
        )
    with transaction(connection):
        migrate(connection, version)
        _check_tables(connection, path, FORMAT)
    return version


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _has_format(path: Path, found: int) -> Message:
    return message(
        "{name} has format {found}, and this version reads {known}",
        name=path,
        found=found,
        known=FORMAT,
    )


def _check_tables(connection: sqlite3.Connection, path: Path, version: int) -> None:
    rows = connection.execute(
        "SELECT substr(sql, 1, 1000) FROM sqlite_schema WHERE sql IS NOT NULL LIMIT 100"
    ).fetchall()
    if sorted(str(row[0]) for row in rows) != sorted(tables_of(version) or ()):
        raise damaged(str(path))

"""The index: what is known of a corpus, added to and asked."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dedup.boilerplate import boilerplate_of
from dedup.errors import OutputError, SettingsError, UsageError
from dedup.index.results import IndexInfo
from dedup.messages import message
from dedup.progress import NO_PROGRESS, Progress
from dedup.settings import Settings
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

    from filelock import BaseFileLock

    from dedup.engine.against import Against
    from dedup.engine.shards import Shard
    from dedup.index.contents import Contents
    from dedup.index.results import Added, Matches
    from dedup.model import Document, Skipped
    from dedup.source.reading import Reading

#: Seconds that a writer waits for another one.
WAIT = 10.0
#: Settings that are the caller's each time, not the index's.
_OF_THE_CALL = ("jobs", "encoding")

Path_ = str | os.PathLike[str]


class Index:
    """What is known of a corpus, in one file; made by :meth:`create` and :meth:`open`.

    A context manager. Any number of processes may read while one writes; what they see is as it
    was when their call began. Documents have ids, each once; they come from *sources* (files,
    blobs), each with a key by which :meth:`knows` tells that it need not be read again.
    """

    def __init__(
        self, path: Path, contents: Contents, settings: Settings, lock: BaseFileLock | None
    ) -> None:
        self.path = path
        self.settings = settings
        self._contents = contents
        self._lock = lock

    @classmethod
    def create(
        cls,
        path: Path_,
        settings: Settings | None = None,
        *,
        text: bool = True,
        wait: float = WAIT,
    ) -> Self:
        """Make an empty index and open it for writing.

        Without ``text`` the texts are not kept: their sources are read again where needed.
        Raises :class:`~dedup.errors.OutputError` where there is a file already, or none can be.
        """
        settings, path = settings or Settings(), Path(path)
        about = {
            "settings": json.dumps(_plain(settings)),
            "fingerprint": settings.fingerprint(),
            "text": "true" if text else "false",
            "version": VERSION,
        }
        from dedup.index.file import create

        create(path, about)
        return cls.open(path, write=True, settings=settings, wait=wait)

    @classmethod
    def open(
        cls,
        path: Path_,
        *,
        write: bool = False,
        settings: Settings | None = None,
        wait: float = WAIT,
    ) -> Self:
        """Open an index; its own settings are used unless others are given that match them.

        A writer waits so many seconds for another one. Raises
        :class:`~dedup.errors.FormatError` for what is no sound index of this format, or was made
        by other definitions or dictionaries, :class:`~dedup.errors.SettingsError` for other
        settings, and :class:`~dedup.errors.OutputError` where it cannot be written.
        """
        from dedup.index.contents import Contents
        from dedup.index.file import connect, guarded

        path = Path(path)
        lock = _locked(path, wait) if write else None
        try:
            connection = connect(path, write=write)
            try:
                with guarded(path):
                    contents = Contents(connection, str(path))
                    contents.check_fingerprint()
                    chosen = _agreeing(contents, settings)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            _release(lock)
            raise
        return cls(path, contents, chosen, lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with self._guarded():
            return self._contents.documents()

    def close(self) -> None:
        """Close the file; the index cannot be used any more."""
        try:
            with self._guarded():
                self._contents.connection.close()
        finally:
            _release(self._lock)
            self._lock = None

    def knows(self, key: str) -> bool:
        """Tell whether the source with this key was read, to the end."""
        with self._guarded():
            source = self._contents.sources.get(key)
        return source is not None and source.complete

    def sources(self) -> dict[str, str]:
        """Return the keys of all sources that were read to the end.

        With each is the reason for which it gave no document, "" where it did.
        """
        with self._guarded():
            return {each.key: each.skipped for each in self._contents.sources if each.complete}

    def add(
        self,
        what: Path_ | Sequence[Path_] | Sequence[Shard],
        *,
        key_of: Callable[[Document | Skipped], str] | None = None,
        reading: Reading | None = None,
        ignore: bool = True,
        progress: Progress = NO_PROGRESS,
    ) -> Added:
        """Add files and folders, or the documents of shards; return what has changed.

        Of files and folders those that are unchanged are passed by, changed ones are read again,
        and what was in a folder and is no more is removed. Of shards ``key_of`` names the source
        of each document, and of each input that was skipped; without it that is its id. A source
        that the index knows is added anew.
        """
        from dedup.app.index_add import Adding
        from dedup.source.reading import Reading

        self._writable()
        with self._guarded():
            adding = Adding(self._contents, self.settings, reading or Reading(), progress)
            if isinstance(what, str | os.PathLike):
                return adding.paths([what], ignore=ignore)
            paths = [each for each in what if isinstance(each, str | os.PathLike)]
            if len(paths) == len(what):
                return adding.paths(paths, ignore=ignore)
            if paths:
                raise UsageError(message("paths and shards cannot be added together"))
            shards = [each for each in what if not isinstance(each, str | os.PathLike)]
            return adding.shards(shards, key_of or _id)

    def remove(self, ids: Iterable[str]) -> int:
        """Remove documents by id; return how many there were."""
        from dedup.index.lookup import with_ids
        from dedup.index.removal import remove_documents

        self._writable()
        with self._guarded():
            found = [number for number, _ in with_ids(self._contents, list(ids))]
            remove_documents(self._contents, found)
        return len(found)

    def query(
        self, documents: Iterable[Document | tuple[str, str] | str], **options: object
    ) -> list[Matches]:
        """Return for each document what the index has of it, best first.

        A document of the index with the same id is the document itself, and no match. The pairs
        are those of a scan of these documents together with all that are in the index.
        """
        from dedup.app.index_query import matches_of
        from dedup.source.given import document_of

        given = [document_of(each, str(at)) for at, each in enumerate(documents)]
        settings = self.settings.with_values(**options) if options else self.settings
        with self._guarded():
            return matches_of(self._contents, given, settings)

    def side(self) -> Against:
        """Return the index as what the documents of a scan are compared ``against``."""
        from dedup.app.index_side import IndexSide

        return IndexSide(self._contents, self.settings).against()

    def info(self) -> IndexInfo:
        """Return what the index is."""
        from dedup.index.schema import FORMAT

        contents = self._contents
        with self._guarded():
            count = contents.connection.execute(
                "SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM gone)"
            ).fetchone()
            documents = contents.documents()
        return IndexInfo(
            path=str(self.path),
            format=FORMAT,
            documents=documents,
            sources=count[0],
            segments=len(contents.segments),
            removed=count[1],
            with_text=contents.with_text,
            bytes=_size(self.path),
            fingerprint=contents.about["fingerprint"],
            settings=_plain(contents.settings),
            version=contents.about.get("version", ""),
        )

    def _guarded(self) -> AbstractContextManager[None]:
        from dedup.index.file import guarded

        return guarded(self.path)

    def _writable(self) -> None:
        if self._lock is None:
            raise UsageError(
                message("the index {path} is open for reading", path=self.path),
                hint=message("open it with write=True"),
            )


def _plain(settings: Settings) -> dict[str, object]:
    values = asdict(replace(settings, boilerplate=None))
    values["boilerplate"] = boilerplate_of(settings.boilerplate).record()
    return {name: value for name, value in values.items() if name not in _OF_THE_CALL}


def _agreeing(contents: Contents, settings: Settings | None) -> Settings:
    """Return the settings to work with."""
    if settings is None:
        return contents.settings
    own = contents.about["fingerprint"]
    if settings.boilerplate is None:  # the index keeps the list it was built with
        settings = settings.with_values(boilerplate=contents.settings.boilerplate)
    if settings.fingerprint() == own:
        return settings
    theirs, ours = _plain(contents.settings), _plain(settings)
    differing = [f"{name} {theirs[name]} ≠ {ours[name]}" for name in theirs
                 if theirs[name] != ours.get(name)]  # fmt: skip
    raise SettingsError(
        message(
            "{path} was made by other settings: {what}",
            path=contents.name,
            what=", ".join(differing) or own,
        ),
        hint=message(
            "leave them away, or make it anew: dedup index rebuild {path} …", path=contents.name
        ),
    )


def _size(path: Path) -> int:
    beside = path.with_name(f"{path.name}-wal")
    return path.stat().st_size + (beside.stat().st_size if beside.exists() else 0)


def _id(each: Document | Skipped) -> str:
    return each.id


def _locked(path: Path, wait: float) -> BaseFileLock:
    """Take the lock of an index, so that one process writes at a time."""
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise OutputError(
            message("another process is writing to {path}", path=path),
            hint=message("try again when it is done"),
        ) from error
    except OSError as error:
        from dedup.index.file import unwritable

        raise unwritable(path, error.strerror or str(error)) from error
    return lock


def _release(lock: BaseFileLock | None) -> None:
    if lock is not None:
        lock.release()

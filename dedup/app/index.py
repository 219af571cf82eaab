"""The index: what is known of a corpus, added to and asked."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dedup.app.index_lock import discard, locked, put_in_place, release
from dedup.boilerplate import boilerplate_of
from dedup.errors import SettingsError, UsageError
from dedup.index.results import IndexInfo, IndexProblem
from dedup.messages import message
from dedup.progress import NO_PROGRESS, Progress
from dedup.settings import Settings
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

    from filelock import BaseFileLock

    from dedup.app.index_side import IndexSide
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
        self._side: IndexSide | None = None

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

        A writer waits so many seconds for another one, and brings an older format up to this one
        (:meth:`migrate`). Raises :class:`~dedup.errors.FormatError` for what is no sound index of
        this format, or was made by other definitions or dictionaries,
        :class:`~dedup.errors.SettingsError` for other settings, and
        :class:`~dedup.errors.OutputError` where it cannot be written.
        """
        from dedup.index.contents import Contents
        from dedup.index.file import connect, guarded

        path = Path(path)
        lock = locked(path, wait) if write else None
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
            release(lock)
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
            release(self._lock)
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
        keep: Callable[[Document], bool] | None = None,
    ) -> Added:
        """Add files and folders, or the documents of shards; return what has changed.

        Of files and folders those that are unchanged are passed by, changed ones are read again,
        and what was in a folder and is no more is removed. Of shards ``key_of`` names the source
        of each document, and of each input that was skipped; without it that is its id. A source
        that the index knows is added anew. ``keep`` tells which documents to add; all by default.
        """
        from dedup.app.index_add import Adding
        from dedup.source.reading import Reading

        self._writable()
        with self._guarded():
            adding = Adding(self._contents, self.settings, reading or Reading(), progress, keep)
            if isinstance(what, str | os.PathLike):
                return adding.paths([what], ignore=ignore)
            paths = [each for each in what if isinstance(each, str | os.PathLike)]
            if len(paths) == len(what):
                return adding.paths(paths, ignore=ignore)
            if paths:
                raise UsageError(message("paths and shards cannot be added together"))
            shards = [each for each in what if not isinstance(each, str | os.PathLike)]
            return adding.shards(shards, key_of or attrgetter("id"))

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

    def merge(self, others: Iterable[Path_]) -> int:
        """Take over the documents of other indexes; return how many there are more.

        The answers are those of one index that all their sources were added to. Sources that both
        have are taken once. Raises :class:`~dedup.errors.SettingsError` for one of other settings.
        """
        from dedup.app.index_merge import merge

        self._writable()
        more = 0
        for path in others:
            with type(self).open(path, settings=self.settings) as other, self._guarded():
                contents = other._contents  # noqa: SLF001
                if contents.with_text != self._contents.with_text:
                    raise UsageError(
                        message(
                            "one of {a} and {b} keeps texts and one does not", a=self.path, b=path
                        )
                    )
                more += merge(self._contents, contents, self.settings)
        return more

    def verify(self) -> list[IndexProblem]:
        """Read everything and return what is not as it was written; nothing where all is well."""
        from dedup.index.verify import problems

        return list(problems(self._contents))

    @classmethod
    def rebuild(
        cls,
        path: Path_,
        settings: Settings | None = None,
        *,
        wait: float = WAIT,
        progress: Progress = NO_PROGRESS,
    ) -> int:
        """Make an index anew from its own texts, with other settings or from what is sound of it.

        Takes the place of the old one when it is whole. Returns how many documents could not be
        read; their sources are read again when they are added again.
        """
        from dedup.app.index_merge import rebuild
        from dedup.index.contents import Contents
        from dedup.index.file import connect, guarded

        path = Path(path)
        fresh = path.with_name(f"{path.name}.rebuilt")
        lock = locked(path, wait)
        try:
            with guarded(path):
                connection = connect(path, write=True)
                try:
                    old = Contents(connection, str(path))
                    chosen = settings or old.settings
                    discard(fresh)
                    with cls.create(fresh, chosen, text=old.with_text) as new:
                        lost = rebuild(old, new._contents, chosen, progress)  # noqa: SLF001
                finally:
                    connection.close()
            put_in_place(fresh, path)
        finally:
            discard(fresh)
            lock.release()
        return lost

    @classmethod
    def migrate(cls, path: Path_, *, wait: float = WAIT) -> int:
        """Bring an index of an older format up to this one; return the format that it had.

        Whoever opens one for writing does so, too. Raises what :meth:`open` raises.
        """
        from dedup.index.file import guarded, migrated

        path = Path(path)
        lock = locked(path, wait)
        try:
            with guarded(path):
                return migrated(path)
        finally:
            lock.release()

    def side(
        self, new: Sequence[Path_] = (), *, ignore: bool = True, runs: bool | None = None
    ) -> Against:
        """Return the index, without what it has of ``new``, for a scan ``against`` it.

        With ``runs`` its texts are read for runs that few new texts share, by default if few, too.
        """
        from dedup.app.index_files import documents_from
        from dedup.app.index_side import IndexSide

        with self._guarded():
            without = documents_from(self._contents, new, ignore=ignore)
            self._side = IndexSide(self._contents, self.settings, without, runs=runs)
            return self._side.against()

    @property
    def unverified(self) -> tuple[str, ...]:
        """Of what the last scan asked for: the ids of documents whose text could not be read."""
        return () if self._side is None else self._side.unverified

    @property
    def unread(self) -> int:
        """How many documents the last scan did not look through for runs, being too many."""
        return 0 if self._side is None else self._side.unread

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

"""What a repository holds, kept in git's own folder, so that a check reads what changed alone.

It is an index whose sources are blobs, one for each combination of settings; git never looks
there, so it is never committed. Whatever is wrong with it, it is made anew, or done without.
"""

from __future__ import annotations

import contextlib
import hashlib
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dedup.engine.against import Against, Chosen
from dedup.errors import DedupError, FormatError, PathError
from dedup.source.git_shards import git_shards

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedup.app.check_corpus import Files
    from dedup.app.index import Index
    from dedup.engine.shards import Shard
    from dedup.model import Document, Skipped
    from dedup.progress import Progress
    from dedup.settings import Settings
    from dedup.sketch.segments import Segment
    from dedup.source.git import Repository
    from dedup.source.reading import Reading

#: Caches that are kept: of so many settings, those used last.
KEPT = 3
#: Blobs of other branches and times that may stay: so many, and so many times those of now.
_SPARE, _TIMES = 1000, 4
#: Reasons for which something gave no document that may be otherwise the next time.
_PASSING = frozenset({"lfs-pointer", "needs-html", "needs-office"})


@dataclass(frozen=True, slots=True)
class Known:
    """What files are compared with, and what of it was skipped while it was read."""

    against: Against
    skipped: Sequence[Skipped] = ()


class Cache:
    """The cache of a repository for some settings; a context manager, open for one check."""

    def __init__(self, repository: Repository, settings: Settings, reading: Reading) -> None:
        told = repr(sorted(asdict(reading).items()))
        how = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
        self.folder = Path(repository.common, "dedup")
        self.path = self.folder / f"{settings.fingerprint()[:16]}-{how}.index"
        self._repository = repository
        self._settings = settings
        self._reading = reading
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def known(self, files: Files, progress: Progress) -> Known | None:
        """Return what is known, with what is new read and written down; None without a cache.

        Where another process writes, nothing is written: what the cache lacks is read this once.
        """
        try:
            return self._known(files, progress)
        except FormatError:
            self.discard()
            with contextlib.suppress(DedupError, OSError):
                return self._known(files, progress)
        except (DedupError, OSError):
            self._open.close()  # a folder that cannot be written, a full disk: do without
        return None

    def discard(self) -> None:
        """Remove it."""
        self._open.close()
        for name in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self.path.with_name(self.path.name + name).unlink(missing_ok=True)

    def _known(self, files: Files, progress: Progress) -> Known:
        writes = self._lock()
        index = self._index(write=writes)
        sources = index.sources()
        if writes and len(sources) > _SPARE + _TIMES * len(files.keys):
            self.discard()
            return self._known(files, progress)
        new = [f for f in files.known if sources.get(f.key, "lfs-pointer") in _PASSING]
        if not new:
            return Known(index.side(runs=False))
        shards = git_shards(self._repository, new, self._reading)
        if writes:
            added = index.add(shards, key_of=_key_of(files), progress=progress)
            return Known(index.side(runs=False), added.skipped)
        return Known(_beside(index.side(runs=False), shards))

    def _lock(self) -> bool:
        """Tell whether this process may write; nobody waits for another one."""
        from filelock import FileLock, Timeout

        self.folder.mkdir(exist_ok=True)
        lock = FileLock(self.folder / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self._open.callback(lock.release)
        return True

    def _index(self, *, write: bool) -> Index:
        from dedup.app.index import Index
        from dedup.index.file import guarded

        settings = self._settings
        try:
            index = Index.open(self.path, write=write, settings=settings, wait=0)
        except PathError:
            if not write:
                raise
            self._forget_others()
            index = Index.create(self.path, settings, wait=0)
        self._open.enter_context(index)
        self._open.enter_context(guarded(self.path))
        return index

    def _forget_others(self) -> None:
        """Remove the caches of settings that were not used for long."""
        others = sorted(self.folder.glob("*.index"), key=lambda path: -path.stat().st_mtime)
        for path in others[KEPT - 1 :]:
            for each in self.folder.glob(f"{path.name}*"):
                each.unlink(missing_ok=True)


def _beside(side: Against, shards: Sequence[Shard]) -> Against:
    """Return what an index knows, and shards beside it."""

    def choose(segments: Sequence[Segment], new: Sequence[Shard]) -> Chosen:
        return Chosen([*side.chosen(segments, new).shards, *shards])

    return Against(choose=choose)


def _key_of(files: Files) -> Callable[[Document | Skipped], str]:
    """Return what tells the key of the file that a document is of."""

    def key_of(each: Document | Skipped) -> str:
        return each.id if each.id in files.keys else each.id.rpartition(":")[0]

    return key_of

"""What git has of files as shards: texts together, files of records each by itself.

A document's id is the key of its file, with the place where the file holds several; so equal
blobs are one document, whatever they are called and wherever they move.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dedup.engine.shards import Run
from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.source.compression import decompressed, read_errors, split_suffixes
from dedup.source.files import read_file
from dedup.source.git_blobs import read_blobs
from dedup.source.git_files import missing
from dedup.source.git_lfs import pointed_at, smudged
from dedup.source.opening import broken
from dedup.source.reader import Content
from dedup.source.registry import reader_for
from dedup.source.shards import record_shard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedup.engine.shards import Item, RunRead, Shard, Unread
    from dedup.source.git import Repository
    from dedup.source.git_files import Tracked
    from dedup.source.reading import Reading

#: How a result of a scan begins (``report/records.py``): beside its texts it is no input.
_RESULT = b'{"type":"run","schema":'


def git_shards(repository: Repository, files: Sequence[Tracked], reading: Reading) -> list[Shard]:
    """Return shards of files, of which no two have one key."""
    texts = [file for file in files if not file.records]
    shards: list[Shard] = [BlobTexts(repository, texts)] if texts else []
    return [*shards, *(BlobRecords(repository, each, reading) for each in files if each.records)]


class BlobTexts:
    """Files that hold one text each; ``place`` is the position among them, from 1."""

    def __init__(self, repository: Repository, files: Sequence[Tracked]) -> None:
        self.name = "git"
        self._repository = repository
        self._files = files

    def __len__(self) -> int:
        return len(self._files)

    def items(self) -> Iterator[Item]:
        """Yield the files, their bytes read, to be decoded by a worker."""
        return self.again(range(1, len(self._files) + 1))

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield files again."""
        files = [self._files[place - 1] for place in places]
        for place, (file, raw) in zip(places, contents(self._repository, files), strict=True):
            if isinstance(raw, Skipped):
                yield replace(raw, id=file.key, place=place)
            else:
                yield UnreadBlob(file, raw, place)


@dataclass(frozen=True, slots=True)
class UnreadBlob:
    """The bytes of a text that is still to be decoded."""

    file: Tracked
    raw: bytes
    place: int

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.raw)

    def read(self) -> Document | Skipped:
        """Decode it."""
        file, name = self.file, self.file.path
        raw, compression = self.raw, split_suffixes(name)[1]
        if compression is not None:
            name = name.rpartition(".")[0]
            try:
                with decompressed(BytesIO(raw), compression) as stream:
                    raw = stream.read()
            except read_errors() as error:
                return replace(broken(name, file.key, error), place=self.place)
        found = reader_for(name).read(Content(raw, file.key, name, file.encoding))
        return replace(found, path=None, place=self.place)


class BlobRecords:
    """A file of records; its documents' ids are its key and their place."""

    def __init__(self, repository: Repository, file: Tracked, reading: Reading) -> None:
        self.name = file.key
        self._repository = repository
        self._file = file
        self._reading = replace(reading, encoding=file.encoding, encodings=())
        self._shard: Shard | Skipped | None = None

    def items(self) -> Iterator[Item]:
        """Yield the records, to be parsed by a worker."""
        shard = self._opened()
        if isinstance(shard, Skipped):
            yield shard
        else:
            for each in shard.items():
                yield self._keyed(each)

    def again(self, places: Sequence[int]) -> Iterator[Item]:
        """Yield records again."""
        shard = self._opened()
        if not isinstance(shard, Skipped):
            for each in shard.again(places):
                yield self._keyed(each)

    def _opened(self) -> Shard | Skipped:
        if self._shard is None:
            ((_, raw),) = contents(self._repository, [self._file])
            self._shard = self._made(raw)
        return self._shard

    def _made(self, raw: bytes | Skipped) -> Shard | Skipped:
        key = self._file.key
        if isinstance(raw, Skipped):
            return replace(raw, id=key)
        if raw.startswith(_RESULT):
            detail = message("a result of dedup scan")
            return Skipped(key, key, "result", detail)
        compression = split_suffixes(self._file.path)[1]
        return record_shard(BlobSource(self._file.path, compression, raw), self._reading)

    def _keyed(self, each: Item) -> Item:
        if isinstance(each, Document | Skipped):
            return keyed(each, self._file.key)
        if isinstance(each, Run):
            return Run(partial(_keyed_run, each.read, self._file.key))
        return _Keyed(each, self._file.key)


@dataclass(frozen=True, slots=True)
class BlobSource:
    """The bytes of a file of records, which git has."""

    path: str
    compression: str | None
    raw: bytes
    mtime: float | None = None
    size: int | None = None

    def stored(self) -> IO[bytes]:
        """Open them."""
        return BytesIO(self.raw)


class _Keyed:
    """A record that is still to be parsed, of a file with this key."""

    def __init__(self, each: Unread, key: str) -> None:
        self._each = each
        self._key = key
        self.size = each.size

    def read(self) -> Document | Skipped:
        """Parse it."""
        return keyed(self._each.read(), self._key)


def _keyed_run(read: Callable[[], RunRead], key: str) -> RunRead:
    """Read a run of records of a file with this key."""
    found = read()
    return replace(found, found=[keyed(each, key) for each in found.found])


def keyed(found: Document | Skipped, key: str) -> Document | Skipped:
    """Return a record, or what took the place of one, under the key of its file."""
    return replace(found, id=f"{key}:{found.place}" if found.place else key, path=None)


def contents(
    repository: Repository, files: Sequence[Tracked]
) -> Iterator[tuple[Tracked, bytes | Skipped]]:
    """Yield files with their bytes as they are staged, in order.

    Of a file that Git LFS keeps elsewhere it is what lies there, where that is at hand.
    """
    blobs = read_blobs(repository, [file.blob for file in files if file.blob is not None])
    for file in files:
        raw = _on_disk(repository, file) if file.blob is None else next(blobs)[1]
        if raw is None:
            yield file, missing(file.path)
            continue
        pointer = pointed_at(raw) if isinstance(raw, bytes) else None
        if pointer is not None:
            raw = smudged(repository, file.path, pointer)
        yield file, _pointer(file.path) if raw is None else raw


def _on_disk(repository: Repository, file: Tracked) -> bytes | Skipped:
    found = read_file(str(Path(repository.root, file.path)), file.path)
    return found if isinstance(found, Skipped) else found[0]


def _pointer(path: str) -> Skipped:
    detail = message("a pointer of Git LFS; the text it stands for is not here: git lfs pull")
    return Skipped(path, path, "lfs-pointer", detail)

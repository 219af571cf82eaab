"""Follows the files of an index: which are new, changed, renamed, gone, and which can be passed."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.engine.rest import Rest
from dedup.engine.shards import read_items
from dedup.index.removal import numbers_of
from dedup.index.results import Added
from dedup.index.sources import Source
from dedup.model import Document
from dedup.source.discovery import STANDARD_INPUT, discover
from dedup.source.reading import Reading, with_settings
from dedup.source.remote import is_url
from dedup.source.shards import shards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.engine.shards import Shard
    from dedup.index.contents import Contents
    from dedup.model import Skipped
    from dedup.settings import Settings

_PIECE = 1 << 20


@dataclass(slots=True)
class Followed:
    """What is to be done about files: ``files`` are to be read, as ``sources`` by their keys.

    ``outdated`` sources are to be removed first, ``touched`` ones only have another time. A source
    that has ``reached`` a place is there up to that, and is gone on with.
    """

    reading: Reading
    named: frozenset[str]
    skipped: tuple[Skipped, ...]
    files: list[str] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    outdated: list[Source] = field(default_factory=list)
    touched: list[Source] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    renamed: int = 0
    removed: int = 0
    unchanged: int = 0

    def counts(self) -> Added:
        """Return the counts."""
        return Added(self.added, self.changed, self.renamed, self.removed, self.unchanged)

    def rest(self, shard: Shard) -> Shard:
        """Return what is still to be read of a file of records."""
        source = self.sources.get(key_of(shard.name))
        return Rest(shard, source.reached) if source is not None and source.reached else shard

    def key_of(self, each: Document | Skipped) -> str:
        """Return the key of the file that a document is from."""
        return key_of(each.path if each.path is not None else each.id)


def follow(
    contents: Contents,
    paths: Sequence[str | os.PathLike[str]],
    reading: Reading,
    settings: Settings,
    *,
    ignore: bool,
) -> Followed:
    """Compare what the paths stand for now with what the index has of them."""
    found = discover(paths, ignore=ignore)
    reading = with_settings(reading, settings)
    todo = Followed(reading, found.named, found.skipped)
    packed = json.dumps(asdict(reading), separators=(",", ":"), sort_keys=True)
    there = set()
    for path in found.files:
        key = key_of(path)
        there.add(key)
        _look(contents, todo, path, Source(0, key, stamp_of(path), "", packed))
    there |= {key_of(each.path or each.id) for each in found.skipped}
    _gone(contents, todo, paths, there)
    return todo


def key_of(path: str) -> str:
    """Return the key of a file: its absolute path; of a URL and standard input, that itself."""
    if path == STANDARD_INPUT or is_url(path):
        return path
    return os.path.abspath(path)  # noqa: PTH100  links stay what they are


def stamp_of(path: str) -> str:
    """Return size, time of change and inode of a file, "" where there are none."""
    try:
        state = os.stat(path)  # noqa: PTH116  a Path takes longer than the file
    except (OSError, ValueError):
        return ""
    return f"{state.st_size}-{state.st_mtime_ns}-{state.st_ino}"


def digest_of(path: str) -> str:
    """Return the hexadecimal 128-bit hash of a file's bytes, "" where it cannot be read."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        with Path(path).open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except (OSError, ValueError):
        return ""
    return digest.hexdigest()


def _look(contents: Contents, todo: Followed, path: str, now: Source) -> None:
    """Decide what to do about a file that is there."""
    known = contents.sources.get(now.key)
    alike = known is not None and known.reading == now.reading
    if known is None or not (alike and now.stamp and known.stamp == now.stamp):
        now = replace(now, digest=digest_of(path) if now.stamp else "")
        alike = alike and known is not None and now.digest != "" and known.digest == now.digest
    if known is not None and alike:
        now = replace(known, stamp=now.stamp)
    if known is not None and alike and known.complete:
        todo.unchanged += 1
        if known != now:
            todo.touched.append(now)
        return
    if known is None or (alike and known.reached):
        todo.added += 1
    else:
        now = replace(now, number=0)
        todo.outdated.append(known)
        todo.changed += 1
    todo.files.append(path)
    todo.sources[now.key] = now


def _gone(
    contents: Contents, todo: Followed, paths: Sequence[str | os.PathLike[str]], there: set[str]
) -> None:
    """Find the files that were in the folders and are no more; some have only another name."""
    new = {source.stamp for source in todo.sources.values() if source.stamp}
    digests = {source.digest for source in todo.sources.values() if source.digest}
    seen: set[str] = set()
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112
            continue
        for known in contents.sources.under(os.path.join(key_of(os.fspath(path)), "")):  # noqa: PTH118
            if known.key in there or known.key in seen:
                continue
            seen.add(known.key)
            todo.outdated.append(known)
            if known.stamp in new or (known.digest and known.digest in digests):
                todo.renamed += 1
            else:
                todo.removed += 1
    todo.added -= todo.renamed


def documents_from(
    contents: Contents, paths: Sequence[str | os.PathLike[str]], *, ignore: bool
) -> frozenset[int]:
    """Return the numbers of the documents that came from files and folders."""
    if not paths:
        return frozenset()
    sources = (contents.sources.get(key_of(path)) for path in discover(paths, ignore=ignore).files)
    return frozenset(
        number for source in sources if source for number in numbers_of(contents, source)
    )


def documents_under(
    paths: Sequence[str | os.PathLike[str]],
    reading: Reading,
    settings: Settings,
    *,
    ignore: bool,
) -> tuple[list[Document], list[Skipped]]:
    """Return the documents that paths stand for, read, and what was skipped."""
    found = discover(paths, ignore=ignore)
    documents: list[Document] = []
    skipped = list(found.skipped)
    for shard in shards(found.files, with_settings(reading, settings), named=found.named):
        for each in read_items(shard.items()):
            if isinstance(each, Document):
                documents.append(each)
            else:
                skipped.append(each)
    return documents, skipped

"""Adds to an index: sketches what is new, and follows files that changed, moved or went."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dedup.app.index_files import follow
from dedup.engine.local import sketch_shards
from dedup.errors import UsageError
from dedup.index.removal import remove_sources
from dedup.index.results import Added
from dedup.index.sources import Source
from dedup.index.writer import Writer, too_long
from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.source.shards import record_file
from dedup.source.shards import shards as shards_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from os import PathLike

    from dedup.engine.local import Batch
    from dedup.engine.shards import Shard
    from dedup.index.blocks import Known
    from dedup.index.contents import Contents
    from dedup.progress import Progress
    from dedup.settings import Settings
    from dedup.source.reading import Reading


class Adding:
    """One call that adds to an index."""

    def __init__(
        self,
        contents: Contents,
        settings: Settings,
        reading: Reading,
        progress: Progress,
        keep: Callable[[Document], bool] | None = None,
    ) -> None:
        self.keep = keep
        self._contents = contents
        self._settings = settings
        self._reading = reading
        self._progress = progress

    def paths(self, paths: Sequence[str | PathLike[str]], *, ignore: bool) -> Added:
        """Add files and folders."""
        self._progress.stage("discover")
        found = follow(self._contents, paths, self._reading, self._settings, ignore=ignore)
        remove_sources(self._contents, found.outdated)
        self._contents.sources.put(found.touched)
        made = shards_of(found.files, found.reading, named=found.named)
        records = frozenset(at for at, shard in enumerate(made) if record_file(shard))
        run = _Run(self, found.sources, found.key_of, records)
        left = [found.rest(shard) if at in records else shard for at, shard in enumerate(made)]
        documents, skipped = run.over(left, len(found.files))
        return replace(
            found.counts(),
            documents=documents,
            skipped=tuple(sorted((*found.skipped, *skipped), key=lambda each: each.id)),
        )

    def shards(self, shards: Sequence[Shard], key_of: Callable[[Document | Skipped], str]) -> Added:
        """Add the documents of shards."""
        run = _Run(self, {}, key_of, frozenset())
        documents, skipped = run.over(shards, None)
        return Added(
            added=run.counts["added"],
            changed=run.counts["changed"],
            documents=documents,
            skipped=tuple(sorted(skipped, key=lambda each: each.id)),
        )

    @property
    def contents(self) -> Contents:
        """The index."""
        return self._contents

    @property
    def settings(self) -> Settings:
        """How to compare."""
        return self._settings

    @property
    def progress(self) -> Progress:
        """Who is told."""
        return self._progress


class _Run:
    """Sketches shards into an index; each source is complete when another one begins.

    Of the shards that are files of ``records`` it is noted how far they were read.
    """

    def __init__(
        self,
        adding: Adding,
        sources: Mapping[str, Source],
        key_of: Callable[[Document | Skipped], str],
        records: frozenset[int],
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._records = records
        self._unread: set[str] = set()
        self._contents = adding.contents
        self._settings = adding.settings
        self._progress = adding.progress
        self._keep = adding.keep
        self._sources = dict(sources)
        self._key_of = key_of
        self._next = self._contents.sources.next()
        self._open: Source | None = None

    def over(self, shards: Sequence[Shard], total: int | None) -> tuple[int, list[Skipped]]:
        """Add the documents of shards; return how many, and what was skipped."""
        documents, skipped = 0, list[Skipped]()
        self._progress.stage("sketch", total)
        at = 0
        num_perm = self._contents.banding.num_perm
        with Writer(self._contents, own_id) as writer:
            for now, batch in sketch_shards(shards, self._settings, num_perm):
                if now != at:
                    self._close(writer)
                    at = now
                added, passed = self._add(writer, batch, now in self._records)
                documents += added
                skipped += passed
                self._progress.advance(len(batch[0]) + len(batch[1].skipped))
            self._close(writer)
            self._end(writer)
        self._progress.done()
        return documents, skipped

    def _add(self, writer: Writer, batch: Batch, records: bool) -> tuple[int, list[Skipped]]:
        documents, sketched = batch
        skipped = [*sketched.skipped, *(_nothing(documents, sketched.sketches.tokens))]
        rows, numbers = [], []
        empty = {each.id for each in skipped}
        for row, document in enumerate(documents):
            if document.id in empty and not sketched.sketches.tokens[row]:
                continue
            if too_long(document):
                skipped.append(_too_long(document))
                continue
            number = self._number(writer, self._key_of(document))
            if self._keep is None or self._keep(document):
                rows.append(row)
                numbers.append(number)
        if rows:
            everything = len(rows) == len(documents)
            sketches = sketched.sketches
            writer.add(
                documents if everything else [documents[row] for row in rows],
                sketches if everything else sketches.take(np.array(rows)),
                sketched.hashes if everything else sketched.hashes[np.array(rows)],
                numbers,
                reached=documents[-1].place if records else 0,
            )
        for each in skipped:
            self._skip(writer, each)
        return len(rows), skipped

    def _number(self, writer: Writer, key: str) -> int:
        """Return the number of a source; the one before it is complete."""
        if self._open is not None and self._open.key == key:
            return self._open.number
        self._close(writer)
        self._open = self._begin(key)
        writer.put(replace(self._open, complete=False))
        return self._open.number

    def _begin(self, key: str, *, counted: bool = True) -> Source:
        known = self._sources.pop(key, None)
        if known is not None and known.reached:  # it is gone on with
            return replace(known, complete=True)
        if known is None:
            known = self._contents.sources.get(key)
            if known is not None:
                remove_sources(self._contents, [known])
            if counted:
                self.counts["changed" if known is not None else "added"] += 1
            known = Source(0, key)
        number, self._next = self._next, self._next + 1
        return replace(known, number=number, complete=True)

    def _skip(self, writer: Writer, skipped: Skipped) -> None:
        """Remember what gave no document, where that is no error that may pass."""
        key = self._key_of(skipped)
        if skipped.error and skipped.id == skipped.path:
            self._unread.add(key)
        if skipped.error or (self._open is not None and self._open.key == key):
            return
        waiting = self._sources.get(key)
        if waiting is not None and waiting.reached:  # more of it may come
            return
        if waiting is not None or self._contents.sources.get(key) is None:
            writer.put(replace(self._begin(key, counted=False), skipped=skipped.reason))

    def _close(self, writer: Writer) -> None:
        if self._open is not None:
            writer.put(replace(self._open, reached=0))
            self._open = None

    def _end(self, writer: Writer) -> None:
        """Complete what was to be gone on with, and had nothing more."""
        for key, source in self._sources.items():
            if source.reached and key not in self._unread:
                writer.put(replace(source, complete=True, reached=0))


def own_id(known: Known) -> str:
    """Return another id for a document whose id is taken: where it stands in its file."""
    if known.path is None or known.path == known.id:
        raise UsageError(
            message("two documents have the id {id}", id=known.id),
            hint=message("give every document an id of its own"),
        )
    return f"{known.path}:{known.place}"


def _nothing(documents: Sequence[Document], tokens: object) -> list[Skipped]:
    why = message("it holds no text to compare")
    return [
        Skipped(document.id, document.path, "no-text", why)
        for document, count in zip(documents, np.asarray(tokens).tolist(), strict=True)
        if not count
    ]


def _too_long(document: Document) -> Skipped:
    why = message("it is too long for an index")
    return Skipped(document.id, document.path, "too-long", why, error=True)

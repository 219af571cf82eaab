"""A file of records written anew without those that a plan drops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dedup.source.mirror import Folders, Mirror
from dedup.source.mirror_parquet import mirror_parquet
from dedup.source.mirror_records import mirror_records
from dedup.source.moving import NotMovedError, state_of
from dedup.source.noted import Note
from dedup.source.parquet import ParquetRows
from dedup.source.reading import Reading
from dedup.source.records import Records
from dedup.source.shards import shards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.planned import Drop, Step


def rewrite(step: Step, target: Path, reading: Reading | None = None) -> str:
    """Write what stays of a file of records to ``target``, and return its SHA-256.

    Records stay byte for byte and in their order, as ``--write-kept`` writes them. Raises
    :class:`NotMovedError` where the file is no longer the one that the plan saw, and
    :class:`~dedup.errors.OutputError` where there is no room.
    """
    (shard,) = shards([step.path], reading or Reading())
    if not isinstance(shard, Records | ParquetRows):
        raise NotMovedError("no-file")
    notes = _Drops(step.drops)
    with Mirror(Folders(kept=target.parent), target.name, shard.compression) as mirror:
        if isinstance(shard, ParquetRows):
            mirror_parquet(shard, mirror, notes, {}, _nothing)
        else:
            mirror_records(shard, mirror, notes, {}, _nothing)
        if state_of(Path(step.path)).sha256 != step.state.sha256:
            raise NotMovedError("changed")
    if mirror.dropped != len(step.drops):
        raise NotMovedError("changed")
    return state_of(target).sha256


class _Drops:
    """The dropped records of a file, asked for in order of their places."""

    def __init__(self, drops: Sequence[Drop]) -> None:
        self._drops = drops
        self._at = 0

    def next(self, place: int) -> Note | None:
        """Return the note on the record at ``place``; None if it stays."""
        if self._at == len(self._drops) or self._drops[self._at].place != place:
            return None
        drop = self._drops[self._at]
        self._at += 1
        return Note(drop.keep, drop.similarity, drop.relation.value)

    def rows(self, first: int, size: int) -> Sequence[int]:
        """Return which of ``size`` records from ``first`` on go, from 0."""
        return [d.place - first for d in self._drops if first <= d.place < first + size]


def _nothing(_: int = 1, /) -> None:
    """Advance no progress."""

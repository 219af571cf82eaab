"""The input written anew: what is kept, what is dropped and why, what was no record."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from typing import TYPE_CHECKING

from dedup.app.write_checks import (
    UNFINISHED,
    check_folders,
    left_behind,
    own,
    own_folders,
    refuse_input,
)
from dedup.errors import PathError, UsageError
from dedup.messages import message
from dedup.model import Written
from dedup.report.records import rounded, safe_id
from dedup.source.delimited import Delimited
from dedup.source.discovery import STANDARD_INPUT
from dedup.source.jsonfile import JsonRecords
from dedup.source.mirror import Folders, Mirror
from dedup.source.mirror_files import DROPPED_INDEX, REJECTED_INDEX, MirrorFiles
from dedup.source.mirror_parquet import mirror_parquet
from dedup.source.mirror_records import mirror_records
from dedup.source.noted import Note
from dedup.source.parquet import ParquetRows
from dedup.source.places import Places
from dedup.source.records import Records
from dedup.source.shards import Files
from dedup.source.sink import Sink, unwritten
from dedup.source.stamps import stamp_of
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dedup.engine.shards import Shard
    from dedup.engine.verdicts import ShardVerdicts, Verdicts
    from dedup.messages import Message
    from dedup.model import Skipped
    from dedup.progress import Progress
    from dedup.source.reading import Reading

#: Reasons for which a record is rejected, or a file; all others that were skipped are kept.
REJECTED = frozenset({"not-json", "not-a-record", "not-a-row", "not-a-text", "undecodable"})
REJECTED_FILES = frozenset(
    {
        "undecodable", "unreadable", "cut-short", "damaged", "vanished", "changed", "not-a-file",
        "link-loop", "encrypted",
    }
)  # fmt: skip
_SUFFIXES = {"gzip": ".gz", "bzip2": ".bz2", "xz": ".xz", "zstd": ".zst"}


class Writing:
    """Writes the shards of a scan anew, into folders that mirror them.

    ``paths`` are those that were named; names are below the folder they have in common. With
    ``resume`` folders that a run with this ``work_dir`` left are filled anew. ``finished`` are
    the names of the shards that are whole.
    """

    def __init__(
        self,
        folders: Folders,
        paths: Sequence[str],
        *,
        resume: bool = False,
        work_dir: Path | None = None,
    ) -> None:
        self.finished: list[str] = []
        self.shards = 0
        self.folders = folders
        self._paths = paths
        self._resume = resume
        self._work_dir = work_dir
        self._places = Places([path for path in paths if path != STANDARD_INPUT])
        self._names: dict[int, str] = {}
        self._stamps: dict[int, str | None] = {}
        self._left: list[Path] = []

    def check(self, reading: Reading) -> None:
        """Refuse, before any work, what cannot be written, or would harm what is there.

        Raises :class:`~dedup.errors.UsageError` and :class:`~dedup.errors.OutputError`.
        """
        if reading.split != "document":
            raise UsageError(
                message(
                    "whole records are written, but they were split into units: --split {split}",
                    split=reading.split,
                ),
                hint=message("compare documents to write them: --split document"),
            )
        check_folders(self.folders, resume=self._resume, own=own_folders(self._work_dir))
        refuse_input(self.folders, self._paths)

    def begin(self, shards: Sequence[Shard]) -> None:
        """Note what the shards are, before they are read the first time."""
        taken: set[str] = set()
        for number, shard in enumerate(shards):
            names = self._names_of(number, shard)
            if names is None:
                continue
            self._stamps[number] = stamp_of(shard)
            if isinstance(shard, Files) and DROPPED_INDEX not in taken:
                names += [DROPPED_INDEX, REJECTED_INDEX]
            for name in names:
                if name in taken:
                    raise UsageError(
                        message("two inputs would be written to {name}", name=name),
                        hint=message("write them in two runs"),
                    )
                taken.add(name)
        if self._resume:
            self._left = left_behind(self.folders, taken)
        self.shards = len(self._stamps)

    def write(
        self,
        shards: Sequence[Shard],
        verdicts: Verdicts,
        skipped: Sequence[Skipped],
        progress: Progress,
    ) -> tuple[Written, ...]:
        """Write all shards, and return how many records went where.

        Raises :class:`~dedup.errors.OutputError` where there is no room, and
        :class:`~dedup.errors.PathError` where a file has changed since it was read.
        """
        progress.stage("write")
        self._mark()
        rejected = _rejected(skipped, REJECTED)
        written = [
            self._record_shard(number, shard, _Notes(verdicts.of(number)), rejected, progress)
            for number, shard in enumerate(shards)
            if isinstance(shard, Records | ParquetRows)
        ]
        files = [n for n, shard in enumerate(shards) if isinstance(shard, Files)]
        if files:
            refused = _rejected(skipped, REJECTED_FILES)
            written.append(self._files(shards, files, verdicts, refused, progress))
        self._unmark()
        return tuple(written)

    def note(self) -> Message | None:
        """Return what is to be said where it ended early; None where it had not begun."""
        if not any((folder / UNFINISHED).exists() for folder in self.folders):
            return None
        if not self.finished:
            return message("none of {shards} inputs is written whole", shards=self.shards)
        return message(
            "{count} of {shards} inputs are written whole: {names}",
            count=len(self.finished),
            shards=self.shards,
            names=", ".join(self.finished[:5]) + (", …" if len(self.finished) > 5 else ""),
        )

    def _names_of(self, number: int, shard: Shard) -> list[str] | None:
        if isinstance(shard, Files):
            return [self._places.name_of(path) for path in shard.paths]
        if not isinstance(shard, Records | ParquetRows):
            if shard.name == STANDARD_INPUT:
                raise UsageError(
                    message("a text on standard input is no file that could be written anew"),
                    hint=message("name a file, or pass records: --format jsonl"),
                )
            return None
        if isinstance(shard, Records) and isinstance(shard.cutter, JsonRecords):
            raise UsageError(
                message("{path} is one piece of JSON, and cannot be written anew", path=shard.name),
                hint=message("make it JSON Lines first, a record a line"),
            )
        if shard.name == STANDARD_INPUT:
            name = f"stdin{_suffix(shard)}{_SUFFIXES.get(shard.compression or '', '')}"
        else:
            name = self._places.name_of(shard.name)
        self._names[number] = name
        return [name]

    def _record_shard(
        self,
        number: int,
        shard: Records | ParquetRows,
        notes: _Notes,
        rejected: dict[str, dict[int, str]],
        progress: Progress,
    ) -> Written:
        refused = rejected.get(shard.name, {})
        with Mirror(self.folders, self._names[number], shard.compression) as mirror:
            self._unchanged(number, shard)
            if isinstance(shard, ParquetRows):
                mirror_parquet(shard, mirror, notes, refused, progress.advance)
            else:
                mirror_records(shard, mirror, notes, refused, progress.advance)
            self._unchanged(number, shard)
            notes.check(shard.name, mirror.dropped)
        self.finished.append(mirror.name)
        return Written(shard.name, mirror.read, mirror.kept, mirror.dropped, mirror.rejected)

    def _files(
        self,
        shards: Sequence[Shard],
        numbers: Sequence[int],
        verdicts: Verdicts,
        rejected: dict[str, dict[int, str]],
        progress: Progress,
    ) -> Written:
        reasons = {path: next(iter(found.values())) for path, found in rejected.items()}
        with MirrorFiles(self.folders, self._places.name_of) as mirror:
            for number in numbers:
                shard = shards[number]
                if isinstance(shard, Files):
                    notes = _Notes(verdicts.of(number))
                    before = mirror.dropped
                    mirror.copy(shard, notes, reasons, progress.advance)
                    self._unchanged(number, shard)
                    notes.check(shard.name, mirror.dropped - before)
                    self.finished.append(shard.name)
        if hasattr(os, "sync"):
            os.sync()  # once for all of them: for each it would take longer than all the rest
        return Written(None, mirror.read, mirror.kept, mirror.dropped, mirror.rejected)

    def _unchanged(self, number: int, shard: Shard) -> None:
        if stamp_of(shard) != self._stamps[number]:
            raise PathError(
                message("{path} has changed since it was read", path=shard.name),
                hint=message("scan again while nothing writes to it"),
            )

    def _mark(self) -> None:
        mark = {"tool": "dedup", "version": VERSION, "unfinished": True}
        own(self._work_dir, self.folders)
        for folder in self.folders:
            with Sink(folder / UNFINISHED) as sink:
                sink.write(json.dumps(mark).encode() + b"\n")
        for path in self._left:
            path.unlink(missing_ok=True)

    def _unmark(self) -> None:
        for folder in self.folders:
            try:
                (folder / UNFINISHED).unlink(missing_ok=True)
            except OSError as error:
                raise unwritten(folder, error) from error


class _Notes:
    """Verdicts as they are written down."""

    def __init__(self, verdicts: ShardVerdicts) -> None:
        self._verdicts = verdicts

    def next(self, place: int) -> Note | None:
        """Return what is to be noted beside a record; None if it is kept."""
        pair = self._verdicts.next(place)
        if pair is None:
            return None
        similarity = rounded(pair.similarity, exact=pair.evidence)
        return Note(safe_id(pair.b), similarity, pair.relation.value)

    def rows(self, first: int, size: int) -> Sequence[int]:
        """Return which of some records are dropped."""
        return self._verdicts.rows(first, size)

    def check(self, name: str, dropped: int) -> None:
        """Make sure that what was dropped was found, each once."""
        if not dropped == self._verdicts.found == len(self._verdicts):
            raise RuntimeError(f"{name}: {dropped} written as dropped, not {len(self._verdicts)}")


def _rejected(skipped: Iterable[Skipped], reasons: frozenset[str]) -> dict[str, dict[int, str]]:
    """Return the reasons for which records are rejected, by path and place."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for skip in skipped:
        if skip.reason in reasons and skip.path is not None:
            found[skip.path][skip.place] = skip.reason
    return found


def _suffix(shard: Records | ParquetRows) -> str:
    """Return the suffix for records that have no name."""
    if isinstance(shard, ParquetRows):
        return ".parquet"
    if isinstance(shard.cutter, Delimited):
        return ".tsv" if shard.cutter.delimiter == "\t" else ".csv"
    return ".jsonl"

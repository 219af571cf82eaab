"""A folder that keeps the segments of a scan, so that the next one need not sketch them again."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from dedup.engine.journal import Done, Journal
from dedup.engine.spool import unwritable
from dedup.engine.store import Store, open_segment, write_segment
from dedup.errors import FormatError, OutputError, UsageError
from dedup.messages import message
from dedup.sketch.segments import Segment
from dedup.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    from dedup.engine.shards import Shard
    from dedup.model import Skipped

FORMAT = 1
_RUN, _JOURNAL, _LOCK = "run.json", "journal.jsonl", "lock"
#: Reasons that may be gone though a file is unchanged: such a shard is read again.
_MAY_PASS = frozenset({"unreadable", "vanished", "changed", "missing"})


class WorkDir(Store):
    """Segments in a folder that stays; those of finished shards that are unchanged are kept.

    ``made_by`` is everything that changes a segment, ``stamp_of`` tells what a shard's files are
    now (None: unknown, so that it is always sketched again). ``reused`` counts shards. Raises
    :class:`~dedup.errors.OutputError` where another run is at work in the folder, or it holds
    other files, or work and ``resume`` is false; :class:`~dedup.errors.UsageError` where the work
    was done by other settings.
    """

    per_shard = True

    def __init__(
        self,
        folder: Path,
        made_by: Mapping[str, object],
        stamp_of: Callable[[Shard], str | None],
        *,
        resume: bool,
    ) -> None:
        super().__init__(in_memory=0)
        self.reused = 0
        self.folder = folder
        self._where = folder
        self._made_by = json.loads(json.dumps(made_by))
        self._stamp_of = stamp_of
        self._resume = resume
        self._journal = Journal(folder / _JOURNAL)
        self._done: dict[tuple[str, str], Done] = {}
        self._shards: Sequence[Shard] = ()
        self._stamps: list[str | None] = []
        self._pending: list[tuple[str, int]] = []
        self._next = 0
        self._lock: Any = None

    def __enter__(self) -> Self:
        """Take the folder, and clear away what an interrupted run left half written."""
        self._take()
        try:
            self._open()
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def begin(self, shards: Sequence[Shard]) -> list[int]:
        """Take over the shards that are done and unchanged; return the numbers of the others."""
        self._shards = shards
        self._stamps = [self._stamp_of(shard) for shard in shards]
        self._forget_changed()
        todo: list[int] = []
        for number, shard in enumerate(shards):
            done = self._done.get((shard.name, self._stamps[number] or ""))
            segments = self._segments_of(done) if done is not None else None
            if done is None or segments is None:
                todo.append(number)
                continue
            self.segments += [_Renumbered(each, number) for each in segments]
            self.skipped += done.skipped
            self.documents += done.documents
            self.reused += 1
        return todo

    def add(self, header: Mapping[str, object], columns: Mapping[str, NDArray[Any]]) -> Segment:
        """Add a segment of the shard that is being sketched."""
        path = self._where / f"{self._next:06}.segment"
        self._next += 1
        write_segment(path, header, columns)
        segment = open_segment(path)
        self._pending.append((path.name, len(columns["kept"])))
        self.segments.append(segment)
        return segment

    def finish(self, number: int, skipped: Sequence[Skipped]) -> None:
        """Note that a shard is done, unless it has changed meanwhile or may be better next time."""
        pending, self._pending = self._pending, []
        shard, stamp = self._shards[number], self._stamps[number]
        passing = any(
            each.reason in _MAY_PASS or each.reason.startswith("needs-") for each in skipped
        )
        if stamp is None or passing or self._stamp_of(shard) != stamp:
            return
        done = Done(
            shard.name,
            stamp,
            tuple(name for name, _ in pending),
            sum(size for _, size in pending),
            tuple(skipped),
        )
        self._journal.add(done)
        self._done[shard.name, stamp] = done

    def close(self) -> None:
        """Leave the folder; what is done stays."""
        self.segments.clear()
        if self._lock is not None:
            self._clear()
        self._release()

    def _take(self) -> None:
        from filelock import FileLock, Timeout

        try:
            self._where.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._where / _LOCK)
            lock.acquire(timeout=0)
        except Timeout as error:
            raise OutputError(
                message("another run is at work in {path}", path=self._where),
                hint=message("wait for it, or name another folder"),
            ) from error
        except OSError as error:
            raise unwritable(str(self._where), error) from error
        self._lock = lock

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _open(self) -> None:
        run = self._where / _RUN
        if not run.exists():
            known = {_RUN, _LOCK, f"{_RUN}.partial"}
            if any(each.name not in known for each in self._where.iterdir()):
                raise OutputError(
                    message("{path} is not empty, and holds no work of dedup", path=self._where),
                    hint=message("name a new folder"),
                )
            self._begin_run(run)
            return
        if not self._resume:
            raise OutputError(
                message("{path} holds the work of an earlier run", path=self._where),
                hint=message("add --resume to go on with it, or remove the folder"),
            )
        self._check_run(run)
        entries = self._journal.read()
        self._done = {(done.shard, done.stamp): done for done in entries}
        self._journal.rewrite(self._done.values())
        self._clear()
        numbers = [int(path.stem) for path in self._where.glob("*.segment")]
        self._next = max(numbers, default=-1) + 1

    def _begin_run(self, run: Path) -> None:
        partial = run.with_name(f"{run.name}.partial")
        record = {"format": FORMAT, "tool": "dedup", "version": VERSION, "made_by": self._made_by}
        try:
            partial.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
            partial.replace(run)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise unwritable(str(run), error) from error

    def _check_run(self, run: Path) -> None:
        try:
            record = json.loads(run.read_bytes())
            version, made_by = record["format"], dict(record["made_by"])
        except (ValueError, TypeError, KeyError) as error:
            raise FormatError(message("{name} is damaged", name=run)) from error
        if version != FORMAT:
            raise FormatError(
                message(
                    "{name} has format {found}, and this version reads {known}",
                    name=run,
                    found=version,
                    known=FORMAT,
                )
            )
        differing = [
            f"{name} {made_by.get(name)} ≠ {self._made_by.get(name)}"
            for name in sorted(made_by.keys() | self._made_by.keys())
            if made_by.get(name) != self._made_by.get(name)
        ]
        if differing:
            raise UsageError(
                message(
                    "the work in {path} was done by other settings: {differing}",
                    path=self._where,
                    differing=", ".join(differing),
                ),
                hint=message("use those settings, or another folder"),
            )

    def _forget_changed(self) -> None:
        """Forget shards of which there is another state now."""
        names = Counter(shard.name for shard in self._shards)
        now = {
            shard.name: stamp
            for shard, stamp in zip(self._shards, self._stamps, strict=True)
            if names[shard.name] == 1
        }
        kept = {key: done for key, done in self._done.items() if now.get(key[0], key[1]) == key[1]}
        if len(kept) != len(self._done):
            self._done = kept
            self._journal.rewrite(kept.values())
            self._clear()

    def _clear(self) -> None:
        """Remove segments that belong to nothing that is done, and what is half written."""
        known = {name for done in self._done.values() for name in done.segments}
        for path in [*self._where.glob("*.segment"), *self._where.glob("*.partial")]:
            if path.name not in known:
                path.unlink(missing_ok=True)

    def _segments_of(self, done: Done) -> list[Segment] | None:
        """Return the segments of a shard; None where they are not all there and sound."""
        segments: list[Segment] = []
        try:
            for name in done.segments:
                segment = open_segment(self._where / name)
                segment.verify()
                segments.append(segment)
        except (OSError, FormatError):
            return None
        return segments


class _Renumbered(Segment):
    """A segment whose documents are of another number of shard than when it was made."""

    def __init__(self, segment: Segment, number: int) -> None:
        vars(self).update(vars(segment))
        self._number = number

    def column(self, name: str, rows: slice = slice(None)) -> NDArray[Any]:
        """Return a column, or some of its rows."""
        column = super().column(name, rows)
        return np.full_like(column, self._number) if name == "shard" else column

"""Where the segments of a scan lie: in memory while they are few, else in a private folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from dedup.engine.spool import temporary_place, unwritable
from dedup.sketch.segments import Segment, pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from numpy.typing import NDArray

    from dedup.engine.shards import Shard
    from dedup.model import Skipped

#: Bytes of segments that are kept in memory; what comes after them lies on disk.
IN_MEMORY = 64 << 20


class Store:
    """The segments of a scan, in the order of their making; closing it removes them from disk.

    ``skipped`` and ``documents`` are of shards that were sketched before; see
    :class:`~dedup.engine.workdir.WorkDir`.

    Raises :class:`~dedup.errors.OutputError` where the folder for them cannot be written.
    """

    #: Whether a segment ends where a shard does.
    per_shard = False
    #: The folder in which the segments stay; None where they go with the store.
    folder: Path | None = None

    def __init__(self, *, in_memory: int = IN_MEMORY) -> None:
        self.segments: list[Segment] = []
        self.skipped: list[Skipped] = []
        self.documents = 0
        self._room = in_memory
        self._folder: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def begin(self, shards: Sequence[Shard]) -> list[int]:
        """Return the numbers of the shards that are to be sketched."""
        return list(range(len(shards)))

    def finish(self, number: int, skipped: Sequence[Skipped]) -> None:
        """Note that all segments of a shard are there; ``skipped`` is what was skipped in it."""

    def add(self, header: Mapping[str, object], columns: Mapping[str, NDArray[Any]]) -> Segment:
        """Add a segment with these columns and return it."""
        size = sum(column.nbytes for column in columns.values())
        if size <= self._room:
            self._room -= size
            segment = from_bytes(b"".join(pack(header, columns)), "segment in memory")
        else:
            self._room = 0
            path = self._directory() / f"{len(self.segments):06}.segment"
            write_segment(path, header, columns, lasting=False)
            segment = open_segment(path)
        self.segments.append(segment)
        return segment

    def close(self) -> None:
        """Forget all segments, and remove those on disk."""
        self.segments.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _directory(self) -> Path:
        if self._folder is None:
            self._folder = temporary_folder()
        return self._folder


def temporary_folder() -> Path:
    """Make a folder that only this user can read; ``TMPDIR`` says where."""
    try:
        return Path(tempfile.mkdtemp(prefix="dedup-"))
    except OSError as error:
        raise unwritable(temporary_place(), error) from error


def write_segment(
    path: Path,
    header: Mapping[str, object],
    columns: Mapping[str, NDArray[Any]],
    *,
    lasting: bool = True,
) -> None:
    """Write a segment under a temporary name, and rename it when it is whole.

    One that is not ``lasting`` goes with the process, and need not outlive a power cut.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("wb") as file:
            for piece in pack(header, columns):
                file.write(piece)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise unwritable(str(path), error) from error


def open_segment(path: Path) -> Segment:
    """Open a segment on disk; what is asked for is read then, and not mapped into memory.

    Raises ``OSError``, or :class:`~dedup.errors.FormatError` for what is no sound segment.
    """

    def read(start: int, stop: int) -> bytes:
        with path.open("rb") as file:
            file.seek(start)
            return file.read(stop - start)

    return Segment(read, path.stat().st_size, str(path))


def from_bytes(raw: bytes, name: str) -> Segment:
    """Return the segment that ``raw`` is; see :class:`~dedup.sketch.segments.Segment`."""
    return Segment(lambda start, stop: raw[start:stop], len(raw), name)

"""A shard written anew, in up to three folders: what is kept, dropped and rejected."""

from __future__ import annotations

import base64
import json
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

from dedup.source.sink import Sink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from dedup.source.noted import Note

#: What the file with the rejected records of a shard is called, after the shard.
REJECTED_SUFFIX = ".rejected.jsonl"


class Notes(Protocol):
    """The dropped records of a shard, asked for in their order."""

    def next(self, place: int, /) -> Note | None:
        """Return what is to be noted beside the record at ``place``; None if it is kept."""

    def rows(self, first: int, size: int, /) -> Sequence[int]:
        """Return which of ``size`` records from the place ``first`` on are dropped, from 0."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where to write; None for what is not to be written."""

    kept: Path | None = None
    dropped: Path | None = None
    rejected: Path | None = None

    def __iter__(self) -> Iterator[Path]:
        return iter([each for each in (self.kept, self.dropped, self.rejected) if each])


class Mirror:
    """The files that one shard becomes, and how many records went into each.

    The one for what is kept is there always, the others where they hold something. As a context
    it finishes all files, or removes them.
    """

    def __init__(self, folders: Folders, name: str, compression: str | None = None) -> None:
        self.name = name
        self.kept = self.dropped = self.rejected = 0
        self._folders = folders
        self._compression = compression
        self._stack = ExitStack()
        self._sinks: dict[str, Sink] = {}

    @property
    def read(self) -> int:
        """Records in all."""
        return self.kept + self.dropped + self.rejected

    def __enter__(self) -> Self:
        self.kept_sink()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def kept_sink(self) -> Sink | None:
        """Return the file for what is kept."""
        return self._sink("kept", self._folders.kept, self.name, self._compression)

    def dropped_sink(self) -> Sink | None:
        """Return the file for what is dropped, which is made when it is asked for."""
        return self._sink("dropped", self._folders.dropped, self.name, self._compression)

    def reject(self, path: str, place: int, reason: str, raw: bytes | None) -> None:
        """Write down why there is no record at ``place``, and the bytes that stand there."""
        self.rejected += 1
        name = f"{self.name}{REJECTED_SUFFIX}"
        if sink := self._sink("rejected", self._folders.rejected, name, None):
            sink.write(rejected_line(path, place, reason, raw))

    def _sink(
        self, kind: str, folder: Path | None, name: str, compression: str | None
    ) -> Sink | None:
        if folder is None:
            return None
        if kind not in self._sinks:
            self._sinks[kind] = self._stack.enter_context(Sink(folder / name, compression))
        return self._sinks[kind]


def rejected_line(path: str, place: int, reason: str, raw: bytes | None) -> bytes:
    """Return a line of JSON for a record that is none."""
    record = {"path": text_or_bytes(path), "place": place, "reason": reason}
    return json_line({**record, "raw": None if raw is None else text_or_bytes(raw)})


def json_line(record: object) -> bytes:
    """Return a record as a line."""
    return (json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def text_or_bytes(value: str | bytes) -> object:
    """Return a text; as ``{"bytes": base64}`` where it is not valid Unicode."""
    raw = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return {"bytes": base64.b64encode(raw).decode("ascii")}

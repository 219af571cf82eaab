"""Files of one text each, copied to where they belong, with an index of what was dropped."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from dedup.source.files import failed, open_file
from dedup.source.mirror import json_line, text_or_bytes
from dedup.source.sink import Sink

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

    from dedup.source.mirror import Folders, Notes
    from dedup.source.shards import Files

#: Bytes that are copied at once.
_COPIED = 1 << 20
#: What the lists are called, at the top of their folders.
DROPPED_INDEX, REJECTED_INDEX = "dropped.jsonl", "rejected.jsonl"


class MirrorFiles:
    """Copies files; the lists of what was dropped and rejected are finished at the end."""

    def __init__(self, folders: Folders, name_of: Callable[[str], str]) -> None:
        self.kept = self.dropped = self.rejected = 0
        self._folders = folders
        self._name_of = name_of
        self._stack = ExitStack()
        self._lists: dict[Path, Sink] = {}

    @property
    def read(self) -> int:
        """Files in all."""
        return self.kept + self.dropped + self.rejected

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def copy(
        self, shard: Files, notes: Notes, rejected: Mapping[str, str], advance: Callable[[], None]
    ) -> None:
        """Copy the files of a shard; ``rejected`` are reasons by path."""
        for place, path in enumerate(shard.paths, 1):
            if path in rejected:
                self._reject(path, rejected[path])
            elif note := notes.next(place):
                self.dropped += 1
                self._copied(path, self._folders.dropped)
                self._listed(self._folders.dropped, DROPPED_INDEX, path, note.values)
            else:
                reason = self._copied(path, self._folders.kept)
                if reason is None:
                    self.kept += 1
                else:
                    self._reject(path, reason)
            advance()

    def _reject(self, path: str, reason: str) -> None:
        self.rejected += 1
        copied = self._copied(path, self._folders.rejected) is None
        fields = {"place": 0, "reason": reason, "copied": copied}
        self._listed(self._folders.rejected, REJECTED_INDEX, path, fields)

    def _copied(self, path: str, folder: Path | None) -> str | None:
        """Copy a file where there is a folder for it; return why that cannot be done."""
        if folder is None:
            return None
        try:
            stream = open_file(path)
        except (OSError, ValueError) as error:
            return failed(path, path, error).reason
        with stream, Sink(folder / self._name_of(path), sync=False) as sink:
            while piece := stream.read(_COPIED):
                sink.write(piece)
        return None

    def _listed(
        self, folder: Path | None, name: str, path: str, fields: Mapping[str, object]
    ) -> None:
        if folder is None:
            return
        if folder not in self._lists:
            self._lists[folder] = self._stack.enter_context(Sink(folder / name))
        record = {"path": text_or_bytes(self._name_of(path)), **fields}
        self._lists[folder].write(json_line(record))

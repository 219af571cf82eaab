"""The journal of a folder of work: which shards are sketched, and where their segments are."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from dedup.engine.spool import unwritable
from dedup.messages import Message
from dedup.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is sketched: its name, what tells that it is unchanged, and what came of it."""

    shard: str
    stamp: str
    segments: tuple[str, ...]
    documents: int
    skipped: tuple[Skipped, ...]


class Journal:
    """Lines that are added one by one; one that was not written whole does not count."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[Done]:
        """Return what is done."""
        if not self._path.exists():
            return []
        lines = self._path.read_bytes().split(b"\n")[:-1]
        found: list[Done] = []
        for line in lines:
            try:
                found.append(_done(json.loads(line)))
            except (ValueError, TypeError, KeyError):
                break
        return found

    def add(self, done: Done) -> None:
        """Add a line, and make sure that it is on disk."""
        try:
            with self._path.open("ab", buffering=0) as file:
                file.write(_line(done))
                os.fsync(file.fileno())
        except OSError as error:
            raise unwritable(str(self._path), error) from error

    def rewrite(self, all_done: Iterable[Done]) -> None:
        """Replace all lines at once."""
        partial = self._path.with_name(f"{self._path.name}.partial")
        try:
            with partial.open("wb") as file:
                for done in all_done:
                    file.write(_line(done))
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self._path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise unwritable(str(self._path), error) from error


def _line(done: Done) -> bytes:
    # Escapes keep names that are not valid Unicode.
    skipped = [{**asdict(replace(each, detail=None)), "detail": _packed(each.detail)}  # type: ignore[arg-type]
               for each in done.skipped]  # fmt: skip
    record = {
        "shard": done.shard,
        "stamp": done.stamp,
        "segments": done.segments,
        "documents": done.documents,
        "skipped": skipped,
    }
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


def _done(record: dict[str, Any]) -> Done:
    skipped = tuple(
        Skipped(**{**each, "detail": _unpacked(each["detail"])}) for each in record["skipped"]
    )
    return Done(
        record["shard"],
        record["stamp"],
        tuple(record["segments"]),
        record["documents"],
        skipped,
    )


def _packed(value: object) -> object:
    if isinstance(value, Message):
        return [value.template, {name: _packed(each) for name, each in value.params}]
    return value if isinstance(value, str | int | float | None) else str(value)


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        template, params = value
        return Message(template, tuple((name, _unpacked(each)) for name, each in params.items()))
    return value

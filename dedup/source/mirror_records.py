"""Files of records written anew: JSONL and CSV byte for byte, with notes on what is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.source.delimited import Delimited
from dedup.source.noted import noted_line
from dedup.source.noted_rows import NotedRows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dedup.source.mirror import Mirror, Notes
    from dedup.source.noted import Note
    from dedup.source.records import Cutter, Records


def mirror_records(
    shard: Records,
    mirror: Mirror,
    notes: Notes,
    rejected: Mapping[int, str],
    advance: Callable[[], None],
) -> None:
    """Write the records of a shard; ``rejected`` are reasons by place.

    What belongs to no record (marks, headers, blank lines) goes with what is kept.
    """
    heads = _Heads(shard, mirror)
    for place, raw in shard.raw():
        if not place:
            if shard.fault is not None and raw.strip() and not heads.expects(raw):
                mirror.reject(shard.name, shard.fault.place + 1, shard.fault.reason, raw)
            else:
                heads.keep(raw)
            continue
        if place in rejected:
            mirror.reject(shard.name, place, rejected[place], raw)
        elif note := notes.next(place):
            heads.drop(raw, note)
        else:
            mirror.kept += 1
            if kept := mirror.kept_sink():
                kept.write(raw)
        heads.end()
        advance()
    if shard.fault is not None and not mirror.read:
        mirror.reject(shard.name, 0, shard.fault.reason, None)


class _Heads:
    """Writes what is dropped, with what must stand before the first of it."""

    def __init__(self, shard: Records, mirror: Mirror) -> None:
        self._mirror = mirror
        self._cutter = shard.cutter
        self._head: list[bytes] = []
        self._ended = False
        self._rows: NotedRows | None = None

    def keep(self, raw: bytes) -> None:
        """Keep what belongs to no record."""
        if kept := self._mirror.kept_sink():
            kept.write(raw)
        if self.expects(raw):
            self._head.append(raw)

    def expects(self, raw: bytes) -> bool:
        """Tell whether these bytes are a mark or a header."""
        if self._ended or not raw.strip(b" \t\r\n\0"):
            return False
        if _is_mark(raw, self._cutter):
            return True
        return isinstance(self._cutter, Delimited) and not self._cutter.headless

    def end(self) -> None:
        """Records have begun."""
        self._ended = True

    def drop(self, raw: bytes, note: Note) -> None:
        """Write a record with its note."""
        self._mirror.dropped += 1
        sink = self._mirror.dropped_sink()
        if sink is None:
            return
        if not isinstance(self._cutter, Delimited):
            sink.write(noted_line(raw, note))
            return
        if self._rows is None:
            self._rows = NotedRows(self._cutter.encoding or "utf-8", self._cutter.delimiter)
            for piece in self._head:
                mark = _is_mark(piece, self._cutter)
                sink.write(piece if mark else self._rows.header(piece))
        sink.write(self._rows.row(raw, note))


def _is_mark(raw: bytes, cutter: Cutter) -> bool:
    codec = (cutter.encoding or "utf-8").removesuffix("-sig")
    return codec.startswith("utf") and raw == "\ufeff".encode(codec)

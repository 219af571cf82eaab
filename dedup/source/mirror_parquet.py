"""Parquet files written anew: the same columns and compression, with notes on what is dropped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dedup.source.noted import NOTED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyarrow as pa

    from dedup.source.mirror import Mirror, Notes
    from dedup.source.noted import Note
    from dedup.source.parquet import ParquetRows
    from dedup.source.sink import Sink

#: Rows and bytes of a row group.
GROUP_ROWS, GROUP_BYTES = 1 << 17, 1 << 26


def mirror_parquet(
    shard: ParquetRows,
    mirror: Mirror,
    notes: Notes,
    rejected: Mapping[int, str],
    advance: Callable[[int], None],
) -> None:
    """Write the rows of a Parquet file; ``rejected`` are reasons by place."""
    layout = shard.layout()
    if layout is None or shard.fault is not None:
        _reject_all(shard, mirror)
        return
    schema, codecs = layout
    kept = Rows(mirror.kept_sink(), schema, codecs)
    dropped: Rows | None = None
    for first, table in shard.batches():
        gone = notes.rows(first, table.num_rows)
        refused = [at for at in range(table.num_rows) if first + at in rejected]
        kept.add(_without(table, {*gone, *refused}))
        mirror.kept += table.num_rows - len(gone) - len(refused)
        for at in refused:
            raw = json.dumps(table.slice(at, 1).to_pylist()[0], ensure_ascii=False, default=str)
            place = first + at
            mirror.reject(
                shard.name, place, rejected[place], raw.encode("utf-8", "surrogateescape")
            )
        found = [note for at in gone if (note := notes.next(first + at))]
        mirror.dropped += len(found)
        if found and (sink := mirror.dropped_sink()):
            noted = _noted(table.take(gone), found)
            dropped = dropped or Rows(sink, noted.schema, codecs)
            dropped.add(noted)
        advance(table.num_rows)
    kept.finish()
    if dropped is not None:
        dropped.finish()
    if shard.fault is not None and not mirror.read:
        _reject_all(shard, mirror)


class Rows:
    """Writes tables into a Parquet file, as few row groups of bounded size."""

    def __init__(
        self, sink: Sink | None, schema: pa.Schema, codecs: Mapping[str, str] | None
    ) -> None:
        self._waiting: list[pa.Table] = []
        self._rows = self._bytes = 0
        self._writer: Any = None
        if sink is not None:
            import pyarrow as pa
            from pyarrow.parquet import ParquetWriter

            known = dict(codecs or {})
            codec = next(iter(known.values()), "snappy")
            compression = {**known, **dict.fromkeys(NOTED, codec)} if known else codec
            self._writer = ParquetWriter(
                pa.PythonFile(_Writable(sink), mode="w"), schema, compression=compression
            )

    def add(self, table: pa.Table) -> None:
        """Add rows."""
        if self._writer is None or not table.num_rows:
            return
        self._waiting.append(table)
        self._rows += table.num_rows
        self._bytes += table.nbytes
        if self._rows >= GROUP_ROWS or self._bytes >= GROUP_BYTES:
            self._flush()

    def finish(self) -> None:
        """Write what is left, and the end of the file."""
        if self._writer is not None:
            self._flush()
            self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting), row_group_size=GROUP_ROWS)
        self._waiting = []
        self._rows = self._bytes = 0


class _Writable:
    """What pyarrow takes for a file; closing it leaves the sink open, which others finish."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.closed = False

    def write(self, raw: bytes) -> int:
        self._sink.write(bytes(raw))
        return len(raw)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


def _without(table: pa.Table, rows: set[int]) -> pa.Table:
    if not rows:
        return table
    return table.take([at for at in range(table.num_rows) if at not in rows])


def _noted(table: pa.Table, notes: Sequence[Note]) -> pa.Table:
    import pyarrow as pa

    taken = [name for name in NOTED if name in table.column_names]
    table = table.drop_columns(taken) if taken else table
    kinds = {"similarity": pa.float64()}
    for name in NOTED:
        values = [getattr(note, name) for note in notes]
        table = table.append_column(name, pa.array(values, kinds.get(name, pa.string())))
    return table


def _reject_all(shard: ParquetRows, mirror: Mirror) -> None:
    reason = shard.fault.reason if shard.fault is not None else "unreadable"
    mirror.reject(shard.name, 0, reason, None)

"""Parquet files as shards (``zh-dedup[parquet]``)."""

from __future__ import annotations

from bisect import bisect_left
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from dedup.engine.shards import Run, read_items
from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.source.blocks import checked
from dedup.source.extras import installed
from dedup.source.fields import Fields, Where, fields_of, listed, no_guess
from dedup.source.files import failed
from dedup.source.units import record_of, units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    from dedup.engine.shards import RunRead
    from dedup.source.opening import Source
    from dedup.source.reading import Reading

#: What the codecs of columns are called where a file is written.
_CODECS = {"UNCOMPRESSED": "none", "LZ4_RAW": "lz4"}
#: Rows that are read at once.
ROWS = 1024


class ParquetRows:
    """The rows of a Parquet file: a shard; ``place`` is the number of a row, from 1."""

    compression: str | None = None

    def __init__(self, source: Source, reading: Reading, *, named: bool = True) -> None:
        self.name = source.path
        self.suffixes = PurePosixPath(source.path).suffixes
        self.fields: Fields | None = None
        self.fault: Skipped | None = None
        self.source = source
        self.at = 0
        self._reading = reading
        self._named = named
        self._mtime = source.mtime

    @property
    def size(self) -> int | None:
        """Bytes of the file; of these, ``at`` have been read, as far as rows tell."""
        return self.source.size

    def items(self) -> Iterator[Document | Skipped | Run]:
        """Yield the rows as documents, and at the end what ended them early."""
        yield from self._split(self._runs(None))
        if self.fault is not None:
            yield self.fault

    def again(self, places: Sequence[int]) -> Iterator[Document | Skipped | Run]:
        """Yield the documents at ``places``."""
        if self._reading.split == "document":
            yield from self._runs(places)
            return
        wanted = frozenset(places)
        for unit in self._split(self._runs(sorted(set(map(record_of, places))))):
            if isinstance(unit, Document) and unit.place in wanted:
                yield unit

    def batches(self) -> Iterator[tuple[int, pa.Table]]:
        """Yield all rows as tables, each with the number of its first row."""
        import pyarrow as pa

        at = 1
        with self._opened() as file:
            if file is None:
                return
            for batch in file.iter_batches(batch_size=ROWS):
                yield at, pa.Table.from_batches([batch], schema=file.schema_arrow)
                at += batch.num_rows

    def layout(self) -> tuple[pa.Schema, dict[str, str]] | None:
        """Return the columns, and how each is compressed by its path; None where it has a fault."""
        with self._opened() as file:
            if file is None:
                return None
            codecs: dict[str, str] = {}
            if file.num_row_groups:
                group = file.metadata.row_group(0)
                for at in range(group.num_columns):
                    column = group.column(at)
                    codecs[column.path_in_schema] = _CODECS.get(
                        column.compression, column.compression.lower()
                    )
            return file.schema_arrow, codecs
        return None

    @contextmanager
    def _opened(self) -> Iterator[ParquetFile | None]:
        """Open the file; what is wrong with it, there or while it is read, is the fault."""
        if not installed("pyarrow"):
            extra = "zh-dedup[parquet]"
            detail = message("needs {extra}: pip install '{extra}'", extra=extra)
            self.fault = Skipped(self.name, self.name, "needs-parquet", detail, error=self._named)
            yield None
            return
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile

        self.fault = None
        with ExitStack() as stack:
            file = None
            try:
                stored = stack.enter_context(closing(self.source.stored()))
                file = stack.enter_context(ParquetFile(stored))
            except (ArrowException, OSError) as error:
                self.fault = self._faulty(error)
            try:
                yield file
            except (ArrowException, OSError) as error:
                self.fault = self._faulty(error)

    def _faulty(self, error: Exception) -> Skipped:
        if isinstance(error, OSError) and error.errno is not None:
            return failed(self.name, self.name, error)
        why = (str(error).splitlines() or ["?"])[0]
        detail = message("damaged, or no Parquet file: {why}", why=why)
        return Skipped(self.name, self.name, "damaged", detail, error=True)

    def _runs(self, wanted: Sequence[int] | None) -> Iterator[Run]:
        with self._opened() as file:
            if file is None:
                return
            names = file.schema_arrow.names
            fields = self.fields = self.fields or fields_of(names, self._reading)
            if fields is None or not _columns(fields.text, names):
                self.fault = self._no_field(fields, names)
                return
            size, rows = self.source.size or 0, file.metadata.num_rows
            for first, batch in _batches(file, _columns(fields.wanted, names), wanted):
                self.at = size * (first + batch.num_rows - 1) // rows
                places: Sequence[int] = range(first, first + batch.num_rows)
                if wanted is not None:
                    low, high = (bisect_left(wanted, each) for each in (first, places[-1] + 1))
                    places = wanted[low:high]
                if places:
                    yield Run(partial(self._read, fields, batch, first, places))

    def _read(
        self, fields: Fields, batch: pa.RecordBatch, first: int, places: Sequence[int]
    ) -> RunRead:
        rows = batch.to_pylist()
        found = [
            fields.document(rows[place - first], Where(self.name, place, "utf-8", 1.0, self._mtime))
            for place in places
        ]
        return checked(found)

    def _split(self, runs: Iterable[Run]) -> Iterator[Document | Skipped | Run]:
        if self._reading.split == "document":
            yield from runs
            return
        for each in read_items(runs):
            if isinstance(each, Document):
                yield from units(each, self._reading.split)
            else:
                yield each

    def _no_field(self, fields: Fields | None, names: Sequence[str]) -> Skipped:
        error = self._named or fields is not None
        if fields is None:
            detail = no_guess(names)
        else:
            wanted = ", ".join(fields.text)
            detail = message(
                "has no field {wanted}; it has {names}", wanted=wanted, names=listed(names)
            )
        return Skipped(self.name, self.name, "no-field", detail, error=error)


def _columns(paths: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return the columns that the paths lead into."""
    return [
        name for name in names if any(path == name or path.startswith(f"{name}.") for path in paths)
    ]


def _batches(
    file: ParquetFile, columns: list[str], wanted: Sequence[int] | None
) -> Iterator[tuple[int, Any]]:
    """Yield batches with the number of their first row, of the row groups that are wanted."""
    at = 1
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        if wanted is None or bisect_left(wanted, at) < bisect_left(wanted, at + rows):
            first = at
            for batch in file.iter_batches(ROWS, row_groups=[group], columns=columns):
                yield first, batch
                first += batch.num_rows
        at += rows

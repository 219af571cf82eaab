"""Columns and frames of pandas, polars, Arrow and Hugging Face ``datasets``, as rows.

None of these libraries is imported: who passes a frame has done that. Only the columns that are
read are asked for, and a few hundred rows of them at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from dedup.errors import UsageError
from dedup.messages import message
from dedup.source.fields import listed
from dedup.source.given import Made, Rows, decided

if TYPE_CHECKING:
    from dedup.source.reading import Reading

#: Returns the values of a column at ``start:stop``.
Part = Callable[[Any, int, int], Sequence[Any]]

_COLUMNS = {"Series", "Array", "ChunkedArray"}
_FRAMES = {"DataFrame", "Table", "RecordBatch", "Dataset"}
#: How few rows of a column are taken, by the library.
_PARTS: dict[str, Part] = {
    "pandas": lambda column, start, stop: _without_nan(column.iloc[start:stop]),
    "polars": lambda column, start, stop: column.slice(start, stop - start).to_list(),
    "pyarrow": lambda column, start, stop: column.slice(start, stop - start).to_pylist(),
}


def rows_of(source: object, reading: Reading) -> Rows | None:
    """Return the rows of a column or frame; None for anything else.

    Raises :class:`~dedup.errors.UsageError` for a column that is not there, and for a frame that
    is still to be computed.
    """
    kinds = [(kind.__module__.partition(".")[0], kind.__name__) for kind in type(source).__mro__]
    for library, kind in kinds:
        if library == "polars" and kind == "LazyFrame":
            raise UsageError(
                message("a LazyFrame holds no texts yet"),
                hint=message("pass what its collect() returns"),
            )
        if library == "datasets" and kind == "Dataset":
            return _dataset(source, reading)
        if library in _PARTS and kind in _COLUMNS:
            return _column(source, _PARTS[library], reading)
        if library in _PARTS and kind in _FRAMES:
            return _frame(source, library, reading)
    return None


def _column(column: Any, part: Part, reading: Reading) -> Rows:
    """Return the texts of a column; their ids are their positions, whatever index it has."""
    made = Made(reading)

    def rows(start: int, stop: int) -> Iterable[Any]:
        return [{"text": text} for text in part(column, start, stop)]

    if reading.text_fields or reading.id_field:
        raise UsageError(
            message("a column has no fields"),
            hint=message("pass the whole frame with text_field and id_field"),
        )
    return Rows(len(column), rows, made)


def _frame(frame: Any, library: str, reading: Reading) -> Rows:
    names = list(frame.column_names if library == "pyarrow" else frame.columns)
    wanted = _wanted([name for name in names if isinstance(name, str)], reading)
    get = frame.column if library == "pyarrow" else frame.__getitem__
    columns = [get(name) for name in wanted]
    part = _PARTS[library]

    def rows(start: int, stop: int) -> Iterable[Any]:
        pieces = (part(column, start, stop) for column in columns)
        return [dict(zip(wanted, row, strict=True)) for row in zip(*pieces, strict=True)]

    return Rows(len(frame) if library != "pyarrow" else frame.num_rows, rows, Made(reading))


def _dataset(dataset: Any, reading: Reading) -> Rows:
    wanted = _wanted(list(dataset.column_names), reading)
    narrow = dataset.select_columns(wanted)

    def rows(start: int, stop: int) -> Iterable[Any]:
        columns = narrow[start:stop]
        pieces = (columns[name] for name in wanted)
        return [dict(zip(wanted, row, strict=True)) for row in zip(*pieces, strict=True)]

    return Rows(len(dataset), rows, Made(reading))


def _wanted(names: Sequence[str], reading: Reading) -> list[str]:
    """Return the columns that the fields to read lie in."""
    fields = decided(names, reading)
    paths = (*fields.text, fields.id, fields.date, fields.score)
    wanted: list[str] = []
    for path in (path for path in paths if path is not None):
        column = path if path in names else path.partition(".")[0]
        if column not in names:
            raise UsageError(
                message("there is no column {name}", name=path),
                hint=message("the columns are: {names}", names=listed(names)),
            )
        if column not in wanted:
            wanted.append(column)
    return wanted


def _without_nan(column: Any) -> Sequence[Any]:
    """Return values with None for what pandas takes for missing."""
    missing = column.isna().tolist()
    return [None if gone else value for value, gone in zip(column.tolist(), missing, strict=True)]

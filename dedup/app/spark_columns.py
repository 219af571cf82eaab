"""The columns of a data frame that documents are read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as sf
from pyspark.sql.types import StringType

from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


def columns_of(df: DataFrame, wanted: dict[str, str | None]) -> DataFrame:
    """Return the columns that are read, under names of our own: ``wanted`` says which is which.

    Raises :class:`~dedup.errors.UsageError` for one that is missing or of another type, and for
    ids that are null.
    """
    columns = {name: column_of(df, path) for name, path in wanted.items() if path is not None}
    if not isinstance(df.select(columns["text"]).schema[0].dataType, StringType):
        raise UsageError(
            message("the column {name} does not hold text", name=wanted["text"]),
            hint=message("name the one that does: text=…"),
        )
    kinds = {"id": "string", "date": "string", "score": "double", "path": "string"}
    made = [
        columns[name].cast(kinds[name]).alias(name) if name in kinds else columns[name].alias(name)
        for name in columns
    ]
    given = df.select(*made)
    nameless = given.where("id is null").limit(1).count()
    if nameless:
        raise UsageError(
            message("the column {name} has nulls", name=wanted["id"]),
            hint=message("give every document an id of its own"),
        )
    return given


def column_of(df: DataFrame, path: str) -> Column:
    """Return a column by its name, or by the path of a field in it."""
    if path.split(".", 1)[0] not in df.columns and path not in df.columns:
        raise UsageError(
            message("there is no column {name}", name=path),
            hint=message("the columns are: {names}", names=", ".join(df.columns)),
        )
    return sf.col(path if path not in df.columns else f"`{path}`")

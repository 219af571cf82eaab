"""Indexes on Spark: a new batch against what is known, and an index made of a corpus."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql.pandas.types import from_arrow_schema

from dedup.app.index import Index
from dedup.app.spark_columns import columns_of
from dedup.engine.shards import Spooled
from dedup.engine.spark.shipped import Shipped
from dedup.errors import UsageError
from dedup.messages import message
from dedup.model import Document
from dedup.report.records import pair_record, rounded, safe_id
from dedup.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import DataFrame

    from dedup.index.results import Matches

#: A document of the index that a row matches; ``record`` is the pair as JSON.
MATCH_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field("match", pa.string()),
        pa.field("relation", pa.string()),
        pa.field("similarity", pa.float64()),
        pa.field("record", pa.string()),
    ]
)
#: An index of one partition: a file's bytes.
PART_SCHEMA = pa.schema([pa.field("part", pa.binary())])
#: Documents that the index is asked about together.
_TOGETHER = 500


def query_index(
    df: DataFrame,
    index: str | os.PathLike[str],
    text: str = "text",
    id: str = "id",  # noqa: A002 - what people call it
) -> DataFrame:
    """Return what an index has of each row of ``df``; the rows are not compared with each other.

    The columns are ``id``, ``match`` (the id in the index), ``relation``, ``similarity`` and
    ``record``, best matches of a row first within it. The index travels to every executor, and so
    has to hold its texts; raises :class:`~dedup.errors.UsageError` where it does not, and what
    :meth:`dedup.Index.open` raises.
    """
    with Index.open(index) as known:
        if not known.info().with_text:
            raise UsageError(
                message("{path} does not hold the texts, which executors need", path=index),
                hint=message("build it with its texts: dedup index build"),
            )
        shipped = Shipped.of(known.settings)
    rows = columns_of(df, {"id": id, "text": text})
    name = f"dedup-{uuid.uuid4().hex}.index"
    df.sparkSession.sparkContext.addFile(str(_under_a_name(Path(index), name)))
    return rows.mapInArrow(_Asking(shipped, name), from_arrow_schema(MATCH_SCHEMA))


def _under_a_name(index: Path, name: str) -> Path:
    """Return a file with what is in the index, which stays until this process ends.

    Spark knows files by name and reads each once; an index grows and keeps its name.
    """
    folder = Path(tempfile.mkdtemp(prefix="dedup-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        os.link(index, folder / name)
    except OSError:  # on another file system
        shutil.copyfile(index, folder / name)
    return folder / name


class _Asking:
    """The function for ``mapInArrow`` on ``id`` and ``text``."""

    def __init__(self, shipped: Shipped, name: str) -> None:
        self._shipped = shipped
        self._name = name

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield rows of :data:`MATCH_SCHEMA`."""
        with Index.open(SparkFiles.get(self._name), settings=self._shipped.settings()) as index:
            for batch in batches:
                for at in range(0, batch.num_rows, _TOGETHER):
                    part = batch.slice(at, _TOGETHER)
                    ids, texts = part.column(0).to_pylist(), part.column(1).to_pylist()
                    pairs = zip(ids, texts, strict=True)
                    asked = [Document(i, text) for i, text in pairs if text is not None]
                    yield _rows(index.query(asked))


def _rows(found: list[Matches]) -> pa.RecordBatch:
    pairs = [match.pair for each in found for match in each.matches]
    columns = {
        "id": [safe_id(pair.a) for pair in pairs],
        "match": [safe_id(pair.b) for pair in pairs],
        "relation": [pair.relation.value for pair in pairs],
        "similarity": [rounded(pair.similarity, exact=pair.evidence) for pair in pairs],
        "record": [json.dumps(pair_record(pair), ensure_ascii=False) for pair in pairs],
    }
    return pa.RecordBatch.from_pydict(columns, schema=MATCH_SCHEMA)


def build_index(
    df: DataFrame,
    index: str | os.PathLike[str],
    text: str = "text",
    id: str = "id",  # noqa: A002 - what people call it
    settings: Settings | None = None,
    *,
    texts: bool = True,
) -> int:
    """Make an index of the rows of ``df``: tasks make parts, which are merged here one by one.

    Returns how many documents it has; of rows with one id it has one. With ``texts`` it holds the
    texts, without which it cannot be asked on Spark. ``settings`` are those of the index: nothing
    is learned. Raises what :meth:`dedup.Index.create` raises, and
    :class:`~dedup.errors.UsageError` for a column that is missing or of another type.
    """
    shipped = Shipped.of(settings or Settings())
    rows = columns_of(df, {"id": id, "text": text})
    parts = rows.mapInArrow(_Building(shipped, texts=texts), from_arrow_schema(PART_SCHEMA))
    documents = 0
    with (
        Index.create(index, settings, text=texts) as whole,
        tempfile.TemporaryDirectory() as folder,
    ):
        path = Path(folder) / "part.index"
        for row in parts.toLocalIterator(prefetchPartitions=True):
            path.write_bytes(row["part"])
            documents += whole.merge([path])
    return documents


class _Building:
    """The function for ``mapInArrow`` on ``id`` and ``text`` that makes an index of a partition."""

    def __init__(self, shipped: Shipped, *, texts: bool) -> None:
        self._shipped = shipped
        self._texts = texts

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield one row of :data:`PART_SCHEMA`; none where there is no document."""
        documents = (
            Document(i, text, place=place)
            for place, (i, text) in enumerate(_texts_of(batches))
            if text is not None
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "part.index"
            with Index.create(path, self._shipped.settings(), text=self._texts) as index:
                found = index.add([Spooled(documents)]).documents
            if found:
                yield pa.RecordBatch.from_pydict({"part": [path.read_bytes()]}, PART_SCHEMA)


def _texts_of(batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[str, str | None]]:
    for batch in batches:
        yield from zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)

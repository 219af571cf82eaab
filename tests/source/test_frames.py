"""Columns and frames, of whatever library is there."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

import dedup
from dedup import UsageError

TEXT = "今天的天气真是好得不得了，我们一起去公园散步吧，顺便看看花。"
TEXTS = [TEXT, "完全是另外一个故事了，谁也不认识它。", TEXT.replace("，", ","), None]
IDS = list("wxyz")


def library(name: str):
    """Return a library; without it the test is skipped, but in CI that is a failure."""
    if os.environ.get("CI") == "true":
        return __import__(name)
    return pytest.importorskip(name, reason=f"{name} is not installed")


def check(result, *, ids=("0", "1", "2")):
    assert (result.dropped, result.kept) == (ids[:1], ids[1:])
    assert result.mask().tolist() == [False, True, True, True]
    assert [skipped.reason for skipped in result.skipped] == ["no-text"]


def test_polars():
    polars = library("polars")
    frame = polars.DataFrame({"n": range(4), "body_": TEXTS, "key": IDS})
    check(dedup.scan(frame["body_"]))
    check(dedup.scan(frame, text_field="body_"))
    result = dedup.scan(frame, text_field="body_", id_field="key")
    check(result, ids=("w", "x", "y"))
    assert frame.filter(result.mask())["key"].to_list() == ["x", "y", "z"]
    with pytest.raises(UsageError, match="LazyFrame"):
        dedup.scan(frame.lazy(), text_field="body_")


def test_pandas():
    pandas = library("pandas")
    frame = pandas.DataFrame({"text": TEXTS, "key": [4, 5, 6, 7]}, index=[9, 9, 1, 0])
    check(dedup.scan(frame["text"]))
    check(dedup.scan(frame["text"].astype(object)))
    result = dedup.scan(frame, id_field="key")
    check(result, ids=("4", "5", "6"))
    assert frame[result.mask()]["key"].tolist() == [5, 6, 7]


def test_arrow():
    arrow = library("pyarrow")
    table = arrow.table({"text": TEXTS, "id": IDS})
    check(dedup.scan(arrow.array(TEXTS)))
    check(dedup.scan(arrow.chunked_array([TEXTS[:1], TEXTS[1:]])))
    check(dedup.scan(arrow.RecordBatch.from_pydict({"text": TEXTS})))
    result = dedup.scan(table)
    check(result, ids=("w", "x", "y"))
    assert table.filter(result.mask())["id"].to_pylist() == ["x", "y", "z"]


def test_arrow_structures_are_paths_of_fields():
    arrow = library("pyarrow")
    rows = [[{"role": "user", "content": text}] for text in TEXTS]
    table = arrow.table({"messages": rows, "n": [1, 2, 3, 4]})
    check(dedup.scan(table, text_field="messages.*.content"))


def test_datasets():
    datasets = library("datasets")
    dataset = datasets.Dataset.from_dict({"text": TEXTS, "id": IDS, "n": range(4)})
    result = dedup.scan(dataset)
    check(result, ids=("w", "x", "y"))
    assert dataset.select(np.flatnonzero(result.mask()))["id"][:] == ["x", "y", "z"]
    check(dedup.scan(dataset.to_iterable_dataset()), ids=("w", "x", "y"))


def test_a_column_that_is_not_there_is_named():
    polars = library("polars")
    frame = polars.DataFrame({"a": TEXTS, "b": IDS})
    with pytest.raises(UsageError, match="no column c") as caught:
        dedup.scan(frame, text_field="a", id_field="c")
    assert str(caught.value.hint) == "the columns are: a, b"
    with pytest.raises(UsageError, match="sure to hold the text: a, b"):
        dedup.scan(frame)
    with pytest.raises(UsageError, match="a column has no fields"):
        dedup.scan(frame["a"], text_field="a")


class Series:
    """Counts what is asked of a column that claims to be of polars."""

    def __init__(self, size):
        self.asked = []
        self._size = size

    def __len__(self):
        return self._size

    def slice(self, start, length):
        self.asked.append((start, length))
        return self

    def to_list(self):
        return [f"第{n}行春眠不觉晓" for n in range(self.asked[-1][1])]


Series.__module__ = "polars.series"


def test_a_column_is_never_asked_for_whole():
    column = Series(2000)
    dedup.scan(column, unit="char", threshold=1)
    assert max(length for _, length in column.asked) <= 256
    assert sum(length for _, length in column.asked) >= 2000


def test_no_library_is_imported_that_was_not_passed():
    program = (
        "import sys, dedup\n"
        "dedup.scan(['春眠不觉晓'])\n"
        "print({'pandas', 'polars', 'pyarrow', 'datasets'} & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "set()\n"

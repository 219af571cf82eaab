"""What a task holds while it decides a component: no more than is reckoned."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("pyarrow")

from dedup.engine.spark.memory import BYTES_OF_A_WORKER, BYTES_OF_ONE

#: A process of its own decides one component: a star, and pairs beside it. What ``getrusage`` tells
#: begins with what the process held that started it, so it is asked only where nothing else tells.
DECIDE = """
import resource, sys
import numpy as np, pyarrow as pa
from dedup.app.spark_rows import ResultRows
from dedup.engine.record import packed_info
from dedup.engine.related import Counted, Replaced
from dedup.engine.spark.deciding import Deciding
from dedup.engine.spark.evidence import packed_counted
from dedup.engine.spark.rows import DOCUMENT_COLUMNS, DOCUMENT_SCHEMA
from dedup.engine.spark.shipped import Shipped
from dedup.model import Document
from dedup.replacement import FIELDS
from dedup.settings import Settings

documents, more = map(int, sys.argv[1:])
numbers = np.arange(documents)
values = {name: np.full(documents, 500) for name in DOCUMENT_COLUMNS}
hashes = [number.to_bytes(16) for number in numbers.tolist()]
values |= {"text_hash": hashes, "whole_hash": hashes, "compared_hash": hashes}
values |= {"id": [b"https://example.org/pages/%012d" % number for number in numbers.tolist()]}
info = packed_info(Document("", ""), (), (None, None, ()), "")
values |= {"info": [info] * documents, "set_aside": np.zeros(documents, dtype=np.int64)}
values |= {name: np.full(documents, np.nan) for name in ("date", "score")}
rows = pa.Table.from_pydict(values, schema=DOCUMENT_SCHEMA)
rows = rows.append_column("number", pa.array(numbers))
rows = rows.append_column("text", pa.nulls(documents, pa.string()))
draw = np.random.default_rng(1)
star = np.column_stack([np.zeros(documents - 1, dtype=np.int64), numbers[1:]])
beside = np.sort(draw.integers(1, documents, (2 * more + 9, 2)), axis=1)
beside = np.unique(beside[beside[:, 0] < beside[:, 1]], axis=0)[:more]
pairs = np.concatenate([star, beside])
counts = np.column_stack([draw.integers(400, 480, len(pairs)), *np.full((2, len(pairs)), 20)])
none = Replaced(np.zeros((len(pairs), len(FIELDS)), dtype=np.int32), {})
counted = pa.Table.from_batches([packed_counted(Counted(pairs, counts, none))])
made = Deciding(Shipped.of(Settings(boilerplate="none")), ResultRows())(rows, counted)
kinds = made.column("kind").to_pylist()
if sys.platform == "linux":
    lines = open("/proc/self/status", encoding="ascii").read().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak *= 1 if sys.platform == "darwin" else 1024
print(len(pairs), kinds.count("pair"), peak)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="has no resource module")
@pytest.mark.parametrize(("documents", "more"), [(40_000, 0), (20_000, 60_000)])
def test_a_task_holds_what_is_reckoned(documents, more):
    call = [sys.executable, "-c", DECIDE, str(documents), str(more)]
    said = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    pairs, told, peak = map(int, said.split())
    assert told == pairs == documents - 1 + more
    assert peak <= BYTES_OF_A_WORKER + BYTES_OF_ONE * (documents + pairs)
    # and not so much less that components are decided in rounds without need
    assert peak >= BYTES_OF_ONE * (documents + pairs) / 2

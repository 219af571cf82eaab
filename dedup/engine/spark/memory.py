"""How large a component may be that one task decides: what a Python worker has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: The setting of Spark that says it instead, in documents.
FORCED = "spark.dedup.componentDocuments"
#: What a document takes while its component is decided, and each pair as well: measured as 900 to
#: 1,000 bytes a document and 1,200 to 1,600 a pair, on 20,000 to 100,000 documents with up to
#: 300,000 pairs (``tests/spark/test_memory.py`` holds it to that); and what a worker takes before
#: it has any, measured as 110 MB: interpreter, libraries, dictionary.
BYTES_OF_ONE = 1_500
BYTES_OF_A_WORKER = 128 << 20
#: Documents and pairs that are always decided at once: rounds would take longer than that.
LEAST = 10_000
_MIB = 1 << 20


def component_documents(session: SparkSession, others: int) -> int:
    """Return how many documents and pairs a component may have that one task decides.

    There are ``others`` beside them.

    Python workers live outside the heap: in ``spark.executor.pyspark.memory`` where it is set, and
    else in ``spark.executor.memoryOverhead``; the tasks of an executor share it.
    """
    said = session.conf.get(FORCED, None)
    if said is not None:
        if not (said.isdigit() and int(said)):
            raise UsageError(
                message("{name} is not a number of documents: {value}", name=FORCED, value=said),
                hint=message("the settings of Spark say it: --conf {name}=100000", name=FORCED),
            )
        return int(said)
    conf = session.sparkContext.getConf()
    memory = conf.get("spark.executor.pyspark.memory", None)
    mib = _mib(session, memory) if memory is not None else _overhead(session)
    cores = int(conf.get("spark.executor.cores", "1") or 1)
    return documents_in(mib * _MIB // cores, others)


def documents_in(size: int, others: int) -> int:
    """Return how many documents and pairs have room in so many bytes beside ``others``."""
    return max(LEAST, (size - BYTES_OF_A_WORKER) // BYTES_OF_ONE - others)


def _overhead(session: SparkSession) -> int:
    """Return the memory of an executor beside its heap, in MiB, as Spark reckons it."""
    conf = session.sparkContext.getConf()
    said = conf.get("spark.executor.memoryOverhead", None)
    if said is not None:
        return _mib(session, said)
    share = float(conf.get("spark.executor.memoryOverheadFactor", "0.1") or 0.1)
    least = _mib(session, conf.get("spark.executor.minMemoryOverhead", "384m") or "384m")
    return max(least, int(share * _mib(session, conf.get("spark.executor.memory", "1g") or "1g")))


def _mib(session: SparkSession, said: str) -> int:
    gateway: Any = session.sparkContext._jvm  # noqa: SLF001 - Spark's own reading of sizes
    return int(gateway.org.apache.spark.network.util.JavaUtils.byteStringAsMb(said))

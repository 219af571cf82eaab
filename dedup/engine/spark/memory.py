"""How large a component may be that one task decides: what a Python worker has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dedup.errors import UsageError
from dedup.messages import message

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: The setting of Spark that says it instead, in documents.
FORCED = "spark.dedup.componentDocuments"
#: What a document takes while its component is decided, measured as 1,700 to 1,900 bytes on copies
#: of one page, each with one pair; what each further pair takes, as a share of that; and what
#: a worker takes before it has any: interpreter, libraries, dictionary.
BYTES_A_DOCUMENT = 2_000
OF_A_PAIR = 0.5
BYTES_OF_A_WORKER = 128 << 20
#: Documents that are always decided at once: a task for each would take longer than that.
LEAST = 10_000
_MIB = 1 << 20


def component_documents(session: SparkSession, others: int) -> int:
    """Return how many documents a component may have that one task decides, with ``others``.

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
    """Return how many documents there is room for in so many bytes beside ``others``."""
    return max(LEAST, (size - BYTES_OF_A_WORKER) // BYTES_A_DOCUMENT - others)


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

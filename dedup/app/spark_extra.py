"""Whether the extra is installed that Spark needs."""

from __future__ import annotations

from dedup.errors import UsageError
from dedup.messages import message
from dedup.source.extras import installed


def require_spark() -> None:
    """Raise :class:`~dedup.errors.UsageError` where PySpark or PyArrow is not installed."""
    if not (installed("pyspark") and installed("pyarrow")):
        raise UsageError(
            message("Spark needs {extra}", extra="zh-dedup[spark]"),
            hint=message("install it: pip install '{extra}'", extra="zh-dedup[spark]"),
        )

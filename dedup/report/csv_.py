"""``csv``: one row per dropped document, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from dedup.engine.views import path_of
from dedup.report.records import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.model import ScanResult

HEADER = (
    "cluster",
    "kept",
    "dropped",
    "relation",
    "similarity",
    "containment_dropped_in_kept",
    "containment_kept_in_dropped",
    "reason",
    "filled",
)
#: Between what is filled in at one place and at the next, as in words.
_NEXT = "; "

#: Without it Excel reads Chinese as the local code page.
BYTE_ORDER_MARK = "\ufeff"

#: First characters that make a spreadsheet take a cell for a formula, full width included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def pieces(result: ScanResult) -> Iterator[str]:
    """Yield the byte order mark with the header, then one row per dropped document."""
    yield BYTE_ORDER_MARK + _row(HEADER)
    for cluster in result.clusters:
        kept = _name(cluster.keep, result)
        for pair in cluster.drop:
            yield _row(
                (
                    cluster.id,
                    kept,
                    _name(pair.a, result),
                    pair.relation.value,
                    str(rounded(pair.similarity, exact=pair.evidence)),
                    *(str(rounded(share)) for share in pair.containment),
                    cluster.reason.render("en"),
                    _NEXT.join(f"{mine}→{other}" for mine, other in pair.filled),
                )
            )


def neutral(cell: str) -> str:
    """Return ``cell`` with an apostrophe before what a spreadsheet would run as a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _name(doc_id: str, result: ScanResult) -> str:
    path = path_of(result.documents, doc_id)
    name = path if path is not None else doc_id
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _row(cells: tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([neutral(cell) for cell in cells])
    return line.getvalue()

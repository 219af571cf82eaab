"""``concise``: one line per dropped document, made for ``grep``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import message
from dedup.report.names import decimal, shown
from dedup.report.relations import dropped_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.model import DocumentInfo, ScanResult
    from dedup.report.view import View


def _kept(info: DocumentInfo, view: View) -> str:
    name = shown(info)
    return view.say(message("{name} (known)", name=name)) if info.known else name


def lines(result: ScanResult, view: View) -> Iterator[Text]:
    """Yield ``path: relation kept-path (similarity)`` for each dropped document."""
    for cluster in result.clusters:
        kept = _kept(result.documents[cluster.keep], view)
        for pair in cluster.drop:
            line = dropped_line(
                pair.relation,
                dropped=shown(result.documents[pair.a]),
                kept=kept,
                similarity=decimal(pair.evidence.exact_similarity, 2),
            )
            yield Text(view.say(line))

"""The texts behind a scan's result read once more, so that ``full`` can say what differs."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dedup.cli.language import say
from dedup.cli.streams import complain
from dedup.errors import PathError
from dedup.messages import message
from dedup.model import Document
from dedup.report.full import explained_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.model import Comparison, DocumentInfo, ScanResult
    from dedup.progress import Progress

STANDARD_INPUT = "-"


@contextmanager
def rereadable_input(paths: Sequence[str]) -> Iterator[None]:
    """Keep what standard input holds, where a path is ``-``, so that it can be read twice.

    Raises :class:`~dedup.errors.PathError` where standard input is closed.
    """
    if STANDARD_INPUT not in paths:
        yield
        return
    from dedup.source.readers import standard_input

    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(standard_input().read()))
    try:
        yield
    finally:
        sys.stdin = before


def explanations(result: ScanResult, progress: Progress) -> dict[tuple[str, str], Comparison]:
    """Return comparisons of the pairs that ``full`` explains, by (dropped id, kept id).

    A document that has changed or is gone since it was scanned is named in a warning, and its
    pairs stay unexplained.
    """
    from dedup.app.explain import compare

    pairs = explained_pairs(result)
    comparisons: dict[tuple[str, str], Comparison] = {}
    texts: dict[str, Document | None] = {}
    progress.stage("explain", len(pairs))
    for pair in pairs:
        for doc_id in (pair.a, pair.b):
            if doc_id not in texts:
                texts[doc_id] = _read_again(result.documents[doc_id])
        a, b = texts[pair.a], texts[pair.b]
        if a is not None and b is not None:
            comparisons[pair.a, pair.b] = compare(a, b, result.settings)
        progress.advance()
    progress.done()
    return comparisons


def _read_again(info: DocumentInfo) -> Document | None:
    from dedup.source.readers import read, reread

    if info.id == STANDARD_INPUT and info.path is None:
        sys.stdin.seek(0)
        again = read(STANDARD_INPUT, encoding=info.encoding)
        return again if isinstance(again, Document) else None
    try:
        return Document(info.id, reread(info), info.path, info.encoding)
    except PathError as error:
        complain(
            say(message("dedup: warning: {what}; what differs is not shown", what=error.message))
        )
        return None

"""The texts behind a scan's result read once more, so that a format can say what differs."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dedup.cli.language import say
from dedup.cli.streams import complain
from dedup.errors import PathError
from dedup.messages import message
from dedup.model import Document
from dedup.report.full import explained_pairs
from dedup.report.registry import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.cli.output import Destination
    from dedup.messages import Message
    from dedup.model import Comparison, DocumentInfo, ScanResult
    from dedup.progress import Progress
    from dedup.source.reading import Reading

STANDARD_INPUT = "-"

#: Of documents that cannot be read again, so many are named.
NAMED = 5
#: Bytes of standard input that are kept in memory.
_IN_MEMORY = 1 << 24


@contextmanager
def rereadable_input(paths: Sequence[str], *, verbose: bool = False) -> Iterator[None]:
    """Keep what standard input holds, where a path is ``-``, so that it can be read twice.

    If ``verbose``, it is said where, unless that is in memory.

    Raises :class:`~dedup.errors.PathError` where standard input is closed.
    """
    if STANDARD_INPUT not in paths:
        yield
        return
    from dedup.engine.spool import temporary_place
    from dedup.source.readers import standard_input

    before = sys.stdin
    # In memory while it is small; a file without a name, which only this user can read, beyond.
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="dedup-") as kept:
        shutil.copyfileobj(standard_input(), kept, 1 << 20)
        if verbose and kept.tell() > _IN_MEMORY:
            where = message(
                "standard input ({size} MB) is kept in a temporary file in {folder} until the end",
                size=f"{kept.tell() / 1e6:,.0f}",
                folder=temporary_place(),
            )
            complain(say(where))
        kept.seek(0)
        sys.stdin = io.TextIOWrapper(kept)
        try:
            yield
        finally:
            sys.stdin.detach()
            sys.stdin = before


@dataclass(frozen=True, slots=True)
class Explained:
    """Comparisons by the ids of the pair, and by id why documents could not be read again."""

    comparisons: dict[tuple[str, str], Comparison] = field(default_factory=dict)
    gone: dict[str, Message] = field(default_factory=dict)


def rendered(
    result: ScanResult, goal: Destination, explained: Explained, *, summary: bool = False
) -> Iterator[str]:
    """Yield a result with what was found out about its texts, in the format it is written in."""
    return render(
        result,
        goal.output_format,
        goal.view,
        comparisons=explained.comparisons,
        gone=explained.gone,
        summary=summary,
    )


def explanations(
    result: ScanResult,
    progress: Progress,
    *,
    output_format: str = "full",
    piped: bool = True,
    reading: Reading | None = None,
) -> Explained:
    """Compare the pairs that a format explains.

    A document that has changed or is gone since it was scanned is named in a warning, and its
    pairs stay unexplained; so is standard input, unless it is still there (``piped``).
    """
    from dedup.app.explain import compare

    pairs = _pairs(result, output_format)
    comparisons: dict[tuple[str, str], Comparison] = {}
    texts: dict[str, Document | None] = {}
    gone: dict[str, Message] = {}
    progress.stage("explain", len(pairs))
    for ids in pairs:
        for doc_id in ids:
            if doc_id not in texts:
                info = result.documents[doc_id]
                if result.texts is not None and doc_id in result.texts:
                    text = result.texts[doc_id]
                    texts[doc_id] = Document(info.id, text, info.path, info.encoding)
                else:
                    texts[doc_id] = _read_again(info, gone, piped=piped, reading=reading)
        a, b = (texts[doc_id] for doc_id in ids)
        if a is not None and b is not None:
            comparisons[ids] = compare(a, b, result.settings)
        progress.advance()
    progress.done()
    _warn_gone([*gone.values()])
    return Explained(comparisons, gone)


def _pairs(result: ScanResult, output_format: str) -> list[tuple[str, str]]:
    if output_format == "html":
        from dedup.report.html.selection import embedded_pairs

        pairs = [(pair.a, pair.b) for pair in embedded_pairs(result)]
    else:
        pairs = [(pair.a, pair.b) for pair in explained_pairs(result)]
    pairs += [(pair.a, pair.b) for pair in result.borderline]
    return list(dict.fromkeys(pairs))


def _read_again(
    info: DocumentInfo, gone: dict[str, Message], *, piped: bool, reading: Reading | None
) -> Document | None:
    from dedup.source.readers import read
    from dedup.source.rereading import reread

    if piped and info.id == STANDARD_INPUT and info.path is None:
        sys.stdin.seek(0)
        again = read(STANDARD_INPUT, encoding=info.encoding)
        return again if isinstance(again, Document) else None
    try:
        return Document(info.id, reread(info, reading), info.path, info.encoding)
    except PathError as error:
        gone[info.id] = error.message
        return None


def _warn_gone(gone: Sequence[Message]) -> None:
    """Name the first documents that could not be read again, and count the rest."""
    for what in gone[:NAMED]:
        complain(say(message("dedup: warning: {what}; what differs is not shown", what=what)))
    rest = len(gone) - NAMED
    if rest > 0:
        complain(say(message("  … and {count} more such documents", count=f"{rest:,}")))

"""The library's calls, in the same words as the commands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import UsageError
from dedup.messages import message
from dedup.model import Document, Skipped
from dedup.progress import NO_PROGRESS, Progress
from dedup.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datasketch import MinHash

    from dedup.model import Comparison, ScanResult

#: A text, an (id, text) pair, a document, or the path of a file.
Text = str | tuple[str, str] | Document | os.PathLike[str]


def scan(
    source: str | os.PathLike[str] | Mapping[str, str] | Iterable[Text],
    settings: Settings | None = None,
    *,
    progress: Progress = NO_PROGRESS,
    **options: object,
) -> ScanResult:
    """Compare every text with every other; return what is the same, how sure, and what to keep.

    ``source`` is the path of a file or directory, a mapping of ids to texts, or an iterable of
    texts (their ids are "0", "1", …), ``(id, text)`` pairs, documents, or ``pathlib`` paths.
    In an iterable a string is a text and a ``Path`` is a path. ``options`` change single values
    of ``settings``: ``scan("corpus/", threshold=0.8)``.

    Raises :class:`~dedup.errors.InputError` for what cannot be read and
    :class:`~dedup.errors.UsageError` for a call that cannot work. Files that cannot be read do
    not end a scan of a directory: they are in ``result.skipped``.
    """
    from dedup.app.scan import scan as scan_documents
    from dedup.app.scan import scan_paths

    settings = _with(settings, options)
    if isinstance(source, str | os.PathLike):
        return scan_paths([source], settings, progress=progress)
    if isinstance(source, Mapping):
        named = [_document(pair, "") for pair in source.items()]
        return scan_documents(named, settings, progress=progress, total=len(named))
    if not isinstance(source, Iterable) or isinstance(source, bytes):
        raise _no_text(source)
    given = list(source)
    if given and all(isinstance(each, os.PathLike) for each in given):
        paths = [os.fspath(each) for each in given if isinstance(each, os.PathLike)]
        return scan_paths(paths, settings, progress=progress)
    documents = _documents(given, settings)
    return scan_documents(documents, settings, progress=progress, total=len(given))


def compare(a: Text, b: Text, settings: Settings | None = None, **options: object) -> Comparison:
    """Compare two texts: relation, similarity, containment, what differs and where.

    A string is a text and a ``Path`` is a file; ``options`` change single values of ``settings``.
    Raises :class:`~dedup.errors.InputError` for a file that cannot be read.
    """
    from dedup.app.explain import compare as compare_documents

    settings = _with(settings, options)
    return compare_documents(_readable(a, "a", settings), _readable(b, "b", settings), settings)


def to_datasketch(text: str, settings: Settings | None = None, **options: object) -> MinHash:
    """Return the signature of a text as a ``datasketch.MinHash``, value for value.

    It can be compared, and put into datasketch's LSH, with others of the same settings.
    """
    from dedup.sketch.bands import banding
    from dedup.sketch.batch import TextBatch
    from dedup.sketch.kernel import sketcher
    from dedup.sketch.signature import to_datasketch as wrap
    from dedup.text.metadata import find

    settings = _with(settings, options)
    spans = [] if settings.keep_metadata else [(part.start, part.end) for part in find(text)]
    num_perm = banding(settings.threshold, settings.recall).num_perm
    sketches = sketcher(settings, num_perm).sketch(TextBatch.from_texts([text], [spans]))
    return wrap(sketches.signatures[0], settings.seed)


def fold(text: str) -> str:
    """Return the kept text: the characters of ``text`` that are compared."""
    from dedup.text.fold import fold as fold_text

    return fold_text(text)


def tokens(text: str, settings: Settings | None = None, **options: object) -> list[str]:
    """Return the tokens of the kept text, as they are compared."""
    from dedup.text.segment import segmenter

    return segmenter(_with(settings, options)).cut(fold(text))


def _with(settings: Settings | None, options: dict[str, object]) -> Settings:
    return (settings or Settings()).with_values(**options)


def _documents(given: list[Text], settings: Settings) -> Iterator[Document | Skipped]:
    for number, each in enumerate(given):
        if isinstance(each, os.PathLike):
            from dedup.source.readers import read

            yield read(os.fspath(each), encoding=settings.encoding)
        else:
            yield _document(each, str(number))


def _document(text: Text, name: str) -> Document:
    if isinstance(text, Document):
        return text
    if isinstance(text, str):
        return Document(name, text)
    match text:
        case (str(own), str(body)):
            return Document(own, body)
    raise _no_text(text)


def _no_text(given: object) -> UsageError:
    kind = type(given).__name__
    if isinstance(given, tuple):
        kind = f"({', '.join(type(each).__name__ for each in given)})"
    return UsageError(
        message("{kind} is not a text", kind=kind),
        hint=message("pass a string, an (id, text) pair, a Document or a Path"),
    )


def _readable(text: Text, name: str, settings: Settings) -> Document:
    if not isinstance(text, os.PathLike):
        return _document(text, name)
    from dedup.app.explain import read_document

    return read_document(str(Path(text)), settings)

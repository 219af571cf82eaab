"""The library's calls, in the same words as the commands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from dedup.errors import UsageError
from dedup.messages import message
from dedup.model import Document
from dedup.progress import NO_PROGRESS, Progress
from dedup.settings import Settings

if TYPE_CHECKING:
    from datasketch import MinHash

    from dedup.app.work import Wanted
    from dedup.checked import AllowRule, CheckResult
    from dedup.engine.against import Against
    from dedup.model import Comparison, ScanResult
    from dedup.source.given import Rows, Stream
    from dedup.source.reading import Reading

#: A text, an (id, text) pair, a document, or the path of a file.
Text = str | tuple[str, str] | Document | os.PathLike[str]
#: What an iterable may give: a text, or a record, whose fields are read.
Given = Text | Mapping[str, Any]

#: What is known already: texts, or paths, as for a scan.
Known = Union[str, os.PathLike[str], Mapping[str, str], Iterable[Given], "Against"]


def scan(  # noqa: PLR0913
    source: str | os.PathLike[str] | Mapping[str, str] | Iterable[Given],
    settings: Settings | None = None,
    *,
    text_field: str | Iterable[str] = (),
    id_field: str | None = None,
    progress: Progress = NO_PROGRESS,
    borderline: int = 0,
    against: Known | None = None,
    with_text: bool = False,
    write_kept: str | os.PathLike[str] | None = None,
    write_dropped: str | os.PathLike[str] | None = None,
    write_rejected: str | os.PathLike[str] | None = None,
    work_dir: str | os.PathLike[str] | None = None,
    resume: bool = False,
    **options: object,
) -> ScanResult:
    """Compare every text with every other; return what is the same, how sure, and what to keep.

    ``source`` is the path of a file or directory, a mapping of ids to texts, an iterable, or a
    column or frame of pandas, polars, pyarrow or Hugging Face ``datasets``. An iterable gives
    texts (their ids are "0", "1", …), ``(id, text)`` pairs, records, documents, or ``pathlib``
    paths; a string in it is a text and a ``Path`` is a path. An iterable that is no sequence is
    gone through once and never held: its texts are written to a temporary file meanwhile.

    ``text_field`` names the field, or fields, of records that hold the text, ``id_field`` that
    with the id; a name, or a path like ``messages.*.content``. Both are guessed where they are
    not given. ``options`` change single values of ``settings``: ``scan("corpus/",
    threshold=0.8)``; ``preset="strict"`` takes the place of ``settings``. ``borderline`` is how
    many of the pairs nearest to the decision, duplicates or not, ``result.borderline`` holds.
    ``against`` is what is known already, given like ``source``: it is compared with it, but not
    with itself, and all of it is kept. ``with_text`` puts the texts of documents in a pair or
    cluster into ``result.texts``, and into what is saved of it.

    Files are written anew to the folders ``write_kept``, ``write_dropped`` (with what each record
    duplicates) and ``write_rejected``, and counted in ``result.summary.written``; ``work_dir``
    keeps their sketches for the next scan that says ``resume``.

    Raises :class:`~dedup.errors.InputError` for what cannot be read and
    :class:`~dedup.errors.UsageError` for a call that cannot work. Files that cannot be read do
    not end a scan of a directory: they are in ``result.skipped``.
    """
    from dedup.app.work import Wanted
    from dedup.source.reading import Reading, with_settings

    settings = _with(settings, options)
    texts = (text_field,) if isinstance(text_field, str) else tuple(text_field)
    reading = with_settings(Reading(text_fields=texts, id_field=id_field), settings)
    wanted = Wanted(write_kept, write_dropped, write_rejected, work_dir, resume=resume)
    shown = _Shown(progress, borderline, with_text)
    sides = (_given(source, reading), _known(against, reading))
    return _scan(sides, settings, reading, wanted, shown)


class _Shown(NamedTuple):
    """What a scan shows while it runs, and beside its clusters."""

    progress: Progress
    borderline: int
    with_text: bool


def _scan(
    sides: tuple[list[str] | Rows | Stream, list[str] | Against],
    settings: Settings,
    reading: Reading,
    wanted: Wanted,
    shown: _Shown,
) -> ScanResult:
    from dedup.app.known import against_paths
    from dedup.app.scan import scan_paths
    from dedup.app.work import NOTHING_WANTED, work_for

    given, known = sides
    if isinstance(given, list):
        paths = known if isinstance(known, list) else ()
        return scan_paths(
            given,
            settings,
            reading=reading,
            progress=shown.progress,
            borderline=shown.borderline,
            work=work_for(wanted, given, settings, reading, known=paths),
            against=known,
            with_text=shown.with_text,
        )
    if wanted != NOTHING_WANTED:
        raise UsageError(
            message("only files can be written anew, and their work be kept"),
            hint=message("pass the path of a file or folder"),
        )
    side = against_paths(known, reading) if isinstance(known, list) else known
    return _scan_texts(given, side, settings, shown)


def _scan_texts(
    given: Rows | Stream, side: Against, settings: Settings, shown: _Shown
) -> ScanResult:
    from dedup.app.scan import scan_shards
    from dedup.engine.views import DocumentsById

    total = len(given) or None  # of a stream nobody knows it yet
    result = scan_shards(
        [given],
        settings,
        progress=shown.progress,
        total=None if side.shards else total,
        borderline=shown.borderline,
        against=side,
        with_text=shown.with_text,
    )
    documents = result.documents
    position = documents.position if isinstance(documents, DocumentsById) else None
    return replace(result, inputs=len(given), position=position)


def _known(against: Known | None, reading: Reading) -> list[str] | Against:
    """Return the paths of what is known, or its documents."""
    from dedup.engine.against import NOTHING, Against

    if against is None:
        return NOTHING
    if isinstance(against, Against):
        return against
    given = _given(against, reading)
    return given if isinstance(given, list) else Against([given], runs=True)


def _given(source: object, reading: Reading) -> list[str] | Rows | Stream:
    """Return the paths that are to be scanned, or what was handed over as a shard."""
    from dedup.source.frames import rows_of
    from dedup.source.given import Made, Stream, mapping, no_text, sequence

    if isinstance(source, str | os.PathLike):
        return [os.fspath(source)]
    rows = rows_of(source, reading)
    if rows is not None:
        return rows
    made = Made(reading)
    if isinstance(source, Mapping):
        return mapping(source, made)
    if not isinstance(source, Iterable) or isinstance(source, bytes | bytearray | memoryview):
        raise no_text(source)
    if not isinstance(source, Sequence):
        rest = iter(source)
        first = list(islice(rest, 1))
        if not isinstance(next(iter(first), None), os.PathLike):
            return Stream(chain(first, rest), made)
        source = [*first, *rest]
    if source and all(isinstance(each, os.PathLike) for each in source):
        return [os.fspath(each) for each in source]
    return sequence(source, made)


def compare(a: Text, b: Text, settings: Settings | None = None, **options: object) -> Comparison:
    """Compare two texts: relation, similarity, containment, what differs and where.

    A string is a text and a ``Path`` is a file; ``options`` change single values of ``settings``.
    Raises :class:`~dedup.errors.InputError` for a file that cannot be read.
    """
    from dedup.app.explain import compare as compare_documents

    settings = _with(settings, options)
    return compare_documents(_readable(a, "a", settings), _readable(b, "b", settings), settings)


def check(  # noqa: PLR0913
    paths: Iterable[str | os.PathLike[str]] = (),
    settings: Settings | None = None,
    *,
    folder: str | os.PathLike[str] = ".",
    since: str | None = None,
    against: str | os.PathLike[str] | None = None,
    baseline: str | os.PathLike[str] | None = None,
    update_baseline: bool = False,
    reason: str = "",
    allow: Iterable[AllowRule] = (),
    ignore: bool = True,
    cache: bool = True,
    progress: Progress = NO_PROGRESS,
    **options: object,
) -> CheckResult:
    """Compare what is staged of some files with everything that git tracks.

    ``paths`` are relative to ``folder``, which is in a repository; without any it is what the next
    commit changes, with ``since`` what changed since the branch parted from that commit.
    ``against`` is an index to compare with instead, which needs no repository. ``baseline`` is the
    file of what is accepted (``.dedup-baseline`` at the root); ``update_baseline`` accepts what is
    found, for ``reason``, and forgets what is gone. ``allow`` are rules for whole families.
    ``ignore`` respects ``.gitignore`` and ``.dedupignore``; ``cache`` keeps what was read in git's
    own folder. ``options`` change single values of ``settings``.

    ``result.failed`` tells whether a duplicate that nobody has accepted stands in the way. Raises
    :class:`~dedup.errors.InputError` where git fails or a file cannot be read, and
    :class:`~dedup.errors.UsageError` for a call that cannot work.
    """
    from dedup.app.check import Gate
    from dedup.app.check import check as check_files

    gate = Gate(
        since=since,
        against=against,
        baseline=baseline,
        update=update_baseline,
        reason=reason,
        allow=tuple(allow),
        ignore=ignore,
        cache=cache,
    )
    chosen = _with(settings, options)
    return check_files(list(paths), chosen, gate, folder=folder, progress=progress)


def load(path: str | os.PathLike[str]) -> ScanResult:
    """Read a result back that ``dedup scan … -o FILE.jsonl`` wrote.

    Documents in no pair come without what was found in them. Raises
    :class:`~dedup.errors.InputError` for a file that cannot be read, is no result, is damaged or
    incomplete, or was made by a newer version.
    """
    from dedup.app.report import load as load_result

    return load_result(path)


def redecide(  # noqa: PLR0913
    result: ScanResult,
    *,
    threshold: float | None = None,
    containment: float | None = None,
    keep: str | None = None,
    keep_under: str | None = None,
    source_order: Sequence[str] | None = None,
    keep_by: str | None = None,
    relations: Sequence[str] | None = None,
    borderline: int | None = None,
) -> ScanResult:
    """Decide the pairs of a result once more, with higher thresholds or another keep policy.

    ``keep_by`` may name the field that the scan was given, and no other. ``relations``
    (``["version=drop"]``) go before what the settings of the result say of the same relations.

    No text is read. What comes out equals a new scan with these settings, up to pairs that the
    bands of one of the two miss. ``borderline`` is how many of the pairs nearest to the decision
    ``result.borderline`` holds, as many as before unless it is given; what the result does not
    know is not among them. Raises :class:`~dedup.errors.UsageError` for a threshold or
    containment below that of the result, and where templates are to be dropped of which the
    result lists some only, because families stand for the others.
    """
    from dedup.app.report import redecide as decide_again

    return decide_again(
        result,
        threshold=threshold,
        containment=containment,
        keep=keep,
        keep_under=keep_under,
        source_order=source_order,
        keep_by=keep_by,
        relations=relations,
        borderline=borderline,
    )


def to_datasketch(text: str, settings: Settings | None = None, **options: object) -> MinHash:
    """Return the signature of a text as a ``datasketch.MinHash``, value for value.

    It can be compared, and put into datasketch's LSH, with others of the same settings.
    """
    from dedup.engine.local import BatchSketcher
    from dedup.sketch.bands import banding
    from dedup.sketch.signature import to_datasketch as wrap

    settings = _with(settings, options)
    num_perm = banding(settings.threshold, settings.recall).num_perm
    sketches = BatchSketcher(settings, num_perm)([text]).sketches
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
    if "preset" not in options:
        return (settings or Settings()).with_values(**options)
    if settings is not None:
        raise UsageError(
            message("settings and a preset exclude each other"),
            hint=message('pass Settings.preset("strict", …) as the settings'),
        )
    values = dict(options)
    return Settings.preset(str(values.pop("preset")), **values)


def _readable(text: Text, name: str, settings: Settings) -> Document:
    if not isinstance(text, os.PathLike):
        from dedup.source.given import document_of

        return document_of(text, name)
    from dedup.app.explain import read_document

    return read_document(str(Path(text)), settings)

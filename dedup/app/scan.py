"""Scan: every document against every other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.app.compared import compared
from dedup.app.known import against_paths, counted_files
from dedup.app.result import result_of
from dedup.app.work import NO_WORK, Work
from dedup.engine.against import NOTHING, Against
from dedup.engine.boilerplate import settled
from dedup.engine.shards import Spooled, Texts
from dedup.engine.store import Store
from dedup.engine.texts import read_texts
from dedup.engine.verdicts import Verdicts
from dedup.engine.views import DocumentsById
from dedup.errors import NoTextsError
from dedup.messages import message
from dedup.progress import NO_PROGRESS, Progress
from dedup.source.discovery import discover
from dedup.source.guesses import guesses
from dedup.source.read_as import read_as
from dedup.source.reading import Reading, with_settings
from dedup.source.shards import record_file, shards

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from dedup.engine.shards import Item, Shard
    from dedup.model import ScanResult
    from dedup.settings import Settings


def scan(  # noqa: PLR0913
    documents: Iterable[Item],
    settings: Settings,
    *,
    progress: Progress = NO_PROGRESS,
    left_out: Mapping[str, int] | None = None,
    total: int | None = None,
    borderline: int = 0,
    against: Against = NOTHING,
) -> ScanResult:
    """Compare all documents with each other.

    ``documents`` may hold inputs that were skipped, which the result lists, and such as the
    workers are to read; ``left_out`` counts
    what discovery passed over, ``total`` how many documents come, for the progress;
    ``borderline`` is how many of the pairs nearest to the decision the result shows; ``against``
    is what they are compared with as well. The result depends on neither order nor workers. Raises
    :class:`~dedup.errors.UsageError` where two documents have one id.
    """
    shard = Texts(documents) if isinstance(documents, Sequence) else Spooled(documents)
    return scan_shards(
        [shard],
        settings,
        progress=progress,
        left_out=left_out,
        total=total,
        borderline=borderline,
        against=against,
    )


def scan_shards(  # noqa: PLR0913
    shards: Sequence[Shard],
    settings: Settings,
    *,
    progress: Progress = NO_PROGRESS,
    left_out: Mapping[str, int] | None = None,
    total: int | None = None,
    borderline: int = 0,
    work: Work = NO_WORK,
    against: Against = NOTHING,
    with_text: bool = False,
) -> ScanResult:
    """Compare the documents of all shards with each other; see :func:`scan`.

    In two passes: sketches first, without keeping a text; then the candidates once more. ``work``
    is what the scan leaves on disk. What is known ``against`` is compared with them, but not with
    itself; its documents are kept, and those in a pair are in the result. ``with_text`` puts the
    texts of documents in a pair or cluster into the result.
    """
    if work.writing is not None:
        work.writing.begin(shards)
    known_store = against.store or work.known or Store()
    with work.store or Store() as store, known_store as known:
        settings, read = _with_boilerplate(shards, settings, total, (work, against), progress)
        progress.stage("sketch", total)
        done = compared(
            shards,
            settings,
            read=read,
            stores=(store, known),
            against=against,
            borderline=borderline,
            progress=progress,
        )
        corpus, matching = done.corpus, done.matching
        result = result_of(done, settings, against, left_out or {})
        if with_text:
            result = self_contained(result, done.shards, progress)
        corpus.table.load()
        if work.writing is not None:
            verdicts = Verdicts(corpus, matching)
            written = work.writing.write(shards, verdicts, result.skipped, progress)
            result = replace(result, summary=replace(result.summary, written=written))
    progress.done()
    return result


def scan_paths(  # noqa: PLR0913
    paths: Sequence[str | os.PathLike[str]],
    settings: Settings,
    *,
    ignore: bool = True,
    reading: Reading | None = None,
    progress: Progress = NO_PROGRESS,
    borderline: int = 0,
    work: Work = NO_WORK,
    against: Against | Sequence[str | os.PathLike[str]] = NOTHING,
    runs: bool = True,
    with_text: bool = False,
) -> ScanResult:
    """Scan files and directories; ``ignore`` respects ``.gitignore`` and ``.dedupignore``.

    ``reading`` is how records and encodings are read; the encoding of ``settings`` goes before
    its own. ``borderline`` is as for :func:`scan`, ``work``, ``against`` and
    ``with_text`` as for :func:`scan_shards`; ``against`` may be files and directories, too, of
    which ``runs`` that few texts share are looked for. Raises
    :class:`~dedup.errors.PathError` for a path that is missing and
    :class:`~dedup.errors.NoTextsError` where there is no text at all.
    """
    progress.stage("discover")
    found = discover(paths, ignore=ignore)
    if not found.files and not found.skipped:
        raise NoTextsError(
            message("no text files in {paths}", paths=", ".join(map(str, paths))),
            hint=message(
                "left out: {what}; --no-ignore reads ignored files too", what=_what(found.left_out)
            )
            if found.left_out
            else message("name a file or a folder that holds texts"),
        )

    reading = with_settings(reading or Reading(), settings)
    if not isinstance(against, Against):
        against = against_paths(against, reading, ignore=ignore, new=found.files)
        against = replace(against, runs=runs)
    made = shards(found.files, reading, named=found.named)
    told = [Texts(found.skipped), *made] if found.skipped else made
    known = 0 if against.store is not None else counted_files(against)
    total = len(found.files) + len(found.skipped) + (known or 0)
    files = known is not None and not any(record_file(shard) for shard in made)
    result = scan_shards(
        told,
        settings,
        progress=progress,
        left_out=found.left_out,
        total=total if files else None,
        borderline=borderline,
        work=work,
        against=against,
        with_text=with_text,
    )
    return replace(result, notes=tuple(guesses([*made, *against.shards])), read_as=read_as(reading))


def self_contained(
    result: ScanResult, shards: Sequence[Shard], progress: Progress = NO_PROGRESS
) -> ScanResult:
    """Return a result of ``shards`` with the texts of the documents in a pair or cluster."""
    documents = result.documents
    if not isinstance(documents, DocumentsById):
        raise TypeError("only a result that was made here can be given its texts")
    from dedup.report.records import paired_ids

    texts = read_texts(documents, paired_ids(result), shards, progress)
    return replace(result, texts=texts)


def _with_boilerplate(
    shards: Sequence[Shard],
    settings: Settings,
    total: int | None,
    where: tuple[Work, Against],
    progress: Progress,
) -> tuple[Settings, Sequence[Shard]]:
    """Return the settings with the boilerplate that is not compared, and the shards to sketch.

    Where sketches are there already nothing is learned: they go with the list they were made with.
    """
    work, against = where
    if against.store is not None or against.choose is not None:
        if settings.boilerplate is None and against.boilerplate:
            settings = settings.with_values(boilerplate=against.boilerplate)
        return settings, shards
    every = [*shards, *against.shards]
    found, read = settled(
        every,
        settings,
        folder=work.store.folder if work.store is not None else None,
        total=None if against.shards else total,
        progress=progress,
    )
    if found:
        settings = settings.with_values(boilerplate=found)
    return settings, read[: len(shards)]


def _what(left_out: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(left_out.items()))

"""Scan: every document against every other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dedup.engine.corpus import gather_corpus
from dedup.engine.matching import Matching
from dedup.errors import NoTextsError, UsageError
from dedup.match.candidates import candidates
from dedup.messages import message
from dedup.model import Relation, ScanResult, Skipped, Summary
from dedup.progress import NO_PROGRESS, Progress
from dedup.sketch.bands import banding
from dedup.source.discovery import discover
from dedup.source.readers import Unread, unread

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dedup.engine.corpus import Corpus
    from dedup.match.candidates import Candidates
    from dedup.model import Document
    from dedup.settings import Settings


def scan(
    documents: Iterable[Document | Skipped | Unread],
    settings: Settings,
    *,
    progress: Progress = NO_PROGRESS,
    left_out: Mapping[str, int] | None = None,
    total: int | None = None,
) -> ScanResult:
    """Compare all documents with each other.

    ``documents`` may hold inputs that were skipped, which the result lists, and such as the
    workers are to read; ``left_out`` counts
    what discovery passed over, ``total`` how many documents come, for the progress. The result
    depends on neither order nor workers. Raises :class:`~dedup.errors.UsageError` where two
    documents have one id.
    """
    chosen = banding(settings.threshold, settings.recall)
    skipped: list[Skipped] = []
    progress.stage("sketch", total)
    corpus = gather_corpus(_readable(documents, skipped), settings, chosen.num_perm, progress)
    progress.stage("match")
    found = candidates(corpus.sketches.signatures, chosen)
    matching = Matching(corpus, found.pairs, settings)
    skipped.extend(corpus.skipped)
    result = ScanResult(
        settings=settings,
        documents={info.id: info for info in sorted(corpus.infos, key=lambda info: info.id)},
        pairs=matching.pairs,
        clusters=matching.clusters,
        skipped=tuple(sorted(skipped, key=lambda skip: skip.id)),
        summary=_summary(corpus, found, matching, len(skipped), left_out or {}),
    )
    progress.done()
    return result


def scan_paths(
    paths: Sequence[str | os.PathLike[str]],
    settings: Settings,
    *,
    ignore: bool = True,
    encodings: Sequence[tuple[str, str]] = (),
    progress: Progress = NO_PROGRESS,
) -> ScanResult:
    """Scan files and directories; ``ignore`` respects ``.gitignore`` and ``.dedupignore``.

    ``encodings`` are pairs of a glob and the encoding of the files it matches. Raises
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

    def documents() -> Iterator[Document | Skipped | Unread]:
        yield from found.skipped
        for path in found.files:
            yield unread(path, encoding=settings.encoding, encodings=encodings)

    total = len(found.files) + len(found.skipped)
    return scan(documents(), settings, progress=progress, left_out=found.left_out, total=total)


def _what(left_out: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(left_out.items()))


def _readable(
    documents: Iterable[Document | Skipped | Unread], skipped: list[Skipped]
) -> Iterator[Document | Unread]:
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise UsageError(
                message("two documents have the id {id}", id=document.id),
                hint=message("give every document an id of its own"),
            )
        seen.add(document.id)
        if isinstance(document, Skipped):
            skipped.append(document)
        else:
            yield document


def _summary(
    corpus: Corpus,
    found: Candidates,
    matching: Matching,
    skipped: int,
    left_out: Mapping[str, int],
) -> Summary:
    relations = Counter(pair.relation for pair in matching.pairs)
    return Summary(
        documents=len(corpus.infos),
        characters=corpus.characters,
        collapsed=len(corpus.infos) - len(corpus.sketches),
        candidates=len(found.pairs),
        pairs=len(matching.pairs),
        clusters=len(matching.clusters),
        dropped=sum(len(cluster.drop) for cluster in matching.clusters),
        skipped=skipped,
        hot_buckets=found.hot_buckets,
        pairs_not_compared=found.pairs_not_compared,
        left_out=tuple(sorted(left_out.items())),
        relations=tuple((str(r), relations[r]) for r in Relation if relations[r]),
    )

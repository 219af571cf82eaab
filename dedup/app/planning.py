"""The plan for a result: every file read once more, and nothing changed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.app.deciding import Decided
from dedup.app.kept import kept_reason
from dedup.engine.shards import read_items
from dedup.errors import PathError
from dedup.model import Document
from dedup.planned import Drop, Left, Plan, Step
from dedup.progress import NO_PROGRESS, Progress
from dedup.source.moving import NotMovedError, state_of
from dedup.source.places import is_url
from dedup.source.read_as import reading_of
from dedup.source.readers import text_hash
from dedup.source.rereading import reread
from dedup.source.shards import format_of, shards
from dedup.source.units import FIRST_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.messages import Message
    from dedup.model import Cluster, DocumentInfo, Pair, ScanResult
    from dedup.planned import FileState
    from dedup.source.reading import Reading

_UNIT = re.compile(r"[pl][1-9]\d*")


def plan_for(
    chosen: ScanResult | Decided,
    *,
    reading: Reading | None = None,
    progress: Progress = NO_PROGRESS,
) -> Plan:
    """Return what is to be done so that only the kept documents of a result stay.

    Every document of a cluster is read again: where a text is no longer the one that was compared,
    or lies behind a link, it is left alone, and where that is the kept one, so is all that it
    stands for. ``reading`` is how files were read, where the result does not know it; of what
    was ``chosen`` from a result the documents that decisions keep are among what is left alone.
    """
    decided = chosen if isinstance(chosen, Decided) else Decided(chosen)
    result = decided.result
    texts = _Texts(result, reading or reading_of(result.read_as, result.settings), progress)
    steps: dict[str, list[tuple[Drop, int]]] = defaultdict(list)
    left = list(decided.left)
    kept: dict[str, FileState] = {}
    clusters = 0
    for cluster in result.clusters:
        found = list(_of_cluster(cluster, result, texts))
        left += [each for each in found if isinstance(each, Left)]
        drops = [each for each in found if not isinstance(each, Left)]
        for path, drop, size in drops:
            steps[path].append((drop, size))
            kept[drop.keep_path] = texts.states[drop.keep_path]
        clusters += bool(drops)
    made = [
        Step(
            path,
            texts.is_records(path),
            tuple(drop for drop, _ in sorted(found, key=lambda each: each[0].place)),
            texts.states[path],
            sum(size for _, size in found),
        )
        for path, found in sorted(steps.items())
    ]
    progress.done()
    ordered = tuple(sorted(left, key=lambda each: each.id))
    return Plan(tuple(made), ordered, tuple(sorted(kept.items())), clusters, decided.accepted)


def _of_cluster(
    cluster: Cluster, result: ScanResult, texts: _Texts
) -> Iterator[tuple[str, Drop, int] | Left]:
    keep = result.documents[cluster.keep]
    missing = texts.why_not(keep)
    for pair in cluster.drop:
        info = result.documents[pair.a]
        why = texts.why_not(info)
        if why is None and missing is not None:
            why = (kept_reason(missing[0]), missing[1])
        if why is None and keep.path is not None and info.path is not None:
            if texts.one_file(keep, info):
                why = ("same-file", "")
            else:
                drop = _drop(pair, info.place, keep.path, cluster.reason)
                yield info.path, drop, texts.sizes[info.id]
                continue
        reason, detail = why or ("no-file", "")
        yield Left(info.id, info.path, keep.id, reason, detail)


def _drop(pair: Pair, place: int, keep_path: str, reason: Message) -> Drop:
    return Drop(pair.a, place, pair.b, keep_path, pair.relation, pair.similarity, reason)


@dataclass(slots=True)
class _Texts:
    """The documents of all clusters, read again; ``states`` are of their files, by path."""

    result: ScanResult
    reading: Reading
    progress: Progress
    states: dict[str, FileState] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    _why_not: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        infos = [
            self.result.documents[doc_id]
            for cluster in self.result.clusters
            for doc_id in cluster.members
        ]
        by_path: dict[str | None, list[DocumentInfo]] = defaultdict(list)
        for info in infos:
            by_path[info.path].append(info)
        self.progress.stage("read", len(infos))
        for path, found in by_path.items():
            self._look(path, found)
            self.progress.advance(len(found))

    def why_not(self, info: DocumentInfo) -> tuple[str, str] | None:
        """Return why a document cannot be acted upon, and what the system said; None if it can."""
        return self._why_not.get(info.id)

    def is_records(self, path: str) -> bool:
        """Tell whether a file holds records."""
        return format_of(path, self.reading) is not None

    def one_file(self, keep: DocumentInfo, info: DocumentInfo) -> bool:
        """Tell whether two documents that are whole files are one file under two names."""
        if keep.path is None or info.path is None or self.is_records(info.path):
            return False
        one, other = self.states[keep.path], self.states[info.path]
        return (one.device, one.inode) == (other.device, other.inode)

    def _look(self, path: str | None, infos: list[DocumentInfo]) -> None:
        if path is None or path == "-" or is_url(path):
            self._refuse(infos, "no-file")
            return
        if any(_is_unit(info) for info in infos):
            self._refuse(infos, "unit")
            return
        try:
            self.states[path] = state_of(Path(path), below=_start(path))
        except NotMovedError as error:
            self._refuse(infos, error.reason, error.detail)
            return
        if self.is_records(path):
            placed = [info for info in infos if info.place]
            self._refuse([info for info in infos if not info.place], "no-place")
            if placed:
                self._look_at_records(path, placed)
        elif len(infos) > 1 or infos[0].place:  # a file has one whole text
            self._refuse(infos, "unit")
        else:
            for info in infos:
                self._look_at_text(info)

    def _look_at_text(self, info: DocumentInfo) -> None:
        try:
            reread(info, self.reading)
        except PathError:
            self._refuse([info], "changed")
        else:
            self.sizes[info.id] = self.states[info.path or ""].size

    def _look_at_records(self, path: str, infos: list[DocumentInfo]) -> None:
        """Read the records of a file again; where one is another, all places may be others."""
        (shard,) = shards([path], self.reading)
        wanted = {info.place: info for info in infos}
        for found in read_items(shard.again(sorted(wanted))):
            if isinstance(found, Document) and text_hash(found.text) == wanted[found.place].hash:
                self.sizes[wanted[found.place].id] = len(found.text.encode("utf-8", "replace"))
        if any(info.id not in self.sizes for info in infos):
            self._refuse(infos, "changed")

    def _refuse(self, infos: list[DocumentInfo], reason: str, detail: str = "") -> None:
        for info in infos:
            self._why_not[info.id] = (reason, detail)


def _is_unit(info: DocumentInfo) -> bool:
    """Tell whether a document is a paragraph or a line of one.

    Where a result of an older version does not say its place, its id does.
    """
    if info.place >= FIRST_UNIT:
        return True
    begin = f"{info.path}#"
    return info.id.startswith(begin) and _UNIT.fullmatch(info.id[len(begin) :]) is not None


def _start(path: str) -> Path | None:
    """Return the folder from which links in a path count; None where all of it does."""
    return None if Path(path).is_absolute() or ".." in Path(path).parts else Path()

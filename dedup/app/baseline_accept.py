"""Clusters that somebody accepted in the page of a result, taken into a baseline."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.app import baseline_file
from dedup.app.baseline_file import Baseline
from dedup.app.check import Gate, accepted_at, no_repository
from dedup.app.deciding import check_decisions
from dedup.checked import BaselineChange
from dedup.engine.local import BatchSketcher
from dedup.report.decisions import Action, load_decisions
from dedup.source.git import repository
from dedup.source.read_as import reading_of
from dedup.source.rereading import reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dedup.boilerplate import Boilerplate
    from dedup.model import Cluster, DocumentInfo, Pair, ScanResult
    from dedup.settings import Settings

PathLike = str | os.PathLike[str]
#: Texts that are sketched together.
_TOGETHER = 256


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a baseline, and how many clusters of the decisions it accepts."""

    clusters: int
    change: BaselineChange


def accept(
    result: ScanResult,
    decisions: PathLike,
    *,
    baseline: PathLike | None = None,
    reason: str = "",
    boilerplate: str | Boilerplate | None = None,
    folder: PathLike = ".",
) -> Accepted:
    """Add what the accepted clusters of ``decisions`` hold to a baseline, for ``reason``.

    Pairs are accepted by what is compared of their texts, which are read again; nothing that is
    accepted already goes. ``baseline`` is :data:`~dedup.app.check.BASELINE` at the root of the
    repository around ``folder`` unless it is named; ``boilerplate`` is that of the checks, which
    learn none. Raises
    :class:`~dedup.errors.InputError` where a file cannot be read, or a text has changed,
    :class:`~dedup.errors.UsageError` for decisions of another result, and
    :class:`~dedup.errors.OutputError` where the baseline cannot be written.
    """
    found = load_decisions(decisions)
    check_decisions(result, found, os.fspath(decisions))
    wanted = {each.cluster for each in found.decisions if each.action is Action.ACCEPT}
    clusters = [each for each in result.clusters if each.id in wanted]
    settings = result.settings.with_values(boilerplate=boilerplate)
    path, shown = _where(baseline, folder)
    known = Baseline()
    if path.exists():
        known = baseline_file.load(path, settings)
    before = set(known.entries())
    contents = _contents(result, clusters, settings)
    pairs = _pairs_within(result.pairs, clusters)
    for cluster in clusters:
        _take(known, cluster, pairs[cluster.id], contents, " ".join(reason.split()))
    after = set(known.entries())
    baseline_file.save(known, path, settings)
    change = BaselineChange(shown, len(after - before), len(before - after))
    return Accepted(len(clusters), change)


def _where(baseline: PathLike | None, folder: PathLike) -> tuple[Path, str]:
    """Return where the baseline is, and what it is called here."""
    if baseline is not None:
        return Path(folder, baseline), os.fspath(baseline)
    repo = repository(folder)
    if repo is None:
        raise no_repository(folder)
    path = accepted_at(repo, Gate())
    return path, repo.shown(path.relative_to(repo.root).as_posix())


def _take(
    known: Baseline,
    cluster: Cluster,
    pairs: Sequence[Pair],
    contents: Mapping[str, str],
    reason: str,
) -> None:
    """Accept everything that a cluster holds: its copies, and its pairs of different contents."""
    for content, documents in Counter(contents[i] for i in cluster.members).items():
        if documents > 1:
            accepted, why = known.copies.get(content, (0, ""))
            known.copies[content] = (max(accepted, documents), why or reason)
    for one, other in _matching(pairs, contents):
        if one != other:
            known.pairs[one, other] = known.pairs.get((one, other)) or reason


def _matching(pairs: Sequence[Pair], contents: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield the contents of pairs, of equal texts those too that follow from two that are listed.

    The smaller comes first.
    """
    equal: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        a, b = contents[pair.a], contents[pair.b]
        yield min(a, b), max(a, b)
        if pair.evidence.equal_kept or pair.evidence.equal_body:
            equal[pair.a].add(b)
            equal[pair.b].add(a)
    for others in equal.values():
        yield from combinations(sorted(others), 2)


def _pairs_within(pairs: Iterable[Pair], clusters: Sequence[Cluster]) -> dict[str, list[Pair]]:
    """Return the pairs of which both documents are of one of the clusters, by its id."""
    cluster_of = {doc_id: each.id for each in clusters for doc_id in each.members}
    within: dict[str, list[Pair]] = {each.id: list(each.drop) for each in clusters}
    for pair in pairs if clusters else ():
        home = cluster_of.get(pair.a)
        if home is not None and cluster_of.get(pair.b) == home:
            within[home].append(pair)
    return within


def _contents(
    result: ScanResult, clusters: Sequence[Cluster], settings: Settings
) -> dict[str, str]:
    """Return the hash of what is compared of each document, by id."""
    infos = [result.documents[doc_id] for each in clusters for doc_id in each.members]
    reading = reading_of(result.read_as, result.settings)
    sketcher = BatchSketcher(settings, num_perm=1)
    found: dict[str, str] = {}
    for some in _batches(infos):
        texts = [(result.texts or {}).get(info.id) or reread(info, reading) for info in some]
        hashes = sketcher(texts).sketches.compared_hash
        found.update((info.id, hashes[row].tobytes().hex()) for row, info in enumerate(some))
    return found


def _batches(infos: Sequence[DocumentInfo]) -> Iterable[Sequence[DocumentInfo]]:
    return (infos[at : at + _TOGETHER] for at in range(0, len(infos), _TOGETHER))

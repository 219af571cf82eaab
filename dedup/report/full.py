"""``full``: for people; every cluster with what is kept, what is dropped, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedup.messages import message
from dedup.model import Relation
from dedup.report import borderline, columns, contained, forms, made_of, shared
from dedup.report.differences import summary_sentence
from dedup.report.names import count, decimal, located, quoted, short_names, shown, visible
from dedup.report.relations import relation_meaning, relation_name
from dedup.report.wording import counted, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.messages import Message
    from dedup.model import Cluster, Comparison, Pair, ScanResult
    from dedup.report.view import View

#: What is explained in words: so many clusters, and so many dropped documents of each.
EXPLAINED_CLUSTERS = 20
EXPLAINED_DROPS = 3

_INDENT = " " * 8


def explained_pairs(result: ScanResult) -> list[Pair]:
    """Return the dropped documents, as pairs, that ``full`` explains in words."""
    return [
        pair
        for cluster in result.clusters[:EXPLAINED_CLUSTERS]
        for pair in _worth_explaining(cluster)[:EXPLAINED_DROPS]
    ]


def _worth_explaining(cluster: Cluster) -> list[Pair]:
    """Return the dropped documents of a cluster that differ from the kept one at all."""
    return [pair for pair in cluster.drop if pair.relation is not Relation.IDENTICAL]


def lines(
    result: ScanResult, view: View, comparisons: Mapping[tuple[str, str], Comparison]
) -> Iterator[Text]:
    """Yield the clusters, and the borderline pairs, as lines for people; nothing for none."""
    total = len(result.clusters)
    for number, cluster in enumerate(result.clusters, 1):
        if number > 1:
            yield Text("")
        yield _heading(cluster, number, total, view)
        yield from _kept(cluster, result, view)
        for pair in cluster.drop:
            yield from _dropped(pair, result, view, comparisons)
    yield from _unexplained(result, view, comparisons)
    yield from forms.lines(result, view)
    yield from contained.lines(result, view)
    if result.clusters and result.parts:
        yield Text("")
    yield from made_of.lines(result, view)
    if result.clusters and result.shared:
        yield Text("")
    yield from shared.lines(result, view)
    if result.clusters and result.borderline:
        yield Text("")
    yield from borderline.lines(result, view, comparisons)


def _heading(cluster: Cluster, number: int, total: int, view: View) -> Text:
    said = message(
        "Cluster {number} of {total} ({id}): {members} documents, {dropped} dropped",
        number=count(number),
        total=count(total),
        id=cluster.id,
        members=count(len(cluster.drop) + 1),
        dropped=count(len(cluster.drop)),
    )
    return Text(view.say(said), style="bold")


def _kept(cluster: Cluster, result: ScanResult, view: View) -> Iterator[Text]:
    kept = result.documents[cluster.keep]
    yield _labelled(message("known") if kept.known else message("keep"), shown(kept), "green", view)
    yield Text(_INDENT + visible(view.say(cluster.reason)))


def _dropped(
    pair: Pair,
    result: ScanResult,
    view: View,
    comparisons: Mapping[tuple[str, str], Comparison],
) -> Iterator[Text]:
    dropped, kept = result.documents[pair.a], result.documents[pair.b]
    comparison = comparisons.get((pair.a, pair.b))
    yield _labelled(message("drop"), shown(dropped), "red", view)
    yield Text(_INDENT + view.say(_similarity(pair, comparison)))
    yield Text(_INDENT + view.say(_containment(pair)))
    if comparison is not None:
        said = summary_sentence(comparison, short_names(dropped, kept), view)
    else:
        meaning = relation_meaning(pair.relation, titles_differ=pair.evidence.titles_differ)
        said = sentence([view.say(meaning)], view)
    yield Text(_INDENT + said)
    if comparison is not None and view.beside:
        yield from columns.lines(comparison, view)


def _labelled(label: Message, name: str, color: str, view: View) -> Text:
    return Text.assemble("  ", (view.say(label), f"bold {color}"), "  ", name)


def _similarity(pair: Pair, comparison: Comparison | None) -> Message:
    relation = relation_name(pair.relation)
    similarity = decimal(pair.evidence.exact_similarity)
    whole = comparison and decimal(comparison.whole_evidence.exact_similarity)
    if whole is None or whole == similarity:
        return message(
            "{relation}: similarity {similarity}", relation=relation, similarity=similarity
        )
    return message(
        "{relation}: similarity {similarity} with metadata and titles set aside, "
        "{whole} with everything compared",
        relation=relation,
        similarity=similarity,
        whole=whole,
    )


def _containment(pair: Pair) -> Message:
    dropped, kept = pair.containment
    return message(
        "containment: {dropped} of it is in the kept one, {kept} of the kept one in it",
        dropped=decimal(dropped),
        kept=decimal(kept),
    )


def _unexplained(
    result: ScanResult, view: View, comparisons: Mapping[tuple[str, str], Comparison]
) -> Iterator[Text]:
    rest = [
        pair
        for cluster in result.clusters
        for pair in _worth_explaining(cluster)
        if (pair.a, pair.b) not in comparisons
    ]
    if not rest or not comparisons:
        return
    example = rest[0]
    said = counted(
        len(rest),
        message("For {count} dropped document the differences are not shown; for any pair:"),
        message("For {count} dropped documents the differences are not shown; for any pair:"),
    )
    yield Text("")
    yield Text(view.say(said), style="dim")
    paths = [located(result.documents[i]) for i in (example.a, example.b)]
    yield Text("  dedup explain " + " ".join(quoted(path) for path in paths), style="dim")

"""Results made by hand, for tests of what shows them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from dedup.messages import message
from dedup.model import (
    Change,
    ChangeKind,
    Cluster,
    Comparison,
    DocumentInfo,
    Edit,
    Evidence,
    Fact,
    Pair,
    Passage,
    PassageKind,
    Relation,
    Replacement,
    Role,
    ScanResult,
    SetAside,
    Skipped,
    Summary,
    TextSpan,
    Weight,
)
from dedup.settings import Settings
from dedup.text.encoding import LOW_CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A name as the system hands it over when its bytes are GBK: 中文.txt.
GBK_NAME = "\udcd6\udcd0\udcce\udcc4.txt"

KINDS_OF_COUNTS = [(field.name, field.type) for field in fields(Replacement)]

HEADER = SetAside(
    0,
    34,
    1,
    1,
    Role.METADATA,
    "header",
    "发布时间:2024-11-23 07:40:02 来源: 某网",
    (Fact("published", "2024-11-23T07:40:02"), Fact("source", "某网")),
)


def info(doc_id: str, *, path: str | None = "", kept: int = 100, **more: object) -> DocumentInfo:
    """Return a document; its path is its id unless told otherwise."""
    return DocumentInfo(
        doc_id,
        doc_id if path == "" else path,
        hash="0" * 32,
        kept=kept,
        whole_kept=kept + 10,
        tokens=kept // 2,
        set_aside=bool(more.get("found")),
        encoding=str(more.pop("encoding", "utf-8")),
        **more,  # type: ignore[arg-type]
    )


def evidence(shared: int = 60, only_a: int = 20, only_b: int = 20, **equal: bool) -> Evidence:
    """Return evidence; by default of a pair with similarity 0.6."""
    flags = {"equal_text": False, "equal_kept": False, "equal_body": False, "titles_differ": False}
    return Evidence(**{**flags, **equal}, shared=shared, only_a=only_a, only_b=only_b)


def replacement(**counts: int | bool) -> Replacement:
    """Return how two texts replace facts: not at all, but for what is given."""
    nothing = {name: False if kind == "bool" else 0 for name, kind in KINDS_OF_COUNTS}
    return Replacement(**{**nothing, "size": 200, "long": 190, **counts})  # type: ignore[arg-type]


SAME = evidence(100, 0, 0, equal_body=True)


def pair(a: str, b: str, relation: Relation = Relation.NEAR, found: Evidence | None = None) -> Pair:
    """Return a pair whose evidence fits its relation."""
    fitting = evidence() if relation is Relation.NEAR else SAME
    return Pair(a, b, relation, found or fitting)


def cluster(keep: str, *drop: Pair, cluster_id: str = "c0ffee") -> Cluster:
    """Return a cluster with a plain reason."""
    return Cluster(cluster_id, keep, message("its id is the first"), drop)


def skipped(doc_id: str, reason: str = "empty", *, error: bool = False) -> Skipped:
    """Return a skipped input."""
    return Skipped(doc_id, doc_id, reason, message("empty"), error=error)


def result(
    clusters: Sequence[Cluster] = (),
    *,
    documents: Sequence[DocumentInfo] = (),
    skips: Sequence[Skipped] = (),
    settings: Settings | None = None,
    **totals: object,
) -> ScanResult:
    """Return a scan result whose totals fit; members of clusters need not be listed."""
    known = {d.id: d for d in documents}
    for each in clusters:
        for doc_id in each.members:
            known.setdefault(doc_id, info(doc_id))
    pairs = tuple(p for each in clusters for p in each.drop)
    counts: dict[str, object] = {
        "documents": len(known),
        "characters": sum(d.kept for d in known.values()),
        "collapsed": 0,
        "candidates": len(pairs),
        "pairs": len(pairs),
        "clusters": len(clusters),
        "dropped": len(pairs),
        "skipped": len(skips),
    }
    return ScanResult(
        settings=settings or Settings(),
        documents=dict(sorted(known.items())),
        pairs=pairs,
        clusters=tuple(clusters),
        skipped=tuple(skips),
        summary=Summary(**{**counts, **totals}),  # type: ignore[arg-type]
        unsure=tuple(d for d in known.values() if d.confidence < LOW_CONFIDENCE),
    )


def change(kind: ChangeKind, a: str = "", b: str = "", **more: object) -> Change:
    """Return a change with the weight that its kind has."""
    facts = {
        ChangeKind.NUMBER,
        ChangeKind.DATE,
        ChangeKind.NAME,
        ChangeKind.NEGATION,
        ChangeKind.QUOTATION,
    }
    words = {ChangeKind.REPLACED, ChangeKind.INSERTED, ChangeKind.DELETED, ChangeKind.MOVED}
    weight = Weight.FACT if kind in facts else Weight.WORDING if kind in words else Weight.FORM
    return Change(weight, kind, a, b, **more)  # type: ignore[arg-type]


def comparison(
    *changes: Change,
    relation: Relation | None = Relation.SAME_BODY,
    passages: Sequence[Passage] = (),
    names: tuple[str, str] = ("a.txt", "b.txt"),
    found: Evidence | None = None,
) -> Comparison:
    """Return a comparison of a.txt and b.txt."""
    compared = found or (SAME if relation else evidence(1, 50, 50))
    whole = evidence(96, 2, 2) if relation is Relation.SAME_BODY else compared
    return Comparison(
        info(names[0]),
        info(names[1]),
        relation,
        compared,
        whole,
        0.6,
        changes,
        tuple(passages),
    )


def span(text: str, line: int = 1, last: int | None = None) -> TextSpan:
    """Return a span that starts its document."""
    return TextSpan(0, len(text), line, last or line, text)


def passage(
    kind: PassageKind,
    a: TextSpan | None,
    b: TextSpan | None,
    *edits: tuple[int, int, int, int],
) -> Passage:
    """Return a passage with its edits."""
    return Passage(kind, a, b, tuple(Edit(*edit) for edit in edits))

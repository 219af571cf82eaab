"""Ids of documents whose names are not valid Unicode: as a file has them, and their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.report.records import safe_id
from dedup.source.discovery import document_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.model import DocumentInfo, Pair, ScanResult


def renamed(result: ScanResult, names: dict[str, str]) -> ScanResult:
    """Return ``result`` with other ids for some documents, and everything sorted by ids again."""

    def pair(each: Pair) -> Pair:
        return replace(each, a=names.get(each.a, each.a), b=names.get(each.b, each.b))

    documents = {names.get(i, i): replace(d, id=names.get(i, i)) for i, d in _items(result)}
    return in_order(
        replace(
            result,
            documents=documents,
            texts=result.texts and {names.get(i, i): text for i, text in result.texts.items()},
            pairs=tuple(map(pair, result.pairs)),
            clusters=tuple(
                replace(c, keep=names.get(c.keep, c.keep), drop=tuple(map(pair, c.drop)))
                for c in result.clusters
            ),
            families=tuple(
                replace(
                    f,
                    members=tuple(sorted(names.get(i, i) for i in f.members)),
                    example=pair(f.example),
                )
                for f in result.families
            ),
            borderline=tuple(
                replace(b, a=names.get(b.a, b.a), b=names.get(b.b, b.b)) for b in result.borderline
            ),
            parts=tuple(
                replace(
                    each,
                    whole=names.get(each.whole, each.whole),
                    parts=tuple(names.get(part, part) for part in each.parts),
                )
                for each in result.parts
            ),
            shared=tuple(
                replace(r, a=names.get(r.a, r.a), b=names.get(r.b, r.b)) for r in result.shared
            ),
        )
    )


def _items(result: ScanResult) -> Iterable[tuple[str, DocumentInfo]]:
    return result.documents.items()


def in_order(result: ScanResult) -> ScanResult:
    """Return ``result`` with documents and pairs sorted by ids."""
    ordered = (pair if pair.a < pair.b else pair.swapped() for pair in result.pairs)
    return replace(
        result,
        documents=dict(sorted(result.documents.items())),
        pairs=tuple(sorted(ordered, key=lambda pair: (pair.a, pair.b))),
    )


def own_id(written: str, path: str | None) -> dict[str, str]:
    """Return a document's own id, by the one in the file, where that stands for bytes."""
    if path is None:
        return {}
    own = document_id(path)
    return {written: own} if own != written and safe_id(own) == written else {}

"""Sets of texts with known pairs: ``NAME.jsonl.gz`` and ``NAME.pairs.tsv`` in one folder."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from dedup import Document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: An unordered pair of ids, the smaller first.
IdPair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Documents, and the pairs of them known to be the same text, closed transitively.

    ``listed`` is how many pairs the file itself lists. A document in no pair is a negative for
    all others.
    """

    name: str
    documents: tuple[Document, ...]
    pairs: frozenset[IdPair]
    listed: int


def names(folder: Path) -> list[str]:
    """Return the names of the sets in ``folder``, sorted."""
    return sorted(path.name.removesuffix(".pairs.tsv") for path in folder.glob("*.pairs.tsv"))


def load(folder: Path, name: str) -> LabelledSet:
    """Load a set. Raises ValueError where a pair names a document that is not there."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = tuple(Document(row["id"], row["text"]) for row in map(json.loads, lines))
    rows = (folder / f"{name}.pairs.tsv").read_text(encoding="utf-8").splitlines()[1:]
    listed = [id_pair(*row.split("\t")[:2]) for row in rows]
    unknown = {each for pair in listed for each in pair} - {each.id for each in documents}
    if unknown:
        raise ValueError(f"{name}: pairs name {len(unknown)} unknown ids, such as {min(unknown)}")
    return LabelledSet(name, documents, closed(listed), len(set(listed)))


def id_pair(a: str, b: str) -> IdPair:
    """Return the pair, the smaller id first."""
    return (a, b) if a <= b else (b, a)


def groups(pairs: Iterable[IdPair]) -> list[list[str]]:
    """Return the connected components of ``pairs``, members sorted."""
    parent: dict[str, str] = {}

    def root(of: str) -> str:
        parent.setdefault(of, of)
        while parent[of] != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    for a, b in pairs:
        parent[root(a)] = root(b)
    members: dict[str, list[str]] = {}
    for each in sorted(parent):
        members.setdefault(root(each), []).append(each)
    return list(members.values())


def closed(pairs: Iterable[IdPair]) -> frozenset[IdPair]:
    """Return ``pairs`` closed transitively: partners of one document are partners."""
    return frozenset(pair for group in groups(pairs) for pair in combinations(group, 2))

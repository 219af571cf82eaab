"""What the calls of an index return."""

from __future__ import annotations

from dataclasses import dataclass

# not for types alone: they resolve at run time
from dedup.messages import Message  # noqa: TC001
from dedup.model import DocumentInfo, Pair, Relation, Skipped  # noqa: TC001


@dataclass(frozen=True, slots=True)
class Added:
    """What adding has changed: counts of sources (files, blobs), and of ``documents`` added.

    ``renamed`` are files that were found again under another name, ``removed`` those that are no
    more; ``skipped`` is what gave no document.
    """

    added: int = 0
    changed: int = 0
    renamed: int = 0
    removed: int = 0
    unchanged: int = 0
    documents: int = 0
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A document of the index that is the same text: the pair seen from what was asked about."""

    pair: Pair
    info: DocumentInfo

    @property
    def id(self) -> str:
        """The id of the document in the index."""
        return self.pair.b

    @property
    def relation(self) -> Relation:
        """How the document asked about relates to this one."""
        return self.pair.relation

    @property
    def similarity(self) -> float:
        """Exact similarity, 0 to 1."""
        return self.pair.similarity


@dataclass(frozen=True, slots=True)
class Matches:
    """What the index has of one document, best first.

    ``unverified`` are the ids of documents that may match, whose text could not be read to tell;
    ``skipped`` says why the document itself was not compared. Buckets that are hot
    (``hot_buckets``, of all documents that were asked about together) were cut to their oldest
    documents, which leaves out up to ``not_compared`` pairs.
    """

    id: str
    matches: tuple[Match, ...] = ()
    unverified: tuple[str, ...] = ()
    skipped: Skipped | None = None
    hot_buckets: int = 0
    not_compared: int = 0


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What an index is: sizes in bytes, counts, and what made it."""

    path: str
    format: int
    documents: int
    sources: int
    segments: int
    removed: int
    with_text: bool
    bytes: int
    fingerprint: str
    settings: dict[str, object]
    version: str


@dataclass(frozen=True, slots=True)
class IndexProblem:
    """Something in an index that is not as it was written; ``documents`` are those it costs."""

    where: str
    what: Message
    documents: int = 0

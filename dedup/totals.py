"""Totals of a scan, and what in them asks for a look; see :mod:`dedup.model`."""

from __future__ import annotations

from dataclasses import dataclass

from dedup.messages import Message  # noqa: TC001 - part of a public type


@dataclass(frozen=True, slots=True)
class Run:
    """What made a result that was read back: version, definitions, and dictionaries by hash.

    ``dictionary`` is None where the tokens are characters, ``user_dict`` where there was none.
    """

    version: str
    definitions: int
    dictionary: str | None
    user_dict: str | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not compared.

    ``reason`` is a machine word: ``no-text``, ``empty``, ``binary``, ``garbled``,
    ``undecodable``, ``unreadable``, ``not-a-file``, ``vanished``, ``changed``, ``link-loop``,
    ``needs-html``, ``needs-office``, ``no-text-layer``, ``encrypted``, ``damaged``.
    ``error`` is true where the input should have been readable (exit status 2).
    """

    id: str
    path: str | None
    reason: str
    detail: Message
    error: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class Crowd:
    """A cluster so large that it may be a mistake: ``documents`` for which ``kept``, an id, stands.

    ``other`` is the id of one that is dropped for it. ``first_line`` is the beginning of the kept
    document, "" where it is not at hand.
    """

    kept: str
    documents: int
    other: str
    first_line: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the records of a shard that was written anew: ``read`` is the sum.

    ``path`` is None for all files together that hold one text each.
    """

    path: str | None
    read: int
    kept: int
    dropped: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Totals of a scan: nothing is dropped or capped without a count here.

    ``known`` counts the documents that were there to compare with; ``documents`` and ``characters``
    are of the new ones. ``common_passages`` counts the passage fingerprints that too many texts
    have for them to tell of a part. ``crowds`` are the clusters that hold so many documents that
    one should look; ``written`` tells what became of each shard, where they were written anew.
    ``relations`` counts the pairs by relation, and ``families`` the groups of more than a handful
    of templates, of whose pairs ``unlisted`` are counted here and not listed.
    """

    documents: int
    characters: int
    collapsed: int
    candidates: int
    pairs: int
    clusters: int
    dropped: int
    skipped: int
    hot_buckets: int = 0
    pairs_not_compared: int = 0
    common_passages: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    relations: tuple[tuple[str, int], ...] = ()
    crowds: tuple[Crowd, ...] = ()
    written: tuple[Written, ...] = ()
    known: int = 0
    families: int = 0
    unlisted: int = 0

"""Takes over what another index of the same settings has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dedup.index.file import transaction
from dedup.index.lookup import numbers_with_ids
from dedup.index.removal import numbers_of, remove_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.index.contents import Contents
    from dedup.index.sources import Source

#: Documents whose ids are looked up together.
_TOGETHER = 1 << 14


def take_over(contents: Contents, other: Contents) -> list[tuple[int, int]]:
    """Copy the documents of another index, in one transaction.

    Sources that both have are taken once. Returns the documents whose ids are taken, which were
    left out: their numbers there, and the numbers that their sources have here.
    """
    outdated = [
        known
        for each in other.sources
        if each.complete and (known := contents.sources.get(each.key)) and not known.complete
    ]
    remove_sources(contents, outdated)
    base, shift = contents.next_number(), contents.sources.next()
    twice = [each for each in other.sources if contents.sources.get(each.key) is not None]
    doubled = {each.number for each in twice}
    away = {number for each in twice for number in numbers_of(other, each)}
    taken = sorted(set(_taken(contents, other)) - away)
    with contents.segments.changed(), transaction(contents.connection):
        contents.sources.put(
            replace(each, number=each.number + shift)
            for each in _incomplete(other, taken)
            if each.number not in doubled
        )
        _copy(contents, other, base, shift, doubled)
        gone = {*other.gone().tolist(), *away, *taken}
        contents.connection.executemany(
            "INSERT INTO gone VALUES (?)", ((number + base,) for number in sorted(gone))
        )
        contents.segments.copy(other.segments, base)
    return [(number, _source(other, number) + shift) for number in taken]


def _copy(contents: Contents, other: Contents, base: int, shift: int, doubled: set[int]) -> None:
    blocks = other.connection.execute("SELECT first, documents, numbers, known, texts FROM blocks")
    contents.connection.executemany(
        "INSERT INTO blocks VALUES (?, ?, ?, ?, ?)",
        ((first + base, *rest) for first, *rest in blocks),
    )
    runs = other.connection.execute("SELECT first, documents, source FROM runs")
    contents.connection.executemany(
        "INSERT INTO runs VALUES (?, ?, ?)",
        (
            (first + base, documents, source + shift)
            for first, documents, source in runs
            if source not in doubled
        ),
    )


def _taken(contents: Contents, other: Contents) -> Iterator[int]:
    """Yield the numbers of documents whose ids this index has, too."""
    together: dict[str, int] = {}
    for block, rows in other.all_blocks():
        if rows:
            known = block.known()
            together |= {known[row].id: block.first + row for row in rows}
        if len(together) >= _TOGETHER:
            yield from (together[each] for each in numbers_with_ids(contents, list(together)))
            together = {}
    if together:
        yield from (together[each] for each in numbers_with_ids(contents, list(together)))


def _incomplete(other: Contents, taken: list[int]) -> Iterator[Source]:
    """Yield sources; those of documents that are still to be added are not complete yet."""
    waiting = {_source(other, number) for number in taken}
    for each in other.sources:
        yield replace(each, complete=False, reached=0) if each.number in waiting else each


def _source(other: Contents, number: int) -> int:
    source = other.source_of(number)
    return 0 if source is None else source.number

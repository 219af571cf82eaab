"""Fold: map text to the characters that are compared.

The definition is in ``docs/formats.md``. In short: every code point is replaced by the committed
table (compatibility forms, case, Traditional and variant characters); letters, digits, Han and
emoji stay; a run of anything else between two of them becomes the marks in it that carry meaning,
or a separator, which survives only between two characters that are not Han.

Folding goes through *coded text*: kept characters and marks as themselves, and one stand-in each
for other separators, spaces, line ends and circles. It is idempotent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dedup.text.fold_table import CIRCLE, NEWLINE, OTHER, SPACE, FoldTable, fold_table
from dedup.text.marks import mark_classes, meaning

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Folded:
    """Kept text, and where each of its characters comes from.

    ``kept[i]`` stands for ``text[starts[i]:ends[i]]``; for separators and marks that is the
    whole run they stand for.
    """

    kept: str
    starts: list[int]
    ends: list[int]


def fold(text: str) -> str:
    """Return the kept text: what is compared. Lone surrogates count as separators."""
    table = fold_table()
    coded = text.translate(table)
    combining, runs = _patterns()
    if combining.search(coded):
        coded = combining.sub(lambda m: _combining(m, table), coded)

    def stays(match: re.Match[str]) -> str:
        whole, start, end = match.string, match.start(), match.end()
        return meaning(match[0], whole[start - 1 : start], whole[end : end + 1])

    return runs.sub(stays, coded)


def fold_with_offsets(text: str) -> Folded:
    """Fold like :func:`fold`, and keep where each kept character stood in ``text``."""
    table = fold_table()
    pieces = [table[ord(char)] for char in text]
    at = [i for i, piece in enumerate(pieces) for _ in piece]
    coded = "".join(pieces)
    combining, _ = _patterns()
    if combining.search(coded):
        coded, at = _without(coded, at, list(_combining_deletions(coded, table)))
    return _located(coded, at)


def kept_characters(kept: str) -> int:
    """Return the number of kept characters: all of ``kept`` but separators."""
    return len(kept) - kept.count(" ")


def _located(coded: str, at: list[int]) -> Folded:
    _, runs = _patterns()
    kept: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def copy(low: int, high: int) -> None:
        kept.append(coded[low:high])
        starts.extend(at[low:high])
        ends.extend(i + 1 for i in at[low:high])

    position = 0
    for run in runs.finditer(coded):
        copy(position, run.start())
        first, position = run.start(), run.end()
        stays = meaning(run[0], coded[first - 1 : first], coded[position : position + 1])
        kept.append(stays)
        starts.extend([at[first]] * len(stays))
        ends.extend([at[position - 1] + 1] * len(stays))
    copy(position, len(coded))
    return Folded("".join(kept), starts, ends)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns for combining marks and for runs of what is not kept."""
    table = fold_table()
    combining = "[" + re.escape(table.members("mark-combining")) + "]+"
    codes = OTHER + SPACE + NEWLINE + CIRCLE + "".join(mark_classes())
    return re.compile(combining), re.compile("[" + re.escape(codes) + "]+")


def _combining(match: re.Match[str], table: FoldTable) -> str:
    """Keep combining marks only directly after a letter of a script that needs them."""
    before = match.string[match.start() - 1 : match.start()]
    return match[0] if before and table.class_of(before) == "other" else ""


def _combining_deletions(coded: str, table: FoldTable) -> Iterator[tuple[int, int]]:
    for match in _patterns()[0].finditer(coded):
        if not _combining(match, table):
            yield match.span()


def _without(coded: str, at: list[int], spans: list[tuple[int, int]]) -> tuple[str, list[int]]:
    text: list[str] = []
    kept_at: list[int] = []
    position = 0
    for start, end in [*spans, (len(coded), len(coded))]:
        text.append(coded[position:start])
        kept_at.extend(at[position:start])
        position = end
    return "".join(text), kept_at

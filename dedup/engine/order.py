"""The keep order of a whole corpus, from its columns; what :mod:`dedup.match.keep` defines."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from dedup.match.keep import is_under, source_rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.engine.corpus import Table
    from dedup.settings import Settings


def keep_order(table: Table, settings: Settings) -> NDArray[np.int64]:
    """Return the rows of ``table`` in keep order; int64, shape (n,).

    The same order as sorting by :meth:`dedup.match.keep.KeepOrder.key`, without a key object for
    each document: numbers are compared as arrays, and ids only where all else is equal.
    """
    keys = order_keys(table, settings)
    if not keys:
        ids = table.ids()
        return np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    order = np.lexsort(keys[::-1]) if len(table) else np.empty(0, dtype=np.int64)
    return _ties_by_id(order, keys, table.id)


def order_keys(table: Table, settings: Settings) -> list[NDArray[np.generic]]:
    """Return what the order goes by, before the ids: the most important first."""
    keys = _before(table, settings)
    if settings.keep != "first":
        if settings.keep in ("newest", "oldest"):
            dates = table["date"]
            keys.append(np.isnan(dates))
            keys.append(np.nan_to_num(-dates if settings.keep == "newest" else dates))
        keys.append(-table["kept"].astype(np.int64))
        keys.append(table["clutter"])
        halves = np.ascontiguousarray(table["text_hash"]).view(">u8").reshape(-1, 2)
        keys += [halves[:, 0], halves[:, 1]]
    return keys


def _before(table: Table, settings: Settings) -> list[NDArray[np.generic]]:
    """Return what goes before the policy, the most important first: folder, source, field."""
    keys: list[NDArray[np.generic]] = []
    if settings.keep_under is not None:
        folder = settings.keep_under
        outside = [not is_under(where, folder) for where in _places(table)]
        keys.append(np.array(outside, dtype=np.bool_))
    if settings.source_order:
        ranks = [source_rank(where, settings.source_order) for where in _places(table)]
        keys.append(np.array(ranks, dtype=np.int64))
    if settings.keep_by is not None:
        scores = table["score"].astype(np.float64)
        keys.append(np.isnan(scores))
        ranked = scores if settings.keep_smallest else -scores
        keys.append(np.where(np.isnan(scores), 0.0, ranked))
    return keys


def _places(table: Table) -> Iterator[str]:
    """Yield where each document comes from: its path, or its id."""
    return (table.path(row) or table.id(row) for row in range(len(table)))


def _ties_by_id(
    order: NDArray[np.int64],
    keys: Sequence[NDArray[np.generic]],
    doc_id: Callable[[int], str],
) -> NDArray[np.int64]:
    """Sort runs of rows that are equal in all keys by their ids."""
    tied = np.ones(max(len(order) - 1, 0), dtype=np.bool_)
    for key in keys:
        tied &= key[order[1:]] == key[order[:-1]]
    group = np.concatenate([[0], np.cumsum(~tied)])
    several = np.flatnonzero(np.concatenate([tied, [False]]) | np.concatenate([[False], tied]))
    for _, run in groupby(several.tolist(), key=lambda at: int(group[at])):
        places = list(run)
        order[places] = sorted(order[places].tolist(), key=doc_id)
    return order

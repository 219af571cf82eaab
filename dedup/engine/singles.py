"""What a result says of documents that are in no pair: read from columns, many at once."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.engine.record import head_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedup.engine.corpus import Table


class Single(NamedTuple):
    """The fields of a :class:`~dedup.model.DocumentInfo` that have nothing to do with a pair."""

    id: str
    path: str | None
    encoding: str | None
    confidence: float
    lines: tuple[int, int] | None
    place: int
    known: bool
    hash: str
    kept: int
    whole_kept: int
    tokens: int
    set_aside: bool
    score: float | None


def singles(table: Table, ids: Sequence[str], rows: Sequence[int]) -> Iterator[Single]:
    """Return what is said of documents by their ids and rows; so many take room at once."""
    import numpy as np  # commands that show no result do without

    at = np.array(rows, dtype=np.int64)
    return map(
        Single,
        ids,
        *_heads(table, ids, at),
        (at >= table.new).tolist(),
        _hexadecimal(table["text_hash"][at]),
        *(table[name][at].tolist() for name in ("kept", "whole_kept", "tokens")),
        table["set_aside"][at].astype(np.bool_).tolist(),
        table.scores(rows),
    )


def _heads(table: Table, ids: Sequence[str], at: NDArray[np.int64]) -> Iterator[Any]:
    """Yield paths, encodings, confidences, lines and places."""
    names = [table.shards[number] for number in table["shard"][at].tolist()]
    heads = [*map(head_of, table.packed(at), ids, names)]
    yield from zip(*heads, strict=True) if heads else repeat((), 4)
    yield [
        place if head.path == name else 0  # elsewhere it depends on what else was read
        for head, name, place in zip(heads, names, table["place"][at].tolist(), strict=True)
    ]


def _hexadecimal(hashes: NDArray[np.uint8]) -> list[str]:
    whole, width = hashes.tobytes().hex(), 2 * hashes.shape[1]
    return [whole[start : start + width] for start in range(0, len(whole), width)]

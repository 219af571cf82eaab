"""Which pieces are boilerplate: those of many documents that are otherwise dissimilar.

A piece is taken for boilerplate from the documents that have it and are its *witnesses*: without
everything that about as many documents have, there is something left of them to compare. So a
family of near-duplicates never makes its own text boilerplate: all that its members have is
common to them. What is left is to be dissimilar too, which :mod:`dedup.engine.learning` looks up
in a few of the witnesses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup.text.shingle import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Documents that have a passage before it is boilerplate. A family of reprints, or the mates of a
#: template, seldom has more; 20 documents that share a page's furniture make 190 pairs.
LEAST_DOCUMENTS = 20
#: What must be left of a witness: so many characters, and this share of its text (one part in).
LEAST_LEFT, LEFT_SHARE = 50, 10
#: Of the documents that have a passage, one in so many is mostly something else. The copies of an
#: article, each with comments of its own, are mostly that article; the pages of a site are short
#: and long.
MOSTLY_OTHER = 5
#: Pieces are counted by some bits of their hashes first, up to so many: most are in one document.
_SLOT_BITS = 22
#: Longest list; the passages of the most documents are taken.
MOST_PASSAGES = 20_000


class SampledPieces(NamedTuple):
    """The pieces of n documents, by row.

    - ``hashes``: uint64, shape (m,); ``document``: int64, shape (m,), ascending, whose each is;
    - ``starts``, ``ends``: int64, shape (m,), where it stands, in characters;
    - ``sizes``: int64, shape (n,), characters of each document.
    """

    hashes: NDArray[np.uint64]
    document: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    sizes: NDArray[np.int64]


class Shared(NamedTuple):
    """Pieces that may be boilerplate, by hash, ascending.

    - ``hashes``: uint64, shape (k,); ``documents``: int64, how many have each;
    - ``commons``: int64, from how many documents on another piece counts as common beside it;
    - ``witnesses``: the documents that speak for each, ascending.
    """

    hashes: NDArray[np.uint64]
    documents: NDArray[np.int64]
    commons: NDArray[np.int64]
    witnesses: list[NDArray[np.int64]]


def documents_with(pieces: SampledPieces) -> NDArray[np.int64]:
    """Return of each row how many documents have its piece; int64, shape (m,).

    Where fewer have it than matters that may be 1.
    """
    found = np.ones(pieces.hashes.size, dtype=np.int64)
    bits = min(_SLOT_BITS, int(pieces.hashes.size).bit_length())
    slot = (pieces.hashes >> np.uint64(64 - bits)).astype(np.int64)
    often = np.flatnonzero(np.bincount(slot, minlength=1)[slot] >= LEAST_DOCUMENTS // 4)
    found[often] = _counted(pieces.hashes[often], pieces.document[often])
    return found


def _counted(hashes: NDArray[np.uint64], document: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return of each row in how many documents its hash is."""
    order = np.lexsort((document, hashes))
    hashes, document = hashes[order], document[order]
    new = np.ones(order.size, dtype=np.bool_)
    new[1:] = hashes[1:] != hashes[:-1]
    first = new.copy()
    first[1:] |= document[1:] != document[:-1]
    group = np.cumsum(new) - 1
    counts = np.bincount(group, weights=first).astype(np.int64) if order.size else group
    of_row = np.empty(order.size, dtype=np.int64)
    of_row[order] = counts[group]
    return of_row


def shared_pieces(pieces: SampledPieces, documents: NDArray[np.int64]) -> Shared:
    """Return the pieces with enough witnesses, most of the documents that have them.

    ``documents`` is what :func:`documents_with` returns. A piece is common beside one of f
    documents where at least f / 4 to f / 2 have it, a power of two.
    """
    many = np.flatnonzero(documents >= LEAST_DOCUMENTS)
    commons = 1 << (np.log2(np.maximum(documents[many], 2)).astype(np.int64) - 1)
    found: list[tuple[int, int, int, NDArray[np.int64]]] = []
    for common in distinct(commons).tolist():
        rows = many[commons == common]
        left = _left(pieces, documents >= common)
        found += _witnessed(pieces, documents, rows, left, common)
    found.sort(key=lambda each: (-each[1], each[0]))
    found = sorted(found[:MOST_PASSAGES], key=lambda each: each[0])
    return Shared(
        np.array([each[0] for each in found], dtype=np.uint64),
        np.array([each[1] for each in found], dtype=np.int64),
        np.array([each[2] for each in found], dtype=np.int64),
        [each[3] for each in found],
    )


def _left(pieces: SampledPieces, common: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many characters are left of each document without the pieces ``common``."""
    bases = np.concatenate([[0], np.cumsum(pieces.sizes + 1)])
    base = bases[pieces.document[common]]
    starts, ends = base + pieces.starts[common], base + pieces.ends[common]
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], ends[order]
    until = np.maximum.accumulate(ends) if ends.size else ends
    before = np.concatenate([[0], until[:-1]]) if ends.size else ends
    covered = np.maximum(0, ends - np.maximum(starts, before))
    owner = pieces.document[common][order]
    sizes = np.bincount(owner, weights=covered, minlength=pieces.sizes.size)
    left: NDArray[np.int64] = pieces.sizes - sizes.astype(np.int64)
    return left


def _witnessed(
    pieces: SampledPieces,
    documents: NDArray[np.int64],
    rows: NDArray[np.int64],
    left: NDArray[np.int64],
    common: int,
) -> list[tuple[int, int, int, NDArray[np.int64]]]:
    """Return hash, documents, ``common`` and witnesses of the pieces in ``rows`` with enough."""
    speaks = (left >= LEAST_LEFT) & (LEFT_SHARE * left >= pieces.sizes)
    other = 2 * left >= pieces.sizes
    order = rows[np.lexsort((pieces.document[rows], pieces.hashes[rows]))]
    hashes = pieces.hashes[order]
    cuts = np.flatnonzero(hashes[1:] != hashes[:-1]) + 1
    found = []
    for group in np.split(order, cuts):
        having = distinct(pieces.document[group])
        witnesses = having[speaks[having]]
        count = int(documents[group[0]])
        if (
            witnesses.size >= LEAST_DOCUMENTS
            and 2 * witnesses.size >= count
            and MOSTLY_OTHER * int(np.count_nonzero(other[having])) >= count
        ):
            found.append((int(pieces.hashes[group[0]]), count, common, witnesses))
    return found

"""Alignment of two sequences of tokens, which are numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.sketch.kernel import native_in_use

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedup.match.lcs import Block

#: A place where two sequences differ: from and to in A, from and to in B.
Hunk = tuple[int, int, int, int]

#: Where the code points begin that stand for tokens, and those that stand for no character.
_FIRST, _SURROGATES, _BEHIND_SURROGATES = 0x100, 0xD800, 0xE000


def align_tokens(
    a: NDArray[np.uint32], b: NDArray[np.uint32], words: Sequence[str]
) -> tuple[Block, ...]:
    """Return the matches of two sequences, ascending: offset in A, offset in B, length.

    ``words`` are the tokens by number; ``align_tokens(b, a, words)`` is the same, swapped.
    """
    if _comes_after(a, b, words):
        return tuple((i, j, n) for j, i, n in align_tokens(b, a, words))
    if native_in_use():
        from dedup.sketch.native import native_align

        return tuple(map(tuple, native_align(a, b).tolist()))
    return align_codes(a.tolist(), b.tolist())


def _comes_after(a: NDArray[np.uint32], b: NDArray[np.uint32], words: Sequence[str]) -> bool:
    if len(a) != len(b):
        return len(a) > len(b)
    differing = a != b
    if not differing.any():
        return False
    at = int(differing.argmax())
    return words[int(a[at])] > words[int(b[at])]


def align_codes(a: Sequence[int], b: Sequence[int]) -> tuple[Block, ...]:
    """Return the same without the kernel, which does what this does."""
    from dedup.match.align import align
    from dedup.match.body import Body  # imported here, because few do without the kernel

    codes = _Codes()
    first, second = ("".join(map(codes.__getitem__, tokens)) for tokens in (a, b))
    # as bodies that follow no sentences
    bodies = [Body(letters, letters, [], [], (), [], [], []) for letters in (first, second)]
    return align(*bodies).blocks


class _Codes(dict[int, str]):
    """A character for each token, the same for equal ones."""

    def __missing__(self, token: int) -> str:
        code = len(self) + _FIRST
        if code >= _SURROGATES:
            code += _BEHIND_SURROGATES - _SURROGATES
        letter = self[token] = chr(code)
        return letter


def hunks(blocks: Sequence[Block], size_a: int, size_b: int) -> Iterator[Hunk]:
    """Yield the places between matches, where at least one sequence has something."""
    at_a = at_b = 0
    for a, b, n in [*blocks, (size_a, size_b, 0)]:
        if a > at_a or b > at_b:
            yield at_a, a, at_b, b
        at_a, at_b = a + n, b + n

"""What one pass set aside of texts, remembered for the passes that read some of them again.

The rules are the slowest that happens to a text, and a candidate is read two more times.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedup.text.markup import Span

#: Bytes of what is remembered, about; of texts that come when it is full nothing is.
ROOM = 16 << 20
#: Bytes that a text takes beside its spans.
_OF_TEXT = 320


class LeftOut(NamedTuple):
    """What is left out of a text: all ``spans``, and those of its markup, in code points."""

    spans: Sequence[Span]
    marked: Sequence[Span]


class Remembered:
    """What is left out of texts, by their 128-bit hashes, with one list of boilerplate.

    Threads may share one: what is told of a text follows from that alone.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._found: dict[bytes, tuple[array[int], array[int]]] = {}

    def put(self, text_hash: bytes, spans: Sequence[Span], marked: Sequence[Span]) -> None:
        """Remember what is left out of a text, while there is room."""
        if self._room <= 0:
            return
        of_markup = array("i", chain.from_iterable(marked))
        every = of_markup if spans is marked else array("i", chain.from_iterable(spans))
        self._room -= _OF_TEXT + every.itemsize * (len(every) + len(of_markup))
        self._found[text_hash] = every, of_markup

    def put_all(self, hashes: NDArray[np.uint8], left_out: Sequence[LeftOut]) -> None:
        """Do that for texts of which anything is left out; hashes are uint8, shape (n, 16)."""
        for i, (spans, marked) in enumerate(left_out):
            if spans or marked:
                self.put(hashes[i].tobytes(), spans, marked)

    def get(self, text_hash: bytes) -> LeftOut | None:
        """Return what is left out of a text; None where that is not remembered."""
        found = self._found.get(text_hash)
        return None if found is None else LeftOut(_spans(found[0]), _spans(found[1]))

    def marked(self, text_hash: bytes) -> Sequence[Span] | None:
        """Return the markup of a text; None where that is not remembered."""
        found = self._found.get(text_hash)
        return None if found is None else _spans(found[1])


def _spans(bounds: array[int]) -> list[Span]:
    each = iter(bounds)
    return list(zip(each, each, strict=True))

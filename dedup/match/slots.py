"""A text as tokens, for the comparison of forms: what each token may be, and which are its head.

A *slot* is a place of a form that is filled in: a number, a date, the name of a place, a person or
a thing. Tokens are those of the kept text, where a name that no dictionary has is several.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from dedup.match.vocabulary import HAN, Vocabulary, vocabulary
from dedup.text.lazy import lazy_pattern
from dedup.text.segment import CutNumberer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from dedup.text.segment import Numberer

#: A letter or digit that would run together with the next; Han do not, nor do marks.
_RUNS_TOGETHER = lazy_pattern(r"[0-9A-Za-z\x80-\u2e7f]")
#: Tokens at the beginning that tell what a text without a title is about.
HEAD = 30


@dataclass(frozen=True, eq=False)  # without slots, for what is made when it is first asked for
class Form:
    """A text as tokens: those of its title, if it has one, then those of its body.

    ``numbers`` are those of the tokens in a vocabulary, uint32, shape (n,); ``kinds`` holds the
    :class:`~dedup.match.vocabulary.Kind` of each. The first ``head`` tokens tell what the text is
    about: its title, or else its beginning.
    """

    numbers: NDArray[np.uint32]
    kinds: bytes
    head: int
    titled: bool
    vocabulary: Vocabulary

    def __len__(self) -> int:
        """Return how many tokens there are."""
        return len(self.kinds)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """All tokens."""
        return self.vocabulary.said(self.numbers)

    @cached_property
    def heading(self) -> dict[str, int]:
        """The tokens of the head, each with its kind."""
        return dict(zip(self._head, self.kinds, strict=False))

    @cached_property
    def opening(self) -> str:
        """The head as kept text."""
        return spoken(self._head)

    @property
    def _head(self) -> tuple[str, ...]:
        return self.vocabulary.said(self.numbers[: self.head])

    def within(self, known: Vocabulary) -> Form:
        """Return the same form with the numbers of another vocabulary."""
        if known is self.vocabulary:
            return self
        numbers = known.numbers(" ".join(self.tokens), CutNumberer(str.split))
        return Form(numbers, self.kinds, self.head, self.titled, known)

    def count(self, word: str) -> int:
        """Return how often a token occurs."""
        number = self.vocabulary.number(word)
        return 0 if number is None else int(np.count_nonzero(self.numbers == number))


def form_of(
    title: str,
    body: str,
    cut: Callable[[str], list[str]],
    is_name: Callable[[str], bool],
    *,
    stands_for: Callable[[str], str] | None = None,
) -> Form:
    """Return the form of a text from the kept texts of its title ("": none) and of its body.

    ``cut`` makes tokens of kept text; for the rest see :func:`~dedup.match.vocabulary.vocabulary`.
    """
    return numbered_form(title, body, CutNumberer(cut), vocabulary(is_name, stands_for))


def numbered_form(title: str, body: str, numberer: Numberer[Any], known: Vocabulary) -> Form:
    """Return the same from what cuts kept text and numbers its tokens."""
    found = known.numbers(body, numberer)
    size = 0
    if title:
        first = known.numbers(title, numberer)
        size = len(first)
        found = np.concatenate((first, found))
    return Form(found, known.kinds(found), size or HEAD, size > 0, known)


def spoken(tokens: Sequence[str]) -> str:
    """Return tokens as kept text: with a space between two that would run together without."""
    together = "".join(tokens)
    if len(tokens) < 2 or not _RUNS_TOGETHER.search(together):
        return together
    pieces: list[str] = []
    last = ""
    for token in tokens:
        if last and last < HAN and token < HAN and last[-1].isalnum():
            pieces.append(" " if token[0].isalnum() else "")
        pieces.append(token)
        last = token
    return "".join(pieces)

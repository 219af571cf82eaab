"""Which candidates have titles that name other things, and what is to be counted to tell."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dedup import dictionaries
from dedup.match.names import own_names, speak_of_others
from dedup.model import Role
from dedup.settings import Settings
from dedup.sketch.kernel import kept_text, word_segmenter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.engine.corpus import Corpus
    from dedup.model import SetAside

Own = tuple[list[str], list[str]]


class TitleNames:
    """The names that tell pairs of documents apart by their titles.

    ``wanted`` are, for each document, the names to count in its text: its own and others'.
    """

    def __init__(self, corpus: Corpus, pairs: NDArray[np.int64], user_dict: str | None) -> None:
        self._own: dict[tuple[int, int], Own] = {}
        self.wanted: dict[int, list[str]] = {}
        words = _Titles(corpus, user_dict)
        titles = corpus.title[pairs]
        differ = (titles[:, 0] != titles[:, 1]) & (titles != 0).all(axis=1)
        for a, b in pairs[differ].tolist():
            own = own_names(words.of(a), words.of(b), is_name)
            if own[0]:
                self._own[a, b] = own
                for document in (a, b):
                    self.wanted.setdefault(document, []).extend((*own[0], *own[1]))

    def other(
        self, pairs: NDArray[np.int64], counted: Mapping[int, Mapping[str, int]]
    ) -> NDArray[np.bool_]:
        """Tell for each pair whether the titles name other things; bool, shape (m,)."""
        other = np.zeros(len(pairs), dtype=np.bool_)
        for at, (a, b) in enumerate(pairs.tolist() if self._own else []):
            if (a, b) in self._own and a in counted and b in counted:
                other[at] = speak_of_others(self._own[a, b], counted[a], counted[b])
        return other


class _Titles:
    """The titles of documents, cut into words."""

    def __init__(self, corpus: Corpus, user_dict: str | None) -> None:
        self._corpus = corpus
        self._user_dict = user_dict
        self.of = lru_cache(1 << 14)(self._of)

    def _of(self, document: int) -> tuple[str, ...]:
        return title_words(self._corpus.info(document).found, self._user_dict)


def title_words(found: Sequence[SetAside], user_dict: str | None) -> tuple[str, ...]:
    """Return the words of the titles that were set aside; words, whatever the unit is."""
    titles = "\n".join(part.text for part in found if part.role is Role.TITLE)
    return tuple(word_segmenter(Settings(user_dict=user_dict)).cut(kept_text(titles)))


def count_names(text: str, words: Sequence[str]) -> dict[str, int]:
    """Return how often each folded word stands in ``text``."""
    kept = kept_text(text)
    return {word: kept.count(word) for word in words}


def is_name(word: str) -> bool:
    """Tell whether jieba's dictionary has a folded word as a place, a person, an organisation."""
    return word in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(map(kept_text, dictionaries.names()))

"""Segment: cut kept text into tokens, jieba's words without HMM or single characters.

HMM is off because it lets one edit change words far away, and because without it segmentation
is a plain optimum over a dictionary, which a fast kernel reproduces exactly.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from dedup.cache import cache_dir
from dedup.dictionaries import dictionary_hash, user_words
from dedup.text import regional
from dedup.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    import jieba
    import numpy as np
    from numpy.typing import NDArray

    from dedup.settings import Settings


Table = TypeVar("Table")
#: Distinct tokens, and the numbers of those of a text, uint32.
Numbered: TypeAlias = "tuple[list[str], NDArray[np.uint32]]"


class Segmenter(Protocol):
    """Cuts kept text into tokens."""

    def cut(self, kept: str) -> list[str]:
        """Return the tokens of ``kept``, in order, without separators."""


class CharacterSegmenter:
    """One token for each kept character."""

    def cut(self, kept: str) -> list[str]:
        """Return the characters of ``kept`` that are not separators."""
        return [char for char in kept if char != " "]


class WordSegmenter:
    """jieba's precise mode without HMM: its installed dictionary, our words, the user's."""

    def __init__(self, user_dict: str | None = None, *, regional_words: bool = True) -> None:
        self.tokenizer = _tokenizer()
        if regional_words:
            for missing, frequency in regional.missing_words().items():
                self.tokenizer.add_word(missing, frequency)
        if user_dict is not None:
            for word in user_words(user_dict):
                folded = fold(word.word)
                if folded:
                    self.tokenizer.add_word(folded, word.frequency)

    def cut(self, kept: str) -> list[str]:
        """Return jieba's words for ``kept``."""
        return [word for word in self.tokenizer.cut(kept, HMM=False) if word != " "]


class Numberer(Protocol[Table]):
    """Cuts kept text into tokens and numbers them: equal ones have one number in a table."""

    def table(self) -> Table:
        """Return a table of tokens, with none."""

    def numbers(self, kept: str, table: Table, first: int, /) -> Numbered:
        """Return the tokens of a table from ``first`` on, and the number of each of ``kept``."""


class CutNumberer:
    """Numbers what ``cut`` makes of kept text."""

    def __init__(self, cut: Callable[[str], list[str]]) -> None:
        self._cut = cut

    def table(self) -> dict[str, int]:
        """Return a table of tokens, with none."""
        return {}

    def numbers(self, kept: str, table: dict[str, int], first: int) -> Numbered:
        """Return the tokens of a table from ``first`` on, and the number of each of ``kept``."""
        import numpy as np

        numbers = [table.setdefault(token, len(table)) for token in self._cut(kept)]
        return list(islice(table, first, None)), np.array(numbers, dtype=np.uint32)


def segmenter(settings: Settings) -> Segmenter:
    """Return the segmenter for ``settings``; loading the dictionary takes most of a second."""
    if settings.unit == "char":
        return CharacterSegmenter()
    if settings.user_dict is None:
        return _words(settings.regional_words)
    return WordSegmenter(settings.user_dict, regional_words=settings.regional_words)


@lru_cache(maxsize=2)
def _words(regional_words: bool) -> WordSegmenter:
    return WordSegmenter(regional_words=regional_words)


def _tokenizer() -> jieba.Tokenizer:
    """Return a tokenizer of our own, whose cache lies where nobody else can plant one.

    jieba would unmarshal ``jieba.cache`` from the shared temporary folder, and would not notice
    that it belongs to another version of the dictionary: hence the folder and the name.
    """
    with warnings.catch_warnings():
        # jieba's source has invalid escapes and asks for pkg_resources; neither is the user's
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(60)  # above CRITICAL: it reports its progress and cache on stderr
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache_dir())
    tokenizer.cache_file = f"jieba-{dictionary_hash()}.cache"
    tokenizer.initialize()
    return tokenizer

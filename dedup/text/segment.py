"""Segment: cut kept text into tokens, jieba's words without HMM or single characters.

HMM is off because it lets one edit change words far away, and because without it segmentation
is a plain optimum over a dictionary, which a fast kernel reproduces exactly.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

from dedup.cache import cache_dir
from dedup.dictionaries import dictionary_hash, user_words
from dedup.text import regional
from dedup.text.fold import fold

if TYPE_CHECKING:
    import jieba
    import numpy as np
    from numpy.typing import NDArray

    from dedup.settings import Settings


#: The distinct tokens of a text, and for each token which of them it is, uint32.
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


def numbered(tokens: list[str]) -> Numbered:
    """Return distinct tokens in the order in which they are met, and which each token is."""
    import numpy as np

    known: dict[str, int] = {}
    which = [known.setdefault(token, len(known)) for token in tokens]
    return list(known), np.array(which, dtype=np.uint32)


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

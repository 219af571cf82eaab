"""The dictionary as the native kernel reads it: compiled once, then mapped from the cache."""

from __future__ import annotations

import hashlib
import math
import sys
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.cache import mapped
from dedup.dictionaries import dictionary_hash, user_dictionary_hash, word_frequencies
from dedup.sketch import _kernel

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Version of everything between jieba's dictionary and the file.
FORMAT = 1


def compiled_dictionary(user_dict: str | None) -> _kernel.Dictionary:
    """Return jieba's dictionary, with the words of the file ``user_dict`` added.

    Raises :class:`~dedup.errors.SettingsError` where one of them cannot be read.
    """
    return _compiled(user_dict, user_dict and user_dictionary_hash(user_dict))


@lru_cache(maxsize=4)
def _compiled(user_dict: str | None, user_hash: str | None) -> _kernel.Dictionary:
    def build() -> _kernel.Memory:
        return compile_words(*(word_frequencies() if user_dict is None else _with(user_dict)))

    return mapped(_name(user_hash), build, _kernel.Dictionary)


def compile_words(frequencies: Mapping[str, int], total: int) -> _kernel.Memory:
    """Compile words with their frequencies, and the sum that jieba divides by.

    The weight of a word is the double that jieba computes, ``log(frequency) - log(total)``.
    """
    words = [word for word, frequency in frequencies.items() if frequency]
    distinct = sorted({frequencies[word] for word in words})
    log_total = math.log(total)
    place = {frequency: at for at, frequency in enumerate(distinct)}
    return _kernel.compile_dictionary(
        "".join(f"{word}\n" for word in words).encode("utf-8", "surrogatepass"),
        array("d", [math.log(frequency) - log_total for frequency in distinct]),
        array("I", [place[frequencies[word]] for word in words]),
        math.log(1) - log_total,
    )


def _with(user_dict: str) -> tuple[dict[str, int], int]:
    """Return all words and the sum after jieba has added the user's."""
    from dedup.text.segment import WordSegmenter

    tokenizer = WordSegmenter(user_dict).tokenizer
    return tokenizer.FREQ, tokenizer.total


def _name(user_hash: str | None) -> str:
    key = [str(FORMAT), sys.byteorder, dictionary_hash()]
    if user_hash is not None:  # the user's words are folded first
        key += [user_hash, _kernel.FOLD_TABLE]
    return f"words-{hashlib.blake2b(' '.join(key).encode(), digest_size=16).hexdigest()}.trie"

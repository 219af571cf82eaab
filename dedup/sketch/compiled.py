"""The dictionary as the native kernel reads it: compiled once, then mapped from the cache."""

from __future__ import annotations

import hashlib
import math
import sys
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.cache import mapped
from dedup.dictionaries import (
    dictionary_hash,
    user_dictionary_hash,
    word_classes_hash,
    word_frequencies,
)
from dedup.sketch import _kernel
from dedup.text.regional import missing_words, representatives
from dedup.text.shingle import token_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Version of everything between jieba's dictionary and the file.
FORMAT = 2


def compiled_dictionary(
    user_dict: str | None, *, regional_words: bool = True
) -> _kernel.Dictionary:
    """Return jieba's dictionary, with regional words and those of the file ``user_dict`` added.

    Raises :class:`~dedup.errors.SettingsError` where one of them cannot be read.
    """
    return _compiled(user_dict, user_dict and user_dictionary_hash(user_dict), regional_words)


@lru_cache(maxsize=4)
def _compiled(
    user_dict: str | None, user_hash: str | None, regional_words: bool
) -> _kernel.Dictionary:
    def build() -> _kernel.Memory:
        if user_dict is None:
            words = _with_missing() if regional_words else word_frequencies()
        else:
            words = _with_users(user_dict, regional_words)
        return compile_words(*words, representatives() if regional_words else {})

    return mapped(_name(user_hash, regional_words), build, _kernel.Dictionary)


def compile_words(
    frequencies: Mapping[str, int], total: int, classes: Mapping[str, str] | None = None
) -> _kernel.Memory:
    """Compile words with their frequencies, the sum that jieba divides by, and word classes.

    The weight of a word is the double that jieba computes, ``log(frequency) - log(total)``.
    ``classes`` gives the representative of each word that has one; only their hashes are kept.
    """
    hashes = [token_hash(each) for pair in (classes or {}).items() for each in pair]
    words = [word for word, frequency in frequencies.items() if frequency]
    distinct = sorted({frequencies[word] for word in words})
    log_total = math.log(total)
    place = {frequency: at for at, frequency in enumerate(distinct)}
    return _kernel.compile_dictionary(
        "".join(f"{word}\n" for word in words).encode("utf-8", "surrogatepass"),
        array("d", [math.log(frequency) - log_total for frequency in distinct]),
        array("I", [place[frequencies[word]] for word in words]),
        math.log(1) - log_total,
        array("Q", hashes),
    )


def _with_missing() -> tuple[dict[str, int], int]:
    """Return jieba's words and those it lacks, and the sum that its ``add_word`` makes of them."""
    frequencies, total = word_frequencies()
    missing = missing_words()
    return {**frequencies, **missing}, total + sum(missing.values())


def _with_users(user_dict: str, regional_words: bool) -> tuple[dict[str, int], int]:
    """Return all words and the sum after jieba has added the user's."""
    from dedup.text.segment import WordSegmenter

    tokenizer = WordSegmenter(user_dict, regional_words=regional_words).tokenizer
    return tokenizer.FREQ, tokenizer.total


def _name(user_hash: str | None, regional_words: bool) -> str:
    key = [str(FORMAT), sys.byteorder, dictionary_hash()]
    if regional_words:
        key.append(word_classes_hash())
    if user_hash is not None:  # the user's words are folded first
        key += [user_hash, _kernel.FOLD_TABLE]
    return f"words-{hashlib.blake2b(' '.join(key).encode(), digest_size=16).hexdigest()}.trie"

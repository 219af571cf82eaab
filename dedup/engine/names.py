"""The names that jieba's dictionary knows."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from dedup import dictionaries
from dedup.cache import mapped
from dedup.sketch.kernel import fold_table_hash, kept_text

if TYPE_CHECKING:
    from typing_extensions import Buffer

#: Version of the file in which folded names are kept; its name begins with that of its kind.
_FORMAT, _KIND = 1, "names"
#: Bytes of the hash before the names.
_HASH = 16
#: A letter that no name has and that folding leaves as it is: all are folded at once.
_BETWEEN = "\u2d30"


def is_name(word: str) -> bool:
    """Tell whether jieba's dictionary has a folded word as a place, a person, an organisation."""
    return word in _names()


@cache
def _names() -> frozenset[str]:
    """Return the folded names; to pick them from the dictionary takes ten times as long."""
    key = f"{_FORMAT} {dictionaries.dictionary_hash()} {fold_table_hash()}"
    name = f"{_KIND}-{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}.txt"
    return mapped(name, _build, _read)


def _build() -> bytes:
    together = kept_text(_BETWEEN.join(dictionaries.names()))
    names = sorted({name.strip(" ") for name in together.split(_BETWEEN)})
    raw = "\n".join(names).encode("utf-8")
    return hashlib.blake2b(raw, digest_size=_HASH).digest() + raw


def _read(content: Buffer) -> frozenset[str]:
    """Return the names of a file; raises ``ValueError`` where it is damaged."""
    raw = bytes(content)
    if hashlib.blake2b(raw[_HASH:], digest_size=_HASH).digest() != raw[:_HASH]:
        raise ValueError("the file of names is damaged")
    return frozenset(raw[_HASH:].decode("utf-8").split("\n"))

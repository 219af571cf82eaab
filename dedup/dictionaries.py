"""Where dictionaries come from: the installed jieba's, our own and the user's."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from pkgutil import get_data

from dedup.errors import SettingsError
from dedup.messages import message

#: jieba's own line format: a word, a frequency, a tag; the last two may be missing.
_LINE = re.compile(r"^(.+?)(?: ([0-9]+))?(?: ([a-z]+))?$")


@dataclass(frozen=True, slots=True)
class UserWord:
    """A line of a user dictionary; without a frequency, jieba's suggestion is used."""

    word: str
    frequency: int | None


@cache
def dictionary_path() -> Path:
    """Return the path of the installed jieba's dictionary, without importing jieba."""
    from importlib.util import find_spec

    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SettingsError(
            message("jieba is not installed"), hint=message("install it: pip install jieba")
        )
    return Path(spec.origin).with_name("dict.txt")


@cache
def dictionary_hash() -> str:
    """Return the hexadecimal 128-bit hash of the installed jieba's dictionary."""
    return hashlib.blake2b(_read(dictionary_path()), digest_size=16).hexdigest()


def user_dictionary_hash(path: str) -> str:
    """Return the hexadecimal 128-bit hash of a user dictionary."""
    return hashlib.blake2b(_read(Path(path)), digest_size=16).hexdigest()


@cache
def word_classes() -> str:
    """Return the committed table of words that mean one thing, and of words that jieba lacks."""
    return (get_data("dedup.text", "regional.tsv") or b"").decode("utf-8")


@cache
def word_classes_hash() -> str:
    """Return the hexadecimal 128-bit hash of that table."""
    return hashlib.blake2b(word_classes().encode("utf-8"), digest_size=16).hexdigest()


def names() -> list[str]:
    """Return the names in the installed jieba's dictionary.

    They are of places, people and organisations: tagged ``ns``, ``nr`` and ``nt``.
    """
    return re.findall(r"^(\S+) \d+ n[rst]\b", _read(dictionary_path()).decode("utf-8"), re.M)


def user_words(path: str) -> tuple[UserWord, ...]:
    """Read a user dictionary in jieba's format (UTF-8, one word a line).

    Raises :class:`~dedup.errors.SettingsError` where it cannot be read or a line has no word.
    """
    try:
        text = _read(Path(path)).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            message("the dictionary {path} is not UTF-8 (byte {at})", path=path, at=error.start),
            hint=message("save it as UTF-8"),
        ) from error
    words = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _LINE.match(line)
        if found:
            words.append(UserWord(found[1].strip(), int(found[2]) if found[2] else None))
    return tuple(words)


def word_frequencies() -> tuple[dict[str, int], int]:
    """Return the words of the installed jieba's dictionary, and the sum of all frequencies.

    As jieba reads it: the last frequency of a word counts, all of them add to the sum.
    """
    frequencies: dict[str, int] = {}
    total = 0
    for line in _read(dictionary_path()).decode("utf-8").splitlines():
        word, frequency = line.strip().split(" ")[:2]
        frequencies[word] = int(frequency)
        total += frequencies[word]
    return frequencies, total


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(
            message("cannot read the dictionary {path}: {why}", path=str(path), why=error.strerror)
        ) from error

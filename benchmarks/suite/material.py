"""What the suite brings along: texts, tables and forms; and the words of a text."""

from __future__ import annotations

import re
import tomllib
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from dedup import Document
from dedup.cache import cache_dir
from dedup.dictionaries import dictionary_hash

_HERE = Path(__file__).parent
_SEEDS = _HERE.parents[1] / "seeds"

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
IS_HAN = re.compile(f"[{HAN}]")
_SENTENCE = re.compile(r"[^。！？；\n]+(?:[。！？；]+[”’」』）]*)?\n*|[。！？；\n]+")


@cache
def bundled() -> tuple[Document, ...]:
    """Return the two seeds and the texts in ``texts/``."""
    paths = [*sorted(_SEEDS.glob("*.txt")), *sorted((_HERE / "texts").glob("*.txt"))]
    return tuple(
        Document(f"{p.parent.name}/{p.stem}", p.read_text(encoding="utf-8")) for p in paths
    )


@cache
def classical() -> tuple[Document, ...]:
    """Return the bundled texts in classical Chinese."""
    return tuple(d for d in bundled() if d.id.startswith(("texts/classical", "texts/poem")))


def toml(name: str) -> dict[str, Any]:
    """Read a file of ``data/``."""
    return tomllib.loads((_HERE / "data" / name).read_text(encoding="utf-8"))


def lines(name: str) -> list[str]:
    """Read the lines of a file of ``data/`` without its comments."""
    text = (_HERE / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def readings() -> dict[str, str]:
    """Return pinyin by character."""
    pairs = (line.split(maxsplit=1) for line in lines("pinyin.txt"))
    return {char: reading for reading, chars in pairs for char in chars if char != " "}


@cache
def variants() -> dict[str, str]:
    """Return the other spelling by word, in both directions where the word has only one."""
    pairs = [line.split("\t") for line in lines("variants.tsv")]
    return {right: left for left, right in pairs} | dict(pairs)


@cache
def confusions() -> dict[str, str]:
    """Return the characters that a character is taken for."""
    sets = lines("confusions.txt")
    return {
        char: "".join(s for s in sets if char in s).replace(char, "") for s in sets for char in s
    }


@cache
def _tokenizer() -> Any:
    """Return jieba's, not ours: cases must stay the same when what they measure changes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's source has invalid escapes
        import jieba
    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir, tokenizer.cache_file = str(cache_dir()), f"jieba-{dictionary_hash()}.cache"
    return tokenizer


@cache
def converter(configuration: str) -> Any:
    """Return OpenCC's converter (``s2t``, ``s2twp``, ``s2hkp``, ``t2s``)."""
    from opencc import OpenCC

    return OpenCC(configuration)


def words(text: str) -> list[str]:
    """Cut a text into words that together make it up again, marks and white space included."""
    return list(_tokenizer().cut(text, HMM=False))


@cache
def vocabulary() -> dict[int, list[str]]:
    """Return the Han words of the bundled texts by length, sorted."""
    found = {w for d in bundled() for w in words(d.text) if re.fullmatch(f"[{HAN}]+", w)}
    return {n: sorted(w for w in found if len(w) == n) for n in sorted({len(w) for w in found})}


def is_chinese(text: str) -> bool:
    """Whether most letters are Han; of a text in code, a share of the Han is next to nothing."""
    return 2 * len(IS_HAN.findall(text)) > sum(map(str.isalnum, text))


def sentences(text: str) -> list[str]:
    """Cut a text into sentences (or lines without an end mark) that together make it up again."""
    return _SENTENCE.findall(text)


def share(parts: int, of: float) -> int:
    """Return how many of ``parts`` a share ``of`` them is: 0 if it is less than half of one."""
    return int(parts * of + 0.5)

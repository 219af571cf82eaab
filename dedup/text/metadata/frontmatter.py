"""Front matter: a block of ``key: value`` lines that tools put before a Markdown text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.model import Fact
from dedup.text.lazy import lazy_pattern
from dedup.text.metadata.dates import parse_date
from dedup.text.metadata.normal import normalise
from dedup.text.metadata.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedup.text.metadata.lines import Line

_FENCE = lazy_pattern(r"-{3}|\+{3}")
_ENTRY = lazy_pattern(r"[A-Za-z_][\w. -]{0,30} ?[:=](?: .{0,200})?|- .{1,120}|#.{0,120}|[\]}]")
#: [#]: subject: "…", link definitions used as comments.
_COMMENT = lazy_pattern(r"\[#\]: ?(?P<key>[a-z]{2,20}): ?(?P<value>.{0,220})")
_FACTS = {
    "title": "title",
    "subject": "title",
    "author": "people",
    "source": "source",
    "url": "source",
    "link": "source",
    "date": "published",
    "published": "published",
    "created": "published",
    "updated": "updated",
    "lastmod": "updated",
}


def front_matter(lines: Sequence[Line]) -> tuple[int, Reading] | None:
    """Return how many of the first lines are front matter, and what it says."""
    count = 0
    while count < len(lines) and not lines[count].body and _COMMENT.fullmatch(lines[count].text):
        count += 1
    if count >= 2:
        entries = [_COMMENT.fullmatch(line.text) for line in lines[:count]]
        return count, Reading("front-matter", facts=_facts(e.groups() for e in entries if e))
    if not lines or not _FENCE.fullmatch(lines[0].text):
        return None
    for index, line in enumerate(lines[1:40], start=1):
        if line.text == lines[0].text and index > 1:
            pairs = (_split(entry.text) for entry in lines[1:index])
            return index + 1, Reading("front-matter", facts=_facts(pairs))
        if line.body or not _ENTRY.fullmatch(line.text):
            return None
    return None


def _split(entry: str) -> tuple[str, str]:
    key, _, value = entry.partition("=" if "=" in entry and ":" not in entry else ":")
    return key.strip().lower(), value.strip()


def _facts(pairs: Iterable[tuple[str, ...]]) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    for key, value in pairs:
        name, plain = _FACTS.get(key), value.strip().strip("\"'()").strip()
        if name == "people":
            plain = plain.partition("http")[0].strip()
        if name in ("published", "updated"):
            plain = parse_date(normalise(plain)) or ""
        if name and plain:
            facts.append(Fact(name, plain))
    return tuple(facts)

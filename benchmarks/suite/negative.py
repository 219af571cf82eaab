"""Pairs that a human editor would keep both of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from .material import sentences, toml, words
from .pairing import alike, shuffled, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from dedup import Document

    from .model import Pairs

FAR = (0.20, 1.0)
NEAR = (0.05, 0.10)
_BODY = 250
#: What another place would write into the form of a statute on the same subject.
_LOCAL = ("place", "level", "organ2", "days", "fine", "date")
_TITLE = re.compile(
    r"^[#\s]*([\u4e00-\u9fff]{2,12}?(?:省|自治区|自治州|自治县|市|县|区))(?<!城市)"
    r"([\u4e00-\u9fff]{3,25}(?:条例|办法|规定|规则|决定))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Template:
    """A form with slots and what each can hold."""

    name: str
    text: str
    slots: dict[str, list[str]]

    def filled(self, values: dict[str, str]) -> str:
        """Return the text with these facts."""
        return self.text.strip().format(**values) + "\n"

    def other(self, values: dict[str, str], slot: str, draw: Random) -> dict[str, str]:
        """Return the facts with another value for one slot."""
        return values | {slot: draw.choice([v for v in self.slots[slot] if v != values[slot]])}


@cache
def templates() -> tuple[Template, ...]:
    """Return the forms of ``data/templates.toml``."""
    data = toml("templates.toml")
    return tuple(_template(form, data["slots"]) for form in data["template"])


def _template(form: dict[str, str | list[str]], common: dict[str, list[str]]) -> Template:
    text = str(form["text"])
    slots = {name: form.get(name) or common[name] for name in re.findall(r"{(\w+)}", text)}
    return Template(str(form["name"]), text, {k: list(v) for k, v in slots.items()})


def differing(a: str, b: str) -> float:
    """Return the share of the words of two texts that are not common to both in order."""
    return 1 - SequenceMatcher(None, words(a), words(b), autojunk=False).ratio()


def filled(bounds: tuple[float, float]) -> Pairs:
    """Fill one template twice, so that a share of the words within ``bounds`` differs."""

    def pairs(sources: Sequence[Document], draw: Random) -> Iterator[tuple[str, str]]:
        while True:
            for template in draw.sample(templates(), len(templates())):
                yield _filled_twice(template, bounds, draw)

    return pairs


def _filled_twice(template: Template, bounds: tuple[float, float], draw: Random) -> tuple[str, str]:
    low, high = bounds
    while True:
        first = {slot: draw.choice(choices) for slot, choices in template.slots.items()}
        a, second = template.filled(first), first
        for slot in draw.sample(sorted(first), len(first)):
            changed = template.other(second, slot, draw)
            far = differing(a, template.filled(changed))
            if far <= high:
                second = changed
            if high < 1 and low <= far <= high:
                return a, template.filled(second)
        if low <= differing(a, template.filled(second)) <= high:
            return a, template.filled(second)


def _block(draw: Random) -> str:
    return str(draw.choice(toml("boilerplate.toml")["block"])["text"]).strip()


def _body(text: str) -> str:
    """Return some sentences after the first tenth of a text, where its kind has its own head."""
    parts = sentences(text.strip())
    made = ""
    for sentence in parts[len(parts) // 10 :]:
        made += sentence
        if len(made) >= _BODY:
            break
    return made.strip()[: 2 * _BODY]


def _same_block(a: str, b: str, draw: Random) -> tuple[str, str] | None:
    first, second, block = _body(a), _body(b), _block(draw)
    if alike(first, second) or min(len(first), len(second)) < len(block):
        return None
    return f"{first}\n\n{block}\n", f"{second}\n\n{block}\n"


def _as_they_are(a: str, b: str, draw: Random) -> tuple[str, str]:
    return a, b


#: Passages of different texts of one kind, followed by the same boilerplate.
boilerplate: Pairs = side_by_side(_same_block)
#: Different texts of one kind.
unrelated: Pairs = side_by_side(_as_they_are)


def events(sources: Sequence[Document], draw: Random) -> Iterator[tuple[str, str]]:
    """Yield the two reports of every event of ``data/events.toml``."""
    known = list(toml("events.toml")["event"])
    draw.shuffle(known)
    for event in known:
        yield event["a"].strip() + "\n", event["b"].strip() + "\n"


def short(*names: str) -> Pairs:
    """Pair the texts of each of the named sets of ``data/short.toml``."""

    def pairs(sources: Sequence[Document], draw: Random) -> Iterator[tuple[str, str]]:
        chosen = [s["texts"] for s in toml("short.toml")["set"] if s["name"] in names]
        found = [pair for texts in chosen for pair in combinations(texts, 2)]
        draw.shuffle(found)
        yield from found

    return pairs


def statutes(sources: Sequence[Document], draw: Random) -> Iterator[tuple[str, str]]:
    """Pair those sources that are statutes of different places with otherwise equal titles."""
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for source in shuffled(sources, draw):
        title = _TITLE.search(source.text[:200])
        if title:
            places[title[2]][title[1]] = source.text
    for by_place in places.values():
        found = list(by_place.values())
        yield from zip(found[::2], found[1::2], strict=False)


def made_statutes(sources: Sequence[Document], draw: Random) -> Iterator[tuple[str, str]]:
    """Fill the form of a statute for two places, on one subject."""
    (form,) = (template for template in templates() if template.name == "statute")
    while True:
        values = {slot: draw.choice(choices) for slot, choices in form.slots.items()}
        other = values
        for slot in _LOCAL:
            other = form.other(other, slot, draw)
        yield form.filled(values), form.filled(other)

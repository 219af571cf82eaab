"""The rules' words and characters as tables, for the native glance at both ends of a text.

The glance (``native/glance*.c``) tells texts in which the rules cannot find anything, so that
they need not be looked at here. It must never say so of another; a test compares the two.
"""

from __future__ import annotations

from array import array
from enum import IntEnum, IntFlag
from functools import cache, reduce
from itertools import accumulate, chain
from operator import or_
from typing import NamedTuple

from dedup.text.metadata.bylines import OTHER_ROLES, ROLES
from dedup.text.metadata.dates import FIRST_HAN, FIRST_WORDS
from dedup.text.metadata.fields import BETWEEN, FIRST
from dedup.text.metadata.labels import COUNT_AND_TOOL_WORDS, LABELS
from dedup.text.metadata.lines import INVISIBLE, LINE_ENDS, LONGEST
from dedup.text.metadata.normal import TABLE
from dedup.text.metadata.notices import read_copyright
from dedup.text.metadata.patterns import HEADING_WORDS
from dedup.text.metadata.reading import DECORATION
from dedup.text.metadata.rules import (
    LONGEST_HEADING,
    NOTICE_CHARACTERS,
    RULES,
    SENTENCE_END,
    Rule,
    Zone,
    read_fields_rule,
    read_people_rule,
)
from dedup.text.metadata.spans import CLOSERS, LEAD_WORDS
from dedup.text.metadata.tail import ENDS_LIST, RULERS
from dedup.text.metadata.titles import ENDS_NO_TITLE

CHARACTERS = 0x10000
_CLASSES = 512
#: Rules beyond those of lines: headings of lists, datelines, what a field begins with.
_HEADING, _LEAD, _ITEM = range(len(RULES), len(RULES) + 3)
#: Above them are what stands for a page number, and for words that must stand alone.
_MOST_RULES = 31
_ALONE = 1 << 31
_PEOPLE = next(number for number, rule in enumerate(RULES) if rule.read is read_people_rule)
#: Beyond normalisation, the two characters whose lower case is a letter of the keywords.
_LOWERED = {"\u212a": "k", "\u0130": "i"}


class Trait(IntFlag):
    """What a character means to the rules: as written up to ``RULER``, else normalised."""

    LINE_END = 1
    INVISIBLE = 2
    SENTENCE_END = 4
    NOTICE = 8
    CLOSER = 16
    CREDIT = 32
    RULER = 64
    DECORATION = 128
    FIELD_SEPARATOR = 256
    FIELD_FIRST = 512
    DATE = 1024
    TITLE_END = 2048
    LIST_END = 4096
    NUMBER = 8192


class End(IntEnum):
    """What may be at one end of a text.

    Of a title at the head it is certain, and of ``TITLE_AND_BODY`` also that it is all there is.
    """

    NOTHING = 0
    MAYBE = 1
    TITLE = 2
    TITLE_AND_BODY = 3


#: A title is set aside only above a body of this many letters, digits and Han characters, so
#: that two notices that differ in nothing but their titles stay different texts.
TITLE_NEEDS = 200


class Glance(NamedTuple):
    """What a glance at a text tells; the title's place is in code points.

    What stands before a title is blank, or front matter. Where ``head_rules`` are not 0, nothing is
    at the head unless one of these, a bit each, reads the first line; so for the tail and the last.
    """

    head: int
    tail: int
    title_start: int
    title_end: int
    head_rules: int = 0
    tail_rules: int = 0


#: Where nothing is known.
UNKNOWN = Glance(End.MAYBE, End.MAYBE, 0, 0)

_BMP = map(chr, range(CHARACTERS))
_TRAITS = (
    (Trait.LINE_END, LINE_ENDS),
    (Trait.INVISIBLE, INVISIBLE),
    (Trait.SENTENCE_END, SENTENCE_END),
    (Trait.NOTICE, NOTICE_CHARACTERS),
    (Trait.CLOSER, CLOSERS),
    (Trait.CREDIT, "编編返"),
    (Trait.RULER, RULERS),
    (Trait.DECORATION, DECORATION),
    (Trait.FIELD_SEPARATOR, BETWEEN),
    (Trait.FIELD_FIRST, FIRST | {c.upper() for c in FIRST}),
    (Trait.DATE, FIRST_HAN),
    (Trait.TITLE_END, ENDS_NO_TITLE),
    (Trait.LIST_END, ENDS_LIST),
    (Trait.NUMBER, "〇一二三四五六七八九十百" + "".join(filter(str.isdecimal, _BMP))),
)


@cache
def tables() -> tuple[array[int], ...]:
    """Return the tables, in the order of ``glance_rules`` in ``native/kernel.h``."""
    words = _rules_of_words()
    classes = {
        c: number
        for number, c in enumerate(sorted(set("".join(word for word, _ in words))), start=1)
    }
    if len(classes) >= _CLASSES:
        raise ValueError(f"{len(classes)} characters in keywords are too many")
    coded = sorted(([classes[c] for c in word], rules) for (word, _), rules in words.items())
    counts = [0] * (_CLASSES + 1)
    for word, _ in coded:
        counts[word[0] + 1] += 1
    longest = [rule.longest for rule in RULES] + [LONGEST_HEADING, LONGEST]
    return (
        _normal(),
        _traits(),
        _classes(classes),
        array("H", accumulate(counts)),
        array("H", chain.from_iterable(word for word, _ in coded)),
        array("H", accumulate((len(word) for word, _ in coded), initial=0)),
        array("I", [rules for _, rules in coded]),
        array("H", longest + [LONGEST] * (_MOST_RULES - len(longest))),
        array(
            "I",
            [
                _bits([rule for rule in RULES if rule.zone & Zone.HEAD]),
                _bits([rule for rule in RULES if rule.zone & Zone.TAIL]) | 1 << _HEADING,
                _bits([rule for rule in RULES if rule.read is read_fields_rule]),
                1 << _LEAD,
                1 << _ITEM,
                _bits([rule for rule in RULES if rule.dated]),
                _bits([rule for rule in RULES if rule.numbered]),
                1 << _HEADING,
                TITLE_NEEDS,
                _bits([rule for rule in RULES if rule.read is read_copyright]),
            ],
        ),
    )


def _rules_of_words() -> dict[tuple[str, int], int]:
    """Return the rules of each word, and of each that counts only where it stands alone."""
    words: dict[tuple[str, int], int] = {}
    keywords = {number: rule.keywords.lower().split() for number, rule in enumerate(RULES)}
    items = [COUNT_AND_TOOL_WORDS, FIRST_WORDS, *(label.words for label in LABELS)]
    keywords[_PEOPLE] = ROLES.split("|")
    keywords |= {_HEADING: HEADING_WORDS.split("|"), _LEAD: LEAD_WORDS.split("|")}
    keywords[_ITEM] = " ".join(items).lower().split()
    for number, each in keywords.items():
        for word in each:
            words[word, 0] = words.get((word, 0), 0) | 1 << number
    return words | {(word, _ALONE): 1 << _PEOPLE | _ALONE for word in OTHER_ROLES.split("|")}


def _bits(chosen: list[Rule]) -> int:
    return reduce(or_, (1 << RULES.index(rule) for rule in chosen), 0)


def _normal() -> array[int]:
    normal = array("H", range(CHARACTERS))
    for code, character in TABLE.items():
        normal[code] = ord(character)
    return normal


def _traits() -> array[int]:
    traits = array("H", bytes(2 * CHARACTERS))
    for trait, characters in _TRAITS:
        for character in characters:
            traits[ord(character)] |= trait
    return traits


def _classes(classes: dict[str, int]) -> array[int]:
    """Return the class of every character as written; 0 for those in no keyword."""
    table = array("H", bytes(2 * CHARACTERS))
    for character, number in classes.items():
        table[ord(character)] = table[ord(character.upper())] = number
    for code, character in [*TABLE.items(), *((ord(c), low) for c, low in _LOWERED.items())]:
        table[code] = classes.get(character.lower(), 0)
    return table
